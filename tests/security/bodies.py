"""Bodies that no browser sends, drawn from a seed: wrong types, sizes, nesting, references. All harmless."""

import json
import random
from collections.abc import Iterator
from typing import Any

REFERENCE = {"path": "/etc/hostname", "meta": {"_type": "gradio.FileData"}}
ADDRESS = {
    "path": "http://127.0.0.1:9/clip",
    "url": "http://127.0.0.1:9/clip",
    "meta": {"_type": "gradio.FileData"},
}


def _odd(dice: random.Random) -> Any:
    return dice.choice(
        [
            REFERENCE, ADDRESS, [REFERENCE], {"value": ADDRESS}, {"video": REFERENCE}, [], {}, [None], [[[]]],
            "x" * 5_000, "\x00", "../../etc/hostname", "file:///etc/hostname", 1e308, -1, 2**70, True, 0.5,
            {"__type__": "update", "value": "x"}, {"is_stream": True, "path": "a"},
        ]
    )  # fmt: skip


def bodies(number: int, count: int, inputs: int, seed: int = 7) -> Iterator[bytes]:
    """Yield `count` bodies for function `number`, which takes `inputs` inputs; none is one the page sends."""
    dice = random.Random(f"{seed} {number}")
    for each in range(count):
        call: dict[str, Any] = {
            "data": [None] * inputs,
            "fn_index": number,
            "session_hash": "abc123",
            "event_data": None,
            "trigger_id": None,
        }
        kind = each % 6
        if kind == 0:
            reference = dice.choice([REFERENCE, ADDRESS, [REFERENCE], {"a": ADDRESS}])
            call["data"] = [reference] * max(1, inputs)
        elif kind == 1:
            call["event_data"] = dice.choice(
                [REFERENCE, [ADDRESS], {"a": {"b": 1}}, {"a": "x" * 500}, "text"]
            )
        elif kind == 2:
            call["data"] = [_odd(dice) for _ in range(inputs + dice.choice([1, 2, 7]))]
        elif kind == 3:
            call[dice.choice(["oauth_token", "batched", "event_id", "request", "data2"])] = _odd(dice)
        elif kind == 4:
            call["fn_index"] = dice.choice([-1, 9_999, 2**63, 0.5, "0", None, True, [number]])
        else:
            call["session_hash"] = dice.choice([None, "", "x" * 65, "a/b", "a b", 7, ["abc"], "\u00e9"])
        if dice.random() < 0.05:
            yield dice.choice([b"", b"[]", b"nul", b'{"data":', b"\xff\xfe", b'{"data": NaN}', b"[" * 2_000])
        else:
            yield json.dumps(call).encode()
