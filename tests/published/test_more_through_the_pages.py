"""Published examples typed into the newer pages of a case and a benefit, and read there.

Each example is written through the forms a controller uses, and every page answers to one changed
input, so that a figure that only happens to stand there is found out. Sources, as the method notes
and the method pages of docs/reference/methods name them:

* Odense's staff letters (tv2fyn): 10,000 a year at 60 kr. are 600,000 kr.
* The digital town hall (bt.dk): 3.0 bn kr. a year, at 400,000 kr. each about 7,500 staff.
* Ringkøbing-Skjern (videncenter.kl.dk 07.12.2022): 130 robots, 37,400 hours over three years and
  8.4 m kr. net are 12,467 hours a year, 224.6 kr. an hour and 287.7 hours a robot.
* A contingency budget (freecram.net, PMI-RMP question 108): 40 % of 100,000 and 60 % of 20,000
  are 52,000.
* A project of four activities (schematex.js.org, "PERT three-point estimation"): 3.17, 8.5, 4.17
  and 2 are expected, 17.83 in all; the points are those of test_three_point_moments.py.
* depreciation.md and freed-time.md, "Eksempel": counted by hand there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hoest.domain.benefits import queries as benefit_queries
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.rules.portions import Portion, fields_of, fingerprint
from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.portfolio.models import Initiative
from tests.published.test_three_point_moments import PROJECT
from tests.support.harvest import title_of
from tests.support.world import HERE, MARKERS

Clients = Callable[..., Client]


def read(answer: Any) -> str:
    """Return what a page says, without its marks."""
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    text = re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("&nbsp;", " ")
    return re.sub(r"\s+", " ", text.replace("\xa0", " "))


class CaseOnPages:
    """A draft that nobody has written in, and the forms it is written through."""

    def __init__(self, client: Client, here: int) -> None:
        self.client = client
        self.initiative = Initiative.objects.get(
            organisation_id=here, title__startswith="Robotter"
        ).pk
        client.post(reverse("business_cases:start", args=[self.initiative]))
        self.draft = CaseVersion.objects.get(case__initiative_id=self.initiative, state="draft")

    def post(self, name: str, told: dict[str, Any], *more: int, query: str = "") -> None:
        """Send a form of the draft as it stands now."""
        self.draft.refresh_from_db()
        url = reverse(f"business_cases:{name}", args=[self.draft.pk, *more]) + query
        answer = self.client.post(url, {**told, "version": str(self.draft.version)})
        assert answer.status_code == 302, answer.content.decode()[-3000:]

    def assume(self, name: str, value: str, unit: str, source: str) -> int:
        """Write an assumption, or change the one of that name; return its id."""
        found = self.draft.assumptions.filter(name=name).first()
        told = {
            "name": name,
            "value": value,
            "unit": unit,
            "source_text": source,
            "dated_on": "2022-12-07",
        }
        self.post("assumption" if found else "new_assumption", told, *([found.pk] if found else []))
        return int(self.draft.assumptions.get(name=name).pk)

    def product(self, name: str, unit: str, *factors: int) -> None:
        """Write a number made of others; a negative id divides."""
        told = {"name": name, "unit": unit}
        for place, one in enumerate(factors, start=1):
            told |= {f"factor_{place}": str(abs(one)), f"divides_{place}": "1" if one < 0 else ""}
        self.post("new_product", told)

    def page(self, name: str, query: str = "") -> Any:
        """Open a page of the initiative's case."""
        return self.client.get(reverse(f"business_cases:{name}", args=[self.initiative]) + query)

    def assumptions(self) -> str:
        """Read the step where the assumptions and their formulas stand."""
        url = reverse("business_cases:step", args=[self.draft.pk, "forudsaetninger"])
        return read(self.client.get(url))


@pytest.fixture
def case(client_for: Clients, here: int) -> CaseOnPages:
    """A new case before a controller."""
    return CaseOnPages(client_for("controller"), here)


def test_the_letters_of_odense_are_reckoned_from_quantity_and_price(case: CaseOnPages) -> None:
    year = case.draft.price_level
    told = {
        "key": "Breve til ansatte",
        "kind": "benefit",
        "measure": "dkk",
        "duration": "recurring",
        "quantity_name": "Breve om året",
        "quantity_value": "10.000",
        "quantity_unit": "breve",
        "quantity_source": "tv2fyn",
        "price_name": "Pris pr. brev",
        "price_value": "60",
        "price_unit": "kr.",
        "price_source": "tv2fyn",
        f"share_{year}": "100",
    }
    case.post("new_derived_line", told)
    assert "10.000 breve × 60 kr. = 600.000 kr." in case.assumptions()
    full = {one.code: one.value for one in case.page("case").context["key_figures"]}
    assert full["full_effect"].replace("\xa0", " ").startswith("600.000")
    case.assume("Pris pr. brev", "61", "kr.", "tv2fyn")
    assert "10.000 breve × 61 kr. = 610.000 kr." in case.assumptions()
    full = {one.code: one.value for one in case.page("case").context["key_figures"]}
    assert full["full_effect"].startswith("610.000")


