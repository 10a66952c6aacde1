"""When each player plays: players for the roles, and layers that enter and leave one at a time."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from immersivaudio.music.brief import Brief
from immersivaudio.music.form import Passage
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.palette import Palette, Player
from immersivaudio.music.seeding import generator

_SWAPPABLE: dict[str, tuple[str, ...]] = {
    "bass": ("bass",),
    "drums": ("drums",),
    "percussion": ("drums",),
    "strings": ("lead", "pad", "arp", "counter"),
    "synths": ("pad", "lead", "arp"),
    "voices": ("pad",),
    "brass": ("lead", "pad", "counter"),
}
"""Roles an instrument of a stem may take over, the likeliest first."""
_OTHERWISE = ("lead", "arp", "counter")
_STIRRED = 0.5
"""Energy a bar gains from the picture, where it could not move more."""
_BANG = 4
"""Players by which an opening grows when the film opens with all it has: half of them at most."""
_STANDS_ON = 0.2
"""Energy from which a drummer plays whom a style never does without: a dance, a band."""
_FOREGROUND = {"lead", "counter"}
BED = {"pad", "arp", "bass"}
"""Roles of the harmony: a piece begins with them, whether or not someone speaks."""


def seat(brief: Brief, palette: Palette) -> tuple[Player, ...]:
    """Return the palette's players without the excluded ones, with the preferred ones instead.

    A preferred instrument takes the seat of somebody who would play, or else one that an exclusion left
    empty: a sheet that names none of the palette's own instruments is played by those it names.
    """
    players = [
        player for player in palette.players if not barred(player.instrument, player.role, brief.without)
    ]
    empty = [
        player for player in palette.players if player not in players and player.role not in brief.without
    ]
    taken: set[str] = set()
    for name in brief.instruments:
        if name not in TABLE or barred(name, "", brief.without):
            continue
        if not any(player.instrument == name for player in players):
            _swap(players, name, taken) or _swap(empty, name, taken)
    players += [player for player in empty if player.title in taken]
    # Whoever is left begins at once: a soloist has nobody to wait for.
    earliest = min((player.enters for player in players), default=0.0)
    seated = {player.title: replace(player, enters=round(player.enters - earliest, 3)) for player in players}
    return tuple(seated[player.title] for player in palette.players if player.title in seated)


def barred(instrument: str, role: str, without: Collection[str]) -> bool:
    """Say whether the brief forbids an instrument by name, stem or role."""
    stem = TABLE[instrument].stem
    drumming = "drums" in without and stem in {"drums", "percussion"}
    return drumming or bool({instrument, role, stem} & set(without))


def _swap(players: list[Player], name: str, taken: set[str]) -> bool:
    """Let a preferred instrument take over the first seat of a role that suits it; return whether one did."""
    row = TABLE[name]
    for role in _SWAPPABLE.get(row.stem, _OTHERWISE):
        for index, player in enumerate(players):
            if player.role == role and player.title not in taken:
                centre = min(max(player.centre, row.low + 6), max(row.high - 6, row.low + 6))
                players[index] = replace(player, instrument=name, centre=centre, name=player.title)
                taken.add(player.title)
                return True
    return False


def playing(
    passage: Passage, players: Sequence[Player], *, whole_piece: int, stir: Sequence[float]
) -> list[set[int]]:
    """Return, for every bar of a passage, which of `players` play. `whole_piece` is its length in bars.

    What the moment's energy admits enters one after the other, at phrase starts or every second bar, the
    foreground last; a piece begins with three layers at most, or more where the picture opens stirred.
    Energy is the passage's own, so another passage changes nothing here; `stir` says for every bar how far
    the picture moves from the middle, -0.5 to 0.5: where it moves more, more of them play.
    """
    energies = [passage.expression.energy + _STIRRED * moved for moved in stir]
    admitted = [i for i, player in enumerate(players) if player.enters <= max(energies)]
    admitted.sort(key=lambda i: (players[i].enters + 0.05 * (players[i].role == "lead"), i))
    bars = len(passage.bars)
    held_back = _held_back(passage, players, admitted, whole_piece, stir)
    starts = _entries(passage, players, held_back)
    here = [
        {i for i in admitted if starts.get(i, 0) <= bar and players[i].enters <= max(energies[bar], 0.0)}
        for bar in range(bars)
    ]
    _break_down(here, passage, players)
    if not passage.last and len(passage.phrases) > 1:
        _leave(here, passage, players, admitted)
    _rest_the_lead(here, passage, players)
    return here


def _held_back(
    passage: Passage, players: Sequence[Player], admitted: list[int], whole_piece: int, stir: Sequence[float]
) -> list[int]:
    """Return the players kept for later in this passage, in order of entry."""
    if len(passage.bars) < 3 or len(admitted) < 3:
        return []
    if passage.first and whole_piece >= 6:
        first = 3 + round(_BANG * max(stir[0], 0.0))
        quiet = [i for i in admitted if players[i].role in BED][:first] or admitted[:1]
        return sorted((i for i in admitted if i not in quiet), key=lambda i: not _carries(players[i]))
    later = max(1, min(len(passage.phrases), len(admitted) // 3))
    stays = passage.stage.kind != "breakdown"  # whom the style stands on: there the drums are out anyway
    colours = [i for i in admitted if players[i].role not in {"lead", "bass"}]
    colours = [i for i in colours if not (stays and _carries(players[i]))]
    return colours[-later:]


def _carries(player: Player) -> bool:
    """Return whether a style stands on this drummer, who then is the next to come in."""
    return player.role == "drums" and player.enters <= _STANDS_ON


def _entries(passage: Passage, players: Sequence[Player], held_back: Sequence[int]) -> dict[int, int]:
    """Return the bar at which each of those kept back enters; a lead waits for the next phrase."""
    bars = len(passage.bars)
    starts = [sum(len(p.bars) for p in passage.phrases[:index]) for index in range(1, len(passage.phrases))]
    if not passage.first:
        starts = starts or [bars // 2]
        return {i: starts[min(order, len(starts) - 1)] for order, i in enumerate(held_back)}
    pace = 1 if bars < 2 * len(held_back) + 2 else 2
    found = {i: min(pace * (1 + order), bars - 1) for order, i in enumerate(held_back)}
    for i in found:
        if players[i].role == "lead":
            found[i] = starts[0] if starts else min(2, bars - 1)
    return found


def _break_down(here: list[set[int]], passage: Passage, players: Sequence[Player]) -> None:
    """Let drums and bass be silent in a breakdown, and come back in its last bars if they build into a
    drop.
    """
    if passage.stage.kind != "breakdown" or len(here) < 2:
        return
    rhythm = {i for i, player in enumerate(players) if player.role in {"drums", "bass"}}
    drummers = {i for i in rhythm if players[i].role == "drums"}
    for index, playing_now in enumerate(here):
        building = index >= len(here) - passage.building
        quiet = playing_now - rhythm or playing_now  # drums alone go on: a breakdown is no pause
        here[index] = playing_now | drummers if building else quiet


def _leave(
    here: list[set[int]], passage: Passage, players: Sequence[Player], admitted: Sequence[int]
) -> None:
    """Let one or two colours step out in the last bars, so that the join is heard."""
    chance = generator("leave", passage.variation)
    leaving = [i for i in admitted if players[i].role in {"arp", "pad"}][2:]
    for order, i in enumerate(chance.sample(leaving, min(len(leaving), 2))):
        for bar in here[len(here) - 1 - order :]:
            bar.discard(i)


def _rest_the_lead(here: list[set[int]], passage: Passage, players: Sequence[Player]) -> None:
    """Let the foreground be silent for one phrase of a long passage, in which another part leads, or none."""
    if len(passage.phrases) < 4:
        return
    index = generator("rest", passage.variation).choice(range(2, len(passage.phrases) - 1))
    start = sum(len(phrase.bars) for phrase in passage.phrases[:index])
    for bar in here[start : start + len(passage.phrases[index].bars)]:
        others = {i for i in bar if players[i].role not in _FOREGROUND}
        if others:
            bar.intersection_update(others)
