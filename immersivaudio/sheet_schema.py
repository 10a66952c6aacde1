"""How a cue sheet is read from JSON: types derived from its fields, and the names people may write."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import GenericAlias, MappingProxyType, UnionType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model

from immersivaudio.cue_sheet import LONGEST, Line, Named, Signed, Word, WrittenAs
from immersivaudio.music.instruments import TABLE as INSTRUMENTS
from immersivaudio.music.palettes import PALETTES
from immersivaudio.music.theory import MODES
from immersivaudio.sentences import Telling
from immersivaudio.terms import Feeling
from immersivaudio.values import CueSheet

_MICROSECOND = Decimal("0.000001")
_ROLES = frozenset({"lead", "counter", "pad", "arp", "bass", "drums", "effects"})
_STEMS = frozenset({row.stem for row in INSTRUMENTS.values()} | {"room", "vinyl"})
_SILENCEABLE = _ROLES | set(INSTRUMENTS) | {row.stem for row in INSTRUMENTS.values()}
_TONICS = frozenset(letter + sign for letter in "ABCDEFG" for sign in ("", "#", "b"))
_TONES = MappingProxyType({"minor": "aeolian", "major": "ionian"})
"""What people call the two common modes."""


class _Part(BaseModel):
    """Strict: "90" is no number, and an unknown field is a mistake."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


def read(data: object) -> CueSheet:
    """Return the sheet of parsed JSON; hits come in order of time, however they were written.

    Raises pydantic's `ValidationError`, with the errors in the order of the fields.
    """
    sheet = CueSheet(**dict(_sheet_model().model_validate(data)))
    silent = set(sheet.without)
    return replace(
        sheet,
        hits=tuple(sorted(sheet.hits, key=lambda hit: hit.time)),
        instruments=tuple(name for name in sheet.instruments if not {name, INSTRUMENTS[name].stem} & silent),
    )


@cache
def _sheet_model() -> type[BaseModel]:
    return _model(CueSheet, version=(Literal[1], ...))


def _model(value: Any, text: Any = Line, bounds: Sequence[Any] = (), **other: Any) -> type[BaseModel]:
    """Return the model of a dataclass: its fields with their bounds and defaults, except for `other`."""
    hints = get_type_hints(value, include_extras=True)
    parts = {
        each.name: (
            _json_type(hints[each.name], (), text, bounds),
            ... if each.default is MISSING else each.default,
        )
        for each in fields(value)
    }
    made: type[BaseModel] = create_model(f"{value.__name__}Model", __base__=_Part, **parts | other)
    return made


def _json_type(hint: Any, metadata: Sequence[Any] = (), text: Any = Line, bounds: Sequence[Any] = ()) -> Any:
    """Return the type by which JSON is read into a value of the type `hint`.

    `text` stands for a bare `str`; `bounds` are those of lists without their own.
    """
    origin, arguments = get_origin(hint), get_args(hint)
    written = next((each for each in metadata if isinstance(each, WrittenAs)), None)
    if origin is Annotated:
        found = _json_type(arguments[0], arguments[1:], text, bounds)
    elif origin is UnionType:
        found = _json_type(arguments[0], metadata, text, bounds) | None
    elif written:
        found = _json_type(written.kind, [each for each in metadata if each is not written])
    elif origin is tuple and arguments[-1] is ...:
        many = GenericAlias(list, _json_type(arguments[0], (), text, bounds))
        found = Annotated[(many, *(metadata or bounds), AfterValidator(tuple))]
    elif origin is dict:
        table = GenericAlias(dict, tuple(map(_json_type, arguments)))
        found = Annotated[(table, *metadata, AfterValidator(lambda read: tuple(read.items())))]
    elif metadata:
        named = [check for each in metadata if isinstance(each, Named) for check in _NAMES[each.table]]
        found = Annotated[(_single(hint), *named, *metadata)]
    else:
        found = text if hint is str else _single(hint)
    return found


def _single(hint: Any) -> Any:
    """Return the type by which a value without bounds is read: a time, a pair, a part of the sheet."""
    if get_origin(hint) is tuple:
        kinds = get_args(hint)
        return _COUNTED if kinds == (str, int) else _several(kinds[0], len(kinds), tuple)
    if hint is Feeling:
        return _several(Signed, len(Feeling._fields), lambda pair: Feeling(*pair))
    part: bool = is_dataclass(hint)
    if part:
        model = _telling_model() if hint is Telling else _model(hint)
        return Annotated[model, AfterValidator(lambda read: hint(**dict(read)))]
    return _TIME if hint is Fraction else hint


def _several(kind: Any, count: int, made: Callable[[list[Any]], Any]) -> Any:
    """Return the type of a list of exactly `count` entries, of which `made` makes the value."""
    many = GenericAlias(list, _json_type(kind))
    return Annotated[many, Field(min_length=count, max_length=count), AfterValidator(made)]


def _telling_model() -> type[BaseModel]:
    """Return the model of what a sentence says; a word that no language knows is said as it stands."""
    return _model(Telling, Word, (Field(max_length=10),), shots=(Annotated[int, Field(ge=1, le=100_000)], 1))


def _time(value: Any) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("write a number of seconds")
    if not 0 <= value <= LONGEST:  # also true of NaN
        raise ValueError(f"write seconds from 0 to {LONGEST}")
    return Fraction(Decimal(repr(value)).quantize(_MICROSECOND))


def _counted(value: list[Any]) -> tuple[Any, ...]:
    if not isinstance(value[0], str) or type(value[1]) is not int or not 1 <= value[1] <= 10_000:
        raise ValueError("write a word and how many of it")
    return tuple(value)


_TIME = Annotated[Fraction, BeforeValidator(_time)]
_COUNTED = Annotated[list[Word | int], Field(min_length=2, max_length=2), AfterValidator(_counted)]


def _one_of(names: Any, kind: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in names:
            raise ValueError(f"choose a {kind} of: {', '.join(sorted(names))}")
        return value

    return AfterValidator(check)


def _alias(names: Any, others: Mapping[str, str] = MappingProxyType({})) -> BeforeValidator:
    """Understand names of a table as people write them: "Lo-Fi", "Piano", "minor"."""

    def plain(name: str) -> str:
        return name.strip().lower().replace("-", "_").replace(" ", "_")

    known = {plain(name): name for name in names} | dict(others)

    def understood(value: Any) -> Any:
        return value if not isinstance(value, str) or value in names else known.get(plain(value), value)

    return BeforeValidator(understood)


def _tonic(value: Any) -> Any:
    """Understand B♭, F♯, a lower-case letter, and the German H."""
    if not isinstance(value, str):
        return value
    plain = value.strip().replace("♭", "b").replace("♯", "#")
    plain = plain[:1].upper() + plain[1:].lower()
    return "B" + plain[1:] if plain[:1] == "H" else plain


_SPELLINGS: Mapping[str, tuple[Any, BeforeValidator]] = MappingProxyType(
    {
        "palette": (PALETTES, _alias(PALETTES)),
        "tonic": (_TONICS, BeforeValidator(_tonic)),
        "mode": (MODES, _alias(MODES, _TONES)),
        "player": (INSTRUMENTS, _alias(INSTRUMENTS)),
        "player, stem or role": (_SILENCEABLE, _alias(_SILENCEABLE)),
        "stem": (_STEMS, _alias(_STEMS)),
    }
)
_NAMES = {kind: (alias, _one_of(names, kind)) for kind, (names, alias) in _SPELLINGS.items()}
"""Kind of a name (`Named`) -> what understands it as people write it, and what checks it."""
