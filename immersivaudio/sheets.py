"""A cue sheet as JSON that people edit: written exactly, read with care.

Times are decimal seconds with at most six digits, so what is written is what was meant, to the microsecond.
Whatever is wrong with a sheet becomes a `BadSheetError` that names the field and the remedy in one line, and
repeats no text of the sheet.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from fractions import Fraction
from itertools import pairwise
from typing import Any, NoReturn, get_type_hints

from pydantic import ValidationError

from immersivaudio.cue_sheet import SELDOM
from immersivaudio.errors import BadSheetError
from immersivaudio.sheet_schema import read
from immersivaudio.values import DYNAMICS_RATE, Clip, Cue, CueSheet

CAP = 4_000_000
"""Characters of JSON that are read: half an hour of film takes well under one million."""
_A_LINE = 4 * DYNAMICS_RATE
"""Samples of dynamics on a line: four seconds."""


def dump(sheet: CueSheet) -> str:
    """Return `sheet` as indented JSON, in the order a person reads it."""
    told = _told(CueSheet, asdict(sheet))
    told["cues"] = [_told(Cue, cue) for cue in told["cues"]]
    lines = [f"  {json.dumps(name)}: {_block(name, value)}" for name, value in told.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def load(text: str) -> CueSheet:
    """Return the cue sheet that `text` holds; raises `BadSheetError`."""
    if not isinstance(text, str):
        _reject(f"a cue sheet is text, not {type(text).__name__}", "read the file first")
    text = text.removeprefix("\ufeff")  # the mark that some editors put first
    if len(text) > CAP:
        _reject("the cue sheet is too long", f"keep it under {CAP // 1_000_000} million characters")
    try:
        data = json.loads(text, parse_constant=_not_a_number, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        _reject(f"the cue sheet is not JSON: {error.msg} in line {error.lineno}", "mend that line")
    except (ValueError, RecursionError):
        _reject("the cue sheet is not JSON a program can read", "start from a sheet written by `prompt`")
    try:
        sheet = read(data)
    except ValidationError as error:
        _explain(error)
    _check_times(sheet)
    return sheet


def check_fits(sheet: CueSheet, clip: Clip) -> None:
    """Raise `BadSheetError` unless `sheet` is as long as `clip`, within one frame."""
    if abs(sheet.duration - clip.duration) > 1 / clip.frame_rate:
        _reject(
            f"the cue sheet is {float(sheet.duration):.3f} s long, the clip {float(clip.duration):.3f} s",
            "use the sheet of this clip, or set the duration and the end of the last cue",
        )


def _told(kind: type, written: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a value without those that are seldom said and say nothing here."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        name: value
        for name, value in written.items()
        if value or SELDOM not in getattr(hints[name], "__metadata__", ())
    }


def _block(name: str, value: Any) -> str:
    """Write one field: cues open, other lists a line an entry, dynamics four seconds a line."""
    if name == "cues":
        return json.dumps(value, indent=2, ensure_ascii=False, default=_seconds).replace("\n", "\n  ")
    if name == "dynamics":
        rows = [value[i : i + _A_LINE] for i in range(0, len(value), _A_LINE)]
        return _listed(json.dumps(row)[1:-1] for row in rows)
    if name in {"hits", "sounds", "speech", "notes"}:
        return _listed(json.dumps(entry, ensure_ascii=False, default=_seconds) for entry in value)
    if name == "levels":
        value = dict(value)
    return json.dumps(value, ensure_ascii=False, default=_seconds)


def _listed(entries: Iterable[str]) -> str:
    lines = list(entries)
    return "[\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "[]"


def _seconds(time: object) -> float:
    """Whole microseconds survive: the float nearest to a decimal of 6 digits prints as that decimal."""
    if not isinstance(time, Fraction):
        raise TypeError(f"a cue sheet holds no {type(time).__name__}")
    return float(time)


def _check_times(sheet: CueSheet) -> None:
    """Raise `BadSheetError` where the parts do not fit each other in time."""
    _check_cues(sheet)
    stretches = {
        "cues": [(cue.start, cue.end) for cue in sheet.cues],
        "speech": list(sheet.speech),
        "sounds": [(sound.start, sound.end) for sound in sheet.sounds],
    }
    for name, spans in stretches.items():
        for place, (start, end) in enumerate(spans):
            if not start < end <= sheet.duration:
                _reject(f"{name}[{place}] does not end after it starts, inside the clip", "mend its times")
    if sheet.hits and sheet.hits[-1].time >= sheet.duration:
        _reject("a hit point is not inside the clip", "move it inside or remove it")
    if any(not 0 < cut < sheet.duration for cut in sheet.cuts):
        _reject("a cut is not inside the clip", "remove it: cuts are only counted, and change no sound")
    wanted = -int(-sheet.duration * DYNAMICS_RATE // 1)
    if sheet.dynamics and len(sheet.dynamics) != wanted:
        _reject(
            f"dynamics holds {len(sheet.dynamics)} samples and the clip needs {wanted}",
            f"write {DYNAMICS_RATE} a second, or none to let the music shape itself",
        )


def _check_cues(sheet: CueSheet) -> None:
    if sheet.cues[0].start != 0:
        _reject("cues[0].start is not 0", "let the first cue begin with the clip")
    for place, (before, after) in enumerate(pairwise(sheet.cues), 1):
        if before.end != after.start:
            _reject(
                f"cues[{place}].start is not where cues[{place - 1}] ends", "let cues follow back to back"
            )
    if sheet.cues[-1].end != sheet.duration:
        _reject("the last cue does not end with the clip", "set its end to the duration")


def _explain(error: ValidationError) -> NoReturn:
    """Say the first thing that is wrong; names of unknown fields are not repeated."""
    first, *more = error.errors(include_url=False, include_input=False)
    path = list(first["loc"])
    unknown = first["type"] == "extra_forbidden"
    if unknown:
        path.pop()
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    also = f" (and {len(more)} more)" if more else ""
    if unknown:
        _reject(f"{where or 'the cue sheet'} has a field that cue sheets do not have{also}", "remove it")
    remedy = "add it" if first["type"] == "missing" else _plain(first["msg"])
    problem = "is missing" if first["type"] == "missing" else "cannot be used as it is"
    _reject(f"{where or 'the cue sheet'} {problem}{also}", remedy)


def _plain(message: str) -> str:
    plain = message.removeprefix("Value error, ").replace("Input should be", "it should be")
    return "write it in braces, { and }, as it was saved" if "valid dictionary" in plain else plain


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; refuse a key that stands twice, of which `json` would silently take the last."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        known = twice if twice in get_type_hints(CueSheet) else "a field"
        _reject(f"{known} stands twice in the cue sheet", "remove one of them")
    return made


def _not_a_number(_name: str) -> NoReturn:
    raise ValueError


def _reject(problem: str, remedy: str) -> NoReturn:
    raise BadSheetError(problem, remedy, stage="enhance") from None
