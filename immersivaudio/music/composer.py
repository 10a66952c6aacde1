"""Compose: a brief becomes a score. The order of the work, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from statistics import fmean

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.accents import snap, strike
from immersivaudio.music.accompaniment import comp, sustained
from immersivaudio.music.bass import walk
from immersivaudio.music.brief import Brief
from immersivaudio.music.cuts import Turn, cleared, turned, turns
from immersivaudio.music.drums import beat, pick_up
from immersivaudio.music.dynamics import loudness_at, mean_arousal, ride, shape
from immersivaudio.music.echoes import echoes
from immersivaudio.music.endings import Close, land
from immersivaudio.music.form import Passage, plan_form
from immersivaudio.music.harmony import Span, chord, final_chord, harmonise, loops
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.lead_in import begin_at_once
from immersivaudio.music.long_form import sings_with_more
from immersivaudio.music.melody import Motif, answer, at_the_octave, invent, sing, theme
from immersivaudio.music.moods import expression, is_dark
from immersivaudio.music.notation import Tone
from immersivaudio.music.orchestration import BED, barred, playing, seat
from immersivaudio.music.palette import Palette, Player
from immersivaudio.music.palettes import PALETTES
from immersivaudio.music.performance import alternated, perform, sung
from immersivaudio.music.rhythm import KEYS
from immersivaudio.music.score import Chord, Note, Part, PlacedHit, PlacedSection, Role, Score
from immersivaudio.music.seeding import generator
from immersivaudio.music.speech import make_room, stretches
from immersivaudio.music.tempo_map import Grid, lay_grid
from immersivaudio.music.theory import into_range, pitch_class
from immersivaudio.music.transitions import hush, rise, roll, silence_before

_DYNAMICS_IN_VELOCITY = 16
"""How far the picture's loudness reaches into the velocities, between stillest and most frantic."""


def compose(brief: Brief) -> Score:
    """Return the piece a brief asks for; the same brief gives the same piece, note for note.

    Raises KeyError for a palette that does not exist and ValueError for a tonic that is no note.
    """
    return _Composer(brief).score()


