"""Sound in blocks: the clip's own, aligned with its first picture, and WAV files of the house."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from immersivaudio.config import Settings
from immersivaudio.errors import StageFailedError, UserError
from immersivaudio.media.container import opened
from immersivaudio.media.decode import frames
from immersivaudio.media.guard import SOUND_CODECS
from immersivaudio.media.loudness import Sound
from immersivaudio.values import SAMPLE_RATE, Clip

BLOCK = SAMPLE_RATE * 2
"""Samples of a block: 2 s, 768 kB."""
_HOLE = Fraction(1, 20)
"""s: a jump in the time stamps from which silence is put in; less is jitter."""


def own_sound(
    clip: Clip, settings: Settings, *, rate: int = SAMPLE_RATE, channels: int = 2
) -> Iterator[Sound]:
    """Yield the clip's own sound from the first picture to the last: shape (n, channels), in blocks.

    Any layout is mixed down by libswresample's matrix. Where the sound begins later than the pictures, has a
    hole or ends early, there is silence; damaged packets are silent. Nothing is yielded for a clip that has
    no sound. Together it has `round(clip.duration * rate)` samples.
    """
    if clip.audio is None or clip.kind == "photo":
        return
    start = _first_picture(clip, settings)
    left = round(clip.duration * rate)
    with opened(clip.path, clip.demuxer, settings) as (container, _):
        stream = _sound_stream(container)
        layout = "stereo" if channels == 2 else "mono"
        resampler = av.AudioResampler(format="flt", layout=layout, rate=rate)
        for block in reblocked(_aligned(container, stream, resampler, start), channels):
            yield block[:left]
            left -= len(block[:left])
            if not left:
                return
    while left:
        yield np.zeros((min(left, BLOCK), channels), np.float32)
        left -= min(left, BLOCK)


def read(path: Path, length: int) -> Iterator[Sound]:
    """Yield a 48 kHz stereo WAV in blocks, cut or filled with silence to `length` samples.

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
                block = file.read(min(BLOCK, length), dtype="float32", always_2d=True)
                if not len(block):
                    break
                length -= len(block)
                yield block
    except soundfile.LibsndfileError as error:
        raise StageFailedError("a soundtrack cannot be read", stage="reconstruct") from error
    while length:
        yield np.zeros((min(length, BLOCK), 2), np.float32)
        length -= min(length, BLOCK)


def check(path: Path) -> None:
    """Raise `UserError` where a file that somebody brings is not sound that `read` takes."""
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


def write(path: Path, blocks: Iterable[Sound]) -> None:
    """Write blocks as a 48 kHz stereo float32 WAV."""
    import soundfile

    with soundfile.SoundFile(path, "w", SAMPLE_RATE, 2, subtype="FLOAT", format="WAV") as file:
        for block in blocks:
            file.write(block)


def reblocked(pieces: Iterable[Sound], channels: int = 2, size: int = BLOCK) -> Iterator[Sound]:
    """Yield the same sound in blocks of `size` samples, the last one shorter."""
    held: list[Sound] = []
    count = 0
    for piece in pieces:
        held.append(piece)
        count += len(piece)
        if count >= size:
            joined = np.concatenate(held)
            whole = count // size * size
            yield from np.split(joined[:whole], whole // size)
            held, count = [joined[whole:]], count - whole
    if count:
        yield np.concatenate(held).reshape(-1, channels)


def _first_picture(clip: Clip, settings: Settings) -> Fraction:
    """The container's time of the first picture shown, s: the zero of every time in the house."""
    with opened(clip.path, clip.demuxer, settings) as (container, stream):
        frame = next(frames(container, stream), None)
        if frame is None or frame.pts is None:
            return Fraction(0)
        return frame.pts * Fraction(frame.time_base or stream.time_base or 0)


def _sound_stream(container: InputContainer) -> AudioStream:
    """The stream that `Clip.audio` speaks of."""
    for stream in container.streams.audio:
        if stream.codec_context is not None and stream.codec_context.codec.canonical_name in SOUND_CODECS:
            return stream
    raise StageFailedError("the clip's sound is gone", "send it again", stage="reconstruct")


def _aligned(
    container: InputContainer, stream: AudioStream, resampler: av.AudioResampler, start: Fraction
) -> Iterator[Sound]:
    """Decoded sound from `start` on, holes filled, what overlaps left out."""
    rate = resampler.rate
    first = round(start * rate)
    done = 0
    for frame in _decoded(container, stream):
        for piece in resampler.resample(frame):
            sound: Sound = piece.to_ndarray().reshape(-1, piece.layout.nb_channels).astype(np.float32)
            stamp = _sample(piece, rate)
            missing = 0 if stamp is None else stamp - first - done
            if missing > _HOLE * rate or (missing > 0 and not done):
                yield np.zeros((missing, sound.shape[1]), np.float32)
                done += missing
            elif missing < -_HOLE * rate or (missing < 0 and not done):
                sound = sound[-missing:]
            done += len(sound)
            yield sound


def _sample(frame: AudioFrame, rate: int) -> int | None:
    """Which sample of the stream a frame begins with; None where it does not say."""
    if frame.pts is None or frame.time_base is None:
        return None
    return round(frame.pts * rate * frame.time_base.numerator / frame.time_base.denominator)


def _decoded(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except av.error.FFmpegError:
            return
        if packet is None:
            return
        try:
            yield from stream.decode(packet)
        except (av.error.InvalidDataError, av.error.EOFError):
            continue
