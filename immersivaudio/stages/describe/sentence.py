"""From measurements to a sentence: tables of words, and templates that read like English."""

from dataclasses import dataclass

from immersivaudio.stages.describe.look import COLOURS, Look
from immersivaudio.stages.describe.scenes import Scene, is_monochrome

Steps = tuple[tuple[float, str], ...]
"""Upper limits and what is said below them; the last limit holds everything."""

_LIGHT: Steps = (
    (0.12, "very dark"),
    (0.27, "dark"),
    (0.37, "dim"),
    (0.62, ""),
    (0.75, "bright"),
    (2, "very bright"),
)
_TEXTURE: Steps = ((0.12, "smooth"), (0.3, "softly textured"), (0.7, ""), (2, "richly detailed"))
_VIVID: Steps = ((0.05, ""), (0.13, "muted"), (0.3, ""), (0.42, "vivid"), (9, "intense"))
_MOTION: Steps = (
    (0.004, "everything is still"),
    (0.025, "almost nothing moves"),
    (0.08, "the movement is gentle"),
    (0.3, ""),
    (0.55, "there is a lot of movement"),
    (2, "the movement is wild"),
)
_PACE: Steps = ((4, "in long, unhurried shots"), (15, ""), (35, "in brisk cuts"), (1e9, "in rapid cuts"))
_RAPID = 35
"""Cuts or flashes a minute from which they themselves are the movement."""
_GENTLE = 0.08
_DARK_NAMES = {"orange": "brown", "yellow": "olive"}
_PASTEL_NAMES = {"red": "pink", "orange": "peach"}
_LETTERING = frozenset({"black", "blank", "title"})
_NOTABLE = 0.1
_OFTEN = 0.3
_PAN = 0.02
"""Widths a second from which a person notices that the camera turns."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything a sentence about one stretch may draw on."""

    look: Look
    scene: Scene | None
    motion: float
    pan: float
    """Widths a second; the picture moving right is positive."""
    photo: bool
    faces: int = 0
    """Most faces in one looked-at frame."""
    bodies: int = 0
    face_height: float = 0.0
    """Of the largest face, share of the picture's height."""
    flashes: float = 0.0
    """A minute."""


def shot_sentence(seen: Seen) -> str:
    """One sentence about one stretch."""
    return _finished(_subject(seen) + _people(seen), [_movement(seen), _flashing(seen)])


def clip_sentence(
    stretches: list[tuple[Seen, float]], whole: Seen, people: float, cuts_a_minute: float
) -> str:
    """One sentence about the whole: what it mostly shows, what else, how it moves.

    `stretches` are the shots and their lengths in s, `whole` is everything taken together, `people` the
    share of frames with somebody in them.
    """
    if len(stretches) == 1:
        return shot_sentence(stretches[0][0])
    lengths: dict[str, float] = {}
    for seen, length in stretches:
        # Lettering and black pictures hold a film together; they are not what it shows.
        share = 0.01 if seen.scene and not _LETTERING.isdisjoint(seen.scene.words) else 1.0
        lengths[_subject(seen)] = lengths.get(_subject(seen), 0.0) + share * length
    main, *others = sorted(lengths, key=lambda subject: -lengths[subject])
    also = f", then {others[0]}" if others and lengths[others[0]] > 0.25 * lengths[main] else ""
    pace = _step(_PACE, cuts_a_minute)
    told = f"{_count(len(stretches))} shots" + (f" {pace}" if pace else "")
    shown = f"{told}: mostly {main}{also}" if others else f"{told} of {main}"
    somebody = _people(whole) if people >= _OFTEN else ""
    # What is measured is the motion inside the shots: where they change this fast, nothing is still.
    movement = "" if cuts_a_minute > _RAPID and whole.motion < _GENTLE else _step(_MOTION, whole.motion)
    return _finished(f"{shown}{somebody}", [movement, _flashing(whole)])


def _subject(seen: Seen) -> str:
    """A noun phrase: the scene if there is one, else light, texture and colour."""
    grey = is_monochrome(seen.look)
    if seen.scene is not None:
        return f"{seen.scene.phrase}, in black and white" if grey else seen.scene.phrase
    noun = "picture" if seen.photo else "scene"
    told = ", ".join(filter(None, [_step(_LIGHT, seen.look.light), _texture(seen.look)]))
    if grey:
        return f"{_article(told)} black-and-white {noun}" if told else f"a black-and-white {noun}"
    return f"{_article(told or 'plain')} {noun} in {_colours(seen.look)}"


def _texture(look: Look) -> str:
    """How the surface looks, or the contrast where the surface is nothing special."""
    if look.dark > 0.7:
        return ""
    word = _step(_TEXTURE, look.rough)
    plain = "evenly lit" if 0.37 <= look.light < 0.62 else ""
    return word or ("high-contrast" if look.contrast > 0.25 else plain)


def _colours(look: Look) -> str:
    """The one or two colours that a person would name."""
    shares: dict[str, float] = {}
    for name in COLOURS:
        word = _colour_name(name, look)
        shares[word] = shares.get(word, 0.0) + look.colours[name]
    hues = set(shares)
    shares["white"], shares["grey"] = look.white, look.pale * 0.7
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    named = [word for word, share in ranked[:2] if share >= _NOTABLE]
    if not named:
        return "subdued colours"
    vivid = _step(_VIVID, look.chroma) if named[0] in hues else ""
    return " ".join(filter(None, [vivid, " and ".join(named)]))


def _colour_name(name: str, look: Look) -> str:
    """What a hue is called in this light: dim orange is brown, pale red is pink."""
    if look.light < 0.5 and look.chroma < 0.35:
        return _DARK_NAMES.get(name, name)
    if look.light > 0.62 and look.chroma < 0.3:
        return _PASTEL_NAMES.get(name, name)
    return name


def _people(seen: Seen) -> str:
    count = max(seen.faces, seen.bodies)
    if not count:
        return ""
    if seen.face_height > 0.4:
        return ", with a face filling the frame"
    if seen.face_height > 0.25:
        return ", with a face close to the camera"
    return ", with a person in view" if count == 1 else ", with people in view"


def _movement(seen: Seen) -> str:
    """Movement of the camera if a person would notice it, else of what is seen."""
    if seen.photo or (seen.flashes > _RAPID and seen.motion < _GENTLE):
        return ""  # `motion` leaves flashes out, but where light beats this fast, nothing is still
    if abs(seen.pan) < _PAN or seen.motion < 0.01:
        return _step(_MOTION, seen.motion)
    speed = "drifts slowly" if abs(seen.pan) < 0.08 else "pans" if abs(seen.pan) < 0.3 else "sweeps"
    # What the picture does, the camera does the other way round.
    return f"the view {speed} to the {'left' if seen.pan > 0 else 'right'}"


def _flashing(seen: Seen) -> str:
    return "the light keeps flashing" if seen.flashes > _RAPID and not seen.photo else ""


def _step(steps: Steps, value: float) -> str:
    return next(word for limit, word in steps if value < limit)


def _article(words: str) -> str:
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _count(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)


def _finished(subject: str, clauses: list[str]) -> str:
    text = "; ".join([subject, *filter(None, clauses)])
    return f"{text[0].upper()}{text[1:]}."