def test_the_digital_town_hall_is_about_seven_thousand_five_hundred_staff(
    case: CaseOnPages,
) -> None:
    effect = case.assume("Virkning om året", "3.000.000.000", "kr.", "bt.dk")
    each = case.assume("Pris pr. årsværk", "400.000", "kr.", "Regnet efter")
    case.product("Årsværk", "årsværk", effect, -each)
    assert "Årsværk 7.500 årsværk" in case.assumptions()
    case.assume("Pris pr. årsværk", "500.000", "kr.", "Regnet efter")
    assert "Årsværk 6.000 årsværk" in case.assumptions()


def test_the_robots_of_ringkoebing_skjern_free_hours_that_are_told_and_not_valued(
    case: CaseOnPages,
) -> None:
    source = "Videncenter for digitalisering og teknologi"
    hours = case.assume("Frigjorte timer i alt", "37.400", "timer", source)
    years = case.assume("År", "3", "år", source)
    robots = case.assume("Robotter", "130", "robotter", source)
    net = case.assume("Netto i alt", "8.400.000", "kr.", source)
    case.product("Netto pr. frigjort time", "kr. pr. time", net, -hours)
    case.product("Timer pr. robot", "timer pr. robot", hours, -robots)
    line = {
        "key": "Frigjort tid",
        "kind": "benefit",
        "measure": "hours",
        "duration": "recurring",
        "factor_1": str(hours),
        "factor_2": str(years),
        "divides_2": "1",
        **{f"share_{year}": "100" for year in (2020, 2021, 2022)},
    }
    case.post("new_derived_line", line, query="?fra=2020")
    said = case.assumptions()
    assert "Netto pr. frigjort time 224,6 kr. pr. time" in said
    assert "Timer pr. robot 287,69 timer pr. robot" in said
    assert "37.400 timer ÷ 3 år = 12.466,67 timer" in said
    total = read(case.page("sum"))
    assert "Frigjort tid: 12.467 timer om året" in total
    assert "Frigjort tid er ikke penge, før nogen beslutter at tage den ud." in total
    assert "Ingen poster er i kroner." in total
    case.assume("Frigjorte timer i alt", "40.000", "timer", source)
    assert "Netto pr. frigjort time 210 kr. pr. time" in case.assumptions()
    assert "Frigjort tid: 13.333 timer om året" in read(case.page("sum"))


def test_the_contingency_of_two_risks_is_the_published_one_and_covers_three_outcomes_in_five(
    case: CaseOnPages,
) -> None:
    def risk(title: str, percent: str, costs: str) -> dict[str, str]:
        told = {"title": title, "probability": percent, "mitigation_key": ""}
        return told | {f"{end}_dkk": costs for end in ("low", "likely", "high")}

    case.post("new_risk", risk("Den første", "40", "100.000"))
    case.post("new_risk", risk("Den anden", "60", "20.000"))
    for page in (
        case.client.get(reverse("business_cases:risks", args=[case.draft.pk])),
        case.page("sum"),
    ):
        said = read(page)
        assert "I snit koster risiciene 52.000" in said
        assert "50 % af tilfældene 20.000" in said
        assert "80 % af tilfældene 120.000" in said
        # Neither comes, the small one alone, the large one alone, both.
        steps = page.context["found"].pool.steps
        assert [(int(pool), float(share)) for pool, share in steps] == [
            (0, 0.24), (20_000, 0.60), (100_000, 0.76), (120_000, 1.0),
        ]  # fmt: skip
        assert "En pulje på gennemsnittet, 52.000 kr., dækker alt i 60 % af tilfældene." in said
    second = case.draft.risks.get(title="Den anden").pk
    case.post("risk", risk("Den anden", "50", "20.000"), second)
    moved = read(case.page("sum"))
    assert "I snit koster risiciene 50.000" in moved
    assert "50.000 kr., dækker alt i 60 %" in moved


def test_the_expected_value_of_three_points_is_the_published_one(case: CaseOnPages) -> None:
    # The page prints half of each, for each comes in every second case; a day is a million here.
    for name, (ends, _mean, _deviation) in PROJECT.items():
        told = {"title": name, "probability": "50", "mitigation_key": ""}
        for end, days in zip(("low", "likely", "high"), ends, strict=True):
            told[f"{end}_dkk"] = f"{days}.000.000"
        case.post("new_risk", told)
    said = read(case.page("sum"))
    printed = {
        "Spec": "1.583.333",
        "Build": "4.250.000",
        "Test": "2.083.333",
        "Deploy": "1.000.000",
    }
    rows = {row.risk.title: row for row in case.page("sum").context["risks"]}
    for name, half in printed.items():
        assert half in said
        assert round(2 * rows[name].expected / 1_000_000, 2) == round(Decimal(PROJECT[name][1]), 2)
    assert "I snit koster risiciene 8.916.667" in said
    first = case.draft.risks.get(title="Build").pk
    worse = {"title": "Build", "probability": "50", "mitigation_key": "", "low_dkk": "5.000.000"}
    worse |= {"likely_dkk": "8.000.000", "high_dkk": "20.000.000"}
    case.post("risk", worse, first)
    assert "I snit koster risiciene 9.416.667" in read(case.page("sum"))


