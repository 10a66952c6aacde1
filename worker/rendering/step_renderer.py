"""The render process's part of a clip made in steps: look, play, finish, each perhaps on another machine."""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from immersivaudio import sheets
from immersivaudio.config import Settings
from immersivaudio.progress import StageProgress
from immersivaudio.share.apply import open_code
from immersivaudio.values import Soundtrack
from worker.rendering import analysis_archive
from worker.rendering.pipeline_renderer import PipelineRenderer, parsed
from worker.sandbox.tasks import (
    GenerateAnswer,
    GenerateTask,
    MusicAnswer,
    PlanAnswer,
    RenderAnswer,
    RenderTask,
)

_INDEX = "tracks.json"
_TRACKS = "tracks.zip"
_FILES_ALONE = frozenset({"stems", "export", "music"})
"""Actions that play the parent's sheet once more, for its stems."""


class StepPipelineRenderer(PipelineRenderer):
    """The pipeline in three steps, one a role."""

    def analyse(self, task: RenderTask, folder: Path, report: StageProgress) -> PlanAnswer:
        """Decide what is to be played."""
        self._report = report
        request, clip, _ = self._begun(task, folder)
        if task.action in _FILES_ALONE:
            sheet, file = parsed(task.sheet), ""
        else:
            sheet, _, file = self._sheet(task, clip, request, folder)
        return PlanAnswer(sheet=sheets.dump(sheet), seen=file, **self._spent(self._pipeline.spent))

    def generate(self, task: GenerateTask, _folder: Path, report: StageProgress) -> GenerateAnswer:
        """Make the music of several sheets, side by side where the generator can."""
        self._report = report
        plans = [parsed(work.sheet) for work in task.works]
        asked = [replace(open_code(work.options), stems=work.action in _FILES_ALONE) for work in task.works]
        folders = [Path(work.folder) for work in task.works]
        played = self._pipeline.generate_many(plans, asked, folders)
        answers = []
        for request, tracks, folder in zip(asked, played, folders, strict=True):
            stages = ("generate", "sounds")[: len(tracks)]
            spent = {stage: self._pipeline.spent[stage] for stage in stages}
            file = _pack(tracks, folder / _TRACKS, stems=request.stems)
            answers.append(MusicAnswer(tracks=file, **self._spent(spent)))
        return GenerateAnswer(works=tuple(answers), batch=len(plans) if self._pipeline.batches else 1)

    def finish(self, task: RenderTask, folder: Path, report: StageProgress) -> RenderAnswer:
        """Put the music on the clip."""
        self._report = report
        request, clip, work = self._begun(task, folder)
        sheet = parsed(task.sheet)
        tracks = _unpack(folder / task.tracks, work)
        if task.action == "stems":
            return self._zipped(clip, tracks, sheet, task, work, folder)
        if task.action == "export":
            return self._exported(clip, sheet, tracks, request, task, folder)
        if task.action == "music":
            return self._music(clip, sheet, tracks, folder)
        scored = self._pipeline.assemble(clip, sheet, tracks, request, folder / "scored.mp4")
        seen = analysis_archive.unpack(folder / task.seen, clip, folder / "kept") if task.seen else None
        answer = self._answer(scored, seen, "", task, folder)
        of_all = {
            "seconds": task.seconds | answer.summary.seconds,
            "backends": task.backends | answer.summary.backends,
            "batch": task.batch,
        }
        return answer.model_copy(update={"summary": answer.summary.model_copy(update=of_all)})

    def _spent(self, seconds: Mapping[str, float]) -> dict[str, Any]:
        settings = self._pipeline.settings
        return {"seconds": dict(seconds), "backends": {stage: getattr(settings, stage) for stage in seconds}}


def _pack(tracks: tuple[Soundtrack, ...], file: Path, *, stems: bool) -> str:
    """Write `file` with the tracks, and with their stems where these are asked for; returns its name."""
    index = []
    with zipfile.ZipFile(file, "w") as archive:
        for track in tracks:
            own = dict(track.stems) if stems else {}
            for path in {track.path, *own.values(), *([track.midi] if track.midi else [])}:
                archive.write(path, path.name)
            index.append(
                {
                    "path": track.path.name,
                    "backend": track.backend,
                    "hits": [str(hit) for hit in track.hits],
                    "stems": {name: path.name for name, path in own.items()},
                    "midi": track.midi.name if track.midi else "",
                    "notes": track.notes,
                }
            )
        archive.writestr(_INDEX, json.dumps(index))
    return file.name


def _unpack(file: Path, folder: Path) -> tuple[Soundtrack, ...]:
    """Read back what `_pack` wrote."""
    with zipfile.ZipFile(file) as archive:  # written by us, kept in our store
        archive.extractall(folder)
    return tuple(
        Soundtrack(
            folder / row["path"],
            row["backend"],
            tuple(Fraction(hit) for hit in row["hits"]),
            {name: folder / path for name, path in row["stems"].items()},
            folder / row["midi"] if row["midi"] else None,
            tuple(row["notes"]),
        )
        for row in json.loads((folder / _INDEX).read_text("utf-8"))
    )


def build() -> StepPipelineRenderer:
    """With the settings of the environment."""
    return StepPipelineRenderer(Settings())
