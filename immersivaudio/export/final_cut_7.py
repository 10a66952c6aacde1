"""Final Cut Pro 7 XML (xmeml 5): what Premiere Pro and DaVinci Resolve import, at every rate.

Source: Apple, "Final Cut Pro XML Interchange Format" (2010).
"""

from urllib.parse import quote
from xml.etree import ElementTree as Xml

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.export.timeline import EditTimeline, SoundClip

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n'
_FILM = "film-1"


def dumps(timeline: EditTimeline, *, media: str = "") -> str:
    """Return the timeline as FCP 7 XML; `media` is the URL that stands before every file's name."""
    root = Xml.Element("xmeml", version="5")
    sequence = Xml.SubElement(root, "sequence", id="sequence-1")
    _texts(sequence, name=timeline.name, duration=timeline.frames)
    _rate(sequence, timeline)
    _timecode(sequence, timeline)
    tracks = Xml.SubElement(sequence, "media")
    _video(Xml.SubElement(tracks, "video"), timeline, media)
    _audio(Xml.SubElement(tracks, "audio"), timeline, media)
    for marker in timeline.markers:
        node = Xml.SubElement(sequence, "marker")
        _texts(node, name=marker.name, comment=marker.note)
        _texts(node, **{"in": timeline.placed(marker.time), "out": -1})
    Xml.indent(root)
    return _HEAD + Xml.tostring(root, encoding="unicode") + "\n"


def _texts(node: Xml.Element, **texts: object) -> None:
    for name, text in texts.items():
        Xml.SubElement(node, name).text = str(text)


def _rate(node: Xml.Element, timeline: EditTimeline) -> None:
    rate = Xml.SubElement(node, "rate")
    _texts(rate, timebase=timeline.rate.nominal, ntsc=str(timeline.rate.ntsc).upper())


def _timecode(node: Xml.Element, timeline: EditTimeline) -> None:
    timecode = Xml.SubElement(node, "timecode")
    _rate(timecode, timeline)
    shown = "DF" if timeline.rate.drop else "NDF"
    told = timeline.rate.timecode(timeline.start)
    _texts(timecode, string=told, frame=timeline.start, displayformat=shown)


def _video(node: Xml.Element, timeline: EditTimeline, media: str) -> None:
    form = Xml.SubElement(Xml.SubElement(node, "format"), "samplecharacteristics")
    _rate(form, timeline)
    film = timeline.film
    _texts(form, width=film.width, height=film.height, pixelaspectratio="square", fielddominance="none")
    item = _item(Xml.SubElement(node, "track"), timeline, _FILM, film.name)
    file = _file(item, timeline, f"{_FILM}-file", film.name, media + quote(film.file))
    _timecode(file, timeline)
    kinds = Xml.SubElement(file, "media")
    about = Xml.SubElement(Xml.SubElement(kinds, "video"), "samplecharacteristics")
    _texts(about, width=film.width, height=film.height)
    if film.channels:
        _sound_of(kinds, film.channels, film.sample_rate)


def _audio(node: Xml.Element, timeline: EditTimeline, media: str) -> None:
    _texts(node, numOutputChannels=2)
    form = Xml.SubElement(Xml.SubElement(node, "format"), "samplecharacteristics")
    _texts(form, depth=24, samplerate=SAMPLE_RATE)
    if timeline.film.channels:
        track = Xml.SubElement(node, "track")
        film = timeline.film
        item = _item(track, timeline, "film-1-sound", film.name, enabled=not film.muted)
        Xml.SubElement(item, "file", id=f"{_FILM}-file")
        _source(item, 1)
        _gain(item, film.gain_db)
    for place, sound in enumerate(timeline.added, 1):
        for channel in (1, 2):
            _sound(Xml.SubElement(node, "track"), timeline, sound, (place, channel), media)


def _sound(
    track: Xml.Element, timeline: EditTimeline, sound: SoundClip, place: tuple[int, int], media: str
) -> None:
    """One side of a stereo file: a track holds one channel, and the second refers to the first one's file."""
    number, channel = place
    item = _item(track, timeline, f"sound-{number}-{channel}", sound.name, enabled=not sound.muted)
    if channel == 1:
        file = _file(item, timeline, f"sound-{number}-file", sound.name, media + quote(sound.file))
        _timecode(file, timeline)
        _sound_of(Xml.SubElement(file, "media"), 2, SAMPLE_RATE)
    else:
        Xml.SubElement(item, "file", id=f"sound-{number}-file")
    _source(item, channel)
    _gain(item, sound.gain_db)
    for side in (1, 2):
        link = Xml.SubElement(item, "link")
        _texts(link, linkclipref=f"sound-{number}-{side}", mediatype="audio", groupindex=1)
    _texts(track, outputchannelindex=channel)


def _item(
    track: Xml.Element, timeline: EditTimeline, name: str, label: str, *, enabled: bool = True
) -> Xml.Element:
    item = Xml.SubElement(track, "clipitem", id=name)
    _texts(item, name=label, enabled=str(enabled).upper(), duration=timeline.frames)
    _rate(item, timeline)
    _texts(item, start=0, end=timeline.frames, **{"in": 0, "out": timeline.frames})
    return item


def _file(item: Xml.Element, timeline: EditTimeline, name: str, label: str, url: str) -> Xml.Element:
    file = Xml.SubElement(item, "file", id=name)
    _texts(file, name=label, pathurl=url)
    _rate(file, timeline)
    _texts(file, duration=timeline.frames)
    return file


def _sound_of(node: Xml.Element, channels: int, rate: int) -> None:
    audio = Xml.SubElement(node, "audio")
    about = Xml.SubElement(audio, "samplecharacteristics")
    _texts(about, depth=24 if rate == SAMPLE_RATE else 16, samplerate=rate)
    _texts(audio, channelcount=channels)


def _source(item: Xml.Element, channel: int) -> None:
    source = Xml.SubElement(item, "sourcetrack")
    _texts(source, mediatype="audio", trackindex=channel)


def _gain(item: Xml.Element, decibels: float) -> None:
    """The "Audio Levels" filter: a factor, at most 3.98 (12 dB), as Final Cut 7 has it."""
    if abs(decibels) < 0.005:
        return
    effect = Xml.SubElement(Xml.SubElement(item, "filter"), "effect")
    _texts(effect, name="Audio Levels", effectid="audiolevels", effecttype="audiolevels", mediatype="audio")
    level = Xml.SubElement(effect, "parameter")
    factor = min(10 ** (decibels / 20), 3.98107)
    _texts(level, parameterid="level", name="Level", valuemin=0, valuemax=3.98107, value=f"{factor:.5f}")
