#!/usr/bin/env bash
# One would guess: asking a decoded frame for its display matrix (frame.side_data) works whatever else it carries.
# What happens: PyAV builds the whole container from an enumeration of the kinds it knows, and FFmpeg 8.1 attaches
# newer ones (29: the view of spatial video, 31: EXIF). A Motion JPEG of pictures with EXIF, as cameras write them,
# raises ValueError on access; frame.rotation still tells the angle.
# Versions: av 18.1.0 (FFmpeg 8.1), pillow 11.3.0. Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "av==18.1.0" "pillow==11.3.0"
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys

import av
from PIL import Image

path = f"{sys.argv[1]}/picture.jpg"
exif = Image.Exif()
exif[0x0110], exif[0x0112] = "camera", 6  # the model, and "turn by 90 degrees"
Image.new("RGB", (64, 48), "red").save(path, exif=exif)
print("av", av.__version__, "FFmpeg libavcodec", av.library_versions["libavcodec"])
with av.open(path, format="jpeg_pipe") as container:
    frame = next(container.decode(video=0))
try:
    said = f"{len(frame.side_data)} kinds of side data"
except ValueError as error:
    said = f"ValueError: {error}"
print(said)
print("rotation", frame.rotation)
sys.exit(0 if said.startswith("ValueError") and abs(frame.rotation) == 90 else 1)
PYTHON
