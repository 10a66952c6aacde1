"""How well does music land on the cuts of films? The same figure for people's music and for ours.

    python -m benchmarks.sync [--media ../shared/media/dev] [FILM...]

Films whose music people made (trailers and shorts under CC-BY that packages and repositories carry) are
measured as they are; each is scored anew by the composer, and measured by the same command. Two controls say
what the figure is worth: our music against the same film, shifted round by several seconds, and silence.
`docs/sync.md` has the definitions.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import mean

import numpy as np

from benchmarks import report
from immersivaudio.config import Settings
from immersivaudio.media import decode_audio, onsets, sync
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline, hard_cuts
from immersivaudio.values import SyncFigure

FILMS = ("sintel_trailer_52s.mp4", "bbb_480p_30s.mp4")
SHIFTS = tuple(Fraction(second * 7, 3) for second in range(1, 9))
"""s by which our music is turned round against the film, no whole number of beats."""


@dataclass(frozen=True, slots=True)
class Row:
    """One film: as people scored it, as we do, and by chance."""

    name: str
    people: SyncFigure
    ours: SyncFigure
    shifted: float
    """Mean figure of our music turned round."""


def measured(path: Path, folder: Path) -> Row | None:
    """Measure a film, score it, and measure again; None for one without a cut or sound."""
    settings = Settings()
    pipeline = Pipeline(settings)
    clip = pipeline.open(path)
    seen = pipeline.analyse(clip)
    cuts = hard_cuts(seen.footage)
    heard = onsets.accents(onsets.flux(decode_audio.own_sound(clip, settings)))
    people = sync.figure(cuts, heard, clip.duration)
    if people is None or clip.audio is None:
        return None
    request = ScoreOptions(original="replace")
    scored = pipeline.render(clip, pipeline.plan(seen, request), request, folder / "scored.mp4", folder)
    made = pipeline.open(scored.path)
    own = onsets.accents(onsets.flux(decode_audio.own_sound(made, settings)))
    ours = sync.figure(cuts, own, clip.duration)
    turned = [_turned(cuts, own, shift, clip.duration) for shift in SHIFTS if shift < clip.duration]
    pipeline.close()
    return Row(path.name, people, ours, mean(turned)) if ours else None


def _turned(cuts: Sequence[Fraction], own: np.ndarray, shift: Fraction, duration: Fraction) -> float:
    found = sync.figure(cuts, np.sort((own + float(shift)) % float(duration)), duration)
    return found.sync if found else 0.0


def rows(found: Sequence[Row]) -> Iterator[tuple[object, ...]]:
    """Lines of the table."""
    for row in found:
        for who, figure in (("people", row.people), ("ours", row.ours)):
            yield (
                row.name if who == "people" else "",
                who,
                f"{figure.hit} of {figure.cuts}",
                f"{figure.chance:.0%}",
                f"**{figure.sync:+.2f}**",
                f"{figure.luck:.3f}",
                f"{figure.tbiou:.3f}",
                "" if who == "people" else f"{row.shifted:+.2f}",
            )


def main() -> None:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("films", nargs="*", type=Path)
    parser.add_argument("--media", type=Path, default=Path("../shared/media/dev"))
    options = parser.parse_args()
    paths = options.films or [options.media / name for name in FILMS if (options.media / name).exists()]
    found = []
    for path in paths:
        with tempfile.TemporaryDirectory() as folder:
            if row := measured(path, Path(folder)):
                found.append(row)
    heads = ("film", "music", "cuts hit", "by chance", "sync", "luck", "TBIoU", "ours, turned round")
    report.write("Landing on cuts", _NOTE + report.table(heads, [list(row) for row in rows(found)]))


_NOTE = """Share of hard cuts with a heard onset within 40 ms, minus the share of all moments that have one;
definitions in [sync.md](sync.md). "People": the film's own sound, as its makers mixed it, with voices and
effects. "Luck": how often so many hits come by chance. "Turned round": our music against the same film,
shifted by 2 to 19 s, which is what the figure is for music that knows nothing of the film.

"""

if __name__ == "__main__":
    main()
