"""Pages of gates: facts, requirements, deviations, decisions, what waits, phase models."""

from __future__ import annotations


def register() -> None:
    """Put panels, rooms, asks and the portfolio's own evidence in their places."""
    from hoest.domain.portfolio.web.gates import asks, panels, search, telling

    asks.register()
    panels.register()
    search.register()
    telling.register()
