"""What a render process runs: the pipeline; what was seen is kept for the next request over these bytes."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from immersivaudio import media, sheets
from immersivaudio.apply_cut_list import noted
from immersivaudio.assembly import AssembledFilm
from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError, UserError
from immersivaudio.export import cut_lists, markers_only, package
from immersivaudio.media import cover
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Analysis, Pipeline
from immersivaudio.progress import StageProgress, no_progress
from immersivaudio.provenance import RenderReceipt, mark
from immersivaudio.provenance.credentials import SigningIdentity
from immersivaudio.queue import albums
from immersivaudio.queue.result import Difference, Portrait, Summary
from immersivaudio.share.apply import open_code
from immersivaudio.values import Clip, CueSheet, CutList, ScoredClip, Soundtrack
from worker.rendering import (
    curves,
    descriptions,
    differences,
    editor_archives,
    music_features,
    stem_archives,
    thumbnails,
)
from worker.rendering.analysis_archive import pack, unpack
from worker.rendering.audio_encoding import flac, mp3
from worker.rendering.moving import moved
from worker.sandbox.ipc import ParentChannel
from worker.sandbox.tasks import RenderAnswer, RenderTask, SignerFacts

_ENDINGS = {
    "matroska": ".mkv", "mpegts": ".ts", "mpeg": ".mpg", "mpegvideo": ".mpg", "avi": ".avi", "gif": ".gif",
    "asf": ".wmv", "flv": ".flv", "dv": ".dv",
}  # fmt: skip
"""By demuxer: what an editor calls such a film; the rest are MP4."""


class PipelineRenderer:
    """One pipeline, its models loaded once and kept."""

    def __init__(self, settings: Settings) -> None:
        self._report: StageProgress = no_progress
        self._film: AssembledFilm | None = None
        self._pipeline = Pipeline(settings, self._tell)

    def render(self, task: RenderTask, folder: Path, report: StageProgress) -> RenderAnswer:
        """Score the clip, play another sheet over it, or pack its stems."""
        self._report = report
        request, clip, work = self._begun(task, folder)
        if task.action == "stems":
            sheet = parsed(task.sheet)  # the same sheet gives the same sound
            tracks = self._pipeline.generate(sheet, replace(request, stems=True), work)
            return self._zipped(clip, tracks, sheet, task, work, folder)
        if task.action == "export":
            sheet = parsed(task.sheet)
            tracks = self._pipeline.generate(sheet, replace(request, stems=True), work)
            return self._exported(clip, sheet, tracks, request, task, folder)
        if task.action == "music":
            sheet = parsed(task.sheet)
            return self._music(clip, sheet, self._pipeline.generate(sheet, request, work), folder)
        sheet, seen, file = self._sheet(task, clip, request, folder)
        if task.action == "describe":
            assert seen is not None  # noqa: S101 - there was no sheet to go by
            told = descriptions.answer(seen, sheet, self._pipeline.spent, folder)
            return told.model_copy(update={"seen": file})
        scored = self._pipeline.render(clip, sheet, request, folder / "scored.mp4", work)
        return self._answer(scored, seen, file, task, folder)

    def _begun(self, task: RenderTask, folder: Path) -> tuple[ScoreOptions, Clip, Path]:
        """The wish, the clip, and a folder for the music."""
        self._pipeline.signer = self._signer(task.signer)
        request = open_code(task.options)
        clip = self._opened(task, request, folder)
        work = folder / "work"
        work.mkdir()
        return request, clip, work

    def _opened(self, task: RenderTask, request: ScoreOptions, folder: Path) -> Clip:
        """The clip; of an album, the film that its parts make."""
        self._film = self._pipeline.song = None
        paths = [folder / task.input]
        parts = folder / "parts"
        if task.kind == "album" or task.song:
            parts.mkdir()
            pieces = albums.unpack(paths[0], parts)
            self._pipeline.song = next((path for path, kind in pieces if kind == "song"), None)
            paths = [path for path, kind in pieces if kind != "song"]
        if task.kind != "album":
            clip = self._pipeline.open(paths[0], photo_duration=request.length)
            return self._pipeline.closed(clip, request, folder)
        self._film = self._pipeline.assemble_film(paths, parts)
        return self._film.clip

    def _signer(self, told: SignerFacts | None) -> SigningIdentity | None:
        """Return the signer: the parent process, where the task names its certificate."""
        if not told or not isinstance(self._report, ParentChannel):
            return None
        return SigningIdentity(told.chain, told.algorithm, self._report.sign)

    def _answer(
        self, scored: ScoredClip, seen: Analysis | None, file: str, task: RenderTask, folder: Path
    ) -> RenderAnswer:
        shown = _shown(seen, scored, folder) if seen and task.options.explain else {}
        receipt = mark.read(scored.path)
        size, covered = self._covered(scored.path, folder / "thumbnail.jpg")
        heard = music_features.portrait(scored.tracks[0])
        told = {"portrait": heard, "differences": _differences(task, scored.sheet, heard)}
        facts = _facts(scored) | size | _made_by(receipt) | told
        if seen and shown:
            facts |= self._drawn(seen, scored)
        return RenderAnswer(
            media=scored.path.name,
            extras=_extras(scored.tracks, folder) | shown | covered | _kept(receipt, folder),
            seen=file,
            summary=Summary(**facts),
            sheet=sheets.dump(scored.sheet),
        )

    def _drawn(self, seen: Analysis, scored: ScoredClip) -> dict[str, Any]:
        """What a timeline shows of the pictures and of the sound."""
        told = {"shots": thumbnails.shots(seen), "motion": curves.motion(seen)}
        return told | curves.levels(scored, self._pipeline.settings)

    def _covered(self, film: Path, path: Path) -> tuple[dict[str, int], dict[str, str]]:
        """What a messenger shows before it has the film: its size, and a picture of it."""
        settings = self._pipeline.settings
        made = media.probe(film, settings)
        size = {"width": made.width, "height": made.height}
        try:
            return size, {"thumbnail": cover.write(made, path, settings).name}
        except BadMediaError:
            return size, {}

    def _tell(self, stage: str, done: float) -> None:
        self._report(stage, done)

    def _sheet(
        self, task: RenderTask, clip: Clip, request: ScoreOptions, folder: Path
    ) -> tuple[CueSheet, Analysis | None, str]:
        """The plan, what is known of the pictures, and the file that keeps it ("" where that is no news)."""
        kept = folder / "kept"
        wanted = task.seen and (task.options.explain or not task.sheet)
        seen = unpack(folder / task.seen, clip, kept) if wanted else None
        if task.sheet:
            sheet = parsed(task.sheet)
            sheets.check_fits(sheet, clip)
            changed = self._pipeline.remix(sheet, request) if task.action == "remix" else sheet
            return self._on_the_beat(changed), seen, ""
        edit = _edit(task, clip, folder)
        if seen:
            return self._on_the_beat(noted(self._pipeline.plan(seen, request), edit)), seen, ""
        seen = self._pipeline.analyse(clip, self._film.cut_list if self._film else edit)
        plan = self._on_the_beat(noted(self._pipeline.plan(seen, request), edit))
        return plan, seen, pack(seen, kept, folder / "seen.zip")

    def _on_the_beat(self, sheet: CueSheet) -> CueSheet:
        return self._film.on_the_beat(sheet) if self._film else sheet

    def _zipped(
        self,
        clip: Clip,
        tracks: tuple[Soundtrack, ...],
        sheet: CueSheet,
        task: RenderTask,
        work: Path,
        folder: Path,
    ) -> RenderAnswer:
        """The tracks in as many archives, and as small, as may be sent; with cuts and markers."""
        marks = markers_only.write(clip, sheet, tracks, work, self._pipeline.settings)
        packed = stem_archives.pack(
            tracks, work, folder, limit=task.options.max_bytes, parts=task.options.parts, papers=marks
        )
        first, *more = packed.names
        extras = {f"part-{number}": name for number, name in enumerate(more, 2)}
        summary = Summary(stem_kbps=packed.kbps)
        return RenderAnswer(media=first, extras=extras, summary=summary, sheet=sheets.dump(sheet))

    def _music(
        self, clip: Clip, sheet: CueSheet, tracks: tuple[Soundtrack, ...], folder: Path
    ) -> RenderAnswer:
        """The music alone, with a picture of the clip for a player to show."""
        try:
            covered = {"thumbnail": cover.write(clip, folder / "thumbnail.jpg", self._pipeline.settings).name}
        except BadMediaError:
            covered = {}
        summary = Summary(mood=sheet.mood, tempo=sheet.tempo, duration=float(sheet.duration))
        song = mp3(tracks[0].path, folder / "music.mp3").name
        return RenderAnswer(media=song, extras=covered, summary=summary, sheet=sheets.dump(sheet))

    def _exported(
        self,
        clip: Clip,
        sheet: CueSheet,
        tracks: tuple[Soundtrack, ...],
        request: ScoreOptions,
        task: RenderTask,
        folder: Path,
    ) -> RenderAnswer:
        """Everything that an editor needs, as `immersivaudio export` writes it, as large as may be sent."""
        scored = self._pipeline.assemble(clip, sheet, tracks, request, folder / "scored.mp4")
        if clip.kind == "photo":  # it moves in what was made of it alone, whose sound is switched off then
            clip = media.probe(scored.path, self._pipeline.settings)
        film = folder / f"film{_ENDINGS.get(clip.demuxer, '.mp4')}"  # what came has no name of its own
        scored = replace(scored, clip=replace(clip, path=moved(clip.path, film)))
        made = package.export(scored, sheet.cuts, folder / "for-editor.zip", self._pipeline.settings)
        sent = editor_archives.fitted(made, film.name, task.options.max_bytes, task.options.parts)
        first, *more = sent.names
        extras = {f"part-{number}": name for number, name in enumerate(more, 2)}
        summary = Summary(film_left=sent.film_left)
        return RenderAnswer(media=first, extras=extras, summary=summary, sheet=sheets.dump(sheet))


def _edit(task: RenderTask, clip: Clip, folder: Path) -> CutList | None:
    """The cuts and markers that came with a clip; raises `UserError` where they are not of this clip."""
    if task.cuts is None:
        return None
    path = folder / f"cuts{task.cuts.ending}"
    path.write_text(task.cuts.text, encoding="utf-8")
    return cut_lists.read(path, clip)


def parsed(text: str) -> CueSheet:
    """The sheet of a request or of a step before; raises `UserError` where there is none."""
    if not text:
        raise UserError("there is no soundtrack to start from", "score a clip first", stage="render")
    return sheets.load(text)


def _extras(tracks: tuple[Soundtrack, ...], folder: Path) -> dict[str, str]:
    """The music alone, and its notes."""
    music = tracks[0]
    extras = {"audio": flac(music.path, folder / "music.flac").name}
    if music.midi:
        extras["midi"] = moved(music.midi, folder / "music.mid").name
    return extras


def _kept(receipt: RenderReceipt | None, folder: Path) -> dict[str, str]:
    """The film's receipt as a file of its own: platforms drop what stands in a film."""
    if receipt is None:
        return {}
    (folder / "receipt.json").write_text(receipt.to_json(), encoding="utf-8")
    return {"receipt": "receipt.json"}


