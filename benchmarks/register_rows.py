"""Rows of the registers that stand beside initiatives, many at a time."""

from __future__ import annotations

from collections.abc import Callable

MAKERS: list[tuple[str, Callable[[int, int], None], int]] = []
