"""The order of the stages, and nothing else."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import cast

from immersivaudio import cost_estimate, looping, media, memory, provenance, share, stages
from immersivaudio.apply_cut_list import noted, recut
from immersivaudio.assembly import AssembledFilm, assemble
from immersivaudio.config import Settings
from immersivaudio.export import cut_lists
from immersivaudio.media import loop_video
from immersivaudio.options import ScoreOptions
from immersivaudio.progress import Progress, StageProgress, no_progress, part
from immersivaudio.provenance.credentials import SigningIdentity, identity
from immersivaudio.registry import STAGES, chosen, load
from immersivaudio.registry import notes as choices
from immersivaudio.share.apply import notes, open_code
from immersivaudio.song_analysis import apply, listen
from immersivaudio.values import (
    SILENT_DB,
    Clip,
    CueSheet,
    CutList,
    Description,
    Detection,
    Footage,
    Receipt,
    ScoredClip,
    Seconds,
    Selection,
    Soundtrack,
    exact,
)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was seen: everything the enhancer may draw on, and all a remix needs."""

    footage: Footage
    detections: tuple[Detection, ...]
    selection: Selection
    descriptions: tuple[Description, ...]


def hard_cuts(footage: Footage) -> tuple[Seconds, ...]:
    """Return where the film cuts, whole microseconds; fades and dissolves are none."""
    times = (exact(shot.start) for shot in footage.shots if shot.opening == "cut")
    return tuple(dict.fromkeys(time for time in times if 0 < time < footage.clip.duration))


Measure = Callable[[str], AbstractContextManager[None]]
"""Called with a stage's name; the stage runs inside what it returns."""


def _unmeasured(_stage: str) -> AbstractContextManager[None]:
    return nullcontext()


