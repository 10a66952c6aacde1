"""SoundFonts written by code: small, exact, and whatever a test needs to be in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from struct import pack

import numpy as np
from numpy.typing import NDArray

RATE = 24_000
PAN, LOOP, SUSTAIN, RELEASE, ATTACK = 17, 54, 37, 38, 34
CUTOFF, ATTENUATION, EXCLUSIVE, ROOT, KEYS, VELOCITIES = 8, 48, 57, 58, 43, 44


@dataclass(frozen=True)
class Zone:
    """One zone of an instrument: a sample and its generators."""

    frames: NDArray[np.int16]
    loop: tuple[int, int] = (0, 0)
    root: int = 69
    generators: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Preset:
    """One preset of one instrument."""

    bank: int
    program: int
    zones: tuple[Zone, ...]
    generators: tuple[tuple[int, int], ...] = field(default=())


def sine(frequency: float = 440.0, seconds: float = 0.5, level: float = 0.5) -> NDArray[np.int16]:
    """Return a sine, whole periods at 440 Hz every 600 frames."""
    t = np.arange(round(seconds * RATE)) / RATE
    return np.round(32767 * level * np.sin(2 * np.pi * frequency * t)).astype(np.int16)


def steady(generators: tuple[tuple[int, int], ...] = (), **more: float) -> Zone:
    """Return a sine of 440 Hz that sounds for as long as its key is held: 11 periods are 600 frames."""
    return Zone(sine(**more), (600, 1200), 69, ((LOOP, 1), *generators))


def knock(seconds: float = 0.3, frequency: float = 200.0) -> NDArray[np.int16]:
    """Return a short decaying sine: a drum."""
    t = np.arange(round(seconds * RATE)) / RATE
    return np.round(30_000 * np.exp(-t * 20) * np.sin(2 * np.pi * frequency * t)).astype(np.int16)


def both(low: int, high: int) -> int:
    """Return a range as the format packs it."""
    return low | high << 8


def write(path: Path, presets: Sequence[Preset]) -> Path:
    """Write a SoundFont 2.04 file."""
    pool, headers = [], b""
    at = 0
    pgen = igen = pbag = ibag = inst = phdr = b""
    bags = gens = pgens = pbags = samples = 0
    for number, preset in enumerate(presets):
        phdr += pack("<20sHHHIII", b"preset", preset.program, preset.bank, pbags, 0, 0, 0)
        pbag += pack("<HH", pgens, 0)
        for oper, amount in (*preset.generators, (41, number)):
            pgen += pack("<HH", oper, amount & 0xFFFF)
            pgens += 1
        pbags += 1
        inst += pack("<20sH", b"instrument", bags)
        for zone in preset.zones:
            ibag += pack("<HH", gens, 0)
            # Ranges must come first and the sample last.
            for oper, amount in (*sorted(zone.generators, key=lambda g: g[0] not in (43, 44)), (53, samples)):
                igen += pack("<HH", oper, amount & 0xFFFF)
                gens += 1
            bags += 1
            end = at + len(zone.frames)
            headers += pack(
                "<20sIIIIIBbHH",
                b"sample",
                at,
                end,
                at + zone.loop[0],
                at + zone.loop[1],
                RATE,
                zone.root,
                0,
                0,
                1,
            )
            samples += 1
            pool.append(np.pad(zone.frames, (0, 46)))
            at = end + 46
    phdr += pack("<20sHHHIII", b"EOP", 0, 0, pbags, 0, 0, 0)
    pbag += pack("<HH", pgens, 0)
    inst += pack("<20sH", b"EOI", bags)
    ibag += pack("<HH", gens, 0)
    headers += pack("<20sIIIIIBbHH", b"EOS", 0, 0, 0, 0, 0, 0, 0, 0, 0)
    none = pack("<HHhHH", 0, 0, 0, 0, 0)
    tables = {
        b"phdr": phdr, b"pbag": pbag, b"pmod": none, b"pgen": pgen + bytes(4), b"inst": inst,
        b"ibag": ibag, b"imod": none, b"igen": igen + bytes(4), b"shdr": headers,
    }  # fmt: skip
    hydra = b"pdta" + b"".join(_chunk(name, body) for name, body in tables.items())
    sound = b"sdta" + _chunk(b"smpl", np.concatenate(pool).astype("<i2").tobytes())
    info = b"INFO" + _chunk(b"ifil", pack("<HH", 2, 4))
    body = b"sfbk" + b"".join(_chunk(b"LIST", part) for part in (info, sound, hydra))
    path.write_bytes(_chunk(b"RIFF", body))
    return path


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + pack("<I", len(body)) + body + bytes(len(body) % 2)
