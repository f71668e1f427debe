"""Accounts of several price levels joined: by the municipality's index, never in silence."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.business_cases.actions import set_index_year
from hoest.domain.business_cases.models import PriceIndexYear
from hoest.domain.business_cases.tests.test_price_index import HALF_AN_OERE, SOURCE, kept
from hoest.domain.reporting.queries import account_facts
from hoest.domain.reporting.rules import (
    RUNGS,
    Account,
    BenefitFigures,
    LineFigures,
    accounts_of,
    in_one_level,
)
from hoest.foundation import clock

INDEX = kept({2025: "0.6", 2026: "0.1"})
LEVELS = (2024, 2025, 2026)
money = st.decimals(min_value=0, max_value=10**9, places=2)
years = st.dictionaries(st.sampled_from((2025, 2026, 2027)), money, min_size=1)
shares = st.none() | st.decimals("0.5", "1", places=2)


def lines(levels: Sequence[int], recurring: Any) -> Any:
    made = st.builds(
        LineFigures, years, recurring, st.sampled_from(levels), low_share=shares, high_share=shares
    )
    return st.none() | made


def benefits(levels: Sequence[int], recurring: Any = st.booleans()) -> Any:  # noqa: B008
    one = st.builds(
        BenefitFigures,
        benefit_id=st.integers(1, 99),
        title=st.just("Gevinst"),
        benefit_type=st.just("budget"),
        rung=st.sampled_from(RUNGS),
        initiative_id=st.just(1),
        initiative_title=st.just("Initiativ"),
        promised=lines(levels, recurring),
        approved=lines(levels, recurring),
        achieved_by_year=st.dictionaries(
            st.sampled_from((2025, 2026)), shares.map(lambda s: s or 0)
        ),
        harvested_dkk=st.dictionaries(st.sampled_from(levels), years),
        unplaced_dkk=st.dictionaries(st.sampled_from(levels), years),
    )
    return st.lists(one, min_size=1, max_size=5)


def joined(rows: Sequence[BenefitFigures], level: int = 2026) -> list[Account]:
    return accounts_of([in_one_level(row, level, INDEX.convert) for row in rows])


def figures(account: Account) -> tuple[Any, ...]:
    return (
        account.years,
        account.rungs,
        account.decided_not_in_hand,
        account.decided_without_place,
        account.count,
    )


@given(benefits([2026]))
def test_joined_at_their_own_level_the_figures_are_what_they_were(rows) -> None:
    assert [figures(a) for a in joined(rows)] == [figures(a) for a in accounts_of(rows)]


@given(benefits(LEVELS))
def test_the_amounts_as_written_stay_beside_the_joined_ones(rows) -> None:
    for account in joined(rows):
        assert [row.as_written for row in account.rows] == rows
        assert account.price_level in (2026, None)


@given(benefits(LEVELS, st.just(False)))
def test_joined_years_are_the_sum_of_the_converted_years_of_each_level(rows) -> None:
    (whole, *none) = joined(rows)
    assert not none
    for year, amounts in whole.years.items():
        for column, amount in amounts.items():
            apart = sum(
                INDEX.convert(account.years.get(year, {}).get(column, Decimal(0)), level, 2026)
                for account in accounts_of(rows)
                if (level := account.price_level) is not None
            )
            assert abs(apart - amount) < HALF_AN_OERE


@given(benefits(LEVELS, st.just(True)))
def test_joined_rungs_are_the_sum_of_the_converted_rungs_of_each_level(rows) -> None:
    rows = [row for row in rows if row.approved and not row.harvested_dkk]
    for whole in joined(rows):
        for line in whole.rungs:
            for part in ("dkk", "low_dkk", "high_dkk"):
                apart = sum(
                    INDEX.convert(getattr(account.rung(line.rung), part), level, 2026)
                    for account in accounts_of(rows)
                    if (level := account.price_level) is not None
                )
                assert abs(apart - getattr(line, part)) < HALF_AN_OERE


def test_decisions_of_several_levels_meet_and_hours_stay_hours() -> None:
    hours = LineFigures({2026: Decimal(40)}, True, 2024)
    row = BenefitFigures(
        *(1, "Gevinst", "budget", "in_hand", 1, "Initiativ"),
        approved=LineFigures({2026: Decimal(500)}, True, 2024),
        approved_hours=hours,
        harvested_dkk={2024: {2026: Decimal(100)}, 2026: {2026: Decimal(50)}},
        harvested_hours={2026: Decimal(25)},
    )
    (account,) = joined([row])
    assert account.rung("in_hand").dkk == account.years[2026]["in_hand"] == 226
    assert account.years[2026]["approved"] == 880
    assert account.rung("in_hand").hours == 25
    assert account.hour_years[2026]["approved"] == 40


@pytest.fixture
def covered(here, actor) -> Any:
    """Our municipality with an index that reaches both price levels of its benefits."""
    controller, year = actor("controller"), clock.today().year
    PriceIndexYear.objects.all().delete()
    for one, change in ((year - 1, "0.6"), (year, "0.1")):
        set_index_year(actor=controller, year=one, change_share=Decimal(change), source_text=SOURCE)
    return controller


def get(client, name: str = "reporting:account", **query: Any) -> Any:
    return client.get(reverse(name), {"type": "budget", **query})


def test_without_an_index_the_levels_stay_apart_and_the_page_says_what_is_missing(
    here, client_for
) -> None:
    year = clock.today().year
    page = get(client_for("controller"))
    assert [tab["label"] for tab in page.context["levels"]] == [
        f"{year}-priser",
        f"{year - 2}-priser",
    ]
    assert not page.context["choice"].joined
    text = page.content.decode()
    assert "Læg et prisindeks ind, så kan de lægges sammen" in text
    assert f"mangler {year - 1}, {year}" in text
    asked = get(client_for("controller"), pl="samlet")
    assert asked.context["account"].years == page.context["account"].years


def test_with_an_index_the_joined_account_comes_first_and_names_its_index(
    covered, client_for
) -> None:
    year, client = clock.today().year, client_for("executive")
    page = get(client)
    assert page.context["choice"].joined
    assert page.context["levels"][0]["label"] == f"Samlet, {year}-priser"
    text = page.content.decode()
    assert "med kommunens eget prisindeks" in text
    assert SOURCE.replace("'", "&#x27;") in text
    older = get(client, pl=year - 2)
    assert not older.context["choice"].joined
    assert older.context["account"].rung("promised").dkk * Decimal("1.76") == (
        page.context["account"].rung("promised").dkk
    )
    assert older.context["account"].rung("promised").dkk > 0
    assert 'name="pl" value="samlet"' in text


def test_every_joined_figure_opens_rows_that_add_up_and_show_what_was_written(
    covered, client_for
) -> None:
    year, client = clock.today().year, client_for("executive")
    page, opened, elsewhere = get(client), 0, 0
    cells = [(cell.href, cell.value) for row in page.context["years"] for cell in row["cells"]] + [
        (row["href"], row["line"].dkk) for row in page.context["rungs"]
    ]
    for href, value in cells:
        if value:
            answer = client.get(href)
            found = answer.context["found"]
            assert found.total == sum(row.amount for row in found.rows) == value
            for row in found.rows:
                if row.written:
                    back = sum(
                        was.amount * (Decimal("1.76") if was.price_level == year - 2 else 1)
                        for was in row.written
                    )
                    assert abs(back - row.amount) < HALF_AN_OERE
                    elsewhere += 1
            opened += 1
    assert opened > 5
    assert elsewhere > 5
    rows = get(client, "reporting:rows", pl="samlet", trin="measured").content.decode()
    assert f"i {year - 2}-priser" in rows


def test_the_json_answer_and_the_files_tell_how_the_levels_were_joined(covered, client_for) -> None:
    from openpyxl import load_workbook

    year = clock.today().year
    facts = json.loads(json.dumps(account_facts(covered)))
    joined = facts["joined"]
    assert (joined["price_level"], joined["price_levels"]) == (year, [year - 2, year])
    assert [one["change_share"] for one in joined["index"]] == ["0.6", "0.1"]
    assert facts["joined_lacks_years"] == []
    apart = {one["price_level"]: one for one in facts["accounts"]}
    assert set(apart) == {year - 2, year}
    answer = get(client_for("executive"), "reporting:download", pl="samlet", format="xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    about = list(book["Om"].iter_rows(values_only=True))
    assert ("Prisindeksets kilde", SOURCE) in [row[:2] for row in about]
    head, *rows = book["Gevinster"].iter_rows(values_only=True)
    level = head.index("Skrevet i prisniveau")
    assert str(year - 2) in {row[level] for row in rows}
    PriceIndexYear.objects.filter(year=year).delete()
    facts = account_facts(covered)
    assert facts["joined"] is None
    assert facts["joined_lacks_years"] == [year]


def test_one_price_level_has_nothing_to_join(covered, client_for) -> None:
    page = get(client_for("executive"), type="freed_time")
    assert not page.context["choice"].joined
    assert page.context["joined"] is None


def test_the_week_shows_the_account_it_leads_to_and_says_that_it_is_joined(
    covered, client_for
) -> None:
    year = clock.today().year
    assert f"Samlet, {year}-priser" in client_for("executive").get("/").content.decode()
    PriceIndexYear.objects.filter(year=year).delete()
    assert "Samlet, " not in client_for("executive").get("/").content.decode()
