"""What a figure may be called when it is one of many that were looked at.

Source: Benjamini and Hochberg (1995), and `judged_among_many` of the engine, which this follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from hoest.domain.benefits.rules import Verdict

LEVEL, WEAK_LEVEL = 0.05, 0.10
MANY = "many_looked_at"
AMONG = "among"
"""In an answer: how many series it was judged among, where the primary was chosen after it."""
CHANCE = ("p_above_level", "p_near_level")


def adjusted(p: Sequence[float]) -> list[float]:
    """Return p values adjusted for their number, in the order given.

    Figures are judged where they are read, and a read may not ask the engine; a test holds the two
    formulas together.
    Formula: q_(i) = min over j >= i of p_(j) m / j, at most 1.
    """
    found, least = [1.0] * len(p), 1.0
    for rank, place in sorted(enumerate(sorted(range(len(p)), key=p.__getitem__)), reverse=True):
        least = min(least, p[place] * len(p) / (rank + 1))
        found[place] = least
    return found


def among_many(
    verdict: str, reasons: list[str], p: float | None, q: float
) -> tuple[str, list[str]]:
    """Return the verdict and its reasons with q, the p adjusted for the number of figures.

    A figure never rises by it. Where p alone would have been enough, the number is the reason.
    """
    if verdict in (Verdict.CANNOT, Verdict.NOT_SHOWN) or q <= LEVEL:
        return verdict, reasons
    lower = Verdict.INDICATED if q <= WEAK_LEVEL else Verdict.NOT_SHOWN
    if p is not None and p > LEVEL and lower == verdict:
        return verdict, reasons
    return lower.value, [MANY, *(one for one in reasons if one not in CHANCE)]
