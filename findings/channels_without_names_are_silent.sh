#!/usr/bin/env bash
# One would guess: asking libswresample (through PyAV's AudioResampler, or ffmpeg -ac 2) for stereo mixes whatever
# channels there are. What happens: a layout that has a number of channels and no names (PCM in Matroska, field
# recorders) comes out without an error, and silent where the sound is in its last channel; 9 channels raise.
# Versions: av 18.1.0 (FFmpeg 8.1), numpy 2.3.5. Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "av==18.1.0" "numpy==2.3.5"
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys

import av
import numpy as np

print("av", av.__version__, "FFmpeg libswresample", av.library_versions["libswresample"])


def loudest(count: int) -> float | str:
    """The peak of the stereo mix of a tone that only the last of `count` unnamed channels has."""
    path = f"{sys.argv[1]}/{count}.wav"
    tone = (np.sin(np.arange(48_000) / 20) * 20_000).astype("<i2")
    sound = np.zeros((48_000, count), "<i2")
    sound[:, -1] = tone
    data = sound.tobytes()
    head = b"RIFF" + (36 + len(data)).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    head += b"".join(n.to_bytes(s, "little") for n, s in
                     ((1, 2), (count, 2), (48_000, 4), (96_000 * count, 4), (2 * count, 2), (16, 2)))
    open(path, "wb").write(head + b"data" + len(data).to_bytes(4, "little") + data)
    resampler = av.AudioResampler(format="flt", layout="stereo", rate=48_000)
    peak = 0.0
    with av.open(path) as container:
        try:
            for frame in container.decode(audio=0):
                for piece in resampler.resample(frame):
                    peak = max(peak, float(np.abs(piece.to_ndarray()).max()))
        except av.error.FFmpegError as error:
            return type(error).__name__
    return round(peak, 3)


seen = {count: loudest(count) for count in (2, 10, 12, 16, 9)}
print(seen)
expected = seen[2] > 0.3 and seen[10] == seen[12] == seen[16] == 0.0 and seen[9] == "ArgumentError"
sys.exit(0 if expected else 1)
PYTHON
