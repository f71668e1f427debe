"""Published examples typed into the forms or imported from a workbook, and read on the page.

The engine's own tests check the numbers in place; here a controller writes the lines, approves and
reads what the page prints. Amounts are in kroner; the sources' m kr. and 1,000 kr. times a million
and a thousand. The discount rate follows the day of approval: 6 % in 2005, 4 % in 2016, 3.5 % now.

Sources: Copenhagen 28.04.2016 item 42 (W3) and Effektiviseringsstrategi 2019, appendix 5 (W1);
tv2fyn on Odense's letters and bt.dk on the digital town hall (W4); the annuity table of EKL and
numpy-financial (W12).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.exchange import jobs
from hoest.domain.exchange.models import ImportRun
from hoest.domain.portfolio.models import Initiative
from hoest.foundation import clock
from hoest.foundation.content.files import SHIPPED
from tests.support.guided import has_effect
from tests.support.recalculating import recalculated

Clients = Callable[..., Client]
Amounts = dict[int, Any]
NOW, IN_2016, IN_2005 = None, dt.date(2016, 4, 28), dt.date(2005, 6, 1)


@contextmanager
def on(day: dt.date | None) -> Iterator[None]:
    """Let the clock stand on a day, or run."""
    if day is None:
        yield
        return
    with clock.frozen_at(day):
        yield


def approved(
    client: Client,
    here: int,
    lines: list[tuple[str, str, str, Amounts]],
    day: dt.date | None,
    approver: Client | None = None,
) -> int:
    """Type the lines into the form one by one, approve on a day; return the initiative."""
    initiative = Initiative.objects.get(organisation_id=here, title__startswith="Robotter").pk
    with on(day):
        client.post(reverse("business_cases:start", args=[initiative]))
        draft = CaseVersion.objects.get(case__initiative_id=initiative, state="draft")
        for key, kind, duration, amounts in lines:
            draft.refresh_from_db()
            years = f"?fra={min(amounts)}&til={max(amounts)}"
            told = {
                "key": key, "kind": kind, "measure": "dkk", "duration": duration,
                "steering_area": "", "low_percent": "", "high_percent": "",
                "version": str(draft.version),
                **{f"year_{year}": str(amount) for year, amount in amounts.items()},
            }  # fmt: skip
            answer = client.post(reverse("business_cases:new_line", args=[draft.pk]) + years, told)
            assert answer.status_code == 302, answer.content.decode()[-3000:]
        draft.refresh_from_db()
        has_effect(draft)
        done = (approver or client).post(
            reverse("business_cases:approve", args=[draft.pk]),
            {"version": str(draft.version), "reason": ""},
        )
        assert done.status_code == 302, done.content.decode()[-3000:]
    return initiative


def printed(client: Client, initiative: int, until: int | None = None) -> dict[str, str]:
    """Return the key figures as the page prints them, and check that they stand on it."""
    query = f"?til={until}" if until else ""
    page = client.get(reverse("business_cases:case", args=[initiative]) + query)
    assert page.status_code == 200
    text = page.content.decode()
    found = {one.code: one.missing or one.value for one in page.context["key_figures"]}
    assert all(value.replace("\xa0", "&nbsp;") in text or value in text for value in found.values())
    return found


def million(text: str) -> Decimal:
    """Return printed kroner in m kr. to four decimals, as the sources have them."""
    kroner = Decimal(text.replace(".", "").replace("−", "-"))
    return (kroner / 1_000_000).quantize(Decimal("0.0001"))


A = [
    ("Investering", "investment", "one_off", {2016: 3_000_000}),
    ("Effekt", "benefit", "recurring", {2016: 0, 2017: 1_800_000}),
]
B = [
    ("Investering", "investment", "one_off", {2016: 2_600_000}),
    ("Effekt", "benefit", "recurring",
     {2016: 0, 2017: 500_000, 2018: 1_200_000, 2019: 1_700_000, 2020: 1_800_000}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "day", "npv", "net", "irr", "year", "interpolated"),
    [
        (A, NOW, "5.1271", "6.0000", "52,8", "2018", "1,7"),
        (A, IN_2016, "5.0133", "6.0000", "52,8", "2018", "1,7"),
        (B, NOW, "3.6208", "4.4000", "36,1", "2019", "2,5"),
        (B, IN_2016, "3.5196", "4.4000", "36,1", "2019", "2,5"),
    ],
)
def test_the_cases_of_copenhagen_typed_into_the_form(
    client_for: Clients, here: int, lines: Any, day: Any, npv: str, net: str, irr: str, year: str,
    interpolated: str,
) -> None:  # fmt: skip
    client = client_for("controller")
    initiative = approved(client, here, lines, day)
    found = printed(client, initiative, 2021)
    assert million(found["npv"]) == Decimal(npv)
    assert million(found["net"]) == Decimal(net)
    assert found["irr"].startswith(irr)
    assert found["payback_calendar_year"] == year
    assert found["payback_interpolated"].startswith(interpolated)
    file = client.get(reverse("business_cases:xlsx", args=[initiative]) + "?til=2021").content
    again = recalculated(file).row("Overblik", "Nutidsværdi i alt 2016–2021")[0]
    assert million(str(round(again))) == Decimal(npv)


@pytest.mark.parametrize(
    ("day", "years", "factor"),
    [
        (IN_2016, 5, "4.45"),
        (IN_2016, 10, "8.11"),
        (IN_2016, 20, "13.59"),
        (IN_2005, 20, "11.47"),
        (NOW, 15, "11.52"),
    ],
)
def test_the_annuity_table_as_a_case_of_a_million_a_year(
    client_for: Clients, here: int, day: Any, years: int, factor: str
) -> None:
    client = client_for("controller")
    lines = [("Effekt", "benefit", "recurring", {2016: 0, 2017: 1_000_000})]
    initiative = approved(client, here, lines, day)
    found = printed(client, initiative, 2016 + years)
    assert million(found["npv"]).quantize(Decimal("0.01")) == Decimal(factor)


@pytest.mark.parametrize(
    ("net", "irr"),
    [
        ([-150_000, 15_000, 25_000, 35_000, 45_000, 60_000], "5,2"),
        ([-100, 39, 59, 55, 20], "28,1"),
        ([-100, 0, 0, 74], "−9,5"),
        ([1, 2, 3], "Findes ikke: netto er enten plus i alle år eller minus i alle år."),
    ],
)
def test_the_internal_rates_of_numpy_financial(
    client_for: Clients, here: int, net: list[int], irr: str
) -> None:
    client = client_for("controller")
    years = dict(enumerate(net, start=2026))
    gains = {year: amount for year, amount in years.items() if amount > 0}
    costs = {year: -amount for year, amount in years.items() if amount < 0}
    lines = [("Effekt", "benefit", "one_off", gains)]
    lines += [("Investering", "investment", "one_off", costs)] if costs else []
    initiative = approved(client, here, lines, NOW)
    assert printed(client, initiative)["irr"].startswith(irr)
    file = client.get(reverse("business_cases:xlsx", args=[initiative])).content
    again = recalculated(file).row("Overblik", "Intern rente")[0]
    assert isinstance(again, str) == irr.startswith("Findes")


def test_the_digital_town_hall_and_the_letters_as_differences_of_two_futures(
    client_for: Clients, here: int
) -> None:
    client = client_for("controller")
    lines = [
        ("Breve, 10.000 à 60 kr.", "benefit", "recurring", {2026: 10_000 * 60}),
        ("Drift som nu", "benefit", "recurring", {2026: 4_200_000_000}),
        ("Drift af det digitale rådhus", "operation", "recurring", {2026: 1_200_000_000}),
    ]
    initiative = approved(client, here, lines, NOW, client_for("executive"))
    found = printed(client, initiative)
    assert found["full_effect"] == "3.000.600.000"


ROWS = {2019: 178_536, 2020: 233_611, 2021: 246_306, 2022: 252_148}
STATED = {2019: 178_536, 2020: 233_611, 2021: 246_307, 2022: 252_147}


def imported(client: Client, here: int, stated: dict[int, int]) -> str:
    """Import the efficiencies with the totals the source states; return the account it gives."""
    book = load_workbook(SHIPPED / "public" / "koebenhavn-effektivisering-2019.xlsx")
    for row in book["Om"].iter_rows():
        if row[0].value == "kommune":
            row[1].value = "Ådal"
    for year, tkr in stated.items():
        book["Om"].append((f"oplyst total {year}", tkr))
    target = io.BytesIO()
    book.save(target)
    upload = SimpleUploadedFile("effektivisering.xlsx", target.getvalue())
    assert client.post(reverse("exchange:imports"), {"file": upload}).status_code == 302
    run = ImportRun.objects.latest("id")
    jobs.read(organisation_id=here, run_id=run.pk)
    client.post(reverse("exchange:confirm", args=[run.pk]))
    jobs.apply(organisation_id=here, run_id=run.pk)
    run.refresh_from_db()
    assert run.state == "applied"
    page = client.get(reverse("reporting:account") + "?pl=2019")
    account = page.context["account"]
    found = {year: account.years[year]["approved"] for year in ROWS}
    assert found == {year: Decimal(tkr) * 1000 for year, tkr in ROWS.items()}
    return page.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_the_efficiencies_of_copenhagen_imported_from_the_workbook(
    client_for: Clients, here: int
) -> None:
    said = imported(client_for("controller"), here, STATED)
    for year, exact in ((2019, "178.536.000 kr."), (2020, "233.611.000 kr.")):
        assert f"{year}: de oprindelige løfter giver {exact}, præcis det, kilden oplyser" in said
    for year, stated in ((2021, "246.307.000 kr."), (2022, "252.147.000 kr.")):
        (told,) = [part for part in said.split("<p") if f">{year}: de oprindelige løfter" in part]
        assert f"kilden oplyser {stated} i alt. Forskellen på 1.000 kr." in told
        assert "svarer til afrunding i kilden." in told


def test_a_stated_total_further_off_than_rounding_is_told(client_for: Clients, here: int) -> None:
    said = imported(client_for("controller"), here, {**STATED, 2021: 246_400})
    (told,) = [part for part in said.split("<p") if ">2021: de oprindelige løfter" in part]
    assert "er større, end afrunding kan forklare." in told
