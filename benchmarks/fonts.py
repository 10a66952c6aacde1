"""Another SoundFont than the one we carry: is it as heavy, once every player has the same loudness?

python -m benchmarks.fonts FONT

Players are brought to one K-weighted loudness with any font; what that leaves open is where a tone's weight
lies. Measured per player as the share of its power above 250 Hz, against the font we carry, with and without
the filters of `music/soundfont/player.py`; then whole pieces, by the measures of `benchmarks.sound`.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks import report
from benchmarks.sound import brief, folded
from immersivaudio import music
from immersivaudio.music.instruments import TABLE, Instrument
from immersivaudio.music.soundfont import SoundFont
from immersivaudio.music.soundfont.bank import DRUM_BANK
from immersivaudio.music.soundfont.player import SampledPlayer
from tests import hearing, measure

PLAYERS = ("upright bass", "finger bass", "fretless bass", "picked bass", "tuba", "drum kit", "double basses")
STYLES = ("rock", "jazz", "cinematic", "folk", "funk", "string quartet")
SECONDS = 20
EDGE = 250.0
"""Hz: a small loudspeaker begins there."""


def weight(font: Path, row: Instrument, *, mended: bool) -> float:
    """Return how much of a player's power lies above `EDGE`, dB."""
    kit = row.program is not None and row.program < 0
    bank, program = (DRUM_BANK, row.kit) if kit else (0, row.program or 0)
    player = SampledPlayer(SoundFont(font), bank, program, rings=kit)
    if not mended:
        player._touch = ()  # what is measured is the font as it comes
    middle = (row.low + row.high) // 2
    above = whole = 0.0
    for key in (36, 38, 42) if kit else (middle - 7, middle, middle + 5):
        sound = player.tone(key, 96, 48_000, ()).sound.mean(axis=0)[:48_000]
        power = np.abs(np.fft.rfft(sound, 65_536)) ** 2
        above += power[np.fft.rfftfreq(65_536, 1 / 48_000) >= EDGE].sum()
        whole += power.sum()
    return float(10 * np.log10(above / whole))


def mixed(font: Path, palette: str, folder: Path) -> list[str]:
    """Return the measures of a piece as cells."""
    rendering = music.render(music.compose(brief(palette, SECONDS)), folder, soundfont=font)
    sound, judged = hearing.load(rendering.path), measure.loudness(rendering.path)
    power = np.abs(np.fft.rfft(sound.mean(axis=1))) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / hearing.RATE)
    bottom = 10 * np.log10(power[frequency < 120].sum() / power.sum())
    return [
        f"{bottom:.1f}",
        f"{hearing.picture(sound).slope:.1f}",
        f"{folded(sound):.1f}",
        f"{judged.integrated:.1f}",
    ]


def main() -> None:
    """Write the section."""
    other = Path(sys.argv[1])
    ours = music.find_soundfont(folders=()).path
    rows = []
    for name in PLAYERS:
        row = TABLE[name]
        found = [weight(ours, row, mended=True), weight(other, row, mended=False)]
        found.append(weight(other, row, mended=True))
        rows.append([name, *(f"{value:.1f}" for value in found)])
    heads = ["player", f"{ours.stem}, dB", f"{other.stem} as it comes", "mended"]
    with tempfile.TemporaryDirectory() as folder:
        lines = [
            [f"{style}, {font.stem}", *mixed(font, style, Path(folder))]
            for style in STYLES
            for font in (ours, other)
        ]
    text = (
        f"Share of a player's power above {EDGE:.0f} Hz, dB under all of it, at velocity 96; then "
        f"{SECONDS} s of six styles.\n\n{report.table(heads, rows)}\n\n"
        + report.table(
            ["piece", "under 120 Hz, dB", "slope, dB/oct", "lost in mono, dB", "LUFS"],
            lines,
        )
    )
    report.write("Another SoundFont", text)


if __name__ == "__main__":
    main()
