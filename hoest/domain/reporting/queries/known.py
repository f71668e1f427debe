"""How what came is known: the benefits of an account that are measured, by grade and verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Count, Q

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.rules import MethodGrade, Proof, Verdict
from hoest.domain.reporting.queries.figures import MEASURED_RUNGS, AccountFilter
from hoest.domain.reporting.queries.kept import Ground
from hoest.domain.reporting.rules.account import BenefitFigures


def known_among(
    ground: Ground,
    wanted: AccountFilter,
    benefit_type: str,
    price_level: int | None,
    *,
    takes_unplaced: bool = True,
) -> Iterator[Proof]:
    """Yield a proof for each measured benefit of one account; one query.

    `price_level` None takes every level. On a measured rung a benefit without an estimate is
    counted: that rung holds only with a baseline and a measurement after go-live.
    """
    rows = ground.rows(wanted, benefit_type).filter(rung__in=MEASURED_RUNGS)
    if price_level is not None:
        level = Q(price_level=price_level)
        rows = rows.filter(level | Q(price_level__isnull=True) if takes_unplaced else level)
    found = (
        benefits.gains_of(ground.actor)
        .filter(pk__in=rows.values("benefit_id"))
        .order_by()
        .values_list("effect_grade", "effect_verdict")
        .annotate(count=Count("pk"))
    )
    counts = Counter[tuple[int, str]]()
    for grade, verdict, count in found:
        known = (MethodGrade.COUNTED, Verdict.CANNOT) if grade is None else (grade, verdict)
        counts[int(known[0]), str(known[1])] += count
    for (number, word), count in counts.items():
        for _one in range(count):
            yield Proof(MethodGrade(number), Verdict(word))
    yield from known_of(
        row
        for row in ground.fresh_rows(wanted, benefit_type)
        if price_level is None
        or row.price_level == price_level
        or (row.price_level is None and takes_unplaced)
    )


def known_of(rows: Iterable[BenefitFigures]) -> Iterator[Proof]:
    """Yield the proof of each row that stands on a measured rung."""
    return (row.proof for row in rows if row.rung in MEASURED_RUNGS)
