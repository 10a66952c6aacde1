"""Frame description without a network: gather what was detected and measured, then say it.

The whole clip comes first, then every shot. Things and places are named where a detector found them, feeling
follows what happens (`immersivaudio.situations`), and light and colour speak where nothing else does.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from immersivaudio import situations
from immersivaudio.config import Settings
from immersivaudio.sentences import compose
from immersivaudio.situations import Evidence
from immersivaudio.stages import Progress
from immersivaudio.stages.describe.actions import Stretch, actions
from immersivaudio.stages.describe.aggregation import Found, found
from immersivaudio.stages.describe.bars import window
from immersivaudio.stages.describe.evidence import StretchMeasures, evidence
from immersivaudio.stages.describe.light_and_colour import RAPID, movement, pace
from immersivaudio.stages.describe.picture_features import PictureFeatures, look
from immersivaudio.stages.describe.scenes import Scene, is_monochrome, scene_of
from immersivaudio.stages.describe.sentence_facts import Sight, ranked, telling
from immersivaudio.values import Curve, Description, Detection, Footage, Selection, Shot

_PORTRAIT = 0.25
"""Height of a face, as a share of the picture's, from which the picture is a portrait."""
_CROWD = 4
_BLACK = 0.02
"""Mean luma of a stretch that may be called black."""
_PASSING = 0.05
"""Share of the clip's time under which a scene word is not one of the clip's."""
_LETTERING = frozenset({"black", "blank", "title"})
_LAST = 0.3
"""What their time counts: they hold a film together but are not what it shows."""
_SAID = 0.7
"""Weight of a label that a vision-language model names: less than a sure detection."""


@dataclass(frozen=True, slots=True)
class NamedThings:
    """Labels that a vision-language model names for a stretch, weighed with what was measured."""

    things: Mapping[str, int]
    """Label -> how many at once."""
    scenes: tuple[str, ...]
    actions: tuple[str, ...]
    """Of `immersivaudio.situations.ACTIONS`."""


_NOBODY = NamedThings({}, (), ())


class VisualDescriber:
    """Things, places, actions, light and motion in words."""

    name = "visual"

    def describe(
        self,
        footage: Footage,
        selection: Selection,
        detections: Sequence[Detection],
        progress: Progress,
        *,
        named: Mapping[int | None, NamedThings] = MappingProxyType({}),
    ) -> tuple[Description, ...]:
        """Describe the clip, then its shots in order. Deterministic.

        `named` is what a model named in a shot, by its index, and (None) in the whole clip.
        """
        film = window([frame.image for frame in footage.frames])
        looks = []
        for done, frame in enumerate(footage.frames, start=1):
            looks.append(look(film.of(frame.image)))
            progress(0.9 * done / len(footage.frames))
        described = _Describer(_without_bars(footage, film.share), selection, detections, looks, named)
        texts = (described.clip(), *map(described.shot, footage.shots))
        progress(1.0)
        return texts

    def close(self) -> None:
        """Nothing is held."""


