"""4,000 mixed requests on 8 threads and 4 pooled connections: nobody meets anybody else's rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REQUESTS = 4000
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_no_request_meets_the_rows_of_another_municipality(own_database: str):
    environment = {
        **os.environ,
        "HOEST_DATABASE_NAME": own_database,
        "HOEST_DATABASE_ROLE": "app",
        "DJANGO_SETTINGS_MODULE": "hoest.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    environment.pop("HOEST_TESTING", None)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.tenancy.pool_run", str(REQUESTS)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    facts = json.loads(done.stdout.splitlines()[-1])
    assert facts["leaks"] == []
    assert facts["faults"] == []
    assert facts["requests"] == REQUESTS
    assert facts["connections"] == 4
    assert facts["waited"] > 0, "nobody ever waited for a connection: the pool was not shared"
    assert min(facts["seen"].values()) > 100, facts["seen"]
    assert sum(facts["written"].values()) == facts["seen"]["write"]
    assert min(facts["written"].values()) > 50
