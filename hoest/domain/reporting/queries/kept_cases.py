"""The track record from the kept cases: values group for group, added in the database.

As with the account, what has changed since is left out and read afresh (`queries.kept`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, QuerySet

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.domain.reporting.models import KeptCase
from hoest.domain.reporting.queries.kept import Ground, fresh_figures, ground_for
from hoest.domain.reporting.queries.track_record import cases_among
from hoest.domain.reporting.rules.track_record import (
    ANSWERED,
    LAPSED,
    Case,
    GroupValues,
    Values,
    grouped,
)
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where

# A grouping → the columns of its key and of its name, and whose people make up the group.
COLUMNS = {
    "unit": ("unit_id", "unit_name"),
    "owner_unit": ("owner_unit_id", "owner_unit_name"),
    "author_unit": ("author_unit_id", "author_unit_name"),
    "benefit_type": ("benefit_type", "benefit_type"),
    "initiative_type": ("initiative_type", "initiative_type"),
    "purpose_type": ("purpose_type", "purpose_type"),
}
PEOPLE = {"owner_unit": "owner_id", "author_unit": "author_id"}


class KeptCases:
    """Every promise whose day has come, that one reader may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @cached_property
    def ground(self) -> Ground:
        """What is kept, and what was read afresh."""
        return ground_for(self.actor)

    @cached_property
    def fresh(self) -> list[Case]:
        """The cases of the benefits that were read afresh."""
        figures = self.ground.fresh
        if not figures:
            return []
        seen = benefits.gains_of(self.actor).filter(pk__in=[row.benefit_id for row in figures])
        return cases_among(self.actor.organisation_id, seen, figures)

    def _rows(self, measure: str, **conditions: Any) -> QuerySet[KeptCase]:
        if measure:
            conditions["measure"] = measure
        rows = KeptCase.objects.filter(organisation_id=self.actor.organisation_id, **conditions)
        if units_where(self.actor, VIEW_BENEFITS) is not None:
            rows = rows.filter(benefit_id__in=benefits.gains_of(self.actor).values("pk"))
        if self.ground.left_out:
            rows = rows.exclude(benefit_id__in=list(self.ground.left_out))
        return rows.order_by()

    def _fresh(self, measure: str) -> list[Case]:
        return [case for case in self.fresh if case.measure == measure]

    def measures(self) -> dict[str, int]:
        """Count the cases of each measure; kroner and hours are never added. One query."""
        rows = self._rows("").values_list("measure").annotate(count=Count("pk"))
        found = dict(rows.values_list("measure", "count"))
        for case in self.fresh:
            found[case.measure] = found.get(case.measure, 0) + 1
        return found

    def states(self, measure: str) -> dict[str, int]:
        """Count the cases by how they stand; one query."""
        rows = self._rows(measure).values_list("state").annotate(count=Count("pk"))
        found = dict(rows.values_list("state", "count"))
        for case in self._fresh(measure):
            found[case.state] = found.get(case.state, 0) + 1
        return found

    def groups(self, measure: str, grouping: str) -> list[GroupValues]:
        """Return the values of each kept group, and the cases read afresh; one query."""
        found: dict[Any, GroupValues] = {}
        for one in _values(self._rows(measure), grouping):
            known = found.setdefault(one.key, one)
            if known is not one:
                known.values = known.values.plus(one.values)
                known.people |= one.people
        for key, name, cases in grouped(self._fresh(measure), grouping):
            known = found.setdefault(key, GroupValues(key, name))
            known.cases = cases
            known.people |= _people(cases, grouping)
        return list(found.values())

    def ids(self, measure: str, grouping: str, group: Any, state: str) -> list[int]:
        """Return the benefits of a measure, of one group and state when they are named."""
        conditions: dict[str, Any] = {"state": state} if state else {}
        rows = self._rows(measure, **conditions)
        cases = [c for c in self._fresh(measure) if not state or c.state == state]
        if group is not ANY:
            column = COLUMNS[grouping][0]
            is_none = Q(**{f"{column}__isnull": True})
            if not column.endswith("_id"):
                is_none = Q(**{column: ""})
            rows = rows.filter(is_none if group is None else Q(**{column: group}))
            cases = [case for case in cases if case.group(grouping)[0] == group]
        found = {case.figures.benefit_id for case in cases}
        return sorted(found | set(rows.values_list("benefit_id", flat=True)))

    def cases(self, measure: str, benefit_ids: Sequence[int]) -> list[Case]:
        """Return the cases of some benefits, read as they are, in their order."""
        seen = benefits.gains_of(self.actor).filter(pk__in=list(benefit_ids))
        figures = fresh_figures(self.actor.organisation_id, seen)
        found = cases_among(self.actor.organisation_id, seen, figures)
        return [case for case in found if case.measure == measure]


ANY: Any = object()
"""Every group, where None is the group that is not named."""


def _people(cases: Iterable[Case], grouping: str) -> set[int]:
    name = PEOPLE.get(grouping)
    people = {getattr(case.background, name) for case in cases} if name else set()
    return {person for person in people if person is not None}


def _values(rows: QuerySet[KeptCase], grouping: str) -> Iterable[GroupValues]:
    key, name = COLUMNS[grouping]
    answered = Q(state__in=ANSWERED)
    columns = {
        "shares": ArrayAgg("share", filter=answered & Q(share__isnull=False), default=[]),
        "late": ArrayAgg("months_late", filter=answered & Q(months_late__isnull=False),
                         default=[]),
        "hits": Count("pk", filter=answered & Q(in_range=True)),
        "with_range": Count("pk", filter=answered & Q(in_range__isnull=False)),
        "waiting": Count("pk", filter=answered & Q(is_not_reached=True)),
        "lapsed": Count("pk", filter=Q(state=LAPSED)),
    }  # fmt: skip
    people = PEOPLE.get(grouping)
    if people:
        columns["people"] = ArrayAgg(people, distinct=True, default=[])
    by = list(dict.fromkeys((key, name)))
    for one in rows.values(*by).annotate(**columns):
        yield GroupValues(
            one[key] or None,
            one[name] or "",
            Values(
                one["shares"],
                [float(late) for late in one["late"]],
                one["hits"],
                one["with_range"],
                one["waiting"],
                one["lapsed"],
            ),
            {person for person in one.get("people", []) if person is not None},
        )
