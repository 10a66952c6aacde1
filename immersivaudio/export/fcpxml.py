"""FCPXML 1.8 for Final Cut Pro, exact at NTSC rates, too: every time is a whole number of pictures.

1.8, because later versions move the file's place into an element that some readers do not know, and Final
Cut Pro imports it still. Source: Apple, "FCPXML Reference".
"""

from fractions import Fraction
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from immersivaudio.export.timeline import EditTimeline, SoundClip

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n'
_ROLES = {"music": "music", "stem": "music.stems", "sounds": "effects", "film": "dialogue"}


def dumps(timeline: EditTimeline, *, media: str = "") -> str:
    """Return the timeline as FCPXML; `media` is the URL that stands before every file's name."""
    root = Xml.Element("fcpxml", version="1.8")
    resources = Xml.SubElement(root, "resources")
    film = timeline.film
    _add(
        resources,
        "format",
        id="r1",
        frameDuration=_time(1 / timeline.rate.rate),
        width=film.width,
        height=film.height,
        colorSpace="1-1-1 (Rec. 709)",
    )
    own = {"hasAudio": 1, "audioSources": 1} if film.channels else {}
    told = {"audioChannels": film.channels, "audioRate": film.sample_rate} if film.channels else {}
    _asset(
        resources, timeline, "r2", film.name, media + quote(film.file), hasVideo=1, format="r1", **own, **told
    )
    for place, sound in enumerate(timeline.added, 3):
        about = {"hasAudio": 1, "audioSources": 1, "audioChannels": 2, "audioRate": 48000}
        _asset(resources, timeline, f"r{place}", sound.name, media + quote(sound.file), **about)
    event = _add(root, "event", name=timeline.name)
    sequence = _add(
        _add(event, "project", name=timeline.name),
        "sequence",
        duration=_frames(timeline, timeline.frames),
        format="r1",
        tcStart=_frames(timeline, timeline.start),
        tcFormat=_shown(timeline),
        audioLayout="stereo",
        audioRate="48k",
    )
    _film(Xml.SubElement(sequence, "spine"), timeline)
    Xml.indent(root)
    return _HEAD + Xml.tostring(root, encoding="unicode") + "\n"


def _add(parent: Xml.Element, tag: str, **attributes: object) -> Xml.Element:
    return Xml.SubElement(parent, tag, {name: str(value) for name, value in attributes.items()})


def _asset(
    parent: Xml.Element, timeline: EditTimeline, name: str, label: str, url: str, **about: object
) -> None:
    times = {"start": _frames(timeline, timeline.start), "duration": _frames(timeline, timeline.frames)}
    _add(parent, "asset", id=name, name=label, src=url, **times, **about)


def _film(spine: Xml.Element, timeline: EditTimeline) -> None:
    """The film in the spine, with the sounds connected to its first picture and the markers on it."""
    clip = _clip(spine, timeline, "r2", timeline.film.name, offset=_frames(timeline, timeline.start))
    clip.set("format", "r1")
    if timeline.film.channels:
        clip.set("audioRole", _ROLES["film"])
        _volume(clip, timeline.film.gain_db)
        if timeline.film.muted:
            clip.set("srcEnable", "video")
    for place, sound in enumerate(timeline.added, 1):
        _sound(clip, timeline, sound, place)
    for marker in timeline.markers:
        at = timeline.start + timeline.placed(marker.time)
        node = _add(clip, "marker", start=_frames(timeline, at), duration=_frames(timeline, 1))
        node.set("value", marker.name)
        if marker.note:
            node.set("note", marker.note)


def _sound(clip: Xml.Element, timeline: EditTimeline, sound: SoundClip, place: int) -> None:
    node = _clip(clip, timeline, f"r{place + 2}", sound.name, offset=_frames(timeline, timeline.start))
    node.set("lane", str(-place))
    node.set("audioRole", _ROLES[sound.role])
    if sound.muted:
        node.set("enabled", "0")
    _volume(node, sound.gain_db)


def _volume(node: Xml.Element, decibels: float) -> None:
    if abs(decibels) >= 0.005:
        _add(node, "adjust-volume", amount=f"{decibels:.2f}dB")


def _clip(parent: Xml.Element, timeline: EditTimeline, ref: str, name: str, *, offset: str) -> Xml.Element:
    times = {"start": _frames(timeline, timeline.start), "duration": _frames(timeline, timeline.frames)}
    return _add(parent, "asset-clip", ref=ref, name=name, offset=offset, tcFormat=_shown(timeline), **times)


def _shown(timeline: EditTimeline) -> str:
    return "DF" if timeline.rate.drop else "NDF"


def _frames(timeline: EditTimeline, count: int) -> str:
    """Return `count` pictures in seconds, over the denominator of the frame duration: 1001 in 30000ths."""
    frame = 1 / timeline.rate.rate
    if not count:
        return "0s"
    return f"{count * frame.numerator}/{frame.denominator}s"


def _time(time: Fraction) -> str:
    return f"{time.numerator}/{time.denominator}s"
