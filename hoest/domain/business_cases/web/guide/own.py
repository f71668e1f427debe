"""Which steps the guide has of its own: need, alternatives, costs, benefits, assumptions, owner."""

from __future__ import annotations

from hoest.domain.business_cases.web.guide import alternatives, assuming, money, need, steps


def register() -> None:
    """Put the steps in the guide."""
    for step in (
        need.NEED_STEP,
        alternatives.STEP,
        money.COSTS_STEP,
        money.GIVES_STEP,
        assuming.STEP,
        need.FOLLOWED_STEP,
    ):
        steps.register(step)
