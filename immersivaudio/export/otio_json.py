"""OpenTimelineIO: the film, the sounds on tracks of their own, and markers on the timeline.

Written here, in the schemas of OpenTimelineIO 0.17 and later, because its library has no wheels for every
Python and machine that this program runs on; the tests read it back with that library. Sources: the schema
specification of OpenTimelineIO ("otio-serialized-schema"), and its "otioz" file bundle.
"""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from immersivaudio.export.timeline import EditTimeline, SoundClip

_COLOURS = {"hit": "RED", "section": "BLUE", "end": "GREEN"}
_MEDIA = "media/"


def dumps(timeline: EditTimeline, *, media: str = "") -> str:
    """Return the timeline as .otio; `media` stands before every file's name."""
    return json.dumps(_timeline(timeline, media), indent=2, ensure_ascii=False) + "\n"


def bundle(timeline: EditTimeline, folder: Path, target: Path) -> None:
    """Write an .otioz: the timeline and every file of it, which lie in `folder`, in one zip."""
    flat = {name: name.replace("/", "-") for name in _files(timeline)}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as file:
        text = json.dumps(_timeline(timeline, _MEDIA, flat), indent=2, ensure_ascii=False)
        file.writestr("content.otio", text, zipfile.ZIP_DEFLATED)
        file.writestr("version.txt", "1.0.0", zipfile.ZIP_DEFLATED)
        for name, short in flat.items():
            file.write(folder / name, f"{_MEDIA}{short}")


def _files(timeline: EditTimeline) -> list[str]:
    return [timeline.film.file, *(sound.file for sound in timeline.added)]


def _timeline(timeline: EditTimeline, media: str, short: Mapping[str, str] | None = None) -> dict[str, Any]:
    def url(name: str) -> str:
        return media + (short[name] if short else name)

    picture = _track("film", "Video", [_film(timeline, url(timeline.film.file))])
    heard = _film(timeline, url(timeline.film.file)) | {"enabled": not timeline.film.muted}
    own = [_track("film sound", "Audio", [heard])]
    sounds = [
        _track(sound.name, "Audio", [_sound(timeline, sound, url(sound.file))]) for sound in timeline.added
    ]
    tracks = [picture, *(own if timeline.film.channels else []), *sounds]
    stack = _item("Stack.1", "tracks", children=tracks, markers=_markers(timeline))
    return {
        "OTIO_SCHEMA": "Timeline.1",
        "name": timeline.name,
        "metadata": {},
        "global_start_time": _time(timeline, timeline.start),
        "tracks": stack,
    }


def _item(schema: str, name: str, **fields: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "OTIO_SCHEMA": schema,
        "name": name,
        "metadata": {},
        "source_range": None,
        "effects": [],
        "markers": [],
        "enabled": True,
    }
    return plain | fields


def _track(name: str, kind: str, children: list[dict[str, Any]]) -> dict[str, Any]:
    return _item("Track.1", name, children=children, kind=kind)


def _film(timeline: EditTimeline, url: str) -> dict[str, Any]:
    span = _range(timeline, timeline.start, timeline.frames)
    return _item("Clip.2", timeline.film.name, source_range=span, **_reference(url, span))


def _sound(timeline: EditTimeline, sound: SoundClip, url: str) -> dict[str, Any]:
    """A clip of sound at the film's rate, whose file has the film's timecode (BWF time reference)."""
    span = _range(timeline, timeline.start, timeline.frames)
    told = {"immersivaudio": {"role": sound.role, "gain_db": sound.gain_db}}
    fields = {"enabled": not sound.muted, "metadata": told}
    return _item("Clip.2", sound.name, source_range=span, **_reference(url, span), **fields)


def _reference(url: str, span: dict[str, Any]) -> dict[str, Any]:
    media = {
        "OTIO_SCHEMA": "ExternalReference.1",
        "name": "",
        "metadata": {},
        "available_range": span,
        "available_image_bounds": None,
        "target_url": url,
    }
    return {"media_references": {"DEFAULT_MEDIA": media}, "active_media_reference_key": "DEFAULT_MEDIA"}


def _markers(timeline: EditTimeline) -> list[dict[str, Any]]:
    return [
        {
            "OTIO_SCHEMA": "Marker.2",
            "name": marker.name,
            "metadata": {"immersivaudio": {"kind": marker.kind, "seconds": str(marker.time)}},
            "color": _COLOURS[marker.kind],
            "comment": marker.note,
            "marked_range": _range(timeline, timeline.placed(marker.time), 1),
        }
        for marker in timeline.markers
    ]


def _range(timeline: EditTimeline, start: int, count: int) -> dict[str, Any]:
    span = {"start_time": _time(timeline, start), "duration": _time(timeline, count)}
    return {"OTIO_SCHEMA": "TimeRange.1", **span}


def _time(timeline: EditTimeline, frame: int) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": float(timeline.rate.rate), "value": float(frame)}
