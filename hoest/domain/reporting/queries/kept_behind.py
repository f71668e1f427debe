"""What is asked of the kept figures beside the sums: moves, sources, stated totals, rows behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.domain.reporting.models import FiguresRow, StatedTotal, YearAmount
from hoest.domain.reporting.queries.account import Moved
from hoest.domain.reporting.queries.figures import AccountFilter
from hoest.domain.reporting.queries.kept import Ground, fresh_figures, ground_for
from hoest.domain.reporting.rules.account import ZERO, BenefitFigures, StatedCheck
from hoest.domain.reporting.rules.sums import OTHER
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.provenance.models import Source


def moved_among(ground: Ground, wanted: AccountFilter, since: dt.date) -> list[Moved]:
    """Return the benefits that stand on another rung than at the end of a day, or are new since.

    Of the kept: what was noted since, and what stands elsewhere than it was noted, since time alone
    lowers a rung until the night. Two queries.
    """
    organisation_id = ground.actor.organisation_id
    columns = ("benefit_id", "before", "rung", "dkk", "hours", "benefit_type", "price_level")
    kept = (
        ground.rows(wanted)
        .filter(
            Q(benefit_id__in=benefits.noted_since(organisation_id, since))
            | ~Q(noted_rung=F("rung"))
        )
        .annotate(before=benefits.rung_noted_by(since))
    )
    # Compared here: the database would look the rung of that day up once for each comparison.
    moves = (Moved(*row) for row in kept.values_list(*columns))
    found = [move for move in moves if move.from_rung != move.to_rung]
    fresh = ground.fresh_rows(wanted)
    ids = [row.benefit_id for row in fresh]
    before = benefits.rungs_at(organisation_id, since, ids) if ids else {}
    for row in fresh:
        if before.get(row.benefit_id) != row.rung:
            found.append(
                Moved(
                    *(row.benefit_id, before.get(row.benefit_id), row.rung, row.worth_dkk),
                    *(row.worth_hours, row.benefit_type, row.price_level),
                )
            )
    return sorted(found, key=lambda move: move.benefit_id)


def counts_by_rung(actor: Actor) -> dict[str, int] | None:
    """Count the benefits the actor may see by rung; None while too many wait to be read afresh."""
    ground = ground_for(actor)
    if ground.waiting:
        return None
    found: dict[str, int] = {}
    for _group, key, amounts, _counts_kroner in ground.standing(AccountFilter()):
        found[key.rung] = found.get(key.rung, 0) + amounts[0]
    for row in ground.fresh_rows(AccountFilter()):
        found[row.rung] = found.get(row.rung, 0) + 1
    return found


def titles_of(actor: Actor, benefit_ids: Sequence[int]) -> dict[int, str]:
    """Return the titles of some benefits the actor may see; one query."""
    seen = benefits.gains_of(actor).filter(pk__in=list(benefit_ids))
    return dict(seen.order_by().values_list("pk", "title"))


def sources_of(ground: Ground, wanted: AccountFilter, benefit_type: str) -> list[str]:
    """Return the titles of the sources that promises of one type come from; two queries."""
    rows = ground.rows(wanted, benefit_type).filter(source_id__isnull=False)
    ids = [one for one in rows.values_list("source_id", flat=True).distinct() if one]
    named = Source.objects.filter(organisation_id=ground.actor.organisation_id, pk__in=ids)
    titles = set(named.values_list("title", flat=True))
    fresh = ground.fresh_rows(wanted, benefit_type)
    return sorted(titles | {row.promised.source_title for row in fresh if row.promised})


def stated_checks_kept(ground: Ground, price_level: int | None) -> list[StatedCheck]:
    """Return the totals that sources state beside the sum of the rows they gave.

    A total is of a whole source, whatever type its rows have; there is nothing to compare for an
    actor who sees only a part of them. One query, and one for each stated total.
    """
    actor = ground.actor
    if price_level is None or units_where(actor, VIEW_BENEFITS) is not None:
        return []
    stated = StatedTotal.objects.filter(
        organisation_id=actor.organisation_id, price_level=price_level
    ).select_related("source")
    checks = []
    for total in stated.order_by("year"):
        summed, count = _of_source(ground, total)
        if count:
            checks.append(
                StatedCheck(
                    total.year,
                    total.amount_dkk,
                    summed,
                    total.rounding_unit_dkk,
                    count,
                    str(total.source),
                    content.limit_decimal("stated_total_tolerance"),
                )
            )
    return checks


def _of_source(ground: Ground, total: StatedTotal) -> tuple[Decimal, int]:
    rows = ground.rows(AccountFilter()).filter(source_id=total.source_id)
    years = YearAmount.objects.filter(
        organisation_id=total.organisation_id,
        part="promised",
        in_hours=False,
        price_level=total.price_level,
        benefit_id__in=rows.values("benefit_id"),
    )
    until = Q(is_step=True, year__lte=total.year) | Q(is_step=False, year=total.year)
    found = years.aggregate(
        count=Count("benefit_id", distinct=True), summed=Sum("amount", filter=until)
    )
    fresh = [
        row.promised
        for row in ground.fresh
        if row.promised
        and row.promised.price_level == total.price_level
        and row.promised.source_id == total.source_id
    ]
    of_fresh = sum((line.over(total.year).get(total.year, ZERO) for line in fresh), ZERO)
    return (found["summed"] or ZERO) + of_fresh, found["count"] + len(fresh)


@dataclass(frozen=True)
class Wanted:
    """Which rows stand behind a figure: of a rung, of a year's column, or all."""

    benefit_type: str
    part: str = ""
    year: int = 0
    rung: str = ""
    in_hours: bool = False
    price_level: int | None = None
    is_joined: bool = False
    takes_unplaced: bool = False


