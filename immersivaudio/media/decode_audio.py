"""The clip's own sound in blocks, aligned with its first picture; and WAV files of any writer."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import BLOCK, Sound, filled, reblocked, silence
from immersivaudio.config import Settings
from immersivaudio.errors import StageFailedError, UserError
from immersivaudio.media.channels import Single, Stereo, folded
from immersivaudio.media.container import opened
from immersivaudio.media.decode import frames
from immersivaudio.values import Clip

_BEFORE = 30
"""s of sound before the first picture that are decoded, and left out."""
_HOLE = Fraction(1, 20)
"""s: a jump in the time stamps from which silence is put in; less is jitter."""
_PATIENCE = 200
"""Packets of which one must decode, for a track to count as sound."""


def own_sound(clip: Clip, settings: Settings, *, rate: int = SAMPLE_RATE) -> Iterator[Sound]:
    """Yield the clip's own sound from the first picture to the last: shape (2, n), in blocks.

    All tracks that belong together are added up. Where a sound begins later than the pictures, has a hole or
    ends early, there is silence; damaged packets are silent. Nothing is yielded for a clip that has no sound.
    Together it has `round(clip.duration * rate)` samples.
    """
    tracks = [_track(clip, stream, settings, rate) for stream in _streams(clip)]
    scene = clip.audio is not None and clip.audio.scene
    for blocks in zip(*tracks, strict=True):
        if scene:
            yield folded(np.stack([block[0] for block in blocks]), "ambisonic")
        else:
            yield blocks[0] if len(blocks) == 1 else np.sum(blocks, axis=0, dtype=np.float32)


def single_channels(clip: Clip, settings: Settings, *, rate: int) -> Iterator[list[Sound]]:
    """Yield the same stretch of time, each track with its channels kept apart: shapes (channels, n)."""
    tracks = [_track(clip, stream, settings, rate, apart=True) for stream in _streams(clip)]
    for blocks in zip(*tracks, strict=True):
        yield list(blocks)


def decodes(container: InputContainer, stream: AudioStream) -> bool:
    """Whether a track can be decoded: one of its first packets can, or it has none, and is silent."""
    empty = True
    for packet in islice(_packets(container, stream), _PATIENCE):
        empty = empty and not packet.size
        try:
            if stream.decode(packet):
                return True
        except av.error.FFmpegError:
            continue
    return empty


def _streams(clip: Clip) -> tuple[int, ...]:
    return () if clip.audio is None or clip.kind == "photo" else clip.audio.streams


def _track(clip: Clip, number: int, settings: Settings, rate: int, *, apart: bool = False) -> Iterator[Sound]:
    """One track, aligned with the pictures, as long as they are; in blocks that all tracks share."""
    start = _first_picture(clip, settings)
    length = round(clip.duration * rate)
    with opened(clip.path, clip.demuxer, settings) as (container, _):
        stream = _sound_stream(container, number)
        channels = Single(rate, stream.codec_context.layout.nb_channels) if apart else Stereo(rate)
        pieces = _aligned(container, stream, channels, start, length)
        yield from reblocked(filled(pieces, length, channels.count))


def read(path: Path, length: int) -> Iterator[Sound]:
    """Yield a 48 kHz stereo WAV in blocks, cut or filled with silence to `length` samples.

    Every block but the last has `BLOCK` samples, however long the file is: files of a length that ended on
    half a sample stay in step with each other.
    Raises `StageFailedError` if it is not there or has another rate or number of channels.
    """
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            if (file.samplerate, file.channels) != (SAMPLE_RATE, 2):
                raise StageFailedError(
                    f"a soundtrack has {file.samplerate} Hz and {file.channels} channels",
                    f"the backend that made it must write {SAMPLE_RATE} Hz stereo",
                    stage="reconstruct",
                )
            while length:
                block = np.zeros((min(BLOCK, length), 2), np.float32)
                if not len(file.read(out=block, fill_value=0.0)):
                    break
                length -= len(block)
                yield np.ascontiguousarray(block.T)
    except soundfile.LibsndfileError as error:
        raise StageFailedError("a soundtrack cannot be read", stage="reconstruct") from error
    yield from filled((), length)


def check(path: Path) -> None:
    """Raise `UserError` where a user's file is not sound that `read` takes."""
    import soundfile

    remedy = f"bring a WAV of {SAMPLE_RATE} Hz in stereo, as `immersivaudio generate` writes it"
    try:
        told = soundfile.info(path)
    except soundfile.LibsndfileError as error:
        raise UserError(f"{path.name} is not a sound file", remedy, stage="reconstruct") from error
    if (told.samplerate, told.channels) != (SAMPLE_RATE, 2):
        raise UserError(
            f"{path.name} has {told.samplerate} Hz and {told.channels} channels", remedy, stage="reconstruct"
        )


def _first_picture(clip: Clip, settings: Settings) -> Fraction:
    """The container's time of the first picture shown, s: the zero of every time in the house."""
    with opened(clip.path, clip.demuxer, settings) as (container, stream):
        frame = next(frames(container, stream), None)
        if frame is None or frame.pts is None:
            return Fraction(0)
        return frame.pts * Fraction(frame.time_base or stream.time_base or 0)


def _sound_stream(container: InputContainer, number: int) -> AudioStream:
    """The stream that `Clip.audio` speaks of."""
    stream = next((stream for stream in container.streams.audio if stream.index == number), None)
    if stream is None or stream.codec_context is None:
        raise StageFailedError("the clip's sound is gone", "send it again", stage="reconstruct")
    return stream


def _aligned(
    container: InputContainer, stream: AudioStream, channels: Stereo | Single, start: Fraction, length: int
) -> Iterator[Sound]:
    """Decoded sound from `start` on, holes filled, what overlaps left out; `length` samples of use at most.

    Times may be damaged: a hole is no longer than what is left, and of sound that belongs before the
    pictures no more is decoded than half a minute beyond the clip's own length.
    """
    rate = channels.rate
    first = round(start * rate)
    done, patience = 0, length + _BEFORE * rate
    for frame in _decoded(container, stream):
        for piece, stamp in channels(frame):
            sound = piece
            missing = 0 if stamp is None else stamp - first - done
            if missing > _HOLE * rate or (missing > 0 and not done):
                missing = min(missing, max(0, length - done))
                yield silence(missing, len(sound))
                done += missing
            elif missing < -_HOLE * rate or (missing < 0 and not done):
                sound = piece[:, -missing:]
                patience -= piece.shape[1] - sound.shape[1]
            done += sound.shape[1]
            yield sound
        if done >= length or patience < 0:
            return


def _decoded(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    for packet in _packets(container, stream):
        try:
            yield from stream.decode(packet)
        except av.error.FFmpegError:
            continue


def _packets(container: InputContainer, stream: AudioStream) -> "Iterator[av.Packet[AudioStream]]":
    """Every packet of a track, until the end or the damage that stops the demuxer; the last one flushes."""
    try:
        yield from container.demux(stream)
    except av.error.FFmpegError:
        return
