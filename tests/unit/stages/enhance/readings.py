"""What a wish says, judged against what a person reads in it: one line of `mood_texts.txt` at a time."""

from dataclasses import dataclass, field
from pathlib import Path

from immersivaudio.music.instruments import TABLE
from immersivaudio.music.palettes import PALETTES
from immersivaudio.stages.enhance import wishes
from immersivaudio.stages.enhance.players import PLAYERS
from immersivaudio.stages.enhance.text_cleaning import fold
from immersivaudio.stages.enhance.wishes import Wish
from immersivaudio.terms import Feeling

HERE = Path(__file__).parent
_FELT = 0.04
"""Valence or arousal from which a direction counts as one."""


@dataclass
class Verdict:
    """How one text was read."""

    text: str
    missed: list[str] = field(default_factory=list)
    """Expectations that do not hold."""
    opposite: list[str] = field(default_factory=list)
    """Those of which the contrary holds."""
    dropped: list[str] = field(default_factory=list)
    """Words that changed nothing, and that no note names."""


def lines(name: str) -> list[tuple[str, str]]:
    """Return (text, expectations) of a table beside this file."""
    rows = (HERE / name).read_text("utf-8").splitlines()
    return [
        (text.strip(), wanted.strip())
        for text, _, wanted in (row.partition("|") for row in rows if not row.startswith("#"))
        if wanted
    ]


def judge(text: str, wanted: str) -> Verdict:
    """Read `text` and compare."""
    wish = wishes.read(text)
    verdict = Verdict(text)
    now, _, later = wanted.partition("then ")
    _judge(wish, now.split(), verdict)
    if later:
        if wish.later is None:
            verdict.missed.append("then")
        else:
            _judge(wish.later, later.split(), verdict)
    return verdict


def _judge(wish: Wish, wanted: list[str], verdict: Verdict) -> None:
    felt = dict(zip("va", wish.feeling(Feeling(0.0, 0.0)), strict=True))
    joined = " ".join(wanted).replace("only:solo cello", "only:solo_cello")
    for expectation in _parted(joined):
        if expectation[0] in "va" and expectation[1:] in ("+", "-"):
            toward = felt[expectation[0]] * (1 if expectation[1] == "+" else -1)
            if toward < -_FELT:
                verdict.opposite.append(expectation)
            if toward <= _FELT:
                verdict.missed.append(f"{expectation} ({felt[expectation[0]]:.2f})")
        elif expectation.startswith("?"):
            named = fold(" ".join(wish.ignored))
            if fold(expectation[1:]) not in named and not wish.unknown:
                verdict.dropped.append(expectation[1:])
                verdict.missed.append(expectation)
        elif not _holds(wish, expectation):
            verdict.missed.append(expectation)
            if _contrary(wish, expectation):
                verdict.opposite.append(expectation)


def _parted(wanted: str) -> list[str]:
    """Split at spaces that begin an expectation: names of players and styles have spaces of their own."""
    parts: list[str] = []
    for word in wanted.split():
        starts = ":" in word or word[0] == "?" or word in ("silent", "plain") or word[-1] in "+-"
        if starts or not parts:
            parts.append(word)
        else:
            parts[-1] += f" {word}"
    return [part.replace("_", " ") for part in parts]


def _holds(wish: Wish, expectation: str) -> bool:
    kind, _, value = expectation.partition(":")
    named = [name for name, plainness in wish.palettes.items() if plainness > 0]
    checks = {
        "plain": lambda: not wish.moods and not named,
        "silent": lambda: wish.no_music,
        "sound": lambda: value in wish.sounds,
        "mute": lambda: value in wish.without,
        "play": lambda: (
            value in wish.instruments or (bool(named) and all(_plays(name, value) for name in named))
        ),
        "only": lambda: wish.alone and bool(wish.instruments) and _are(wish.instruments, value),
        "style": lambda: bool(named) and max(named, key=lambda name: wish.palettes[name]) == value,
        "near": lambda: value in wish.nearest,
        "not": lambda: wish.palettes.get(value, 0.0) < 0,
        "bpm": lambda: wish.tempo == float(value),
        "key": lambda: wish.tonic == value,
        "mode": lambda: wish.mode == value,
        "metre": lambda: wish.metre == value,
        "pace+": lambda: wish.pace > 1,
        "pace-": lambda: wish.pace < 1,
        "loud+": lambda: wish.gain_db > 0,
        "loud-": lambda: wish.gain_db < 0,
    }
    return checks[kind]()


def _plays(palette: str, instrument: str) -> bool:
    return any(player.instrument == instrument for player in PALETTES[palette].players)


def _are(players: list[str], group: str) -> bool:
    """Whether all who play belong to the group that was asked for."""
    row = [name for name in players if group not in (name, TABLE[name].stem, _role(name))]
    return not row


def _role(name: str) -> str:
    return "drums" if "drums" in PLAYERS.get(name, ("", ()))[1] else ""


def _contrary(wish: Wish, expectation: str) -> bool:
    kind, _, value = expectation.partition(":")
    if kind == "mute":
        return value in wish.instruments
    if kind in ("play", "only"):
        return value in wish.without
    if kind == "style":
        return wish.palettes.get(value, 0.0) < 0
    if kind == "not":
        return wish.palettes.get(value, 0.0) > 0
    turns = {
        "pace+": wish.pace < 1,
        "pace-": wish.pace > 1,
        "loud+": wish.gain_db < 0,
        "loud-": wish.gain_db > 0,
    }
    return turns.get(kind, False)
