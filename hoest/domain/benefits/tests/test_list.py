"""The list of benefits keeps what every list promises, and its own filters."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.web.lists import Benefits
from hoest.domain.portfolio.models import Initiative
from hoest.foundation import clock
from tests.support.contracts import ListContract
from tests.support.harvest import BENEFITS, title_of
from tests.support.world import HERE, MARKERS


class TestBenefits(ListContract):
    """The contract, with one more benefit made by its own act."""

    page = Benefits
    role = "portfolio_manager"
    role_without = "partner"

    def make(self, actor: Any, title: str) -> Any:
        from hoest.domain.benefits.actions import create_benefit

        initiative = Initiative.objects.filter(organisation_id=actor.organisation_id).order_by("pk")
        return create_benefit(
            actor=actor,
            initiative_id=initiative[0].pk,
            fields={"title": title, "benefit_type": "quality"},
        )


def _titles(client: Any, query: str) -> set[str]:
    answer = client.get(reverse("benefits:benefits") + f"?format=json&{query}").json()
    assert answer["ignored"] == []
    return {row["title"].removesuffix(f" {MARKERS[HERE]}") for row in answer["rows"]}


def _on(*rungs: str) -> set[str]:
    return {word for word, rung in BENEFITS.items() if rung in rungs}


@pytest.mark.parametrize("rung", sorted(set(BENEFITS.values())))
def test_a_rung_is_chosen_by_what_the_facts_say_today(client_for: Any, rung: str) -> None:
    assert _titles(client_for("executive"), f"rung={rung}") == _on(rung)


def test_the_filters_narrow_as_they_say(client_for: Any, here: int) -> None:
    client = client_for("executive")
    one = Benefit.objects.get(title=title_of("Færre opkald", MARKERS[HERE]))
    owned = Benefit.objects.get(title=title_of("Færre møder", MARKERS[HERE]))
    year = clock.today().year
    assert _titles(client, "benefit_type=quality") == {"Tryg træning"}
    assert _titles(client, f"initiative={one.initiative_id}") == {"Færre opkald"}
    assert _titles(client, "owner=ingen") == {"Kortere kørsel", "Sparet papir"}
    assert "Kortere kørsel" not in _titles(client, f"owner={owned.owner_id}")
    assert _titles(client, f"unit={one.unit_id}") == set(BENEFITS)
    assert "Færre opkald" not in _titles(client, f"body={owned.initiative.body_id}")
    assert _titles(client, f"price_level={year - 2}") == {
        "Lavere indkøb",
        "Mindre vikarforbrug",
        "Kortere kørsel",
        "Sparet papir",
    }
    assert _titles(client, f"year={year - 1}") == {"Lavere indkøb", "Mindre vikarforbrug"}
    assert "Færre opkald" not in _titles(client, "purpose_type=relief")


def test_the_program_gets_codes_numbers_and_days(client_for: Any) -> None:
    answer = client_for("executive").get(reverse("benefits:benefits") + "?format=json").json()
    rows = {row["title"].split(" ")[0]: row for row in answer["rows"]}
    assert rows["Lavere"]["rung"] == "measured"
    assert float(rows["Lavere"]["dkk"]) == 700_000
    assert rows["Lavere"]["price_level"] == clock.today().year - 2
    assert float(rows["Frigjorte"]["hours"]) == 3100
    assert rows["Frigjorte"]["dkk"] is None
    assert rows["Sparet"]["due"] is None


def test_the_point_counts_what_is_in_hand_and_on_the_roof(client_for: Any) -> None:
    page = client_for("executive").get(reverse("benefits:benefits"))
    assert (
        page.context["point"]
        == "2 af 7 gevinster er i hånden; 1 sidder stadig på taget; 1 er bortfaldet"
    )


def test_kroner_sort_by_what_was_noted(client_for: Any) -> None:
    url = reverse("benefits:benefits") + "?format=json&sort=-dkk"
    rows = client_for("executive").get(url).json()["rows"]
    assert [float(row["dkk"]) for row in rows[:3]] == [1_200_000, 700_000, 350_000]