class _Describer:
    """One clip, measured."""

    def __init__(
        self,
        footage: Footage,
        selection: Selection,
        detections: Sequence[Detection],
        looks: list[PictureFeatures],
        named: Mapping[int | None, NamedThings],
    ) -> None:
        self._footage, self._selection, self._looks = footage, selection, looks
        self._named = named
        self._found: dict[int, list[Detection]] = {}
        for one in detections:
            self._found.setdefault(one.frame, []).append(one)
        self._photo = footage.clip.kind == "photo"

    def clip(self) -> Description:
        """The whole."""
        shots = self._footage.shots
        length = float(self._footage.clip.duration)
        cuts = 60 * (len(shots) - 1) / max(length, 1.0)
        everywhere = list(range(len(self._looks)))
        if len(shots) == 1:
            return self._told(None, self._selection.clip, everywhere, (0.0, length), cuts)
        frames = [i for i in everywhere if not self._lettered(i)] or everywhere
        whole = self._told(None, self._selection.clip, frames, (0.0, length), cuts, shots=len(shots))
        scenes = _together(self._named.get(None, _NOBODY).scenes, self._scenes())
        return replace(whole, scenes=scenes, people=_people(self._gathered(everywhere)))

    def shot(self, shot: Shot) -> Description:
        """One shot."""
        span = (float(shot.start), float(shot.end))
        chosen, frames = self._selection.shots[shot.index], self._frames(shot)
        told = self._told(shot.index, chosen, frames, span, self._cuts_near(shot))
        return replace(told, shot=shot.index)

    def _told(
        self,
        shot: int | None,
        chosen: int,
        frames: list[int],
        span: tuple[float, float],
        cuts: float,
        *,
        shots: int = 1,
    ) -> Description:
        seen, scene = self._gathered(frames), self._scene(chosen, frames, span)
        named = self._named.get(shot, _NOBODY)
        measured = self._measured(frames, span, cuts)
        happening = dict.fromkeys(named.actions, _SAID)
        happening |= actions(self._stretch(seen, frames, span, measured))
        known = evidence(seen, happening, self._looks[chosen], scene, measured, self._shots_of(frames))
        felt = situations.read(_believing(known, named))
        told = telling(
            Sight(seen, happening, self._looks[chosen], scene, measured, shots),
            ""
            if self._photo
            else movement(measured.motion, measured.pan, flashes=measured.flashes, cuts=cuts),
            pace(cuts),
            flashing=measured.flashes > RAPID and not self._photo,
        )
        return Description(
            text=compose(told),
            valence=felt.valence,
            arousal=felt.arousal,
            scenes=_together(named.scenes, self._words(seen, scene, chosen)),
            people=_people(seen),
            telling=told,
            things=tuple(({**named.things} | {thing.label: thing.count for thing in ranked(seen)}).items()),
            actions=tuple(happening),
            reading=felt,
        )

    def _gathered(self, frames: list[int]) -> Found:
        return found([self._found.get(i, []) for i in frames])

    def _frames(self, shot: Shot) -> list[int]:
        inside = [i for i, frame in enumerate(self._footage.frames) if frame.shot == shot.index]
        return inside or [self._selection.shots[shot.index]]

    def _lettered(self, index: int) -> bool:
        scene = scene_of([self._looks[index]])
        return bool(scene and not _LETTERING.isdisjoint(scene.words)) and not self._found.get(index)

    def _scene(self, chosen: int, frames: list[int], span: tuple[float, float]) -> Scene | None:
        scene = scene_of([self._looks[i] for i in frames])
        if scene is None and len({self._footage.frames[i].shot for i in frames}) == 1:
            scene = scene_of([self._looks[chosen]])  # one picture speaks for a shot, and not for a film
        if scene and "black" in scene.words and self._mean(self._footage.curves.brightness, *span) > _BLACK:
            return None  # the kept frames fell into a fade; the film between them is not black
        return scene

    def _measured(self, frames: list[int], span: tuple[float, float], cuts: float) -> StretchMeasures:
        curves = self._footage.curves
        return StretchMeasures(
            motion=self._mean(curves.motion, *span),
            light=self._mean(curves.brightness, *span),
            saturation=float(np.mean([self._looks[i].saturation for i in frames])),
            cuts=cuts,
            flashes=self._flashes(*span),
            fades=self._fades(*span),
            pan=self._mean(curves.pan, *span),
            speech=self._speech(*span),
            photo=self._photo,
            shots=len({self._footage.frames[i].shot for i in frames}),
        )

    def _stretch(
        self, seen: Found, frames: list[int], span: tuple[float, float], measured: StretchMeasures
    ) -> Stretch:
        curves, clip = self._footage.curves, self._footage.clip
        return Stretch(
            found=seen,
            times=tuple(float(self._footage.frames[i].time) for i in frames),
            shots=tuple(self._footage.frames[i].shot for i in frames),
            motion=self._part(curves.motion, *span),
            rate=float(curves.rate),
            pan=measured.pan,
            speech=measured.speech,
            aspect=clip.width / max(1, clip.height),
            photo=self._photo,
        )

    def _part(self, curve: Curve, start: float, end: float) -> Curve:
        rate = float(self._footage.curves.rate)
        return curve[int(start * rate) : max(int(end * rate), int(start * rate) + 1)]

    def _mean(self, curve: Curve, start: float, end: float) -> float:
        part = self._part(curve, start, end)
        return float(np.mean(part)) if len(part) else 0.0

    def _speech(self, start: float, end: float) -> float:
        """Share of the stretch in which someone speaks."""
        heard = sum(max(0.0, min(end, float(b)) - max(start, float(a))) for a, b in self._footage.speech)
        return min(1.0, heard / max(end - start, 1e-6))

    def _flashes(self, start: float, end: float) -> float:
        """Flashes a minute."""
        times = [float(moment.time) for moment in self._footage.moments if moment.kind == "flash"]
        return 60 * sum(start <= time < end for time in times) / max(end - start, 1.0)

    def _fades(self, start: float, end: float) -> int:
        return sum(shot.opening == "fade" and start < shot.start < end for shot in self._footage.shots)

    def _cuts_near(self, shot: Shot, reach: float = 10.0) -> float:
        """Cuts a minute within `reach` seconds of the shot."""
        low, high = float(shot.start) - reach, float(shot.end) + reach
        inside = sum(low < float(other.start) < high for other in self._footage.shots[1:])
        low, high = max(0.0, low), min(high, float(self._footage.clip.duration))
        return 60 * inside / max(high - low, 1.0)

    def _shots_of(self, frames: list[int]) -> dict[str, int]:
        """Label -> number of shots that show it."""
        pairs = {(one.label, self._footage.frames[i].shot) for i in frames for one in self._found.get(i, [])}
        return dict(Counter(label for label, _ in pairs))

    def _words(self, seen: Found, scene: Scene | None, chosen: int) -> tuple[str, ...]:
        """Scene words, the surest first."""
        heights = [one.box.bottom - one.box.top for frame in seen.boxes("face") for one in frame]
        words = ["portrait"] if max(heights, default=0.0) > _PORTRAIT else []
        words += sorted(seen.words, key=lambda word: (-seen.words[word], word))
        words += scene.words if scene else ()
        people = max(
            (seen.things[label].count for label in ("face", "person") if label in seen.things), default=0
        )
        if people:
            words.append("crowd" if people >= _CROWD else "people")
        if is_monochrome(self._looks[chosen]):
            words.append("black and white")
        return tuple(dict.fromkeys(words))

    def _scenes(self) -> tuple[str, ...]:
        """Scene words of the whole: those that fill the most time first, passing ones left out."""
        weights: dict[str, float] = {}
        total = 0.0
        for shot in self._footage.shots:
            span = (float(shot.start), float(shot.end))
            chosen, frames = self._selection.shots[shot.index], self._frames(shot)
            total += span[1] - span[0]
            for word in self._words(self._gathered(frames), self._scene(chosen, frames, span), chosen):
                share = _LAST if word in _LETTERING else 1.0
                weights[word] = weights.get(word, 0.0) + share * (span[1] - span[0])
        ranked_words = sorted(weights.items(), key=lambda item: -item[1])
        return tuple(word for word, weight in ranked_words if weight >= _PASSING * total)


