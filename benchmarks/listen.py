"""Every style as one page to listen to, beside music that people made.

python -m benchmarks.listen [-o out/listen] [--clips FILE ...] [--palettes NAME ...]

All of them score the example; what a clip is given unasked scores two longer clips, too. Excerpts of the
soundtracks of games that happen to be installed are the controls, and stay in the page's folder. Heard blind,
all are shuffled, and named only once they are judged. The page is a folder of its own: sound, pictures and
figures lie beside it, and nothing comes from elsewhere.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import film_maker, report, spectrogram
from benchmarks.sound import AIMS, measures_of
from immersivaudio import example
from immersivaudio.music import PALETTES, find_soundfont
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Analysis, Pipeline
from immersivaudio.stages.enhance.genres import STYLES, WAITS
from immersivaudio.values import CueSheet
from tests import hearing, measure

SHARED = ("bbb_480p_30s.mp4", "sintel_trailer_52s.mp4")
"""Judged beside the example where they are at hand."""
DRAWN = 2
"""Films of our own drawing in their place."""
CONTROLS = ("/usr/share/games/*/**", "/usr/share/*/music/**", "/usr/share/*/data/core/music/**")
"""Where distributions put the music of games."""
WAV = ("-ar", str(hearing.RATE), "-ac", "2")
EXCERPT, AT_MOST = 30, 24
"""s of each, and how many."""
PAGE = Path(__file__).with_name("listen.html")
Facts = dict[str, Any]


def clips(folder: Path) -> list[Path]:
    """Return the example and two more clips: the shared ones, else films drawn into `folder`."""
    shared = [measure.shared_folder() / name for name in SHARED]
    return [example.make(folder / "example.mp4"), *([p for p in shared if p.exists()] or _drawn(folder))]


def _drawn(folder: Path) -> list[Path]:
    longest = sorted(film_maker.films(), key=lambda film: len(film.frames))[-DRAWN:]
    for film in longest:
        film.write(folder / f"{film.name}.mp4")
    return [folder / f"{film.name}.mp4" for film in longest]


def preview(clip: Path, out: Path) -> None:
    """Write a small silent copy of the pictures, to watch beside the music."""
    small = ["-map", "0:v:0", "-vf", "scale=-2:216,format=yuv420p", "-movflags", "+faststart"]
    measure.ffmpeg(
        "-i", clip, *small, "-c:v", "libx264", "-preset", "veryfast", "-crf", "30", "-g", "15", out
    )


def encode(mix: Path, out: Path) -> None:
    """Write the mix as an MP3 that every phone plays."""
    measure.ffmpeg("-i", mix, "-c:a", "libmp3lame", "-b:a", "128k", out)


def piece(pipeline: Pipeline, seen: Analysis, palette: str, stem: Path, scratch: Path) -> Facts:
    """Score the clip with `palette`, leave an MP3 and a PNG at `stem`, and return what the page tells."""
    request = ScoreOptions(mood=palette)
    sheet = pipeline.plan(seen, request)
    if sheet.palette != palette:
        raise SystemExit(f"Asked for {palette!r}, the enhancer chose {sheet.palette!r}.")
    start = time.process_time()
    (track,) = pipeline.generate(sheet, request, scratch)
    cost = time.process_time() - start
    sound = hearing.load(track.path)
    planned = [round(at * hearing.RATE) for at in track.hits]
    loudness = measure.loudness(track.path)
    misses = np.nan_to_num(hearing.misses(sound, planned), posinf=999.0)
    encode(track.path, stem.with_suffix(".mp3"))
    spectrogram.draw(sound, stem.with_suffix(".png"))
    measures = measures_of(sound, loudness)
    return {
        "palette": palette,
        "family": PALETTES[palette].family,
        "file": stem.name,
        "seconds": float(sheet.duration),
        "about": f"{sheet.tempo:.0f} bpm, {sheet.metre}, {sheet.key}",
        "players": ", ".join(sheet.instruments),
        "cues": [{"at": float(cue.start), "label": cue.label} for cue in sheet.cues],
        "hits": hits_of(sheet, misses),
        "loudness": loudness.integrated,
        "peak": loudness.true_peak,
        "measures": {name: round(value, 2) for name, value in measures.items()},
        "cost": cost / float(sheet.duration),
    }


def controls(out: Path) -> Iterator[Facts]:
    """Yield excerpts of music that people made, from the soundtracks installed on this machine."""
    found = sorted(
        {
            file
            for place in CONTROLS
            for kind in ("ogg", "mp3", "opus", "flac")
            for file in Path("/").glob(f"{place[1:]}/*.{kind}")
            if file.stat().st_size > 400_000
        }
    )
    for number, file in enumerate(found[:: max(1, len(found) // AT_MOST)][:AT_MOST]):
        stem, game = out / f"control-{number}", file.parts[-3]
        with tempfile.TemporaryDirectory() as scratch:
            mix = Path(scratch) / "mix.wav"
            measure.ffmpeg("-ss", "20", "-t", str(EXCERPT), "-i", file, *WAV, mix)
            sound, loudness = hearing.load(mix), measure.loudness(mix)
            encode(mix, stem.with_suffix(".mp3"))
        spectrogram.draw(sound, stem.with_suffix(".png"))
        yield {
            "palette": f"{file.stem} ({game})",
            "family": "made by people",
            "file": stem.name,
            "seconds": float(EXCERPT),
            "about": "control",
            "players": "",
            "cues": [],
            "hits": [],
            "loudness": loudness.integrated,
            "peak": loudness.true_peak,
            "measures": {name: round(value, 2) for name, value in measures_of(sound, loudness).items()},
            "cost": 0.0,
        }


def hits_of(sheet: CueSheet, misses: Sequence[float] | np.ndarray[Any, Any]) -> list[Facts]:
    """Return the hit points with how far off (ms) the nearest onset is heard."""
    return [
        {"at": float(hit.time), "strength": hit.strength, "kind": hit.kind, "off": round(float(off), 1)}
        for hit, off in zip(sheet.hits, misses, strict=True)
    ]


def pieces(sources: Sequence[Path], palettes: Sequence[str], out: Path) -> Iterator[Facts]:
    """Yield every clip with its pieces; the controls stand beside the first."""
    pipeline = Pipeline()
    waiting = {name for name, style in STYLES.items() if style.leaning == WAITS}
    unasked = [palette for palette in palettes if palette not in waiting]
    for number, source in enumerate(sources):
        seen = pipeline.analyse(pipeline.open(source, photo_duration=8.0))
        preview(source, out / f"{source.stem}.mp4")
        told: list[Facts] = [] if number else list(controls(out))
        for palette in unasked if number else palettes:
            stem = out / f"{source.stem}-{re.sub('[^a-z0-9]+', '-', palette)}"
            with tempfile.TemporaryDirectory() as scratch:
                told.append(piece(pipeline, seen, palette, stem, Path(scratch)))
            sys.stderr.write(f"{source.name}: {palette}\n")
        yield {"name": source.stem, "preview": f"{source.stem}.mp4", "pieces": told}


def main(arguments: Sequence[str] | None = None) -> None:
    """Render, measure, and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-o", "--out", type=Path, default=Path("out/listen"))
    parser.add_argument("--clips", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--palettes", nargs="+", choices=list(PALETTES), default=list(PALETTES), metavar="NAME"
    )
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        sources = asked.clips or clips(Path(scratch))
        told = list(pieces(sources, asked.palettes, asked.out))
    facts = {
        "made": f"{time.strftime('%Y-%m-%d')}, {report.machine()}, {find_soundfont(None).path.name}",
        "aims": AIMS,
        "clips": told,
    }
    # "</" must not end the script it stands in.
    data = json.dumps(facts).replace("</", "<\\/")
    page = asked.out / "index.html"
    page.write_text(PAGE.read_text().replace("{{facts}}", data))
    print(page)


if __name__ == "__main__":
    main()
