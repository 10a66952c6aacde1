"""Reconstruction: the soundtrack put on the clip, by PyAV (copying, AAC) and ffmpeg (coding pictures)."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import isfinite
from pathlib import Path

from immersivaudio import provenance, targets
from immersivaudio.config import Settings
from immersivaudio.errors import OperatorError, StageFailedError
from immersivaudio.media import decode_audio, onsets, playable, sync
from immersivaudio.media import tags as clip_tags
from immersivaudio.options import ScoreOptions
from immersivaudio.progress import part
from immersivaudio.stages import Progress
from immersivaudio.stages.reconstruct import levels, picture
from immersivaudio.stages.reconstruct.fitting import SizeFit, ways
from immersivaudio.stages.reconstruct.levels import DELIVERY, Name
from immersivaudio.stages.reconstruct.mastering import Delivered, MasteringChain
from immersivaudio.stages.reconstruct.measuring import as_clip, length_error
from immersivaudio.stages.reconstruct.picture import Film
from immersivaudio.stages.reconstruct.sources import Sources, gather
from immersivaudio.values import SILENT_DB, Clip, CueSheet, Receipt, Soundtrack, SyncFigure

_COPIED, _CODED = (0.1, 0.3, 0.9), (0.05, 0.75, 0.95)
"""Of the progress where pictures are copied and where they are coded anew: sounds found and measured,
pictures ready, sound delivered; what is left is listening to it."""
_NOT_COPIED = "the pictures could not be copied as they are, so they were coded anew"


def build(settings: Settings) -> "FfmpegReconstructor":
    """Return the backend as the settings want it."""
    return FfmpegReconstructor(settings=settings)


class FfmpegReconstructor:
    """Mixes, ducks, masters and muxes; measures what it delivers.

    Usable alone: `FfmpegReconstructor().reconstruct(clip, sheet, [track], ScoreOptions(), out, progress)`.
    """

    name = "ffmpeg"

    def __init__(self, *, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()

    def close(self) -> None:
        """Nothing is held between two clips."""

    def reconstruct(
        self,
        clip: Clip,
        sheet: CueSheet,
        tracks: Sequence[Soundtrack],
        request: ScoreOptions,
        out: Path,
        progress: Progress,
    ) -> Receipt:
        """Write `out`, an MP4 of `clip` with `tracks` (the music, then the sounds), and say what it measures.

        `out` appears whole or not at all, and replaces a file of that name. The clip is only read. Raises
        `UserError` if `out` is the clip or `request.max_bytes` cannot be met, `OperatorError` if it cannot be
        written, else `StageFailedError`.
        """
        out = Path(out)
        targets.check_result(clip.path, out)
        try:
            with tempfile.TemporaryDirectory(dir=out.parent, prefix=".immersivaudio-") as folder:
                work = Path(folder)
                sources = gather(clip, sheet, tracks, request, work, self._settings)
                heard, ready, mixed = _COPIED if playable.plays(clip) else _CODED
                progress(heard)
                own = clip_tags.find(clip, self._settings)
                desk = self._desk(sources, sheet, request, {**own.kept, **provenance.tags(tracks)})
                desk.flux = bool(sheet.cuts)
                desk.language = own.language if "original" in sources.files else ""
                film = picture.ready(
                    clip,
                    sheet.seed,
                    work,
                    self._settings,
                    part(progress, heard, ready),
                    loop=sheet.loop,
                )
                delivered, film, fit = self._fit(desk, film, request, work, part(progress, ready, mixed))
                told = _notes(clip, desk, delivered, fit, film, request)
                full = _loud_already(sheet, request, sources)
                notes = (*clip.notes, *sources.notes, *full, *told)
                receipt = self._receipt(delivered, film, sheet, sources, notes)
                receipt = replace(receipt, gains_db=levels.gains(desk.levels), dropped=own.dropped)
                delivered.path.replace(out)
        except OSError as error:
            raise OperatorError(
                f"the result cannot be written: {error.strerror or 'input/output error'}",
                "free some space, or choose another folder with -o",
                stage="reconstruct",
            ) from error
        progress(1.0)
        return receipt

    def _desk(
        self, sources: Sources, sheet: CueSheet, request: ScoreOptions, tags: Mapping[str, str]
    ) -> MasteringChain:
        speech = sheet.speech if "original" in sources.files else ()
        gains: dict[Name, float] = {
            "music": request.music_gain_db + (0.0 if _is_silent(sheet) else sheet.music_gain_db),
            "sounds": request.sounds_gain_db,
            "original": request.original_gain_db,
        }
        plan = partial(
            levels.decide, sources.loudness, sources.treatment, speech, request.speech_gap_lu, gains
        )
        return MasteringChain(sources, plan, speech, self._settings, tags)

    def _fit(
        self, desk: MasteringChain, film: Film, request: ScoreOptions, work: Path, told: picture.Told
    ) -> tuple[Delivered, Film, SizeFit]:
        """Deliver in the best quality that fits the size asked for."""
        survey = film.pictures.survey
        for fit in ways(film.clip, survey.size, survey.count, request.max_bytes):
            pictures = film
            if fit.pictures is not None:
                pictures = picture.smaller(film, fit.pictures, work, self._settings, told)
            try:
                delivered = desk.deliver(pictures, fit.sound, work / "out.mp4", told)
            except (StageFailedError, ValueError):
                if not pictures.copied:
                    raise
                # Whatever is wrong with the packets, decoding and coding them again does without them.
                film = pictures = picture.anew(film.clip, work, self._settings, told)
                delivered = desk.deliver(pictures, fit.sound, work / "out.mp4", told)
            if request.max_bytes is None or delivered.path.stat().st_size <= request.max_bytes:
                return delivered, pictures, fit
        raise AssertionError("ways() ends with an error of its own")

    def _receipt(
        self, delivered: Delivered, film: Film, sheet: CueSheet, sources: Sources, notes: tuple[str, ...]
    ) -> Receipt:
        heard = onsets.accents(onsets.flux(decode_audio.read(sources.files["music"], sources.length)))
        planned: list[Fraction] = [] if _is_silent(sheet) else [point.time for point in sheet.hits]
        return Receipt(
            loudness_lufs=round(delivered.sound.loudness.integrated, 2),
            true_peak_dbtp=round(delivered.sound.loudness.peak_dbtp, 2),
            length_error=length_error(as_clip(delivered.path, film.clip), self._settings),
            hits_planned=len(planned),
            hits_hit=onsets.hit(heard, planned),
            video_copied=film.copied,
            original=sources.treatment,
            size_bytes=delivered.path.stat().st_size,
            sync=_sync(delivered, film.clip, sheet),
            speech_gap_lu=None if delivered.sound.gap is None else round(delivered.sound.gap, 2),
            notes=notes,
            power=tuple(delivered.sound.loudness.power.tolist()),
            before_lufs=sources.before,
        )


def _sync(delivered: Delivered, clip: Clip, sheet: CueSheet) -> SyncFigure | None:
    """Return the sync figure of the delivered sound against the film's cuts."""
    if delivered.sound.flux is None:
        return None
    return sync.figure(sheet.cuts, onsets.accents(delivered.sound.flux), clip.duration)


