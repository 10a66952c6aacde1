"""Write docs/models.md: a card for every model of the catalogue.

python -m docs.models
"""

from pathlib import Path

from immersivaudio.models import CATALOGUE, Model
from immersivaudio.registry import STAGES

PAGE = Path(__file__).parent / "models.md"
_HEAD = """# Models

What `immersivaudio models pull NAME` brings, and what may be done with it. Written by
`python -m docs.models` from the catalogue (`immersivaudio/models/catalogue.py`); how each is used:
[the neural stages](neural.md).

**Memory**, of a GPU or of the machine, is what the weights take in 16 bits, from the number of parameters;
what works on them comes on top, and was not measured: they cannot be fetched where this is developed.
**Speed** is of the same architecture with random weights, on which it does not depend; the machines and the
ratios are in [benchmarks](benchmarks.md).
"""


def page() -> str:
    """Return the page."""
    parts = [_HEAD]
    for stage in STAGES:
        own = [model for model in CATALOGUE if model.stage == stage]
        if own:
            parts.append(f"## {stage.capitalize()}\n\n{_table(own)}\n")
    return "\n".join(parts)


def _table(models: list[Model]) -> str:
    lines = [
        "| model | what it is | download | memory | licence | commercial use | speed | pinned at |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for model in models:
        cells = (
            f"`{model.name}`",
            model.summary,
            f"{model.megabytes:,} MB",
            _memory(model),
            model.licence.partition(":")[0],
            _commercial(model),
            model.speed or "not measured here",
            f"`{model.revision[:8]}`",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _commercial(model: Model) -> str:
    if "AGPL" in model.licence:
        return "with your source published, or a licence bought"
    return "yes" if model.commercial else "**no**"


def _memory(model: Model) -> str:
    if not model.parameters:
        return "what a piece plays, 20 MB at most"  # a SoundFont, `music/soundfont/bank.py`
    size = model.parameters * 2e6
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
