"""Pages of business cases: what they say, writing a draft line by line, approving it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hoest.domain.business_cases.models import CaseVersion, LineAmount
from hoest.domain.portfolio.models import Initiative
from hoest.foundation import clock
from tests.support.guided import has_effect
from tests.support.world import MARKERS, THERE

Clients = Callable[..., Client]


def _initiative(here: int, word: str) -> int:
    return Initiative.objects.get(organisation_id=here, title__startswith=word).pk


def _text(response: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&nbsp;", " ")
    return re.sub(r"\s+", " ", text.replace("\xa0", " "))


def _case(here: int, word: str) -> str:
    return reverse("business_cases:case", args=[_initiative(here, word)])


def _start(client: Client, here: int, word: str = "Robotter") -> CaseVersion:
    initiative = _initiative(here, word)
    done = client.post(reverse("business_cases:start", args=[initiative]))
    assert done.status_code == 302
    return CaseVersion.objects.get(case__initiative_id=initiative, state="draft")


def _line(**changes: str) -> dict[str, str]:
    year = clock.today().year
    return {
        "key": "Færre timer",
        "kind": "benefit",
        "measure": "dkk",
        "duration": "recurring",
        "steering_area": "",
        "low_percent": "",
        "high_percent": "",
        f"year_{year}": "1.200.000,50",
        "version": "1",
        **changes,
    }


def test_the_page_says_the_point_and_shows_every_figure_with_its_meaning(
    client_for: Clients, here: int
) -> None:
    page = client_for("politician").get(_case(here, "Digital"))
    year = clock.today().year
    point = page.context["point"].replace("\xa0", " ")
    assert point.endswith(f"kan give 630.000 kr. og kan koste 360.000 kr. netto til og med {year}")
    text = _text(page)
    shown = {one.code: (one.value, one.low, one.high) for one in page.context["key_figures"]}
    assert shown["net"] == ("300.000", "−360.000", "630.000")
    assert shown["npv"] == ("143.350", "−479.302", "454.676")
    assert shown["payback_simple"][0] == "1,2 år"
    assert shown["payback_calendar_year"][0] == str(year)
    assert shown["payback_interpolated"][0] == shown["payback_discounted"][0] == "1,9 år"
    for part in (
        f"300.000 kr. (fra −360.000 til 630.000) · {year - 2}-priser",
        "DK-2021 (3,5 % til år 35",
        "Timer lægges aldrig sammen med kroner",
        "Kilde: Indtastet af Controller i Ådal Kommune",
    ):
        assert part in text
    assert all(one.definition in text for one in page.context["key_figures"])
    assert MARKERS[THERE] not in text


def test_original_and_latest_stand_side_by_side(client_for: Clients, here: int) -> None:
    page = client_for("executive").get(_case(here, "Digital"))
    pairs = {
        pair.label: (pair.original, pair.latest, pair.difference) for pair in page.context["pairs"]
    }
    assert pairs["Lavere indkøb"] == ("900.000", "700.000", "−200.000")
    assert pairs["Support"] == ("300.000", "300.000", "")
    assert [one["version"].number for one in page.context["versions"]] == [2, 1]
    assert "det første løfte" in _text(page)


def test_kroner_and_hours_have_tables_of_their_own(client_for: Clients, here: int) -> None:
    tables = client_for("executive").get(_case(here, "Digital")).context["tables"]
    assert [table.measure for table in tables] == ["dkk", "hours"]
    kroner, hours = tables
    assert {row.label for row in hours.rows} == {"Frigjorte aftentimer"}
    assert "Frigjorte aftentimer" not in {row.label for row in kroner.rows}
    assert kroner.totals[0][0] == "Gevinster i kroner"


def test_a_later_horizon_continues_recurring_lines(client_for: Clients, here: int) -> None:
    year = clock.today().year
    page = client_for("executive").get(_case(here, "Digital") + f"?til={year + 3}")
    assert page.context["figures"].horizon == year + 3
    support = next(row for row in page.context["tables"][0].rows if row.label == "Support")
    assert [cell.text for cell in support.cells[-3:]] == ["300.000"] * 3
    assert all(cell.is_continued for cell in support.cells[-3:])
    silly = client_for("executive").get(_case(here, "Digital") + "?til=12345")
    assert silly.context["figures"].horizon == year


def test_an_empty_case_teaches(client_for: Clients, here: int) -> None:
    page = client_for("portfolio_manager").get(_case(here, "Robotter"))
    assert "har ingen business case endnu" in page.context["point"]
    assert "Skriv det første udkast" in page.content.decode()
    reader = client_for("politician").get(_case(here, "Robotter"))
    assert "Skriv det første udkast" not in reader.content.decode()


def test_a_draft_is_written_line_by_line_and_approved(client_for: Clients, here: int) -> None:
    client = client_for("controller")
    draft = _start(client, here)
    url = reverse("business_cases:new_line", args=[draft.pk])
    assert 'inputmode="decimal"' in client.get(url).content.decode()
    assert client.post(url, _line()).status_code == 302
    line = draft.lines.get()
    assert line.amounts.get().amount == pytest.approx(1_200_000.5)
    edit = reverse("business_cases:line", args=[draft.pk, line.pk])
    assert 'value="1200000,5"' in client.get(edit).content.decode()
    hours = _line(key="Frigjort", measure="hours", version="2", low_percent="80")
    assert client.post(url, hours).status_code == 302
    page = client.get(reverse("business_cases:draft", args=[draft.pk]))
    assert [table.measure for table in page.context["tables"]] == ["dkk", "hours"]
    approve = reverse("business_cases:approve", args=[draft.pk])
    assert "Det kan aldrig ændres" in _text(client.get(approve))
    lacking = client.post(approve, {"version": "3", "reason": ""})
    assert lacking.status_code == 422
    assert "hvad borgerne eller virksomhederne mærker" in _text(lacking)
    has_effect(draft)
    done = client.post(approve, {"version": "3", "reason": ""})
    assert done.status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("approved", 1)
    assert "kan ikke ændres" in _text(client.get(done.url))
    assert client.get(reverse("business_cases:draft", args=[draft.pk])).status_code == 422


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"key": ""}, "Skriv, hvad posten hedder"),
        ({f"year_{clock.today().year}": ""}, "Skriv beløbet for mindst ét år"),
        ({f"year_{clock.today().year}": "1.5"}, "Skriv et tal"),
        ({f"year_{clock.today().year}": "-5"}, "mindst 0"),
        ({"kind": "investment", "measure": "hours"}, "Kun gevinster tælles i timer"),
        ({"low_percent": "120"}, "højst være 100"),
        ({"kind": "other"}, "other"),
    ],
)
def test_a_line_that_cannot_be_comes_back_with_the_form(
    client_for: Clients, here: int, changes: dict[str, str], says: str
) -> None:
    client = client_for("controller")
    draft = _start(client, here)
    url = reverse("business_cases:new_line", args=[draft.pk])
    answer = client.post(url, _line(**changes))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert draft.lines.count() == 0


def test_a_lost_update_of_a_draft_is_refused(client_for: Clients, here: int) -> None:
    client = client_for("controller")
    draft = _start(client, here)
    url = reverse("business_cases:new_line", args=[draft.pk])
    assert client.post(url, _line()).status_code == 302
    assert client.post(url, _line(key="Anden")).status_code == 409
    assert draft.lines.count() == 1


def test_a_later_approval_asks_why(client_for: Clients, here: int) -> None:
    client = client_for("controller")
    draft = has_effect(_start(client, here, "Digital"))
    url = reverse("business_cases:approve", args=[draft.pk])
    assert client.post(url, {"version": "1", "reason": ""}).status_code == 422
    assert client.post(url, {"version": "1", "reason": "Ny aftale"}).status_code == 302
    page = client.get(_case(here, "Digital"))
    assert [one["version"].number for one in page.context["versions"]] == [3, 2, 1]
    assert page.context["original"].number == 1
    assert "Ny aftale" in _text(page)


def test_lines_are_removed_the_level_changed_and_the_draft_thrown_away(
    client_for: Clients, here: int
) -> None:
    client = client_for("portfolio_manager")
    draft = _start(client, here)
    client.post(reverse("business_cases:new_line", args=[draft.pk]), _line())
    line = draft.lines.get()
    remove = reverse("business_cases:remove_line", args=[draft.pk, line.pk])
    assert "Færre timer" in _text(client.get(remove))
    assert client.post(remove, {"version": "2"}).status_code == 302
    level = reverse("business_cases:price_level", args=[draft.pk])
    assert client.post(level, {"version": "3", "price_level": "26"}).status_code == 422
    assert client.post(level, {"version": "3", "price_level": "2025"}).status_code == 302
    draft.refresh_from_db()
    assert draft.price_level == 2025
    discard = reverse("business_cases:discard", args=[draft.pk])
    done = client.post(discard, {"version": "4"})
    assert done.url == _case(here, "Robotter")
    assert not CaseVersion.objects.filter(pk=draft.pk).exists()


def test_the_panel_on_the_initiative_shows_three_figures(client_for: Clients, here: int) -> None:
    url = reverse("portfolio:initiative", args=[_initiative(here, "Digital")])
    text = _text(client_for("executive").get(url))
    assert (
        "Fuldt indført: 2,0 mio. kr. netto om året, fra 1,5 mio. kr. til 2,2 mio. kr. (2024-priser)"
        in text
    )
    for name, amount in (
        ("Netto i alt", r"300\.000 kr\. \(fra −360\.000 kr\. til 630\.000 kr\.\)"),
        ("Nutidsværdi i alt", r"143\.400 kr\. \(fra −479\.300 kr\. til 454\.700 kr\.\)"),
    ):
        assert re.search(rf"{name} 2024–2026 .{{0,250}} {amount} · 2024-priser", text), name
    exact = _text(client_for("executive").get(_case(here, "Digital")))
    assert re.search(r"Nutidsværdi i alt 2024–2026 .{0,250} 143\.350 kr\.", exact)
    assert "Se hele business casen" in text


@pytest.mark.parametrize("name", ["draft", "new_line", "approve", "discard", "price_level"])
def test_the_neighbours_draft_is_not_found(client_for: Clients, here: int, name: str) -> None:
    draft = _start(client_for("controller"), here)
    url = reverse(f"business_cases:{name}", args=[draft.pk])
    assert client_for("controller", there=True).get(url).status_code == 404
    reader = client_for("politician").get(url)
    assert reader.status_code == 403
    case = _case(here, "Digital")
    assert client_for("executive", there=True).get(case).status_code == 404


def test_the_case_page_takes_a_few_queries(
    client_for: Clients, here: int, django_assert_max_num_queries: Any
) -> None:
    client, url = client_for("executive"), _case(here, "Digital")
    client.get(url)
    with django_assert_max_num_queries(40):
        client.get(url)


def test_a_line_of_more_years_than_a_page_has_room_for_keeps_them_all(
    client_for: Clients, here: int
) -> None:
    client = client_for("controller")
    draft = _start(client, here)
    page = reverse("business_cases:new_line", args=[draft.pk])
    this_year = clock.today().year
    far = {f"year_{this_year + 45}": "900.000"}
    asked = f"{page}?til={this_year + 29}"
    assert client.post(asked, _line()).status_code == 302
    line = draft.lines.get()
    LineAmount.objects.create(
        organisation_id=here, line=line, case_version=draft, year=this_year + 45, amount=900_000
    )
    address = reverse("business_cases:line", args=[draft.pk, line.pk])
    for query in ("", "?fra=1990", "?til=2100", "?fra=1990&til=2100"):
        shown = client.get(address + query).context["form"]
        assert {this_year, this_year + 45} <= set(shown.years)
    draft.refresh_from_db()
    saved = client.post(address, _line(version=str(draft.version), **far))
    assert saved.status_code == 302
    years = draft.lines.get().amounts.values_list("year", flat=True)
    assert sorted(years) == [this_year, this_year + 45]