DEPRECIATION = [
    ("Udvikling", "investment", "one_off", {2024: "100.000", 2025: "200.000"}),
    ("Drift", "operation", "recurring", {2026: "10.000"}),
    ("Gevinst", "benefit", "recurring", {2026: "90.000"}),
]


def test_an_investment_is_written_off_over_its_life_from_the_year_it_is_ready(
    case: CaseOnPages, client_for: Clients
) -> None:
    edit, manager = (
        reverse("portfolio:edit", args=[case.initiative]),
        client_for("portfolio_manager"),
    )
    form = manager.get(edit).context["form"]
    kept = {one.name: one.value() for one in form if one.value() not in (None, "")}
    ready = {
        **kept,
        "starts_on": "2024-01-01",
        "live_on": "2026-01-01",
        "version": Initiative.objects.get(pk=case.initiative).version,
    }
    assert manager.post(edit, ready).status_code == 302
    for key, kind, duration, amounts in DEPRECIATION:
        told = {"key": key, "kind": kind, "measure": "dkk", "duration": duration}
        told |= {f"year_{year}": amount for year, amount in amounts.items()}
        told |= {"life_years": "4"} if kind == "investment" else {}
        case.post("new_line", told, query="?fra=2024&til=2028")
    page = case.page("sum", "?til=2028")
    rows = {row["year"]: row for row in page.context["depreciated_years"]}
    assert [int(rows[year]["net"]) for year in rows] == [0, 0, 5_000, 5_000, 5_000]
    book = [int(rows[year]["book"]) for year in rows]
    assert book == [100_000, 300_000, 225_000, 150_000, 75_000]
    said = read(page)
    # Paid, cost when written off, book value, net when written off.
    assert "2025 200.000 0 300.000 0" in said
    assert "2027 10.000 85.000 150.000 5.000" in said
    assert "75.000 kr. afskrives efter det sidste år." in said
    line = case.draft.lines.get(key="Udvikling").pk
    key, kind, duration, amounts = DEPRECIATION[0]
    told = {"key": key, "kind": kind, "measure": "dkk", "duration": duration, "life_years": "3"}
    told |= {f"year_{year}": amount for year, amount in amounts.items()}
    case.post("line", told, line, query="?fra=2024&til=2028")
    assert "2027 10.000 110.000 100.000 −20.000" in read(case.page("sum", "?til=2028"))


def worth(client: Client, **told: str) -> str:
    """Write what a benefit's time is made of, and read its profile."""
    benefit = Benefit.objects.select_related("initiative").get(
        title=title_of("Færre opkald", MARKERS[HERE])
    )
    values = benefit_queries.profile_values(benefit, benefit_queries.profile_of(benefit))
    seen = fingerprint({name: values[name] for name in fields_of(Portion.WORTH)})
    url = reverse("benefits:change", args=[benefit.pk]) + "?del=vaerdi"
    answer = client.post(url, {**told, "time_source": "Prøvet", "version": seen})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return read(client.get(reverse("benefits:profile", args=[benefit.pk])))


def test_freed_time_is_volume_times_the_minutes_saved_times_the_share_in_use(
    client_for: Clients, here: int
) -> None:
    client = client_for("portfolio_manager")
    told = {
        "cases_a_year": "1.200",
        "minutes_before": "12",
        "minutes_after": "4",
        "adoption_share": "80",
        "hour_price_dkk": "350",
    }
    said = worth(client, **told)
    assert "1.200 gange × (12 − 4) min. ÷ 60 × 80 %" in said
    assert "128 timer om året" in said
    assert "Opgaven tager i dag 240 timer om året." in said
    assert "Med 350 kr. i timen er timerne 44.800 kr. værd. Det er en værdi, ikke penge." in said
    assert "80 timer om året" in worth(client, **{**told, "adoption_share": "50"})
    slower = worth(client, **{**told, "minutes_after": "15"})
    assert "Ekstra tid om året" in slower
    assert "48 timer om året" in slower


def test_the_formula_of_os2autoproces_has_its_two_roundings(client_for: Clients, here: int) -> None:
    client = client_for("portfolio_manager")
    told = {
        "cases_a_year": "1.234",
        "minutes_before": "7,5",
        "minutes_after": "0",
        "adoption_share": "60",
        "time_basis": "os2autoproces",
    }
    said = worth(client, **told)
    assert "1.234 gange × 7,5 min. ÷ 60 × 60 %" in said
    assert "OS2autoproces viser 92,55 timer på skærmen og gemmer 92." in said
    again = worth(client, **{**told, "adoption_share": "61"})
    assert "OS2autoproces viser 94,09 timer på skærmen og gemmer 94." in again
