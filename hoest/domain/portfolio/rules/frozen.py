"""The basis of a decision, frozen: canonical JSON and its hash. No Django.

Why: a decision is read years later, when facts, texts and documents have moved on. The hash lets
anybody see that what is shown is what was decided on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

BASIS_VERSION = 2
"""2: also the mandate the amount falls under, and what the sponsor recommended."""


def canonical(basis: Mapping[str, Any]) -> str:
    """Return the basis as JSON with sorted keys and no spaces; dates are ISO texts already."""
    return json.dumps(basis, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def basis_hash(basis: Mapping[str, Any]) -> str:
    """Return SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(basis).encode()).hexdigest()
