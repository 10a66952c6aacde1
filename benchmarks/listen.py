"""Every palette over three clips, as one page to listen to: a person judges it in five minutes.

python -m benchmarks.listen [-o out/listen] [--clips FILE ...] [--palettes NAME ...]

The page is a folder of its own: sound, pictures and figures lie beside it, and nothing comes from elsewhere.
"""

import argparse
import json
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
from immersivaudio.pipeline import Analysis, Pipeline
from immersivaudio.values import CueSheet, Request
from tests import hearing, measure

SHARED = ("bbb_480p_30s.mp4", "sintel_trailer_52s.mp4")
"""Judged beside the example where they are at hand."""
DRAWN = 2
"""Films of our own drawing in their place."""
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
    request = Request(mood=palette)
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
        "file": stem.name,
        "seconds": float(sheet.duration),
        "about": f"{sheet.tempo:.0f} bpm, {sheet.metre}, {sheet.tonic} {sheet.mode}",
        "players": ", ".join(sheet.instruments),
        "cues": [{"at": float(cue.start), "label": cue.label} for cue in sheet.cues],
        "hits": hits_of(sheet, misses),
        "loudness": loudness.integrated,
        "peak": loudness.true_peak,
        "measures": {name: round(value, 2) for name, value in measures.items()},
        "cost": cost / float(sheet.duration),
    }


def hits_of(sheet: CueSheet, misses: Sequence[float] | np.ndarray[Any, Any]) -> list[Facts]:
    """Return the hit points with how far off (ms) the nearest onset is heard."""
    return [
        {"at": float(hit.time), "strength": hit.strength, "kind": hit.kind, "off": round(float(off), 1)}
        for hit, off in zip(sheet.hits, misses, strict=True)
    ]


def pieces(sources: Sequence[Path], palettes: Sequence[str], out: Path) -> Iterator[Facts]:
    """Yield every clip with all its pieces."""
    pipeline = Pipeline()
    for source in sources:
        seen = pipeline.analyse(pipeline.open(source, photo_duration=8.0))
        preview(source, out / f"{source.stem}.mp4")
        told: list[Facts] = []
        for palette in palettes:
            stem = out / f"{source.stem}-{palette.replace(' ', '-')}"
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
