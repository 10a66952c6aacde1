"""What a person reads when the clip is done, and what a machine reads instead."""

import json
from typing import Any

from pydantic import TypeAdapter
from rich.console import Console
from rich.table import Table
from rich.text import Text

from immersivaudio.values import Clip, CueSheet, Receipt, ScoredClip, SyncFigure

_ORIGINAL = {
    "keep": "kept, with the music under it",
    "mix": "mixed under, ducked where someone speaks",
    "replace": "replaced by the music",
}

LABELS = (
    "the cue sheet was changed by hand: its moods and prompts are labels and change no sound; "
    "`immersivaudio remix` changes the mood"
)
"""A note on what of an edited sheet does nothing."""
_CURVES = {"power", "before_lufs"}
"""Of a receipt: what was metered, for a page that draws it."""


def show(scored: ScoredClip, console: Console | None = None) -> None:
    """Print the summary."""
    console = console or Console()
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for name, text in rows(scored):
        grid.add_row(name, Text(text))
    console.print()
    console.print(Text("♪ "), Text(str(scored.path), style="bold"), sep="")
    console.print(grid)


def rows(scored: ScoredClip) -> list[tuple[str, str]]:
    """The summary as (heading, text) pairs, in the order of interest."""
    clip, sheet, receipt = scored.clip, scored.sheet, scored.receipt
    by_hand = LABELS in receipt.notes
    lines = [
        ("seen", sheet.scene),
        ("mood", sheet.palette if by_hand else f"{sheet.mood} ({sheet.palette})"),
        ("decided by", ", ".join(receipt.evidence)),
        ("music", music(sheet)),
        ("form", " ".join(f"{cue.label}:{float(cue.start):.1f}s" for cue in sheet.cues)),
        ("cuts", _cuts(receipt)),
        ("sync", sync(receipt.sync) if receipt.sync else ""),
        ("sound", _sound(receipt)),
        ("its own sound", _ORIGINAL[receipt.original] if clip.audio else ""),
        ("picture", _picture(clip, receipt)),
        ("prompt", "" if by_hand else sheet.prompt),
        ("seed", f"{sheet.seed}, take {sheet.take}"),
        ("share", receipt.share),
        ("time", _time(receipt)),
        ("backends", ", ".join(f"{stage} {name}" for stage, name in receipt.backends.items())),
    ]
    lines += [("note", note) for note in receipt.notes]
    return [(name, text) for name, text in lines if text]


def sync(figure: SyncFigure) -> str:
    """The sync figure in one line."""
    return (
        f"{figure.sync:+.2f}: {figure.hit} of {figure.cuts} cuts have an onset within 40 ms, "
        f"{figure.chance:.0%} of all moments have one; TBIoU {figure.tbiou:.2f}"
    )


def music(sheet: CueSheet) -> str:
    """Tempo, key and players in one line."""
    key = str(sheet.key)
    return f"{sheet.tempo:.0f} bpm, {sheet.metre}, {key}; {', '.join(sheet.instruments)}"


def as_json(scored: ScoredClip) -> str:
    """The whole result as one JSON object: path, clip, sheet, receipt without its curves."""
    parts: dict[str, Any] = {
        name: TypeAdapter(type(value)).dump_python(value, mode="json", exclude=_CURVES)
        for name, value in (("clip", scored.clip), ("sheet", scored.sheet), ("receipt", scored.receipt))
    }
    return json.dumps({"path": str(scored.path), **parts}, ensure_ascii=False)


def _cuts(receipt: Receipt) -> str:
    if not receipt.hits_planned:
        return "none to land on"
    return f"{receipt.hits_hit} of {receipt.hits_planned} hit points have an accent within 25 ms"


def _picture(clip: Clip, receipt: Receipt) -> str:
    if clip.kind == "photo":
        return "a slow pan and zoom over the photo"
    return "copied, not re-encoded" if receipt.video_copied else "encoded anew as H.264"


def _sound(receipt: Receipt) -> str:
    gap = (
        f", speech {receipt.speech_gap_lu:.0f} LU over the music" if receipt.speech_gap_lu is not None else ""
    )
    return (
        f"{receipt.loudness_lufs:.1f} LUFS, true peak {receipt.true_peak_dbtp:.1f} dBTP, "
        f"length off by {abs(float(receipt.length_error)) * 1000:.0f} ms{gap}"
    )


def _time(receipt: Receipt) -> str:
    parts = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in receipt.seconds.items())
    return f"{sum(receipt.seconds.values()):.1f} s ({parts})"
