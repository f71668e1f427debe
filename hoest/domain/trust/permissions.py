"""What may be done with systems, suppliers, data sets, ethics and sheets."""

from __future__ import annotations
