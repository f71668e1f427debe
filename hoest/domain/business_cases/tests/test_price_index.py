"""The price index: its years follow each other, each has a source, and amounts go through it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.actions import remove_index_year, set_index_year
from hoest.domain.business_cases.calculations import PriceIndex, price_index
from hoest.domain.business_cases.models import PriceIndexYear
from hoest.domain.business_cases.rules import (
    IndexLacksYear,
    IndexYear,
    IndexYearExists,
    IndexYearNotSensible,
    missing_index_years,
)
from hoest.domain.portfolio.models import Initiative
from hoest.foundation import clock
from hoest.foundation.audit.models import Act
from hoest.foundation.faults import Conflict, NotAllowed, NotFound
from tests.support.world import HERE, MARKERS, THERE

SOURCE = "KL's budgetvejledning, tabel 1"
HALF_AN_OERE = Decimal("0.005")


def kept(changes: dict[int, str], source: str = SOURCE) -> PriceIndex:
    at = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    return price_index([IndexYear(y, Decimal(c), source, "C", at) for y, c in changes.items()])


indices = st.lists(st.decimals("-0.2", "0.3", places=4), min_size=1, max_size=12).map(
    lambda changes: kept({2015 + n: str(change) for n, change in enumerate(changes)})
)
amounts = st.decimals(min_value=0, max_value=10**11, places=2)


def test_the_index_is_chained_from_the_year_before_its_first() -> None:
    index = kept({2024: "0.6", 2025: "0.1"})
    assert dict(index.values) == {2023: 100, 2024: 160, 2025: 176}
    assert index.convert(Decimal(1000), 2023, 2025) == 1760
    assert [one.year for one in index.between((2023, 2024))] == [2024]


@given(indices, amounts, st.data())
def test_there_and_back_is_within_half_an_oere(index: PriceIndex, amount, data) -> None:
    one, other = (data.draw(st.sampled_from(sorted(index.values))) for _ in range(2))
    there = index.convert(amount, one, other)
    assert abs(index.convert(there, other, one) - amount) < HALF_AN_OERE
    assert index.convert(amount, one, one) == amount


@given(indices, st.lists(amounts, min_size=1, max_size=8))
def test_the_sum_of_converted_is_the_converted_sum(index: PriceIndex, several) -> None:
    first, last = min(index.values), max(index.values)
    apart = sum(index.convert(amount, first, last) for amount in several)
    assert abs(apart - index.convert(sum(several), first, last)) < HALF_AN_OERE


@pytest.mark.parametrize(
    ("years", "levels", "missing"),
    [
        ([], [], ()),
        ([], [2024], ()),
        ([], [2024, 2026], (2025, 2026)),
        ([2025, 2026], [2024, 2026], ()),
        ([2025], [2024, 2026], (2026,)),
        ([2025, 2026], [2022, 2026], (2023, 2024)),
        ([2024, 2026], [], (2025,)),
        ([2015, 2016], [2018, 2019], (2017, 2018, 2019)),
    ],
)
def test_the_years_that_are_missing_are_named(years, levels, missing) -> None:
    assert missing_index_years(years, levels) == missing


def test_an_index_with_a_hole_is_not_chained() -> None:
    with pytest.raises(IndexLacksYear, match="2025 mangler"):
        kept({2024: "0.01", 2026: "0.01"})


@pytest.mark.parametrize(
    ("year", "change", "source"),
    [(1066, "0.03", SOURCE), (2026, "-0.51", SOURCE), (2026, "3.2", SOURCE), (2026, "0.03", " ")],
)
def test_a_year_that_cannot_be_is_refused_in_words(year, change, source, here, actor) -> None:
    with pytest.raises(IndexYearNotSensible):
        set_index_year(
            actor=actor("controller"), year=year, change_share=Decimal(change), source_text=source
        )


@pytest.fixture
def keeper(here: int, actor: Callable[[str], Any]) -> Any:
    PriceIndexYear.objects.all().delete()
    return actor("controller")


def write(keeper: Any, year: int, change: str = "0.03", version: int = 0) -> PriceIndexYear:
    return set_index_year(
        actor=keeper,
        year=year,
        change_share=Decimal(change),
        source_text=f"  {SOURCE} ",
        version=version,
    )


def test_a_year_is_written_with_its_source_and_who_wrote_it(keeper: Any) -> None:
    written = write(keeper, 2025)
    (year,) = queries.index_years(keeper.organisation_id)
    assert (year.year, year.change_share, year.source_text) == (2025, Decimal("0.03"), SOURCE)
    assert (year.recorded_by_name, year.recorded_at) == (keeper.name, written.recorded_at)
    act = Act.objects.filter(verb="business_cases.set_index_year").latest("pk")
    assert (act.actor_name, act.facts["source"]) == (keeper.name, SOURCE)


def test_a_year_that_would_leave_a_hole_is_refused_naming_the_hole(keeper: Any) -> None:
    write(keeper, 2023)
    with pytest.raises(IndexLacksYear, match="2024 mangler"):
        write(keeper, 2025)
    for year in (2024, 2025, 2022):
        write(keeper, year)
    with pytest.raises(IndexLacksYear, match="midt i"):
        remove_index_year(actor=keeper, year=2024, version=1)
    remove_index_year(actor=keeper, year=2025, version=1)
    remove_index_year(actor=keeper, year=2022, version=1)
    assert [one.year for one in queries.index_years(keeper.organisation_id)] == [2023, 2024]


def test_a_change_keeps_what_was_written_before_in_the_history(keeper: Any) -> None:
    from django.apps import apps

    write(keeper, 2025)
    write(keeper, 2025, "0.04", version=1)
    with pytest.raises(Conflict):
        write(keeper, 2025, "0.05", version=1)
    with pytest.raises(IndexYearExists):
        write(keeper, 2025, "0.05")
    with pytest.raises(Conflict):
        remove_index_year(actor=keeper, year=2025, version=1)
    with pytest.raises(NotFound):
        remove_index_year(actor=keeper, year=2031, version=1)
    events = apps.get_model("business_cases", "PriceIndexYearEvent").objects.filter(year=2025)
    shares = events.filter(source_text=SOURCE).order_by("pgh_id")
    assert list(shares.values_list("change_share", flat=True)) == [
        Decimal("0.03"),
        Decimal("0.04"),
    ]


@pytest.mark.parametrize("role", ["portfolio_manager", "executive", "unit_leader", "politician"])
def test_only_the_controller_keeps_the_index(role: str, keeper: Any, actor: Any) -> None:
    write(keeper, 2025)
    with pytest.raises(NotAllowed):
        write(actor(role), 2026)
    with pytest.raises(NotAllowed):
        remove_index_year(actor=actor(role), year=2025, version=1)


def test_the_page_shows_the_index_to_whoever_sees_cases(keeper, client_for) -> None:
    write(keeper, 2024, "0.6")
    write(keeper, 2025, "-0.1")
    text = client_for("portfolio_manager").get(reverse("business_cases:index")).content.decode()
    text = text.replace("\xa0", " ")
    for shown in ("160,00", "144,00", "100,00", "+60 %", "−10 %", "KL&#x27;s budgetvejledning"):
        assert shown in text
    assert reverse("business_cases:new_index_year") not in text
    assert client_for("partner").get(reverse("business_cases:index")).status_code == 403


def test_each_municipality_has_its_own_index(client_for) -> None:
    ours = client_for("controller").get(reverse("business_cases:index")).content.decode()
    assert MARKERS[HERE] in ours
    assert MARKERS[THERE] not in ours


def test_the_controller_writes_changes_and_removes_a_year(keeper, client_for: Any) -> None:
    client: Client = client_for("controller")
    assert "Skriv det første år" in client.get(reverse("business_cases:index")).content.decode()
    new = reverse("business_cases:new_index_year")
    assert client.get(new).context["form"]["year"].value() == clock.today().year
    asked = {"year": "2025", "change_percent": "3,25", "source_text": SOURCE, "version": "0"}
    assert client.post(new, {**asked, "source_text": ""}).status_code == 422
    done = client.post(new, asked)
    assert (done.status_code, done.url) == (302, reverse("business_cases:index"))
    hole = client.post(new, {**asked, "year": "2027"})
    assert hole.status_code == 422
    assert "2026 mangler" in hole.content.decode()
    one = reverse("business_cases:index_year", args=[2025])
    assert client.get(one).context["form"]["change_percent"].value() == "3,25"
    assert client.post(one, {**asked, "change_percent": "-1", "version": "1"}).status_code == 302
    assert client.post(one, {**asked, "version": "1"}).status_code == 409
    # The address says which year it is, whatever the form says.
    again = {**asked, "year": "2024", "change_percent": "-1", "version": "2"}
    assert client.post(one, again).status_code == 302
    assert PriceIndexYear.objects.get(year=2025).change_share == Decimal("-0.01")
    remove = reverse("business_cases:remove_index_year", args=[2025])
    assert client.post(remove, {"version": "3"}).status_code == 302
    assert client.get(one).status_code == 404


def test_a_case_is_shown_in_this_years_prices_when_the_index_reaches(keeper, client_for) -> None:
    initiative = Initiative.objects.get(title__startswith="Digital hjemmetræning")
    address = reverse("business_cases:case", args=[initiative.pk])
    client, year = client_for("executive"), clock.today().year
    own = client.get(address)
    assert own.context["prices"].offered is None
    write(keeper, year - 1, "0.6")
    write(keeper, year, "0.1")
    assert f"Regn om til {year}-priser" in client.get(address).content.decode()
    asked = client.get(address, {"priser": year})
    assert asked.context["figures"].net_total == own.context["figures"].net_total * Decimal("1.76")
    assert asked.context["figures"].price_level == year
    assert asked.context["pair_first"].price_level == asked.context["pair_now"].price_level == year
    hours = [t for t in asked.context["tables"] if t.measure == "hours"]
    assert hours == [t for t in own.context["tables"] if t.measure == "hours"]
    assert "regnet om fra" in asked.content.decode()
    assert SOURCE.replace("'", "&#x27;") in asked.content.decode()
    silly = client.get(address, {"priser": "1999"})
    assert silly.context["figures"] == own.context["figures"]
