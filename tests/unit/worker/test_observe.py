"""The dashboard and the alerts ask for figures that the workers truly serve."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest

from worker.runtime.metrics import Metrics

FOLDER = Path(__file__).parents[3] / "docker" / "observe"


def _served() -> dict[str, set[str]]:
    """Names of all samples, and which labels each has."""
    metrics = Metrics()
    metrics.tries.labels("rendered").inc()
    metrics.deliveries.labels("telegram", "delivered").inc()
    metrics.stage_seconds.labels("extract").observe(1)
    metrics.swept.labels("lost").inc()
    for gauge in (metrics._depth, metrics._oldest):
        gauge.labels("render").set(1)
    metrics._ends.labels("dead").set(1)
    metrics._free.labels("store").set(1)
    page = generate_latest(metrics.registry).decode()
    lines = re.findall(r"^(\w+)(?:\{(.*)\})? ", page, re.MULTILINE)
    return {name: set(re.findall(r"(\w+)=", labels)) for name, labels in lines}


def _dashboard() -> list[str]:
    panels: list[dict[str, Any]] = json.loads((FOLDER / "grafana-dashboard.json").read_text())["panels"]
    return [target["expr"] for panel in panels for target in panel["targets"]]


def _rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


@pytest.mark.parametrize("expression", [*_dashboard(), *(rule["expr"] for rule in _rules())])
def test_every_figure_asked_for_is_served_with_those_labels(expression: str) -> None:
    served = _served()
    asked = re.findall(r"(immersivaudio_\w+)(?:\{([^}]*)\})?", expression)
    assert asked or "up{" in expression
    for name, labels in asked:
        assert name in served
        assert set(re.findall(r"(\w+)=~?\"", labels)) <= served[name]
    assert expression.count("(") == expression.count(")")


def test_every_served_figure_is_on_the_dashboard() -> None:
    shown = " ".join(_dashboard())
    ours = {name for name in _served() if not name.endswith(("_created", "_sum", "_count"))}
    assert {name for name in ours if name not in shown} <= {"immersivaudio_requests"}


def test_every_alert_says_what_to_do() -> None:
    for rule in _rules():
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert len(rule["annotations"]["action"]) > 40


def test_panels_do_not_lie_on_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in json.loads((FOLDER / "grafana-dashboard.json").read_text())["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken, panel["title"]
        assert at["x"] + at["w"] <= 24
        taken |= cells
