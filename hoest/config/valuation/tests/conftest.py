"""The fixture that runs `hoest value` on standard input."""

from __future__ import annotations

import io
import json
import sys

import pytest

from hoest.config.cli import main
from hoest.config.valuation.tests.cases import Run


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `hoest value --json` on standard input and return exit code, stdout, stderr."""

    def run_on(raw: bytes | str | object, *options: str) -> tuple[int, str, str]:
        if not isinstance(raw, bytes | str):
            raw = json.dumps(raw)
        data = raw.encode() if isinstance(raw, str) else raw
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        code = main(["value", "-", *(options or ("--json",))])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run_on
