"""Published present values at rates that are not the Danish one, read where the sum tries a rate.

Sources: numpy-financial's documentation of npv (8 % and 5 %); the annuity table of EKL, Sweden
(yumpu 59994630, page 75), a krone at the end of each of n years; the Norwegian police's IT (KS1,
yumpu 14808752, page 74), present values at 2, 4 and 6 % in m NOK, rounded to ten. The yearly flows
of KS1 are not public; those of tests/published/test_falling_npv.py are fitted to 2 and 6 %, so that
the value at 4 % is the test. The factors are those of tests/published/test_discount_factors.py
(ft.dk FIU 2017-18, answer 418; the note of 07.01.2021), and what carries Copenhagen's case A of
28.04.2016 is its investment over the printed factor, as in test_break_even_of_cases.py.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.published.test_discount_factors import FACTORS
from tests.published.test_falling_npv import OPTIONS, even_flow
from tests.published.test_through_the_pages import IN_2016, A, approved

Clients = Callable[..., Client]
TIMES = 100_000


def tried(client: Client, initiative: int, **asked: Any) -> dict[str, Decimal]:
    """Return the present value at each rate the sum prints, in kroner."""
    page = client.get(reverse("business_cases:sum", args=[initiative]), asked)
    assert page.status_code == 200
    text = page.content.decode()
    for row in page.context["rates"]:
        assert f"{row.npv:,}".replace(",", ".").replace("-", "−") in text
    return {row.rate.replace("\xa0", " "): row.npv for row in page.context["rates"]}


@pytest.mark.parametrize(
    ("rate", "net", "npv"),
    [
        ("8", [-40_000, 5_000, 8_000, 12_000, 30_000], "3065.22267"),
        ("5", [-15_000, 1_500, 2_500, 3_500, 4_500, 6_000], "122.89485"),
    ],
)
def test_the_present_values_of_numpy_financial(
    client_for: Clients, here: int, rate: str, net: list[int], npv: str
) -> None:
    client = client_for("controller")
    gains = {2026 + t: amount * TIMES for t, amount in enumerate(net) if amount > 0}
    lines = [
        ("Investering", "investment", "one_off", {2026: -net[0] * TIMES}),
        ("Effekt", "benefit", "one_off", gains),
    ]
    initiative = approved(client, here, lines, None, client_for("executive"))
    found = tried(client, initiative, rente=rate)
    assert found[f"{rate} %"] / TIMES == Decimal(npv)
    # The case keeps its own rate, and another rate gives another value.
    assert set(found) == {"1,5 %", "3,5 %", "5,5 %", f"{rate} %"}
    assert tried(client, initiative, rente="6")["6 %"] < found["3,5 %"]


@pytest.mark.parametrize(
    ("rate", "years", "factor"),
    [
        ("4", 5, "4.45"),
        ("4", 10, "8.11"),
        ("4", 20, "13.59"),
        ("6", 20, "11.47"),
        ("15", 5, "3.35"),
    ],
)
def test_the_annuity_table_at_a_rate_that_is_asked_for(
    client_for: Clients, here: int, rate: str, years: int, factor: str
) -> None:
    client = client_for("controller")
    lines = [("Effekt", "benefit", "recurring", {2026: 0, 2027: 1_000_000})]
    initiative = approved(client, here, lines, None)
    found = tried(client, initiative, rente=rate, til=2026 + years)
    printed = (found[f"{rate} %"] / 1_000_000).quantize(Decimal("0.01"))
    assert printed == Decimal(factor)
    longer = tried(client, initiative, rente=rate, til=2027 + years)
    assert longer[f"{rate} %"] > found[f"{rate} %"]


@pytest.mark.parametrize("option", sorted(OPTIONS))
def test_two_points_below_and_above_are_the_three_values_of_the_police(
    client_for: Clients, here: int, option: str
) -> None:
    low, middle, high, n_years = OPTIONS[option]
    flow = even_flow(low, high, n_years)
    client = client_for("controller")
    lines = [
        ("Investering", "investment", "one_off", {2016: round(-flow[0] * 1_000_000)}),
        ("Effekt", "benefit", "recurring", {2016: 0, 2017: round(flow[1] * 1_000_000)}),
    ]
    initiative = approved(client, here, lines, IN_2016, client_for("executive"))
    found = tried(client, initiative, til=2016 + n_years)
    assert list(found) == ["2 %", "4 %", "6 %"]
    printed = [round(float(value) / 1_000_000, -1) for value in found.values()]
    assert printed == [low, middle, high]


def test_a_rate_that_is_none_is_told_and_the_table_stays(client_for: Clients, here: int) -> None:
    client = client_for("controller")
    lines = [("Effekt", "benefit", "recurring", {2026: 0, 2027: 1_000_000})]
    initiative = approved(client, here, lines, dt.date(2026, 1, 5))
    page = client.get(reverse("business_cases:sum", args=[initiative]), {"rente": "halvtreds"})
    assert page.status_code == 200
    assert page.context["rate_form"].errors
    assert len(page.context["rates"]) == 3
    assert "Nutidsværdien er positiv ved alle de prøvede renter." in page.content.decode()


@pytest.mark.parametrize(("name", "day"), [("DK-2021", None), ("DK-2013", IN_2016)])
def test_the_steps_of_the_danish_rate_are_the_published_factors(
    client_for: Clients, here: int, name: str, day: Any
) -> None:
    client = client_for("controller")
    lines = [("Effekt", "benefit", "recurring", {2016: 0, 2017: 1_000_000})]
    initiative = approved(client, here, lines, day)
    first = {"DK-2021": "3,5 %", "DK-2013": "4 %"}[name]

    def until(year: int) -> Decimal:
        # Nothing is gained in the first year, and the page always goes to the last one filled.
        return tried(client, initiative, til=year)[first] if year > 2016 else Decimal(0)

    # What one more year adds is that year's factor; two roundings to a krone lie in it.
    for t in (t for t in FACTORS[name] if t <= 50):
        added = float(until(2016 + t) - until(2015 + t)) / 1_000_000
        assert added == pytest.approx(FACTORS[name][t], abs=1.6e-6), t


@pytest.mark.parametrize(
    ("investment", "effect"),
    [(3_000_000, "673.900 kr. om året"), (4_450_000, "999.600 kr. om året")],
)
def test_what_carries_a_case_is_its_investment_over_the_printed_factor(
    client_for: Clients, here: int, investment: int, effect: str
) -> None:
    client = client_for("controller")
    key, kind, duration, _amounts = A[0]
    lines = [(key, kind, duration, {2016: investment}), A[1]]
    initiative = approved(client, here, lines, IN_2016, client_for("executive"))
    page = client.get(reverse("business_cases:sum", args=[initiative]), {"til": 2021})
    said = page.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
    told = r"Casen holder, så længe »(\w+)« er (mindst|højst) ([^(<]+) \("
    found = {name: (side, amount) for name, side, amount in re.findall(told, said)}
    assert found["Effekt"] == ("mindst", effect)
    needed = Decimal(effect.split(" ")[0].replace(".", ""))
    # The table of EKL prints 4.45 for 4 % over five years.
    assert (investment / needed).quantize(Decimal("0.01")) == Decimal("4.45")
    # 1.8 m times 4.4518 is 8.01 m, whatever it is spent on.
    assert found["Investering"] == ("højst", "8,0 mio. kr. i alt")
