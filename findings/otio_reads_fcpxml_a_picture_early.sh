#!/usr/bin/env bash
# Guess: an FCPXML whose times are whole pictures is read back by OpenTimelineIO on the same pictures.
# What happens: its adapter divides and multiplies floats and cuts the result down: of the pictures 0 to 99 at
#   25 a second it reads some one too early (29/25 s is 28.999..., so 28). At 30000/1001 it takes 29 pictures a
#   second, so that every one is wrong.
# Versions: opentimelineio 0.18.1, otio-fcpx-xml-adapter 1.0.0, Python 3.11. 2026-11-29.
# Exits 1 once it reads them all.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install -q opentimelineio==0.18.1 otio-fcpx-xml-adapter==1.0.0
cat > "$work/read.py" <<'PY'
import sys

import opentimelineio as otio

HEAD = '<?xml version="1.0"?><!DOCTYPE fcpxml><fcpxml version="1.8"><resources>'


def read(numerator: int, denominator: int) -> list[int]:
    def at(frame: int) -> str:
        return f"{frame * numerator}/{denominator}s"

    marks = "".join(f'<marker start="{at(n)}" duration="{at(1)}" value="m"/>' for n in range(100))
    text = (
        f'{HEAD}<format id="r1" frameDuration="{numerator}/{denominator}s"/>'
        f'<asset id="r2" src="f.mp4" name="f" start="0s" duration="{at(100)}" hasVideo="1" format="r1"/>'
        f'</resources><event name="e"><project name="p"><sequence format="r1" duration="{at(100)}"><spine>'
        f'<asset-clip ref="r2" name="f" offset="0s" duration="{at(100)}" format="r1">{marks}</asset-clip>'
        "</spine></sequence></project></event></fcpxml>"
    )
    (timeline,) = otio.adapters.read_from_string(text, "fcpx_xml")
    (clip,) = timeline.find_clips()
    return [int(marker.marked_range.start_time.value) for marker in clip.markers]


for rate in ((1, 25), (1001, 30000)):
    early = [n for n, seen in enumerate(read(*rate)) if seen != n]
    print(f"{rate[1] / rate[0]:.3f} a second: {len(early)} of 100 pictures read wrong, first {early[:5]}")
    if not early:
        sys.exit(1)
PY
"$work/env/bin/python" "$work/read.py"
