"""The options of one request, from the user's words to the mix: the only place where an option is declared.

Command line, API, MCP server, job request, render process and pipeline take names, types, bounds, defaults
and descriptions from here; docs/adding-an-option.md shows the way. Bounds hold where options come from
outside (`checked`, and every `JobRequest`); the library's own code may construct any value.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, wraps
from typing import Annotated, Any, ClassVar, Final, Literal, get_type_hints

from pydantic import ConfigDict, Field, InstanceOf, TypeAdapter

from immersivaudio.recipe import Recipe

OriginalSound = Literal["auto", "keep", "mix", "replace"]
EVERYWHERE: Final = "everywhere"
"""Marks an option that every command and every program may set; the others belong to one surface."""


@dataclass(frozen=True, slots=True)
class ScoreOptions:
    """What the user asks for. The text in it is data, never instructions."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="ignore", revalidate_instances="always")

    mood: Annotated[
        str,
        Field(max_length=1000, description='the mood in own words, or a share code: "hopeful, slow piano"'),
        EVERYWHERE,
    ] = ""
    """Empty: the pictures decide."""
    seed: Annotated[
        int | None, Field(lt=2**63, description="the same number, the same piece"), EVERYWHERE
    ] = None
    """None: drawn from the clip's content, so that the same clip gives the same piece."""
    take: Annotated[
        int, Field(ge=1, le=1_000_000, description="another piece over the same plan"), EVERYWHERE
    ] = 1
    cue: Annotated[int | None, Field(ge=1, description="change this cue alone, counted from 1")] = None
    """In a remix: every other cue stays as it was."""
    last_cue: Annotated[int | None, Field(ge=1)] = None
    """With `cue`: change all from that one to this one."""
    share: Annotated[
        str, Field(max_length=256, description="a share code (IV-…): the same mood, players and seed")
    ] = ""
    """`share.apply.open_code` finds a code in `mood`, too, and spells it out."""
    sounds: Annotated[bool, Field(description="add sounds of the scene"), EVERYWHERE] = False
    loop: Annotated[
        bool,
        Field(description="let pictures and music end where they begin; a GIF does so by itself"),
        EVERYWHERE,
    ] = False
    like: bool = False
    """Sound like the song that is brought along: tempo, key, pace, colour, players and form are measured."""
    original: Annotated[
        OriginalSound, Field(description="what becomes of the clip's own sound"), EVERYWHERE
    ] = "auto"
    """"auto" mixes the clip's own sound under the music where someone speaks, else replaces it."""
    length: Annotated[float | None, Field(ge=1, le=600, description="how long a photo is held, s")] = None
    """None: as the settings say. Nothing for a video."""
    music_gain_db: float = 0.0
    sounds_gain_db: float = 0.0
    original_gain_db: float = 0.0
    speech_gap_lu: float = 12.0
    """How far the music stays below speech, LU."""
    max_bytes: Annotated[int | None, Field(gt=0)] = None
    """Make the result fit, by lowering quality in steps."""
    stems: bool = False
    """Keep each instrument group as a file of its own."""
    explain: bool = False
    """Draw what was seen and decided, for a frontend that shows pictures beside the clip."""
    parts: Annotated[int, Field(ge=1, le=10)] = 1
    """Files that one answer may hold, each of `max_bytes`."""
    recipe: Annotated[InstanceOf[Recipe] | None, Field(exclude=True)] = field(
        default=None, compare=False, repr=False
    )
    """What `share` says, decoded. It never travels: each process decodes the code that it was handed."""

    @classmethod
    def checked(cls, given: Mapping[str, object]) -> "ScoreOptions":
        """Return options from outside; raises `ValueError` for a value of the wrong type or out of bounds."""
        return _adapter().validate_python(dict(given))

    def changed(self, **changes: Any) -> "ScoreOptions":
        """Return a copy with these fields, checked as those of new ones are. Raises `ValueError`."""
        return self.checked({each.name: getattr(self, each.name) for each in fields(self)} | changes)

    def plain(self) -> dict[str, Any]:
        """Return the options as JSON holds them."""
        plain: dict[str, Any] = _adapter().dump_python(self, mode="json")
        return plain


@cache
def _adapter() -> TypeAdapter[ScoreOptions]:
    return TypeAdapter(ScoreOptions)


def everywhere() -> tuple[str, ...]:
    """Return the names of the options that every surface has."""
    hints = get_type_hints(ScoreOptions, include_extras=True)
    return tuple(name for name, hint in hints.items() if EVERYWHERE in getattr(hint, "__metadata__", ()))


def with_options(
    *names: str, dressed: Callable[[str, Any], Any] = lambda _name, hint: hint
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that turns a function's parameter `wishes` into one parameter an option.

    Frameworks that read signatures (typer, FastAPI, MCP) then offer each of `names`. `dressed` says how the
    framework writes the annotation of an option: its type, with a pydantic `Field` in the metadata.
    """
    hints = get_type_hints(ScoreOptions, include_extras=True)
    defaults = {each.name: each.default for each in fields(ScoreOptions)}

    def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
        kind, own = inspect.Parameter.KEYWORD_ONLY, inspect.signature(function, eval_str=True)
        wishes = [
            inspect.Parameter(name, kind, default=defaults[name], annotation=dressed(name, hints[name]))
            for name in names
        ]
        shown: list[inspect.Parameter] = []
        for each in own.parameters.values():
            shown += (
                wishes
                if each.name == "wishes"
                else [each if each.name == "self" else each.replace(kind=kind)]
            )

        def gathered(given: dict[str, Any]) -> dict[str, Any]:
            return given | {"wishes": ScoreOptions(**{name: given.pop(name) for name in names})}

        @wraps(function)
        def run(*args: Any, **given: Any) -> Any:
            return function(*args, **gathered(given))

        @wraps(function)
        async def run_async(*args: Any, **given: Any) -> Any:
            return await function(*args, **gathered(given))

        made: Any = run_async if inspect.iscoroutinefunction(function) else run
        made.__signature__ = own.replace(parameters=shown)
        made.__annotations__ = {each.name: each.annotation for each in shown} | {
            "return": own.return_annotation
        }
        return made  # type: ignore[no-any-return]

    return decorated
