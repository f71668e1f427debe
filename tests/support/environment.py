"""Sets the environment before settings are read. Loaded by pytest's `-p`.

One server in tests/.output/data is shared by all test processes; each has a database of its own,
cloned from a migrated template. Tests connect as hoest_app, as the product does.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "tests" / ".output"
os.environ["HOEST_TESTING"] = "1"
os.environ["HOEST_DATABASE_ROLE"] = "app"
os.environ["HOEST_DATA"] = os.environ.get("HOEST_TEST_DATA", str(OUTPUT / "data"))
os.environ.pop("DATABASE_URL", None)
