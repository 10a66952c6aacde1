"""Frame extraction with PyAV: one decode pass, everything measured as the pictures go by."""

from collections.abc import Iterator, Sequence

from immersivaudio.config import Settings
from immersivaudio.media import decode, frame_skipping, photo
from immersivaudio.stages import Progress
from immersivaudio.stages.extract import second_look
from immersivaudio.stages.extract.curves import FrameMeasures, UnseenMotion, still
from immersivaudio.stages.extract.cuts import Cut, CutDetector
from immersivaudio.stages.extract.dissolves import Mixing
from immersivaudio.stages.extract.fades import Soft, Thumbnails
from immersivaudio.stages.extract.frame_difference import LONGEST, prepare
from immersivaudio.stages.extract.frame_sampling import ELSEWHERE, Stills
from immersivaudio.stages.extract.frame_sampling import LONGEST as STILL
from immersivaudio.stages.extract.moments import flashes, moments
from immersivaudio.stages.extract.whip_pans import WhipDetector, counted
from immersivaudio.values import Clip, Footage, Frame, Seconds, Shot, Transition

_END = Seconds(1, 10)
"""s at both ends of a clip in which nothing opens a shot: a camera's flash, the hand that stops it."""


class PyAvExtractor:
    """Looks at every picture once (of large films, at about half of them), small, and keeps a few larger.

    Memory does not grow with the length: a quarter of a second of small pictures, some 300 bytes of measures
    a picture, tiny pictures for the fades, and the kept ones, which are bounded.
    """

    name = "pyav"

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()

    def extract(self, clip: Clip, progress: Progress) -> Footage:
        """Return what is seen in `clip`. Raises `BadMediaError` if no picture can be decoded."""
        return self._photo(clip, progress) if clip.kind == "photo" else self._video(clip, progress)

    def close(self) -> None:
        """Hold nothing, so nothing is given back."""

    def _photo(self, clip: Clip, progress: Progress) -> Footage:
        image = photo.read(clip.path, self._settings, longest=STILL)
        image.setflags(write=False)
        progress(1.0)
        start = Seconds(0)
        return Footage(
            clip=clip,
            frames=(Frame(start, 0, image),),
            shots=(Shot(0, start, clip.duration, "start"),),
            moments=(),
            curves=still(image, clip.duration),
        )

    def _video(self, clip: Clip, progress: Progress) -> Footage:
        small, large = decode.FrameScaler(clip, LONGEST), decode.FrameScaler(clip, STILL)
        detector, whips, stills, thumbnails = (
            CutDetector(),
            WhipDetector(),
            Stills(clip.duration),
            Thumbnails(),
        )
        track = FrameMeasures(UnseenMotion(clip.frame_rate) if frame_skipping.worth(clip) else None)
        hurt = 0
        for picture in self._shown(clip, progress):
            hurt += picture.frame.is_corrupt
            image = small(picture)
            look = prepare(image)
            whips.push(picture.time, look, change := detector.push(picture.time, look))
            track.push(picture.time, image, look, change)
            thumbnails.push(picture.time, look)
            if stills.wants(picture.time, look, jumped=change.jump >= ELSEWHERE):
                stills.keep(picture.time, large(picture))
        detector.finish()
        exact = second_look.judged(clip, self._settings, track.times, [*detector.cuts, *whips.runs])
        runs = [run for run in whips.runs if run in exact]
        hard = counted([cut for cut in detector.cuts if cut in exact], runs)
        placed = [now for cut in hard if isinstance(now := exact.get(cut, cut), Cut)]
        cuts = [cut.time for cut in hard]
        sparks = flashes(track.times, track.brightness, cuts)
        jumps = cuts + [time for flash in sparks for time in (flash.time, flash.back)]
        soft = _gradual(thumbnails, jumps, [run.first for run in runs if run.whip])
        found = shots(clip.duration, placed, soft)
        curves = track.curves(clip.duration, jumps)
        progress(1.0)
        return Footage(
            clip=clip,
            frames=stills.frames(found),
            shots=found,
            moments=moments(curves, sparks, cuts),
            curves=curves,
            notes=_damage(clip, len(track.times), self._hurt(clip, hurt)),
        )

    def _hurt(self, clip: Clip, seen: int) -> int:
        """Return how many pictures are damaged, where `seen` are among those that were looked at.

        Of a film that was thinned, some were left out before the first damaged one was seen.
        """
        if not (seen and frame_skipping.worth(clip)):
            return seen
        return sum(shown.frame.is_corrupt for shown in decode.pictures(clip, self._settings, longest=STILL))

    def _shown(self, clip: Clip, progress: Progress) -> Iterator[decode.Picture]:
        """Yield every picture that is looked at, and tell how far it is."""
        told, length, thinned = 0.0, float(clip.duration), frame_skipping.worth(clip)
        for picture in decode.pictures(clip, self._settings, longest=STILL, thinned=thinned):
            yield picture
            done = min(1.0, float(picture.time) / length)
            if done - told >= 0.01:
                progress(told := done)


def _gradual(thumbnails: Thumbnails, jumps: list[Seconds], whips: list[Seconds]) -> list[Soft]:
    """Return fades, dissolves and wipes, none where something else is told already."""
    fades = thumbnails.fades(jumps)
    taken = jumps + [fade.time for fade in fades] + whips
    return fades + Mixing(thumbnails.times, thumbnails.pictures, taken).transitions()


def _damage(clip: Clip, seen: int, hurt: int) -> tuple[str, ...]:
    """Say how many pictures are `hurt` or missing, where more than a few are.

    Whatever is missing where nothing is hurt was never to be shown: second fields, pictures only referred to.
    """
    promised = round(clip.duration * clip.frame_rate)
    all_looked_at = not clip.interlaced and not frame_skipping.worth(clip)
    lost = hurt + (max(0, promised - seen) if hurt and all_looked_at else 0)
    return (
        (f"{lost} of the clip's {promised} pictures are damaged",) if lost > max(2, promised // 100) else ()
    )


def build(settings: Settings) -> PyAvExtractor:
    """Make the extractor that `settings` describe."""
    return PyAvExtractor(settings)


def shots(duration: Seconds, cuts: Sequence[Cut], softs: Sequence[Soft]) -> tuple[Shot, ...]:
    """Lay shots back to back from 0 to `duration` (s)."""
    openings: list[tuple[Seconds, Transition, float]] = [(Seconds(0), "start", 1.0)]
    openings += [(cut.time, "cut", cut.strength) for cut in cuts if _END < cut.time < duration - _END]
    openings += [(soft.time, soft.kind, soft.strength) for soft in softs if 0 < soft.time < duration]
    openings.sort(key=lambda opening: opening[0])
    ends = [start for start, _, _ in openings[1:]] + [duration]
    return tuple(
        Shot(index, start, end, kind, strength)
        for index, ((start, kind, strength), end) in enumerate(zip(openings, ends, strict=True))
    )
