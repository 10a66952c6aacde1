"""Frame description without a network: measure, then say what was measured.

The whole clip comes first, then every shot. Nothing is claimed that has no measurement behind it: a scene is
"like" something where only its colours and textures are.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from immersivaudio.config import Settings
from immersivaudio.stages import Progress
from immersivaudio.stages.describe.affect import STILL_PICTURE, Sensed, arousal, valence
from immersivaudio.stages.describe.bars import window
from immersivaudio.stages.describe.look import Look, look
from immersivaudio.stages.describe.scenes import is_monochrome, scene_of
from immersivaudio.stages.describe.sentence import Seen, clip_sentence, shot_sentence
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


class VisualDescriber:
    """Colour, light, texture, motion and detections in words."""

    name = "visual"

    def describe(
        self, footage: Footage, selection: Selection, detections: Sequence[Detection], progress: Progress
    ) -> tuple[Description, ...]:
        """Describe the clip, then its shots in order. Deterministic."""
        film = window([frame.image for frame in footage.frames])
        looks = []
        for done, frame in enumerate(footage.frames, start=1):
            looks.append(look(film.of(frame.image)))
            progress(0.9 * done / len(footage.frames))
        described = _Describer(_without_bars(footage, film.share), selection, detections, looks)
        texts = (described.clip(), *map(described.shot, footage.shots))
        progress(1.0)
        return texts

    def close(self) -> None:
        """Nothing is held."""


class _Describer:
    """One clip, measured."""

    def __init__(
        self, footage: Footage, selection: Selection, detections: Sequence[Detection], looks: list[Look]
    ) -> None:
        self._footage, self._selection, self._looks = footage, selection, looks
        self._found: dict[int, list[Detection]] = {}
        for one in detections:
            if one.placed:
                self._found.setdefault(one.frame, []).append(one)

    def clip(self) -> Description:
        shots = self._footage.shots
        length = float(self._footage.clip.duration)
        everything = list(range(len(self._looks)))
        cuts = 60 * (len(shots) - 1) / max(length, 1.0)
        stretches = [(self._seen(shot), float(shot.end - shot.start)) for shot in shots]
        whole = self._told(self._selection.clip, everything, 0.0, length)
        feeling = self._feeling((0.0, length), everything, cuts)
        return Description(
            text=clip_sentence(stretches, whole, feeling.people, cuts),
            valence=valence(feeling),
            arousal=arousal(feeling),
            scenes=_scenes(stretches),
            people=feeling.people,
        )

    def shot(self, shot: Shot) -> Description:
        seen = self._seen(shot)
        span = (float(shot.start), float(shot.end))
        feeling = self._feeling(span, self._frames(shot), self._cuts_near(shot))
        return Description(
            text=shot_sentence(seen),
            valence=valence(feeling),
            arousal=arousal(feeling),
            scenes=_words(seen),
            shot=shot.index,
            people=feeling.people,
        )

    def _frames(self, shot: Shot) -> list[int]:
        inside = [i for i, frame in enumerate(self._footage.frames) if frame.shot == shot.index]
        return inside or [self._selection.shots[shot.index]]

    def _seen(self, shot: Shot) -> Seen:
        frames = self._frames(shot)
        return self._told(self._selection.shots[shot.index], frames, float(shot.start), float(shot.end))

    def _told(self, chosen: int, frames: list[int], start: float, end: float) -> Seen:
        curves = self._footage.curves
        found = [self._found.get(i, []) for i in frames]
        heights = [d.box.bottom - d.box.top for f in found for d in f if d.label == "face"]
        scene = scene_of([self._looks[i] for i in frames]) or scene_of([self._looks[chosen]])
        if scene and "black" in scene.words and self._mean(curves.brightness, start, end) > _BLACK:
            scene = None  # the kept frames fell into a fade; the film between them is not black
        return Seen(
            look=self._looks[chosen],
            scene=scene,
            motion=self._mean(curves.motion, start, end),
            pan=self._mean(curves.pan, start, end),
            photo=self._footage.clip.kind == "photo",
            faces=max((_number(f, "face") for f in found), default=0),
            bodies=max((_number(f, "person") for f in found), default=0),
            face_height=max(heights, default=0.0),
            flashes=self._flashes(start, end),
        )

    def _mean(self, curve: Curve, start: float, end: float) -> float:
        rate = float(self._footage.curves.rate)
        part = curve[int(start * rate) : max(int(end * rate), int(start * rate) + 1)]
        return float(np.mean(part)) if len(part) else 0.0

    def _flashes(self, start: float, end: float) -> float:
        """Flashes a minute."""
        times = [float(moment.time) for moment in self._footage.moments if moment.kind == "flash"]
        return 60 * sum(start <= time < end for time in times) / max(end - start, 1.0)

    def _cuts_near(self, shot: Shot, reach: float = 10.0) -> float:
        """Cuts a minute within `reach` seconds of the shot."""
        low, high = float(shot.start) - reach, float(shot.end) + reach
        inside = sum(low < float(other.start) < high for other in self._footage.shots[1:])
        low, high = max(0.0, low), min(high, float(self._footage.clip.duration))
        return 60 * inside / max(high - low, 1.0)

    def _feeling(self, span: tuple[float, float], frames: list[int], cuts: float) -> Sensed:
        curves = self._footage.curves
        photo = self._footage.clip.kind == "photo"
        return Sensed(
            brightness=self._mean(curves.brightness, *span),
            saturation=float(np.mean([self._looks[i].saturation for i in frames])),
            motion=STILL_PICTURE if photo else self._mean(curves.motion, *span),
            cuts=cuts + self._flashes(*span),  # light that beats quickens as cuts do
            people=round(sum(_peopled(self._found.get(i, [])) for i in frames) / len(frames), 3),
            warmth=float(np.mean([self._looks[i].warmth for i in frames])),
        )


def _without_bars(footage: Footage, share: float) -> Footage:
    """Return `footage` with the curves that the film alone has, where it fills `share` of the picture.

    Bars are black and still: the mean of light and change over the whole picture is `share` of the film's.
    Motion is that change, compressed by 1 - exp(-x).
    """
    curves = footage.curves
    light = np.minimum(curves.brightness / share, 1.0)
    motion = 1 - (1 - curves.motion) ** (1 / share)
    return replace(footage, curves=replace(curves, brightness=light, motion=motion))


def _scenes(stretches: list[tuple[Seen, float]]) -> tuple[str, ...]:
    """Scene words of the whole: those that fill the most time first, passing ones left out."""
    weights: dict[str, float] = {}
    for seen, length in stretches:
        for word in _words(seen):
            weights[word] = weights.get(word, 0.0) + length * (_LAST if word in _LETTERING else 1.0)
    total = sum(length for _, length in stretches)
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    return tuple(word for word, weight in ranked if weight >= _PASSING * total)


def _words(seen: Seen) -> tuple[str, ...]:
    words = list(seen.scene.words) if seen.scene else []
    if seen.face_height > _PORTRAIT:
        words.insert(0, "portrait")
    if max(seen.faces, seen.bodies) >= _CROWD:
        words.append("crowd")
    elif seen.faces or seen.bodies:
        words.append("people")
    if is_monochrome(seen.look):
        words.append("black and white")
    return tuple(words)


def _peopled(found: list[Detection]) -> bool:
    return any(one.label in ("person", "face") for one in found)


def _number(found: list[Detection], label: str) -> int:
    return sum(one.label == label for one in found)


def build(settings: Settings) -> VisualDescriber:
    """Make the describer; it has no settings of its own."""
    del settings
    return VisualDescriber()
