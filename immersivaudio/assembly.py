"""Several clips and photos become one clip, to be scored as any other; what is known of it is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from immersivaudio import cost_estimate, media
from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError, UserError
from immersivaudio.media import montage
from immersivaudio.values import Clip, CueSheet, CutList

MOST = 60
"""Parts of one film."""


@dataclass(frozen=True, slots=True)
class AssembledFilm:
    """One clip made of several."""

    clip: Clip
    montage: montage.Montage
    notes: tuple[str, ...] = ()
    """Which parts were left out, and why."""

    @property
    def cut_list(self) -> CutList:
        """Every change of picture."""
        return self.montage.cut_list

    def on_the_beat(self, sheet: CueSheet) -> CueSheet:
        """Return the sheet at the nearest tempo at which every change of picture is on a beat.

        No seal: a share code holds decisions that looking at the film repeats, and not these.
        """
        tempo = round(self.montage.tempo(sheet.tempo), 3)
        old, new = f"{sheet.tempo:.0f} bpm", f"{tempo:.0f} bpm"
        cues = tuple(replace(cue, prompt=cue.prompt.replace(old, new)) for cue in sheet.cues)
        prompt, notes = sheet.prompt.replace(old, new), (*sheet.notes, *self.notes)
        return replace(sheet, tempo=tempo, cues=cues, prompt=prompt, notes=notes, seal="")


def assemble(
    paths: Sequence[Path], out: Path, settings: Settings, told: Callable[[float], None]
) -> AssembledFilm:
    """Write the parts one after the other to `out` (MP4), each as long as the beat wants it.

    A part that cannot be read is left out, and named in the notes. Raises `UserError` where none is left,
    or where they are too many or too long together.
    """
    if len(paths) > MOST:
        raise UserError(f"that is {len(paths)} parts, {MOST} are allowed", "leave some out")
    clips, notes = [], []
    for number, path in enumerate(paths, 1):
        try:
            clips.append(media.probe(path, settings))
        except UserError as error:
            if len(paths) == 1:
                raise
            notes.append(f"part {number} was left out: {error.problem}")
    if not clips:
        raise BadMediaError("none of the parts could be read", "send videos or photos")
    laid = montage.plan(clips, settings)
    montage.write(laid, out, len(clips), settings, told)
    clip = media.probe(out, settings)
    cost_estimate.check_clip(clip, settings)
    return AssembledFilm(clip, laid, tuple(notes))
