"""The track record from kept cases is that of the cases read, for every grouping and reader."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from hoest.domain.reporting import queries
from hoest.domain.reporting.actions.kept import refresh
from hoest.domain.reporting.calculations import completed, record_from, record_of, values_of
from hoest.domain.reporting.models import KeptCase
from hoest.domain.reporting.queries.kept_cases import ANY, PEOPLE, KeptCases
from hoest.domain.reporting.rules.track_record import GROUPINGS, GroupValues, Values, grouped
from hoest.domain.reporting.tests.promises import an_initiative, measured, promise
from hoest.domain.reporting.web.track_record_panel import alike_values
from hoest.domain.reporting.web.track_record_shown import is_small
from hoest.foundation import content


def same(found: Values, wanted: Values) -> bool:
    return (sorted(found.shares), sorted(found.late)) == (
        pytest.approx(sorted(wanted.shares)),
        sorted(wanted.late),
    ) and (found.hits, found.with_range, found.not_reached, found.lapsed) == (
        wanted.hits,
        wanted.with_range,
        wanted.not_reached,
        wanted.lapsed,
    )


@pytest.mark.parametrize("is_fresh", [True, False])
@pytest.mark.parametrize("role", ["controller", "unit_leader"])
def test_the_kept_track_record_is_that_of_the_cases(here, actor, role, is_fresh):
    measured(here, promise(here, an_initiative(here, "Ruter"), 7), [20, 40, 50, 60, 90, 110, 70])
    if is_fresh:
        refresh(here)
        assert KeptCase.objects.exists()
    reader = actor(role)
    kept, cases = KeptCases(reader), queries.cases_of(reader)
    assert sum(kept.measures().values()) == len(cases)
    for measure in ("dkk", "hours"):
        of_measure = [case for case in cases if case.measure == measure]
        assert sum(kept.states(measure).values()) == len(of_measure)
        for grouping in GROUPINGS:
            found = {one.key: one for one in completed(kept.groups(measure, grouping))}
            wanted = {key: members for key, _name, members in grouped(of_measure, grouping)}
            assert found.keys() == wanted.keys()
            for key, members in wanted.items():
                assert same(found[key].values, values_of(members))
                assert record_from(found[key].values, 6) == record_of(members, 6)
                ids = kept.ids(measure, grouping, key, "")
                assert ids == sorted(case.figures.benefit_id for case in members)
        every = kept.ids(measure, "unit", ANY, "")
        assert every == sorted(case.figures.benefit_id for case in of_measure)


@pytest.mark.parametrize("grouping", sorted(PEOPLE))
def test_nothing_is_said_of_a_group_of_few_people(grouping):
    limit = content.limit("small_group")
    shares = Values(shares=[0.5] * 20)
    few = GroupValues(1, "Nord", shares, set(range(limit - 1)))
    enough = GroupValues(1, "Nord", shares, set(range(limit)))
    assert is_small(few, grouping)
    assert not is_small(enough, grouping)
    assert not is_small(few, "unit")


def test_the_page_hides_a_group_of_few_people_and_its_cases(here, actor, client_for):
    measured(here, promise(here, an_initiative(here, "Ruter"), 7), [20, 40, 50, 60, 90, 110, 70])
    client = client_for("controller")
    page = client.get(reverse("reporting:track_record"), {"opdelt": "ejer"})
    groups = page.context["groups"]
    assert groups
    for group in groups:
        assert group.told == "for få personer"
        assert group.href == ""
    key = next(one.key for one in KeptCases(actor("controller")).groups("dkk", "owner_unit"))
    address = reverse("reporting:track_record_rows")
    rows = client.get(address, {"opdelt": "ejer", "gruppe": str(key or "ingen")})
    assert rows.context["rows"] == []


class Told:
    """Cases of one measure with as many answers as are told, by grouping and key."""

    def __init__(self, told: dict[str, dict[Any, int]]) -> None:
        self.told = told

    def groups(self, measure: str, grouping: str) -> list[GroupValues]:
        return [
            GroupValues(key, str(key), Values(shares=[0.5] * count))
            for key, count in self.told[grouping].items()
        ]


def test_the_nearest_kind_with_enough_cases_is_chosen():
    cases: Any = Told(
        {
            "initiative_type": {"workflow": 6, "it_system": 5},
            "purpose_type": {"relief": 6, "service": 5},
        }
    )

    def chosen(kind: str, purpose: str = "relief") -> tuple[str, int]:
        codes = {"initiative_type": kind, "purpose_type": purpose}
        grouping, values = alike_values(cases, "dkk", codes, 6)
        return grouping, len(values.shares)

    assert chosen("workflow") == ("initiative_type", 6)
    assert chosen("it_system") == ("purpose_type", 6)
    assert chosen("", "service") == ("", 11)