@dataclass
class _Composer:
    """What all parts of a piece share."""

    brief: Brief
    palette: Palette = field(init=False)
    grid: Grid = field(init=False)
    passages: tuple[Passage, ...] = field(init=False)
    players: tuple[Player, ...] = field(init=False)
    spoken: list[tuple[int, int]] = field(init=False)
    rest: tuple[int, int] | None = field(init=False)
    turns: tuple[Turn, ...] = field(init=False)
    notes: dict[tuple[str, str, Role], list[Note]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.palette = PALETTES[self.brief.palette]
        self.grid = lay_grid(self.brief)
        self.passages = plan_form(self.brief, self.grid)
        self.players = seat(self.brief, self.palette)
        self.spoken = stretches(self.brief.speech, self.grid.length)
        self.rest = silence_before(self.grid, self.passages, self.grid.hits)
        self.turns = turns(self.grid, (self.brief.seed, self.brief.take))

    def score(self) -> Score:
        """Write every passage, the ending and the accents, and bind them."""
        motif = self._motif()
        spans: list[Span] = []
        last_pitches: dict[str, int] = {}
        for passage in self.passages:
            chords = _until(passage.end, harmonise(passage, self.palette, self.grid.metre))
            spans += chords
            last_pitches = {}  # who was silent in the last passage does not return for the last chord
            for player, tones in self._passage(passage, chords, motif):
                if tones:
                    last_pitches[player.title] = tones[-1].pitch
                self._play(player, tones, passage)
        spans.append(self._last_span())
        self._end(spans[-1], last_pitches)
        begin_at_once(self.notes, self.grid.sample(0))
        self._effects(spans)
        return self._bound(spans)

    def _motif(self, *named: str) -> Motif:
        """Return the piece's motif, or that of a `named` theme."""
        brief = self.brief
        lively = 0.5 + 0.35 * self.palette.arousal - (brief.tempo - 100) / 250
        chance = generator("motif", brief.palette, brief.seed, brief.take, *named)
        return invent(self.palette.lead, self.grid.metre, min(max(lively, 0.0), 1.0), chance)

    def _passage(
        self, passage: Passage, chords: Sequence[Span], motif: Motif
    ) -> list[tuple[Player, list[Tone]]]:
        """Return the tones of every player in a passage; the counter-melody follows the lead."""
        present = playing(passage, self.players, whole_piece=len(self.grid.bars), stir=self._stir(passage))
        written: list[tuple[Player, list[Tone]]] = []
        melody: list[Tone] = []
        laid = [frozenset[int]() for _ in chords]
        for index, player in sorted(enumerate(self.players), key=lambda pair: pair[1].role != "lead"):
            bars = [bar for bar, here in zip(passage.bars, present, strict=True) if index in here]
            tones = self._part(passage, player, chords, motif, melody, laid) if bars else []
            ticks = [(bar.tick, bar.end) for bar in bars]
            tones = [
                tone
                for tone in tones
                if tone.tick < passage.end and any(first <= tone.tick < last for first, last in ticks)
            ]
            if player.pattern == "sustain":
                tones = sustained(tones, player, passage, self.rest)
            if player.role == "lead":
                melody = tones
            if player.role == "drums":
                tones = self._led_in(passage, player, index, present) + tones
            written.append((player, tones))
            if player.role == "lead" and sings_with_more(passage.stage, self.palette):
                octave = replace(player, role="counter", name=f"{player.title} octave", echo=0)
                row = TABLE[player.instrument]
                written.append((octave, at_the_octave(tones, row.low, row.high)))
            if player.echo:  # a part of its own: it can be muted, and is no part of the melody
                echo = replace(player, role="arp", name=f"{player.title} echo", echo=0)
                written.append((echo, echoes(tones, player, passage)))
        return written

    def _led_in(
        self, passage: Passage, player: Player, index: int, present: Sequence[set[int]]
    ) -> list[Tone]:
        """Return the pick-ups of a drummer who comes in inside a passage; none into a build, which has its
        own way in.
        """
        if passage.stage.kind == "breakdown":
            return []
        into = [i for i in range(1, len(present)) if index in present[i] and index not in present[i - 1]]
        metre = self.grid.metre
        return [tone for i in into for tone in pick_up(passage.bars[i - 1], passage, player, metre)]

    def _part(
        self,
        passage: Passage,
        player: Player,
        chords: Sequence[Span],
        motif: Motif,
        melody: Sequence[Tone],
        laid: list[frozenset[int]],
    ) -> list[Tone]:
        metre, row = self.grid.metre, TABLE[player.instrument]
        bounds = (row.low, row.high)
        if player.role == "lead":
            if passage.section.theme:
                own = self._motif(passage.section.theme)
            else:
                own = motif if loops(self.palette) and not passage.travels else theme(motif, passage)
            return sing(passage, chords, own, self.palette.lead, player, bounds, metre)
        if player.role == "counter":
            return answer(passage, chords, melody, player, bounds, metre)
        if player.role == "bass":
            return walk(passage, chords, player, bounds, metre)
        if player.role == "drums":
            return beat(passage, player, metre)
        return comp(passage, chords, player, bounds, metre, melody, laid)

    def _play(self, player: Player, tones: list[Tone], passage: Passage) -> None:
        """Leave room for speech and silence, follow the picture, land with the hits, then perform."""
        for tone in tones:
            tone.length = min(tone.length, passage.end - tone.tick)
            tone.velocity += self._follow(tone)
        if self.rest:
            tones = hush(tones, self.rest)
        tones = cleared(turned(tones, player, self.turns, self.grid), player.role, self.grid)
        tones = make_room(tones, player.role, self.spoken, self.grid)
        snap(tones, self.grid.hits, self.grid)
        touch = sung(passage.expression.articulation, player)
        notes = perform(
            tones, player.role, player.title, self.palette, self.grid, (passage.variation,), touch
        )
        opening = self.grid.sample(passage.start)  # nobody is early for a section: it can be changed alone
        notes = [note if note.onset >= opening else replace(note, onset=opening) for note in notes]
        if _struck(player.instrument):
            notes = alternated(notes, passage.index, player.title, passage.variation)
        self._add(player.title, player.instrument, player.role, notes)

    def _stir(self, passage: Passage) -> list[float]:
        """Return how far the picture moves each bar from the middle, -0.5 to 0.5, with its neighbours."""
        seconds = [self.grid.sample((bar.tick + bar.end) // 2) / SAMPLE_RATE for bar in passage.bars]
        moved = [loudness_at(self.brief, second) - 0.5 for second in seconds]
        return [fmean(moved[max(i - 1, 0) : i + 2]) for i in range(len(moved))]

    def _follow(self, tone: Tone) -> float:
        second = self.grid.sample(tone.tick) / SAMPLE_RATE
        return (loudness_at(self.brief, second) - 0.5) * _DYNAMICS_IN_VELOCITY

    def _last_span(self) -> Span:
        grid = self.grid
        if self.passages:
            harmony = final_chord(self.passages[-1], self.palette)
        else:
            harmony = chord("i" if is_dark(self.brief.mode) else "I", pitch_class(self.brief.tonic))
        return Span(grid.landing, max(grid.end - grid.landing, 1), harmony)

    def _end(self, span: Span, last_pitches: Mapping[str, int]) -> None:
        """Let the players of the last passage strike the last chord."""
        section = self.brief.sections[-1]
        mood = expression(section.valence, section.arousal, section.intensity)
        close = Close("ring" if self.brief.fade else self.palette.ending, span.harmony, mood)
        heard = [p for p in self.players if p.title in last_pitches]
        for player in heard or [p for p in self.players if p.role in BED]:
            row = TABLE[player.instrument]
            tones = land(player, close, self.grid, last_pitches.get(player.title), (row.low, row.high))
            for tone in tones:
                tone.velocity += self._follow(tone)
            tones = make_room(tones, player.role, self.spoken, self.grid)
            snap(tones, self.grid.hits, self.grid)
            notes = perform(tones, player.role, player.title, self.palette, self.grid, ("end",), 1.0)
            if _struck(player.instrument):
                notes = alternated(notes, len(self.brief.sections), player.title, "end")
            self._add(player.title, player.instrument, player.role, notes)

    def _effects(self, spans: Sequence[Span]) -> None:
        """Strike the accents and raise the risers."""
        usable = [a for a in self.palette.accents if not barred(a.instrument, "effects", self.brief.without)]
        for instrument, tones in strike(self.grid, spans, usable, self.spoken).items():
            self._add_effect(f"{instrument} accents", instrument, tones)
        riser = self.palette.riser
        if riser and not barred(riser, "effects", self.brief.without):
            tones = make_room(rise(self.grid, self.passages), "effects", self.spoken, self.grid)
            self._add_effect("risers", riser, tones)
        drum = self.palette.roll
        if drum and not barred(drum, "effects", self.brief.without):
            row = TABLE[drum]
            tonic = into_range(pitch_class(self.brief.tonic) + 36, row.low, row.high)
            tones = roll(self.grid, self.passages, KEYS["snare"] if row.stem == "drums" else tonic)
            tones = make_room(tones, "drums", self.spoken, self.grid)
            self._add_effect("rolls", drum, hush(tones, self.rest) if self.rest else tones)

    def _add_effect(self, title: str, instrument: str, tones: list[Tone]) -> None:
        notes = perform(tones, "effects", title, self.palette, self.grid, ("effects",), 1.0)
        if _struck(instrument):
            notes = alternated(notes, 0, title, "effects")
        self._add(title, instrument, "effects", notes)

    def _add(self, title: str, instrument: str, role: Role, notes: list[Note]) -> None:
        self.notes.setdefault((title, instrument, role), []).extend(notes)

    def _bound(self, spans: Sequence[Span]) -> Score:
        brief, grid = self.brief, self.grid
        unit = grid.metre.beat_ticks
        return Score(
            palette=brief.palette,
            length=grid.length,
            metre=brief.metre,
            tonic=brief.tonic,
            mode=brief.mode,
            beats=tuple(grid.beats()),
            sections=tuple(
                PlacedSection(s.label, _opening(grid, p.start), grid.sample(p.end), p.first_bar, len(p.bars))
                for s, p in zip(brief.sections, grid.sections, strict=True)
            ),
            hits=tuple(PlacedHit(hit.time, hit.sample, Fraction(hit.tick, unit)) for hit in grid.hits),
            chords=tuple(_chord(span, unit) for span in spans),
            parts=tuple(
                Part(title, role, instrument, tuple(sorted(notes, key=lambda n: (n.onset, n.pitch))))
                for (title, instrument, role), notes in self.notes.items()
                if notes
            ),
            dynamics=shape(brief, self.palette, grid),
            arousal=mean_arousal(brief),
            ride=ride(brief, self.palette, grid),
            seated=tuple(Part(player.title, player.role, player.instrument, ()) for player in self.players),
            levels=brief.levels,
            seed=generator("render", brief.seed, brief.take).getrandbits(31),
        )


def _struck(instrument: str) -> bool:
    """Return whether it is a drum: no two strokes on one are the same."""
    return TABLE[instrument].stem in {"drums", "percussion"}


def _until(end: int, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the chords as far as `end`: the last chord of a piece may be struck inside a bar."""
    return tuple(replace(span, length=min(span.end, end) - span.tick) for span in spans if span.tick < end)


def _opening(grid: Grid, tick: int) -> int:
    """Return where a section begins, samples: the first one with the film, whatever leads into its
    first bar.
    """
    return grid.sample(tick) if tick else 0


def _chord(span: Span, unit: int) -> Chord:
    return Chord(
        Fraction(span.tick, unit),
        Fraction(span.length, unit),
        span.harmony.root,
        span.harmony.pitches,
        span.harmony.name,
    )
