"""An sf3 is an sf2 whose samples are Ogg Vorbis streams, positions counted in bytes."""

from io import BytesIO
from pathlib import Path
from struct import unpack_from

import numpy as np
import pytest
import soundfile

from immersivaudio.music.errors import SoundFontError
from immersivaudio.music.soundfont import SoundFont
from immersivaudio.music.soundfont.player import SampledPlayer
from tests import tiny_soundfont as tiny


def compressed(folder: Path, stream: bytes) -> Path:
    """Write a font whose only sample is `stream`, chunk left unpadded as the common writer leaves it."""
    body = bytearray(tiny.write(folder / "plain.sf2", [tiny.Preset(0, 0, (tiny.steady(),))]).read_bytes())
    smpl = body.index(b"smpl")
    size = unpack_from("<I", body, smpl + 4)[0]
    body[smpl + 8 : smpl + 8 + size] = stream
    body[smpl + 4 : smpl + 8] = len(stream).to_bytes(4, "little")
    sdta = smpl - 12
    body[sdta + 4 : sdta + 8] = (12 + len(stream)).to_bytes(4, "little")
    header = body.index(b"shdr") + 8 + 20
    for offset, value in ((0, 0), (4, len(stream)), (8, 600), (12, 1200)):
        body[header + offset : header + offset + 4] = value.to_bytes(4, "little")
    body[header + 24 : header + 26] = (0x11).to_bytes(2, "little")
    path = folder / "tiny.sf3"
    path.write_bytes(body)
    return path


def test_a_vorbis_sample_sounds_like_the_plain_one(tmp_path: Path) -> None:
    stream = BytesIO()
    soundfile.write(stream, tiny.sine() / 32768, tiny.RATE, format="OGG", subtype="VORBIS")
    odd = stream.getvalue() + b"\1" * (1 - len(stream.getvalue()) % 2)
    font = compressed(tmp_path, odd)
    tone = SampledPlayer(SoundFont(font), 0, 0).tone(69, 100, 48_000, ())
    spectrum = np.abs(np.fft.rfft(tone.sound[0] * np.hanning(48_000)))
    assert np.argmax(spectrum) == 440


def test_a_broken_stream_says_so(tmp_path: Path) -> None:
    font = compressed(tmp_path, b"OggS" + bytes(500))
    with pytest.raises(SoundFontError, match="compressed sample"):
        SampledPlayer(SoundFont(font), 0, 0).tone(69, 100, 48_000, ())
