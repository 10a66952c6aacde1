#!/usr/bin/env bash
# One would guess: importing onnxruntime on Linux writes no file, as its telemetry was Windows' alone for years.
# What happens: 1.32.0 writes a file .ses with a time and an identifier into the temporary folder at import, before any
# session is made. Not where CI is set in the environment, so a continuous integration never sees it; and not with
# ORT_DISABLE_TELEMETRY=1, which is read at import.
# Versions: onnxruntime 1.32.0, numpy 2.3.5, Linux x86-64. Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "onnxruntime==1.32.0" "numpy==2.3.5"
seen() {  # what an import leaves in an empty temporary folder
    rm -rf "$folder/tmp" && mkdir "$folder/tmp"
    env -u CI "$@" TMPDIR="$folder/tmp" "$folder/venv/bin/python" -c "import onnxruntime"
    ls -A "$folder/tmp"
}
plain=$(seen)
in_ci=$(seen CI=true)
off=$(seen ORT_DISABLE_TELEMETRY=1)
echo "plain: '$plain'; with CI=true: '$in_ci'; with ORT_DISABLE_TELEMETRY=1: '$off'"
# Seen: plain: '.ses'; with CI=true: ''; with ORT_DISABLE_TELEMETRY=1: ''
[ "$plain" = ".ses" ] && [ -z "$in_ci" ] && [ -z "$off" ]