def _is_silent(sheet: CueSheet) -> bool:
    return sheet.music_gain_db <= SILENT_DB


def _loud_already(sheet: CueSheet, request: ScoreOptions, sources: Sources) -> tuple[str, ...]:
    """Say where "louder" has no room: music alone is delivered as loud as platforms play it anyway."""
    louder = not _is_silent(sheet) and request.music_gain_db + sheet.music_gain_db > 0
    alone = set(sources.files) == {"music"}
    return (f"the music is as loud as platforms play it, {DELIVERY:.0f} LUFS",) if louder and alone else ()


def _notes(
    clip: Clip, desk: MasteringChain, delivered: Delivered, fit: SizeFit, film: Film, request: ScoreOptions
) -> list[str]:
    """What was asked for and costs something."""
    notes = []
    if playable.plays(clip) and not film.copied and fit.pictures is None:
        notes.append(_NOT_COPIED)
    if request.max_bytes is not None and fit != SizeFit(sound=256_000):
        notes.append(fit.note(film.clip, request.max_bytes))
    if isfinite(desk.levels.target) and desk.levels.target < DELIVERY - 0.5:
        notes.append(f"the gains asked for make it {desk.levels.target:.1f} LUFS instead of {DELIVERY:.0f}")
    gap = delivered.sound.gap
    if gap is not None and gap < request.speech_gap_lu - 1:
        notes.append(f"the voice stands only {gap:.0f} LU out, not {request.speech_gap_lu:.0f} as asked")
    return notes