def ids_behind(ground: Ground, wanted: AccountFilter, asked: Wanted) -> list[int]:
    """Return the kept benefits behind a figure, by number; one query, two when levels are joined.

    As `web.rows.behind` takes them from rows.
    """
    rows = ground.rows(wanted, asked.benefit_type)
    if not asked.is_joined and asked.price_level is not None:
        level = Q(price_level=asked.price_level)
        level |= Q(price_level__isnull=True) if asked.takes_unplaced else Q(pk__in=[])
    else:
        level = Q()
    if asked.part and asked.year:
        until = Q(is_step=True, year__lte=asked.year) | Q(is_step=False, year=asked.year)
        years = ground.years(wanted, asked.benefit_type).filter(
            until, part=asked.part, in_hours=asked.in_hours
        )
        if asked.in_hours:
            standing = rows.filter(level)
            if asked.part == "approved":
                standing = standing.exclude(rung="lapsed")
            years = years.filter(benefit_id__in=standing.values("benefit_id"))
        elif not asked.is_joined:
            years = years.filter(price_level=asked.price_level)
        return sorted(years.values_list("benefit_id", flat=True).distinct())
    rows = rows.filter(level)
    if asked.rung:
        rows = rows.filter(rung=asked.rung)
    if asked.in_hours:
        rows = rows.exclude(hours=0)
    elif asked.part == "promised":
        has = Q(promised_dkk__gt=0)
        if asked.is_joined:
            others = ground.years(wanted, asked.benefit_type).filter(
                part__startswith=OTHER, amount__gt=0
            )
            has |= Q(benefit_id__in=others.values("benefit_id"))
        rows = rows.filter(has)
    return sorted(rows.values_list("benefit_id", flat=True))


def figures_behind(ground: Ground, benefit_ids: Sequence[int]) -> list[BenefitFigures]:
    """Return the figures of some benefits in their order, read as they are."""
    seen = benefits.gains_of(ground.actor).filter(pk__in=list(benefit_ids))
    return fresh_figures(ground.actor.organisation_id, seen)


def kept_count(organisation_id: int) -> int:
    """Return how many benefits have kept figures."""
    return FiguresRow.objects.filter(organisation_id=organisation_id).count()
