"""Case A of Copenhagen, changed in one place, and the ways the tests read what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Answer = dict[str, Any]
Run = Callable[..., tuple[int, str, str]]


def case_a() -> Answer:
    return {
        "base_year": 2016,
        "price_level": 2016,
        "rate": "DK-2021",
        "lines": [
            {
                "name": "Investering",
                "kind": "investment",
                "recurring": False,
                "amounts": {"2016": 3.0},
            },
            {"name": "Effekt", "kind": "benefit", "recurring": True, "amounts": {"2017": 1.8}},
        ],
        "horizon": 2021,
        "unit": "m",
    }


def changed(where: str, value: object) -> Answer:
    """Case A with one place changed; `where` is like `lines.1.kind`."""
    made: Any = case_a()
    at = made
    *path, last = where.split(".")
    for step in path:
        at = at[int(step)] if step.isdigit() and isinstance(at, list) else at[step]
    at[int(last) if isinstance(at, list) else last] = value
    return made


def without(where: str) -> Answer:
    made: Any = case_a()
    at = made["lines"][1] if where.startswith("lines.1.") else made
    del at[where.rpartition(".")[2]]
    return made


def refused(run: Run, raw: bytes | str | object) -> str:
    """The one sentence on stderr; nothing on stdout, exit code 2."""
    code, out, err = run(raw)
    assert (code, out) == (2, "")
    assert err.endswith(".\n")
    assert err.count("\n") == 1
    return err.strip()


def answered(run: Run, raw: bytes | str | object) -> Answer:
    code, out, err = run(raw)
    assert (code, err) == (0, "")
    answer: Answer = json.loads(out)
    return answer