class Pipeline:
    """The seven stages in their order, each backend loaded once and kept."""

    def __init__(
        self,
        settings: Settings | None = None,
        listener: StageProgress = no_progress,
        measure: Measure = _unmeasured,
        *,
        warm: bool = True,
    ) -> None:
        """`listener` is told how far a stage is; every stage runs inside `measure` of its name.

        `warm` keeps what detects loaded for the next clip; else composing has its memory (150 MB).
        """
        self.settings = settings or Settings()
        self._warm = warm
        self._measure = measure
        self._listener = listener
        self._seconds: dict[str, float] = {}
        self.song: Path | None = None
        """The reference song of `ScoreOptions.like`."""
        self.signer: SigningIdentity | None = None
        """Signs results in place of the certificate that the settings name."""

    extractor = cached_property(lambda self: cast("stages.Extractor", load("extract", self.settings)))
    detector = cached_property(lambda self: cast("stages.Detector", load("detect", self.settings)))
    selector = cached_property(lambda self: cast("stages.Selector", load("select", self.settings)))
    describer = cached_property(lambda self: cast("stages.Describer", load("describe", self.settings)))
    enhancer = cached_property(lambda self: cast("stages.Enhancer", load("enhance", self.settings)))
    generator = cached_property(lambda self: cast("stages.Generator", load("generate", self.settings)))
    sounder = cached_property(lambda self: cast("stages.Generator", load("sounds", self.settings)))
    reconstructor = cached_property(
        lambda self: cast("stages.Reconstructor", load("reconstruct", self.settings))
    )

    def open(self, path: Path, *, photo_duration: float | None = None) -> Clip:
        """Let a file in, or say in one line why not (`UserError`). Its receipt starts here."""
        if self.settings.sign and self.signer is None:
            self.signer = identity(self.settings)  # a certificate that cannot sign is told before any work
        self._seconds = {}
        clip = media.probe(path, self.settings, photo_duration=photo_duration)
        cost_estimate.check_clip(clip, self.settings)
        return clip

    def closed(self, clip: Clip, request: ScoreOptions, folder: Path) -> Clip:
        """Return the clip, its end dissolved into its beginning where a loop is asked for."""
        if not request.loop:
            return clip
        with self._stage("loop") as progress:
            return loop_video.looped(clip, folder / "loop.mp4", self.settings, progress)

    def watch(self, clip: Clip) -> Footage:
        """One pass over the pictures, one over the clip's own sound."""
        with self._stage("extract") as progress:
            looked = cost_estimate.pictures_share(clip)
            footage = self.extractor.extract(clip, part(progress, 0.0, looked))
            speech = media.find_speech(clip, self.settings, part(progress, looked, 1.0))
            return replace(footage, speech=speech)

    def analyse(self, clip: Clip, cut_list: CutList | None = None) -> Analysis:
        """Look at the clip once: frames, things, the best frames, words. An editor's cuts stand for ours."""
        footage = self.watch(clip)
        if cut_list is not None:
            footage = recut(footage, cut_list)
        with self._stage("detect") as progress:
            detections = self.detector.detect(footage.frames, progress)
        with self._stage("select"):
            selection = self.selector.select(footage)
        with self._stage("describe") as progress:
            descriptions = self.describer.describe(footage, selection, detections, progress)
        return Analysis(footage, detections, selection, descriptions)

    def plan(self, seen: Analysis, request: ScoreOptions) -> CueSheet:
        """Decide the music: mood, tempo, key, cues, hit points.

        A share code in the request is opened already, here and in the verbs below: see `share.apply`.
        """
        with self._stage("enhance"):
            return self.planned(seen.footage, seen.detections, seen.descriptions, request)

    def planned(
        self,
        footage: Footage,
        detections: Sequence[Detection],
        descriptions: Sequence[Description],
        request: ScoreOptions,
    ) -> CueSheet:
        """Return the sheet of a request; it keeps the film's cuts and notes."""
        sheet = self._decided(request, partial(self.enhancer.enhance, footage, detections, descriptions))
        notes_ = (*footage.notes, *sheet.notes)
        sheet = replace(sheet, cuts=hard_cuts(footage), notes=notes_)
        if request.loop or loop_video.goes_round(footage.clip):
            sheet = looping.fitted(sheet)
        return self.followed(sheet, request)

    def remix(self, sheet: CueSheet, request: ScoreOptions) -> CueSheet:
        """Decide again over the same cues and hit points, without looking again."""
        with self._stage("enhance"):
            remixed = self._decided(request, partial(self.enhancer.remix, sheet))
        return self.followed(looping.fitted(remixed) if sheet.loop else remixed, request)

    def _decided(self, request: ScoreOptions, decide: Callable[[ScoreOptions], CueSheet]) -> CueSheet:
        """Return the sheet for a request, made like the user's song where one was brought along."""
        if not request.like or not self.song:
            return decide(request)
        song = listen(self.song, self.settings)
        return apply.shaped(decide(apply.wished(request, song)), song)

    def generate(self, sheet: CueSheet, request: ScoreOptions, folder: Path) -> tuple[Soundtrack, ...]:
        """Make the music and, if asked, the sounds of the scene.

        Raises `TooMuchWorkError` before the first note for a sheet that would take too long.
        """
        heard = request.sounds or sheet.sounds_asked
        cost_estimate.check_sheet(sheet, self.settings, sounds=heard)
        self._make_room()
        with self._stage("generate") as progress:
            if sheet.music_gain_db <= SILENT_DB:
                tracks = [media.silence(sheet, folder)]
            else:
                tracks = [self._played(self.generator, sheet, folder, progress, stems=request.stems)]
        if heard:
            with self._stage("sounds") as progress:
                tracks.append(self._played(self.sounder, sheet, folder, progress, stems=request.stems))
        return tuple(tracks)

    def _make_room(self) -> None:
        """Give back what composing needs: what was seen is gone by now, unless somebody holds it."""
        if not self._warm:
            self._close("detector")
        memory.trim()

    def _played(
        self,
        generator: stages.Generator,
        sheet: CueSheet,
        folder: Path,
        progress: Progress,
        *,
        stems: bool,
    ) -> Soundtrack:
        """Play a sheet; a loop is played beyond its end, and laid over its beginning."""
        made = generator.generate(looping.extended(sheet), folder, progress, stems=stems)
        return looping.wrapped(made, sheet)

    @property
    def batches(self) -> bool:
        """Whether the generator makes several sheets in one pass."""
        return hasattr(self.generator, "generate_many")

    @property
    def spent(self) -> Mapping[str, float]:
        """Stage -> wall seconds, of the last clip that was opened."""
        return self._seconds

    def generate_many(
        self, sheets: Sequence[CueSheet], requests: Sequence[ScoreOptions], folders: Sequence[Path]
    ) -> tuple[tuple[Soundtrack, ...], ...]:
        """As `generate`, for several sheets; in one pass where the generator can."""
        silent = any(sheet.music_gain_db <= SILENT_DB for sheet in sheets)
        if not self.batches or len(sheets) == 1 or silent:
            works = zip(sheets, requests, folders, strict=True)
            return tuple(self.generate(sheet, request, folder) for sheet, request, folder in works)
        heard = [r.sounds or sheet.sounds_asked for sheet, r in zip(sheets, requests, strict=True)]
        for sheet, sounds in zip(sheets, heard, strict=True):
            cost_estimate.check_sheet(sheet, self.settings, sounds=sounds)
        self._make_room()
        stems = any(request.stems for request in requests)
        with self._stage("generate") as progress:
            generator = cast("stages.BatchGenerator", self.generator)
            longer = [looping.extended(sheet) for sheet in sheets]
            made = generator.generate_many(longer, folders, progress, stems=stems)
            tracks = [[looping.wrapped(one, sheet)] for one, sheet in zip(made, sheets, strict=True)]
        loud = [number for number, sounds in enumerate(heard) if sounds]
        if loud:
            with self._stage("sounds") as progress:
                for place, number in enumerate(loud):
                    sheet, folder = sheets[number], folders[number]
                    own = self._played(self.sounder, sheet, folder, no_progress, stems=stems)
                    tracks[number].append(own)
                    progress((place + 1) / len(loud))
        return tuple(tuple(own) for own in tracks)

    def render(
        self, clip: Clip, sheet: CueSheet, request: ScoreOptions, out: Path, folder: Path
    ) -> ScoredClip:
        """Turn a sheet into a scored clip at `out`; stems and MIDI stay in `folder`."""
        return self.assemble(clip, sheet, self.generate(sheet, request, folder), request, out)

    def assemble(
        self, clip: Clip, sheet: CueSheet, tracks: tuple[Soundtrack, ...], request: ScoreOptions, out: Path
    ) -> ScoredClip:
        """Put the sound on the clip."""
        memory.trim()
        fitting = provenance.leaving_room(request, sheet, tracks, self.settings)
        with self._stage("reconstruct") as progress:
            receipt = self.reconstructor.reconstruct(clip, sheet, tracks, fitting, out, progress)
        signed = replace(self._signed(receipt, sheet, tracks), share=self._code(clip, sheet, request))
        scored = ScoredClip(out, clip, sheet, signed, tracks)
        return provenance.attach(scored, request, self.settings, self.signer)

    def score(
        self,
        path: Path,
        request: ScoreOptions,
        out: Path,
        folder: Path,
        *,
        cuts: Path | None = None,
    ) -> ScoredClip:
        """Look, plan, play, put together. `cuts` is a file with an editor's cuts and markers."""
        request = open_code(request)
        clip = self.closed(self.open(path, photo_duration=request.length), request, folder)
        edit = cut_lists.read(cuts, clip) if cuts else None
        plan = noted(self.plan(self.analyse(clip, edit), request), edit)
        return self.render(clip, plan, request, out, folder)

    def assemble_film(self, paths: Sequence[Path], folder: Path) -> AssembledFilm:
        """Make one clip of several clips and photos, each change of picture on a grid of beats."""
        self._seconds = {}
        with self._stage("assemble") as progress:
            return assemble(paths, folder / "film.mp4", self.settings, progress)

    def film(self, paths: Sequence[Path], request: ScoreOptions, out: Path, folder: Path) -> ScoredClip:
        """Cut several clips and photos to one film, look, plan on its beats, play, put together."""
        request = open_code(request)
        film = self.assemble_film(paths, folder)
        sheet = film.on_the_beat(self.plan(self.analyse(film.clip, film.cut_list), request))
        return self.render(film.clip, sheet, request, out, folder)

    def takes(
        self, path: Path, requests: Sequence[ScoreOptions], outs: Sequence[Path], folder: Path
    ) -> tuple[ScoredClip, ...]:
        """Score one clip for each request: looked at once, the music made together where that is cheaper.

        The first request says how long a photo is held.
        """
        requests = [open_code(request) for request in requests]
        clip = self.closed(self.open(path, photo_duration=requests[0].length), requests[0], folder)
        seen = self.analyse(clip)
        plans = [self.plan(seen, request) for request in requests]
        folders = [folder / str(number + 1) for number in range(len(requests))]
        for each in folders:
            each.mkdir(parents=True, exist_ok=True)
        played = self.generate_many(plans, requests, folders)
        works = zip(plans, played, requests, outs, strict=True)
        return tuple(self.assemble(clip, plan, tracks, request, out) for plan, tracks, request, out in works)

    def close(self) -> None:
        """Give back models and processes."""
        self._close(
            "extractor",
            "detector",
            "selector",
            "describer",
            "enhancer",
            "generator",
            "sounder",
            "reconstructor",
        )

    def _close(self, *backends: str) -> None:
        for each in backends:
            if each in self.__dict__:
                getattr(self, each).close()

    def _code(self, clip: Clip, sheet: CueSheet, request: ScoreOptions) -> str:
        """The share code of what was made."""
        from immersivaudio.share.encode import recipe_of

        return share.write(recipe_of(sheet, request, clip, self._build()))

    def _build(self) -> int:
        from immersivaudio.share.build import build_of

        return build_of(self.settings)

    def followed(self, sheet: CueSheet, request: ScoreOptions) -> CueSheet:
        """Say in the sheet where a share code could not be followed to the letter."""
        if request.recipe is None:
            return sheet
        told = notes(request.recipe, self._build())
        return replace(sheet, notes=(*told, *sheet.notes))

    def _signed(self, receipt: Receipt, sheet: CueSheet, tracks: tuple[Soundtrack, ...]) -> Receipt:
        """The receipt with what every stage had to say, each thing once."""
        said = (*sheet.notes, *(n for track in tracks for n in track.notes), *receipt.notes, *self._choices())
        told = tuple(dict.fromkeys(said))
        return replace(
            receipt,
            backends=self._backends(),
            seconds=dict(self._seconds),
            notes=told,
            evidence=sheet.evidence,
        )

    def _choices(self) -> tuple[str, ...]:
        return choices(self.settings) if "detect" in self._seconds else ()

    def _backends(self) -> dict[str, str]:
        return {stage: chosen(stage, self.settings) for stage in self._seconds if stage in STAGES}

    @contextmanager
    def _stage(self, name: str) -> Iterator[Progress]:
        self._listener(name, 0.0)
        start = time.perf_counter()
        with self._measure(name):
            yield lambda done: self._listener(name, done)
        self._seconds[name] = time.perf_counter() - start
        self._listener(name, 1.0)
