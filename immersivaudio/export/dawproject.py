"""DAWproject (.dawproject): what Bitwig Studio, Cubase and Studio One exchange.

Tracks with their gains, the sound files inside, tempo map, time signatures and markers. The film's pictures
are not in it. Source: Bitwig, "DAWproject" 1.0, Project.xsd and MetaData.xsd.
"""

import zipfile
from pathlib import Path
from xml.etree import ElementTree as Xml

from immersivaudio import __version__
from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.export.tempo import TempoMap
from immersivaudio.export.timeline import EditTimeline, SoundClip

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write(timeline: EditTimeline, folder: Path, target: Path) -> None:
    """Write the project with the sound files, which lie in `folder`."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as file:
        file.writestr("project.xml", project(timeline), zipfile.ZIP_DEFLATED)
        file.writestr("metadata.xml", _metadata(timeline), zipfile.ZIP_DEFLATED)
        for sound in timeline.sounds:
            file.write(folder / sound.file, sound.file)


def project(timeline: EditTimeline) -> str:
    """Return project.xml."""
    root = Xml.Element("Project", version="1.0")
    _add(root, "Application", name="Immersivaudio", version=__version__)
    if timeline.tempo:
        _transport(root, timeline.tempo)
    structure = _add(root, "Structure")
    for place, sound in enumerate(timeline.sounds, 1):
        _track(structure, sound, f"track{place}")
    _channel(_add(structure, "Track", id="master", name="Master", contentType="audio"), "master", 0.0)
    arrangement = _add(root, "Arrangement", id="arrangement")
    lanes = _add(arrangement, "Lanes", id="lanes", timeUnit="seconds")
    for place, sound in enumerate(timeline.sounds, 1):
        _lane(lanes, sound, f"track{place}")
    if timeline.markers:
        markers = _add(arrangement, "Markers", id="markers", timeUnit="seconds")
        for marker in timeline.markers:
            _add(markers, "Marker", time=_number(float(marker.time)), name=marker.name)
    if timeline.tempo:
        _automation(arrangement, timeline.tempo)
    return _text(root)


def _add(parent: Xml.Element, tag: str, **attributes: object) -> Xml.Element:
    return Xml.SubElement(parent, tag, {name: str(value) for name, value in attributes.items()})


def _number(value: float) -> str:
    return f"{value:.12g}"


def _text(root: Xml.Element) -> str:
    Xml.indent(root)
    return _HEAD + Xml.tostring(root, encoding="unicode") + "\n"


def _transport(root: Xml.Element, tempo: TempoMap) -> None:
    transport = _add(root, "Transport")
    first, metre = tempo.tempi[0], tempo.metres[0]
    limits = {"max": "666", "min": "1"}
    _add(transport, "Tempo", id="tempo", unit="bpm", value=_number(first.bpm), **limits)
    signature = {"numerator": metre.numerator, "denominator": metre.denominator}
    _add(transport, "TimeSignature", id="metre", **signature)


def _track(structure: Xml.Element, sound: SoundClip, name: str) -> None:
    track = _add(structure, "Track", id=name, name=sound.name, contentType="audio", loaded="true")
    _channel(track, name, sound.gain_db, muted=sound.muted)


def _channel(track: Xml.Element, name: str, gain_db: float, *, muted: bool = False) -> None:
    """A mixer's channel: the order of its elements is the schema's."""
    master = name == "master"
    role = {"role": "master"} if master else {"role": "regular", "destination": "master-channel"}
    channel = _add(track, "Channel", id=f"{name}-channel", audioChannels=2, solo="false", **role)
    _add(channel, "Mute", id=f"{name}-mute", value=str(muted).lower())
    _add(channel, "Pan", id=f"{name}-pan", unit="normalized", value="0.5", min="0", max="1")
    volume = _number(10 ** (gain_db / 20))
    _add(channel, "Volume", id=f"{name}-volume", unit="linear", value=volume, min="0", max="2")


def _lane(lanes: Xml.Element, sound: SoundClip, track: str) -> None:
    length = _number(sound.samples / SAMPLE_RATE)
    lane = _add(lanes, "Lanes", id=f"{track}-lane", track=track)
    clip = _add(
        _add(lane, "Clips", id=f"{track}-clips"),
        "Clip",
        time="0",
        duration=length,
        playStart="0",
        contentTimeUnit="seconds",
        name=sound.name,
    )
    about = {"channels": 2, "duration": length, "sampleRate": SAMPLE_RATE}
    _add(_add(clip, "Audio", id=f"{track}-audio", **about), "File", path=sound.file)


def _automation(arrangement: Xml.Element, tempo: TempoMap) -> None:
    """Tempo and metre over the piece, in quarters: each point holds until the next."""
    points = _add(arrangement, "TempoAutomation", id="tempo-points", unit="bpm", timeUnit="beats")
    _add(points, "Target", parameter="tempo")
    for point in tempo.tempi:
        place = _number(float(point.quarter))
        _add(points, "RealPoint", time=place, value=_number(point.bpm), interpolation="hold")
    points = _add(arrangement, "TimeSignatureAutomation", id="metre-points", timeUnit="beats")
    _add(points, "Target", parameter="metre")
    for metre in tempo.metres:
        signature = {"numerator": metre.numerator, "denominator": metre.denominator}
        _add(points, "TimeSignaturePoint", time=_number(float(metre.quarter)), **signature)


def _metadata(timeline: EditTimeline) -> str:
    root = Xml.Element("MetaData")
    _add(root, "Title").text = timeline.name
    _add(root, "Comment").text = "Music for a film, made by Immersivaudio"
    return _text(root)