def _made_by(receipt: RenderReceipt | None) -> dict[str, str | bool]:
    if receipt is None:
        return {}
    music = receipt.music
    return {"made_by": music.model or music.backend, "by_model": receipt.by_model, "licence": music.licence}


def _shown(seen: Analysis, scored: ScoredClip, folder: Path) -> dict[str, str]:
    """The best frames, and the plan drawn over the filmstrip."""
    thumbnails.plan(seen, scored.sheet, scored.tracks[0].path, folder / "plan.webp")
    frames = moved(folder / "kept" / thumbnails.TILES, folder / thumbnails.TILES)
    return {"plan": "plan.webp", "frames": frames.name}


def _facts(scored: ScoredClip) -> dict[str, Any]:
    """What a summary says of the plan and of what was measured."""
    sheet, receipt = scored.sheet, scored.receipt
    return {
        "prompt": sheet.prompt,
        "scene": sheet.scene,
        "telling": sheet.telling,
        "evidence": sheet.evidence,
        "mood": sheet.mood,
        "tempo": sheet.tempo,
        "key": str(sheet.key),
        "instruments": music_features.heard_of(sheet.instruments, scored.tracks[0]),
        "sounds": tuple(dict.fromkeys(cue.name for cue in sheet.sounds)),
        "hits": receipt.hits_hit,
        "hits_planned": receipt.hits_planned,
        "original": receipt.original,
        "duration": float(sheet.duration),
        "loudness_lufs": receipt.loudness_lufs,
        "true_peak_dbtp": receipt.true_peak_dbtp,
        "length_error": float(receipt.length_error),
        "video_copied": receipt.video_copied,
        "speech_gap_lu": receipt.speech_gap_lu,
        "speech": bool(sheet.speech),
        "backends": dict(receipt.backends),
        "seconds": dict(receipt.seconds),
        "share": receipt.share,
        "notes": receipt.notes,
        "sections": len(sheet.cues),
    }


def _differences(task: RenderTask, sheet: CueSheet, heard: Portrait) -> tuple[Difference, ...]:
    """How it differs from the piece that it was made from, if it was."""
    if task.action != "remix" or not task.sheet:
        return ()
    before = parsed(task.sheet)  # with roles, the plan itself: nothing is known of the piece before it
    both = (task.before, heard) if task.before else None
    return differences.between(before, sheet, both) if before != sheet else ()


def build() -> PipelineRenderer:
    """With the settings of the environment."""
    return PipelineRenderer(Settings())
