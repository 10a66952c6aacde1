"""Schema of the bodies that Gradio's queue routes may receive, derived from the page's own components.

A body passes only as null, booleans, finite numbers and strings of bounded length, in the number and order of
the called function's inputs. Nested values never pass: Gradio reads a nested object as a reference to a file
or an address, and would copy or fetch it.
"""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_SHORT, _LINE, _SHEET = 128, 4_000, 1_000_000
"""Characters: of a name or choice, of a form field (a token of an upload is the longest), of a cue sheet."""
_LONG = frozenset({"sheet", "cuts"})
"""Components whose text is a cue sheet, or an editor's cuts."""
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SMALL_BODY = 32 * 1024
"""Bytes of a body without a cue sheet."""
_SHEET_BODY = 4 * 2**20
"""Bytes of a body with one: JSON escapes need up to six bytes a character, in practice far less than four."""
_EVENT_FIELDS = 8
Scalar = None | bool | int | float | str


class BadCallError(ValueError):
    """The body is not one that the page sends; the message quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Argument:
    """What one input of a function may be, besides null."""

    kind: str
    """"null", "boolean", "number" or "string"."""
    longest: int = 0
    """Characters of a string."""

    def admits(self, value: object) -> bool:
        """Whether `value` is null or of this kind."""
        if value is None:
            return True
        if self.kind == "boolean":
            return isinstance(value, bool)
        if self.kind == "number":
            return _is_number(value)
        return self.kind == "string" and isinstance(value, str) and len(value) <= self.longest


_ARGUMENTS: Mapping[str, Argument] = {
    "state": Argument("null"),
    "checkbox": Argument("boolean"),
    "slider": Argument("number"),
    "number": Argument("number"),
    "radio": Argument("string", _SHORT),
    "dropdown": Argument("string", _SHORT),
    "textbox": Argument("string", _LINE),
    "html": Argument("string", _LINE),
}
"""By the type of the component that feeds the input. A type that is not here lets only null pass."""


class CallSchema:
    """The functions of one page and what each takes."""

    def __init__(self, functions: Mapping[int, Sequence[Argument]]) -> None:
        self._functions = {number: tuple(arguments) for number, arguments in functions.items()}

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> "CallSchema":
        """Read the schema off a page's configuration, as `gradio.Blocks.get_config_file` returns it."""
        components = {each["id"]: each for each in config["components"]}
        return cls(
            {
                each["id"]: [_argument(components[number]) for number in each["inputs"]]
                for each in config["dependencies"]
                if each["backend_fn"]
            }
        )

    def longest(self, path: str) -> int:
        """Return how many bytes the body of a POST to `path` may have; 0 where no body is read."""
        return {"/gradio_api/queue/join": _SHEET_BODY}.get(path, _SMALL_BODY)

    def parse(self, path: str, body: bytes) -> dict[str, Any]:
        """Return what of `body` is passed on. Raises `BadCallError`."""
        known = _PARSERS.get(path)
        if known is None:
            raise BadCallError("this path takes no body")
        try:
            data = json.loads(body or b"{}", parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise BadCallError("the body is not JSON") from error
        if not isinstance(data, dict):
            raise BadCallError("the body is not an object")
        return known(self, data, len(body))

    def _join(self, data: dict[str, Any], size: int) -> dict[str, Any]:
        _only(data, {"data", "event_data", "fn_index", "trigger_id", "session_hash", "simple_format"})
        number, arguments = self._function(data.get("fn_index"))
        values = data.get("data")
        if not isinstance(values, list) or len(values) != len(arguments):
            raise BadCallError("the function takes another number of inputs")
        if not all(argument.admits(value) for argument, value in zip(arguments, values, strict=True)):
            raise BadCallError("an input is not of its kind")
        if size > _SMALL_BODY and not any(argument.longest >= _SHEET for argument in arguments):
            raise BadCallError("the body is too long")
        return {
            "data": values,
            "event_data": _event(data.get("event_data")),
            "fn_index": number,
            "trigger_id": _index(data.get("trigger_id")),
            "session_hash": _name(data.get("session_hash")),
        }

    def _cancel(self, data: dict[str, Any], _size: int) -> dict[str, Any]:
        _only(data, {"session_hash", "fn_index", "event_id"})
        number, _ = self._function(data.get("fn_index"))
        session, event = _name(data.get("session_hash")), _name(data.get("event_id"))
        return {"session_hash": session, "fn_index": number, "event_id": event}

    def _reset(self, data: dict[str, Any], _size: int) -> dict[str, Any]:
        _only(data, {"event_id"})
        return {"event_id": _name(data.get("event_id"))}

    def _function(self, number: object) -> tuple[int, tuple[Argument, ...]]:
        if isinstance(number, int) and not isinstance(number, bool) and number in self._functions:
            return number, self._functions[number]
        raise BadCallError("there is no such function")

    def _nothing(self, _data: dict[str, Any], _size: int) -> dict[str, Any]:
        return {}


_PARSERS: Mapping[str, Callable[[CallSchema, dict[str, Any], int], dict[str, Any]]] = {
    "/gradio_api/queue/join": CallSchema._join,
    "/gradio_api/cancel": CallSchema._cancel,
    "/gradio_api/reset": CallSchema._reset,
    "/gradio_api/startup-events": CallSchema._nothing,
}


def is_session(text: str) -> bool:
    """Whether `text` could be the name of an open page."""
    return bool(_NAME.fullmatch(text))


def _argument(component: Mapping[str, Any]) -> Argument:
    if component["props"].get("elem_id") in _LONG:
        return Argument("string", _SHEET)
    return _ARGUMENTS.get(component["type"], Argument("null"))


def _only(data: Mapping[str, Any], names: set[str]) -> None:
    if not data.keys() <= names:
        raise BadCallError("the body has a field that the page does not send")


def _event(value: object) -> dict[str, Scalar] | None:
    """What an event carries: null, or a flat object of scalars."""
    if value is None:
        return None
    if not isinstance(value, dict) or len(value) > _EVENT_FIELDS:
        raise BadCallError("the event is not a flat object")
    if not all(_NAME.fullmatch(name) and _is_scalar(each) for name, each in value.items()):
        raise BadCallError("the event is not a flat object")
    return value


def _name(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise BadCallError("a name in the body is not one")
    return value


def _is_scalar(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _SHORT
    return value is None or isinstance(value, bool) or _is_number(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _index(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10_000):
        return value
    raise BadCallError("an index in the body is not one")


def _no_constant(_text: str) -> float:
    raise ValueError("not a number of JSON")
