"""What `score --profile` writes: every stage once, with what it and its children took."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from immersivaudio.stage_costs import StageCosts

_WORK = "sum(i * i for i in range(2_000_000))"


@pytest.mark.medium
def test_work_of_this_process_and_of_a_child_counts(tmp_path: Path) -> None:
    file = tmp_path / "large"
    file.write_bytes(bytes(3_000_000))
    costs = StageCosts()
    with costs.of("idle"):
        pass
    with costs.of("busy"):
        file.read_bytes()
        eval(_WORK)
    with costs.of("child"):
        subprocess.run([sys.executable, "-c", _WORK], check=True)
    told = json.loads(costs.as_json())["stages"]
    assert list(told) == ["idle", "busy", "child"]
    assert min(told["busy"]["cpu"], told["child"]["cpu"]) > told["idle"]["cpu"]
    assert all(cost["wall"] >= 0 for cost in told.values())
    assert told["busy"]["read"] is None or told["busy"]["read"] >= 3_000_000


@pytest.mark.medium
def test_a_stage_that_runs_twice_is_summed_and_its_peak_is_its_own() -> None:
    costs = StageCosts()
    with costs.of("large"):
        np.ones(30_000_000)
    for _ in range(2):
        with costs.of("small"):
            eval(_WORK)
    assert list(costs.stages) == ["large", "small"]
    large, small = costs.stages["large"].peak, costs.stages["small"].peak
    assert large is None or small is None or large > small


def test_a_stage_that_fails_is_measured_too() -> None:
    costs = StageCosts()
    with pytest.raises(ValueError, match="broken"), costs.of("broken"):
        raise ValueError("broken")
    assert "broken" in costs.stages
