"""What does a stranger's ear call every style? Tags by a model that never saw us: a judge, no dependency.

python -m benchmarks.tags [palette ...]

musicnn (Pons & Serra, 2019) tags music with fifty words, learnt from listeners of the Million Song Dataset
or of MagnaTagATune; its package carries both networks. It needs, beside what the tests need, and in an
environment of its own: pip install tensorflow-cpu, and pip install --no-deps musicnn==0.1.0. What a style
should be called was written down before anything was judged; a style no list has a word for is named as such.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import librosa
import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks import report
from benchmarks.composition import a_brief
from immersivaudio import music

RATE, HOP, SIZE, BANDS, FRAMES = 16_000, 256, 512, 96, 187
SECONDS = 36
MTT, MSD = "MTT_musicnn", "MSD_musicnn"

WANTED: dict[str, tuple[str, str]] = {
    "house": (MSD, "House, dance, electronic"),
    "deep house": (MSD, "House, dance, electronic, chillout"),
    "techno": (MTT, "techno, electronic"),
    "trance": (MTT, "techno, electronic, dance"),
    "drum and bass": (MTT, "techno, electronic, dance, beat"),
    "dubstep": (MTT, "techno, electronic, beat"),
    "synthwave": (MTT, "electronic, synth, techno"),
    "vaporwave": (MSD, "chillout, chill, electronic, 80s, ambient"),
    "chiptune": (MTT, "electronic, synth, techno"),
    "ambient": (MTT, "ambient, new age"),
    "trap": (MSD, "Hip-Hop, rnb"),
    "phonk": (MSD, "Hip-Hop, electronic"),
    "drill": (MSD, "Hip-Hop, rnb"),
    "boom bap": (MSD, "Hip-Hop"),
    "hip-hop": (MSD, "Hip-Hop, rnb"),
    "lo-fi": (MSD, "chillout, chill, Hip-Hop, jazz"),
    "r&b": (MSD, "rnb, soul, jazz"),
    "gospel": (MSD, "soul, oldies, blues"),
    "disco": (MSD, "dance, 70s, funk, 80s, soul"),
    "funk": (MSD, "funk, soul"),
    "pop": (MSD, "pop, dance"),
    "punk": (MSD, "punk, rock"),
    "metal": (MSD, "metal, heavy metal, hard rock, rock"),
    "rock": (MSD, "rock, hard rock, alternative, classic rock"),
    "indie rock": (MSD, "indie, indie rock, rock, alternative"),
    "blues": (MSD, "blues, jazz"),
    "country": (MSD, "country, folk"),
    "bluegrass": (MSD, "country, folk"),
    "folk": (MSD, "folk, acoustic"),
    "jazz": (MSD, "jazz"),
    "big band": (MSD, "jazz"),
    "bossa": (MSD, "jazz, easy listening, chillout"),
    "salsa": (MSD, "jazz"),
    "samba": (MSD, "jazz"),
    "celtic jig": (MTT, "violin, fast, flute, classical"),
    "celtic reel": (MTT, "violin, fast, flute, country"),
    "string quartet": (MTT, "classical, strings, violin, cello"),
    "baroque": (MTT, "classical, harpsichord, strings, violin"),
    "tango": (MTT, "classical, violin, strings, piano"),
    "flamenco": (MTT, "guitar"),
    "mariachi": (MTT, "guitar"),
    "bollywood": (MTT, "indian, sitar"),
    "solo piano": (MTT, "piano, classical, solo"),
    "melancholic piano": (MTT, "piano, classical, slow"),
    "lullaby": (MTT, "harp, soft, quiet, new age, slow"),
    "wedding": (MTT, "piano, classical, strings, cello"),
    "japanese drama": (MTT, "piano, classical, strings"),
    "korean drama": (MTT, "piano, classical, strings, slow"),
    "epic choir": (MTT, "choir, choral, classical, opera"),
    "cinematic": (MTT, "classical, strings"),
    "epic": (MTT, "classical, strings"),
    "tense": (MTT, "classical, strings"),
    "hopeful": (MTT, "piano, strings, classical"),
    "orchestral waltz": (MTT, "classical, strings"),
    "comedic pizzicato": (MTT, "classical, strings"),
    "horror": (MTT, "ambient, weird"),
}
"""Palette -> which of the two listens, and what it may call it."""


class Judge:
    """One of the two networks."""

    def __init__(self, name: str) -> None:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        import tensorflow

        found = find_spec("musicnn")
        if found is None or not found.submodule_search_locations:
            raise SystemExit("This needs: pip install --no-deps musicnn==0.1.0, and tensorflow-cpu.")
        folder = Path(next(iter(found.submodule_search_locations)))
        self.labels: list[str] = _labels(folder, name)
        v1: Any = tensorflow.compat.v1
        meta = v1.MetaGraphDef()
        meta.ParseFromString((folder / name / ".meta").read_bytes())
        # Without the training half, whose recorded shapes today's TensorFlow refuses.
        hearing = v1.graph_util.extract_sub_graph(meta.graph_def, ["model/Sigmoid", "save/restore_all"])
        for node in hearing.node:
            node.attr.pop("_output_shapes", None)
        graph = tensorflow.Graph()
        with graph.as_default():
            v1.import_graph_def(hearing, name="")
        self._session = v1.Session(graph=graph)
        self._session.run("save/restore_all", {"save/Const:0": f"{folder / name}/"})
        places = [op.outputs[0] for op in graph.get_operations() if op.type == "Placeholder"]
        self._training = next(p for p in places if p.dtype == tensorflow.bool)
        self._sound = next(p for p in places if p.dtype == tensorflow.float32)
        self._scores = graph.get_tensor_by_name("model/Sigmoid:0")

    def hear(self, sound: NDArray[np.float32]) -> list[str]:
        """Return the labels of `sound`, mono at `RATE`, the likeliest first."""
        mel = librosa.feature.melspectrogram(y=sound, sr=RATE, hop_length=HOP, n_fft=SIZE, n_mels=BANDS).T
        mel = np.log10(10000 * mel + 1).astype(np.float32)
        patches = np.stack([mel[i : i + FRAMES] for i in range(0, len(mel) - FRAMES + 1, FRAMES)])
        scores = self._session.run(self._scores, {self._sound: patches, self._training: False})
        return [self.labels[i] for i in np.argsort(scores.mean(axis=0))[::-1]]


def _labels(folder: Path, name: str) -> list[str]:
    settings: dict[str, Any] = {}
    exec((folder / "configuration.py").read_text(), settings)
    labels: list[str] = settings[f"{name[:3]}_LABELS"]
    return labels


def rows(palettes: Sequence[str]) -> Iterator[tuple[str, list[str], set[str]]]:
    """Yield palette, what it is called, and what it should be called."""
    judges = {name: Judge(name) for name in (MTT, MSD)}
    for palette in palettes:
        with tempfile.TemporaryDirectory() as scratch:
            music.render(music.compose(a_brief(palette, 1, SECONDS)), Path(scratch))
            sound, rate = soundfile.read(Path(scratch) / "mix.wav", dtype="float32")
        heard = librosa.resample(sound.mean(axis=1), orig_sr=rate, target_sr=RATE)
        judge, words = WANTED[palette]
        called = judges[judge].hear(heard)[:3]
        sys.stderr.write(f"{palette}: {', '.join(called)}\n")
        yield palette, called, set(words.split(", "))


def main() -> None:
    """Judge the palettes asked for; all of them write the section."""
    asked = sys.argv[1:] or list(WANTED)
    found = list(rows(asked))
    right = [palette for palette, called, wanted in found if wanted & set(called)]
    lines = [
        [palette, ", ".join(called), "yes" if palette in right else "**no**"] for palette, called, _ in found
    ]
    if len(asked) < len(WANTED):
        sys.stdout.write(report.table(["palette", "called", "as wanted"], lines) + "\n")
        return
    unjudged = sorted(set(music.PALETTES) - set(WANTED))
    text = (
        f"musicnn 0.1.0 on {SECONDS} s of every style that one of its lists has a word for. Its first three "
        f"words of fifty hold one that was written down before for **{len(right)} of {len(found)}** styles "
        f"({100 * len(right) / len(found):.0f} %; aim 80 %). No word for: {', '.join(unjudged)}.\n\n"
        + report.table(["palette", "called", "as wanted"], lines)
    )
    report.write("What a tag model calls the styles", text)


if __name__ == "__main__":
    main()
