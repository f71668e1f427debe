"""The web server's way in imports every view before it is forked, however Python is started."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

LOOK = "import sys, hoest.config.wsgi; print('hoest.domain.benefits.web.urls' in sys.modules)"


@pytest.mark.parametrize("flags", [[], ["-O"]], ids=["plain", "optimised"])
def test_every_view_is_imported_before_the_first_request(flags: list[str], postgres: None) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *flags, "-c", LOOK],
        env={**os.environ, "HOEST_DATABASE_ROLE": "app"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "True", done.stderr[-2000:]
