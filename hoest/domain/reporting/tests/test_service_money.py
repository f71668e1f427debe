"""Service and money: two axes, every initiative in one cell, kroner only."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.benefits.models import Benefit
from hoest.domain.business_cases.queries import approved_lines
from hoest.domain.business_cases.rules import CaseLineFigures
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.domain.reporting.queries.service_money import placed
from hoest.domain.reporting.rules.service_money import (
    Money,
    Net,
    Service,
    money_of,
    nets_of,
    service_of,
)
from hoest.foundation.clock import today
from tests.support.world import MARKERS, THERE

EVEN = Decimal("0.05")
PAGE = "service_money:page"
amounts = st.decimals(min_value=0, max_value=10**9, places=2)


def line(kind: str, amount: Any, **more: Any) -> CaseLineFigures:
    return CaseLineFigures(
        **{
            "initiative_id": 1,
            "line_key": kind,
            "kind": kind,
            "measure": "dkk",
            "duration": "recurring",
            "price_level": 2026,
            "amounts": {2026: Decimal(1), 2028: Decimal(amount)},
            "low_share": None,
            "high_share": None,
            "number": 1,
            **more,
        }
    )


def test_the_net_is_the_years_benefits_less_the_years_costs() -> None:
    net = nets_of([line("benefit", 900), line("operation", 300)])[1]
    assert (net.amount, net.low, net.high, net.price_level) == (600, 600, 600, 2026)


def test_hours_society_and_what_comes_once_are_not_money_a_year() -> None:
    others = [
        line("benefit", 900, measure="hours"),
        line("benefit", 900, measure="society"),
        line("investment", 900, duration="one_off"),
    ]
    net = nets_of(others)[1]
    assert net == Net(2026)
    assert money_of(net, EVEN) is Money.NO_YEARLY


def test_the_range_takes_the_least_gain_with_the_largest_cost() -> None:
    shares = {"low_share": Decimal("0.5"), "high_share": Decimal("1.5")}
    net = nets_of([line("benefit", 100, **shares), line("operation", 20, **shares)])[1]
    assert (net.low, net.amount, net.high) == (20, 80, 140)


@given(gained=amounts, spent=amounts)
def test_turning_gain_and_cost_around_turns_the_cell_around(
    gained: Decimal, spent: Decimal
) -> None:
    turned = {Money.GIVES: Money.COSTS, Money.COSTS: Money.GIVES, Money.EVEN: Money.EVEN}
    turned[Money.NO_YEARLY] = Money.NO_YEARLY
    one, other = Net(2026, gained, spent), Net(2026, spent, gained)
    assert turned[money_of(one, EVEN)] is money_of(other, EVEN)


@pytest.mark.parametrize(
    ("gained", "spent", "money"),
    [
        (100, 95, Money.EVEN),
        (100, 94, Money.GIVES),
        (94, 100, Money.COSTS),
        (0, 0, Money.NO_YEARLY),
    ],
)
def test_close_together_is_even(gained: int, spent: int, money: Money) -> None:
    assert money_of(Net(2026, Decimal(gained), Decimal(spent)), EVEN) is money


def test_without_an_approved_case_nothing_is_said_of_money() -> None:
    assert money_of(None, EVEN) is Money.NO_YEARLY


def test_only_a_dis_benefit_alone_is_worse() -> None:
    assert service_of(1, 1) is Service.BETTER
    assert service_of(0, 1) is Service.WORSE
    assert service_of(0, 0) is Service.SAME


@pytest.mark.django_db
class TestThePage:
    """The table of the municipality."""

    def test_every_active_initiative_stands_in_one_cell(self, actor: Any, here: int) -> None:
        found = placed(actor("executive"))
        active = Initiative.objects.filter(organisation_id=here, phase__in=ACTIVE_PHASES)
        ids = [one.initiative_id for one in found]
        assert sorted(ids) == sorted(active.values_list("pk", flat=True))
        assert {one.money for one in found} >= {Money.NO_YEARLY}
        assert any(one.net for one in found)

    def test_the_row_follows_the_live_benefits_that_citizens_notice(
        self, actor: Any, here: int
    ) -> None:
        rows = Benefit.objects.filter(organisation_id=here)
        first = rows.filter(initiative__phase__in=ACTIVE_PHASES, is_disbenefit=False).first()
        of_it = rows.filter(initiative_id=first.initiative_id)

        def stands() -> tuple[Service, bool]:
            found = placed(actor("executive"))
            one = next(one for one in found if one.initiative_id == first.initiative_id)
            return one.service, one.has_loss

        of_it.update(benefit_type="work_environment")
        assert stands() == (Service.SAME, False)
        of_it.filter(pk=first.pk).update(benefit_type="citizen")
        assert stands() == (Service.BETTER, False)
        of_it.filter(pk=first.pk).update(is_disbenefit=True, line_key="")
        assert stands() == (Service.WORSE, True)
        of_it.filter(pk=first.pk).update(lapsed_on=today(), lapse_reason="Faldt væk")
        assert stands() == (Service.SAME, False)

    def test_it_shows_amounts_with_their_price_level_and_no_total(self, client_for: Any) -> None:
        page = client_for("politician").get(reverse(PAGE)).content.decode().replace("\xa0", " ")
        assert re.search(r'class="axes-amount"><a [^>]*>−?[\d.,]+ (mio\. )?kr\.', page)
        assert re.search(r"20\d\d-priser", page)
        assert "Timer og det, der kommer én gang, er ikke med." in page
        assert "I alt" not in page
        assert MARKERS[THERE] not in page

    def test_without_initiatives_it_teaches(self, client_for: Any, here: int) -> None:
        Initiative.objects.filter(organisation_id=here).update(phase="stopped")
        page = client_for("executive").get(reverse(PAGE)).content.decode()
        assert "Ingen initiativer er i gang" in page
        assert "Gå til porteføljen" in page

    def test_the_page_costs_the_same_for_many_as_for_few(self, actor: Any, here: int) -> None:
        executive = actor("executive")

        def cost() -> int:
            with CaptureQueriesContext(connection) as asked:
                placed(executive)
            return len(asked)

        before = cost()
        unit_id = Initiative.objects.filter(organisation_id=here).values_list("unit", flat=True)[0]
        for n in range(8):
            made = Initiative.objects.create(
                organisation_id=here, key=f"AKS-{n}", title=f"Mere {n}", unit_id=unit_id
            )
            Benefit.objects.create(
                organisation_id=here,
                initiative=made,
                key=f"AKS-{n}",
                title=f"Kortere kø {n}",
                benefit_type="citizen",
            )
        assert cost() == before == 4

    def test_the_database_adds_up_to_what_the_lines_say(self, actor: Any, here: int) -> None:
        found = {one.initiative_id: one.net for one in placed(actor("executive"))}
        by_line = nets_of(approved_lines(here, initiative_ids=found))
        assert by_line
        assert {pk: net for pk, net in found.items() if net} == by_line

    def test_a_full_cell_shows_the_first_and_leads_to_the_others(
        self, client_for: Any, here: int
    ) -> None:
        unit_id = Initiative.objects.filter(organisation_id=here).values_list("unit", flat=True)[0]
        for n in range(40):
            Initiative.objects.create(
                organisation_id=here, key=f"FULD-{n}", title=f"Fuld celle {n:02}", unit_id=unit_id
            )
        client = client_for("executive")
        page = client.get(reverse(PAGE)).content.decode()
        assert page.count("Fuld celle") < 40
        address = re.search(r'href="(\?borgere=same&amp;penge=no_yearly)"', page)
        assert address, page
        seen = set()
        for number in (1, 2, 3):
            asked = {"borgere": "same", "penge": "no_yearly", "side": number}
            seen |= set(re.findall(r"Fuld celle \d\d", client.get(reverse(PAGE), asked).text))
        assert len(seen) == 40

    def test_a_cell_that_is_not_there_shows_the_table(self, client_for: Any) -> None:
        page = client_for("executive").get(reverse(PAGE), {"borgere": "nej", "penge": "gives"})
        assert '<table class="axes"' in page.text