def _believing(known: Evidence, named: NamedThings) -> Evidence:
    """Return the evidence with what was named; what was measured surely, or counted, stands."""
    if named is _NOBODY:
        return known
    said = dict.fromkeys((*named.things, *named.scenes), _SAID)
    marks = {name: max(sure, known.marks.get(name, 0.0)) for name, sure in said.items()}
    return replace(known, marks={**known.marks, **marks}, counts={**named.things, **known.counts})


def _together(named: tuple[str, ...], measured: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*named, *measured)))


def _people(seen: Found) -> float:
    somebody = [any(one.label in {"person", "face"} and one.placed for one in frame) for frame in seen.frames]
    return round(float(np.mean(somebody)), 3) if somebody else 0.0


def _without_bars(footage: Footage, share: float) -> Footage:
    """Return `footage` with the curves that the film alone has, where it fills `share` of the picture.

    Bars are black and still: the mean of light and change over the whole picture is `share` of the film's.
    Motion is that change, compressed by 1 - exp(-x).
    """
    curves = footage.curves
    light = np.minimum(curves.brightness / share, 1.0)
    motion = 1 - (1 - curves.motion) ** (1 / share)
    return replace(footage, curves=replace(curves, brightness=light, motion=motion))


def build(settings: Settings) -> VisualDescriber:
    """Make the describer; it has no settings of its own."""
    del settings
    return VisualDescriber()
