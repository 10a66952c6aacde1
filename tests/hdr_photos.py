"""HDR photos of known greys, made at run time: AVIF by ffmpeg, HEIC laid out by hand."""

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.samples import ffmpeg

GREYS = (20, 80, 128, 180, 200)
"""SDR values of the strips, left to right."""
_STRIP, _HEIGHT = 64, 128
_WHITE = 203.0
"""cd/m2 of SDR white in an HDR picture (ITU-R BT.2408)."""
_TRANSFERS = {"smpte2084": 16, "arib-std-b67": 18}
"""ffmpeg's name -> ITU-T H.273."""


def avif(path: Path, transfer: str) -> Path:
    """Write the strips as AVIF (AV1, BT.2020, 10 bit)."""
    coding = ("-c:v", "libaom-av1", "-still-picture", "1", "-crf", "5", "-cpu-used", "8")
    return _coded(path, transfer, *coding)


def heic(path: Path, transfer: str) -> Path:
    """Write the strips as HEIC (HEVC, BT.2020, 10 bit)."""
    film = path.with_suffix(".mp4")
    told = f"colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc:range=full:lossless=1:log-level=none"
    _coded(film, transfer, "-c:v", "libx265", "-x265-params", told, "-tag:v", "hvc1")
    data = film.read_bytes()
    place = data.index(b"hvcC") - 4
    configuration = data[place : place + int.from_bytes(data[place : place + 4], "big")]
    place = data.index(b"mdat") - 4
    picture = data[place + 8 : place + int.from_bytes(data[place : place + 4], "big")]
    path.write_bytes(_heif(configuration, picture, _TRANSFERS[transfer]))
    return path


def _coded(path: Path, transfer: str, *coding: str) -> Path:
    row = np.repeat(np.round(_code(transfer) * 65535).astype("<u2"), _STRIP)
    pixels = np.broadcast_to(row[None, :, None], (_HEIGHT, row.size, 3))
    raw = path.with_suffix(".raw")
    raw.write_bytes(np.ascontiguousarray(pixels).tobytes())
    told = f"setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc:range=pc"
    convert = f"scale=out_color_matrix=bt2020nc:out_range=pc,format=yuv444p10le,{told}"
    source = ("-f", "rawvideo", "-pix_fmt", "rgb48le", "-s", f"{row.size}x{_HEIGHT}", "-i", raw)
    ffmpeg(*source, "-vf", convert, "-frames:v", "1", *coding, path)
    return path


def _code(transfer: str) -> NDArray[np.float64]:
    """The strips as PQ (SMPTE ST 2084) or HLG (ARIB STD-B67) code them, 0 to 1."""
    light = ((np.array(GREYS) / 255 + 0.055) / 1.055) ** 2.4 * _WHITE
    if transfer == "smpte2084":
        linear = light / 10_000
        m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
        return np.asarray(((c1 + c2 * linear**m1) / (1 + c3 * linear**m1)) ** m2)
    scene = (light / 1000) ** (1 / 1.2)  # a grey's own light stands for its luminance in the OOTF
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return np.where(scene <= 1 / 12, np.sqrt(3 * scene), a * np.log(np.maximum(12 * scene - b, 1e-9)) + c)


def _heif(configuration: bytes, picture: bytes, transfer: int) -> bytes:
    """Lay one HEVC picture out as ISO/IEC 23008-12 wants it."""
    width, height = _STRIP * len(GREYS), _HEIGHT
    size = _full(b"ispe", struct.pack(">II", width, height))
    depth = _full(b"pixi", bytes((3, 10, 10, 10)))
    colour = _box(b"colr", b"nclx" + struct.pack(">HHHB", 9, transfer, 9, 0x80))
    kept = _box(b"ipco", configuration + size + depth + colour)
    owned = _full(b"ipma", struct.pack(">IHB", 1, 1, 4) + bytes((0x81, 2, 3, 4)))
    item = _box(b"infe", b"\x02\x00\x00\x00" + struct.pack(">HH", 1, 0) + b"hvc1\x00")
    handler = _full(b"hdlr", bytes(4) + b"pict" + bytes(13))
    parts = handler + _full(b"pitm", struct.pack(">H", 1)) + _full(b"iinf", struct.pack(">H", 1) + item)
    parts += _box(b"iprp", kept + owned)
    head = _box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")
    where = len(head) + len(_full(b"meta", parts + _located(0, 0))) + 8
    return head + _full(b"meta", parts + _located(where, len(picture))) + _box(b"mdat", picture)


def _located(start: int, length: int) -> bytes:
    return _full(b"iloc", bytes((0x44, 0)) + struct.pack(">HHHHII", 1, 1, 0, 1, start, length))


def _full(name: bytes, content: bytes) -> bytes:
    return _box(name, bytes(4) + content)


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content
