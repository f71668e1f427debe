"""Reads of the figures kept beside each benefit: sums in the database, the changed ones afresh.

Whoever reads leaves out what is marked as changed and adds it as it is now, so an answer is the
same as if all had been read. Only when more is marked than can be read while somebody waits (after
a large import) are the kept figures shown as they are, with the time they were made.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Count, Min, Q, QuerySet, Sum

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.domain.reporting.models import FiguresRow, StaleBenefit, YearAmount
from hoest.domain.reporting.queries.figures import AccountFilter, figures_in
from hoest.domain.reporting.rules.account import BenefitFigures
from hoest.domain.reporting.rules.sums import (
    RungAmounts,
    RungKey,
    Sums,
    YearKey,
    is_odd,
    sums_of,
)
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where

# Another number when what is kept, or how it is made, becomes another.
RECIPE = 4
LIMITS = ("follow_up_months_after_target", "confirmations_for_quality", "track_record_live_months")
GRACE = ("month", "quarter", "half_year", "year")


def made_by() -> str:
    """Return what kept figures are made by: the recipe and the limits they depend on."""
    limits = [content.limit(name) for name in LIMITS]
    limits += [content.limit(f"measurement_grace_{name}") for name in GRACE]
    text = repr((RECIPE, limits, content.limit_decimal("agreed_adoption_share")))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def stale_ids(organisation_id: int) -> set[int]:
    """Return the benefits whose kept figures may be wrong, by a change or the clock; two reads."""
    marked = StaleBenefit.objects.filter(organisation_id=organisation_id)
    found = set(marked.order_by().values_list("benefit_id", flat=True).distinct())
    rows = FiguresRow.objects.filter(organisation_id=organisation_id)
    late = rows.filter(Q(valid_until__lte=clock.today()) | ~Q(made_by=made_by()))
    return found | set(late.order_by().values_list("benefit_id", flat=True))


# (group, rung, what stands on it, whether kroner are counted)
_Standing = tuple[tuple[Any, ...], RungKey, RungAmounts, bool]


@dataclass(frozen=True)
class Ground:
    """What is kept and what must be read afresh, for one reader.

    `waiting` counts the benefits whose kept figures are shown although they may be wrong, since
    there are too many to read; `made_at` is then the oldest time they were made.
    """

    actor: Actor
    fresh: tuple[BenefitFigures, ...]
    left_out: frozenset[int]
    waiting: int = 0
    made_at: dt.datetime | None = None
    _standing: dict[Any, list[_Standing]] = field(default_factory=dict, compare=False, repr=False)

    def rows(self, wanted: AccountFilter, benefit_type: str = "") -> QuerySet[FiguresRow]:
        """Return the kept rows the reader may see and wants, without those read afresh."""
        found = FiguresRow.objects.filter(organisation_id=self.actor.organisation_id)
        found = benefits.seen_among(found, self.actor)
        if self.left_out:
            found = found.exclude(benefit_id__in=list(self.left_out))
        if benefit_type or wanted.benefit_type:
            found = found.filter(benefit_type=benefit_type or wanted.benefit_type)
        if wanted.unit_ids is not None:
            found = found.filter(unit_id__in=wanted.unit_ids)
        if wanted.body_id is not None:
            found = found.filter(body_id=wanted.body_id)
        if wanted.purpose_type is not None:
            found = found.filter(purpose_type=wanted.purpose_type)
        return found.order_by()

    def fresh_rows(self, wanted: AccountFilter, benefit_type: str = "") -> list[BenefitFigures]:
        """Return the benefits that were read afresh and are wanted."""
        return [
            row
            for row in self.fresh
            if wanted.takes(row) and (not benefit_type or row.benefit_type == benefit_type)
        ]

    @property
    def _sees_all(self) -> bool:
        return units_where(self.actor, VIEW_BENEFITS) is None

    def years(self, wanted: AccountFilter, benefit_type: str) -> QuerySet[YearAmount]:
        """Return the yearly amounts of the kept rows that `rows` gives."""
        found = YearAmount.objects.filter(
            organisation_id=self.actor.organisation_id, benefit_type=benefit_type
        ).order_by()
        if self._sees_all and wanted == AccountFilter():
            return found.exclude(benefit_id__in=list(self.left_out)) if self.left_out else found
        return found.filter(benefit_id__in=self.rows(wanted, benefit_type).values("benefit_id"))

    def standing(self, wanted: AccountFilter, by: tuple[str, ...] = ()) -> list[_Standing]:
        """Return what stands on the rungs of every type, group by group; one query, asked once.

        What was asked for by more columns answers for fewer as well.
        """
        for (was_wanted, was_by), found in self._standing.items():
            if was_wanted == wanted and (by == was_by or not by):
                return found
        self._standing[wanted, by] = list(_rungs(self.rows(wanted), by))
        return self._standing[wanted, by]

    def types(self, wanted: AccountFilter, by: tuple[str, ...] = ()) -> dict[str, int]:
        """Count the benefits by type; one query, that answers `sums` and `groups` `by` as well."""
        found: dict[str, int] = {}
        for _group, key, amounts, _counts_kroner in self.standing(wanted, by):
            found[key.benefit_type] = found.get(key.benefit_type, 0) + amounts[0]
        for row in self.fresh_rows(wanted):
            found[row.benefit_type] = found.get(row.benefit_type, 0) + 1
        return found

    def sums(self, wanted: AccountFilter, benefit_type: str, without: Collection[int] = ()) -> Sums:
        """Return what the benefits of one type add up to; at most two queries."""
        years = self.years(wanted, benefit_type)
        if without:
            years = years.exclude(benefit_id__in=list(without))
        found = Sums()
        for _group, key, amounts, counts_kroner in self._of_type(wanted, benefit_type, (), without):
            found.add_rung(key, amounts)
            found.count_kroner = found.count_kroner or counts_kroner
        if found.rungs:
            summed = years.values(*YearKey._fields).annotate(total=Sum("amount"))
            for *key, amount in summed.values_list(*YearKey._fields, "total"):
                found.add_year(YearKey(*key), amount)
        fresh = self.fresh_rows(wanted, benefit_type)
        return found.add(sums_of(row for row in fresh if row.benefit_id not in without))

    def odd(self, wanted: AccountFilter, benefit_type: str) -> list[BenefitFigures]:
        """Return the benefits that must be carried to another price level by themselves."""
        kept = self.rows(wanted, benefit_type).filter(is_odd=True)
        ids = list(kept.values_list("benefit_id", flat=True))
        seen = benefits.gains_of(self.actor).filter(pk__in=ids)
        found = fresh_figures(self.actor.organisation_id, seen) if ids else []
        return [*found, *(row for row in self.fresh_rows(wanted, benefit_type) if is_odd(row))]

    def groups(
        self,
        wanted: AccountFilter,
        benefit_type: str,
        by: tuple[str, ...],
        without: Collection[int] = (),
    ) -> dict[tuple[Any, ...], Sums]:
        """Return what stands on the rungs, group by group; `by` are columns of the rows."""
        found: dict[tuple[Any, ...], Sums] = {}
        read = self._of_type(wanted, benefit_type, by, without)
        for group, key, amounts, counts_kroner in read:
            of_group = found.setdefault(group, Sums())
            of_group.add_rung(key, amounts)
            of_group.count_kroner = of_group.count_kroner or counts_kroner
        for row in self.fresh_rows(wanted, benefit_type):
            group = tuple(getattr(row, name) for name in by)
            if row.benefit_id not in without:
                found.setdefault(group, Sums()).add(sums_of([row]))
        return found

    def _of_type(
        self,
        wanted: AccountFilter,
        benefit_type: str,
        by: tuple[str, ...],
        without: Collection[int],
    ) -> Iterable[_Standing]:
        if without:
            rows = self.rows(wanted, benefit_type).exclude(benefit_id__in=list(without))
            return _rungs(rows, by)
        return (one for one in self.standing(wanted, by) if one[1].benefit_type == benefit_type)


_ADDED = ("dkk", "low_dkk", "high_dkk", "once_dkk", "hours", "promised_dkk")


def _rungs(rows: QuerySet[FiguresRow], by: tuple[str, ...] = ()) -> Iterable[_Standing]:
    """Yield what stands on the rungs, group by group; one query."""
    names = (*by, "benefit_type", "price_level", "rung")
    summed = rows.values(*names).annotate(
        count=Count("pk"),
        **{f"all_{name}": Sum(name) for name in _ADDED},
        some_kroner=BoolOr("counts_kroner"),
    )
    found = summed.values_list(*names, "count", *(f"all_{n}" for n in _ADDED), "some_kroner")
    for values in found:
        group, rest = values[: len(by)], values[len(by) :]
        yield group, RungKey(*rest[:3]), RungAmounts(*rest[3:-1]), rest[-1]


def ground_for(actor: Actor) -> Ground:
    """Return what is kept and what was read afresh; a constant number of queries."""
    stale = stale_ids(actor.organisation_id)
    if len(stale) > content.limit("kept_fresh_most"):
        oldest = FiguresRow.objects.filter(organisation_id=actor.organisation_id)
        made_at = oldest.aggregate(first=Min("made_at"))["first"]
        return Ground(actor, (), frozenset(), len(stale), made_at)
    seen = benefits.gains_of(actor).filter(pk__in=list(stale))
    fresh = fresh_figures(actor.organisation_id, seen) if stale else []
    return Ground(actor, tuple(fresh), frozenset(stale))


def fresh_figures(organisation_id: int, seen: QuerySet[Any]) -> list[BenefitFigures]:
    """Return the figures of some benefits as they are now, reading only their initiatives."""
    initiative_ids = set(seen.order_by().values_list("initiative_id", flat=True).distinct())
    return figures_in(organisation_id, seen, initiative_ids=initiative_ids)
