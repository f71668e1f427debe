"""What the guide gives is read: on the case's page, beside another version, before approval."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.tests.test_guide_pages import (
    NEED,
    _step,
    _text,
    draft,
    filled,
)
from hoest.domain.portfolio.models import Initiative

__all__ = ["draft", "filled"]

Clients = Callable[..., Client]


def test_the_case_page_reads_calmly_what_lies_behind_the_figures(
    client_for: Clients, filled: CaseVersion
) -> None:
    page = client_for("politician").get(
        reverse("business_cases:case", args=[filled.case.initiative_id])
    )
    text = _text(page)
    assert "Det, der ligger bag tallene" in text
    assert "Borgere, der genoptræner efter en operation" in text
    assert "420 forløb × 125,5 kr. = 52.710 kr." in text
    assert "Kilde: Omsorgsjournalen" in text
    assert "<form" not in page.content.decode().split('id="bag-tallene"')[1].split("</section>")[0]


def test_comparing_says_the_difference_and_shows_what_changed_first(
    client_for: Clients, here: int
) -> None:
    client = client_for("controller")
    training = Initiative.objects.get(organisation_id=here, title__startswith="Digital")
    url = reverse("business_cases:compare", args=[training.pk])
    page = client.get(url)
    assert page.context["point"].replace("\xa0", " ") == (
        "Version 2 giver 200.000 kr. mindre netto end version 1"
    )
    changes = [pair.change for pair in page.context["pairs"]]
    assert changes == ["ændret", *[""] * (len(changes) - 1)]
    client.post(reverse("business_cases:start", args=[training.pk]))
    draft = CaseVersion.objects.get(case__initiative=training, state="draft")
    version = queries.parts_of(draft).version_of_step("behov")
    body = {**NEED, "user_group": "Alle over 80 år", "version": str(version)}
    assert client.post(_step(draft, "behov"), body).status_code == 302
    same = client.get(url, {"til": draft.pk, "fra": page.context["sides"][1]["version"].pk})
    assert same.context["point"] == "Udkastet har de samme tal som version 2"
    assert "Alle over 80 år" in _text(same)
    _label, was, now = next(x for x in same.context["answers"] if x[0] == "Hvem mærker det")
    assert (was, now) == ("Borgere, der genoptræner efter en operation", "Alle over 80 år")


def test_benefits_and_lines_know_each_other_on_the_step(client_for: Clients, here: int) -> None:
    client = client_for("controller")
    training = Initiative.objects.get(organisation_id=here, title__startswith="Digital")
    client.post(reverse("business_cases:start", args=[training.pk]))
    draft = CaseVersion.objects.get(case__initiative=training, state="draft")
    text = _text(client.get(_step(draft, "gevinster")))
    assert "Gevinster, der følges" in text
    assert "Får sit beløb fra posten" in text
    opened = client.get(
        reverse("business_cases:new_line", args=[draft.pk]),
        {"trin": "gevinster", "art": "benefit", "navn": "Færre opkald"},
    )
    assert 'value="Færre opkald"' in opened.content.decode()


def test_nothing_is_handed_over_before_the_effect_is_told(
    client_for: Clients, draft: CaseVersion
) -> None:
    client = client_for("controller")
    year = draft.price_level
    line = {
        "key": "Licens",
        "kind": "operation",
        "measure": "dkk",
        "duration": "recurring",
        "cost_type": "running",
        f"year_{year}": "100.000",
        "version": "1",
    }
    assert client.post(reverse("business_cases:new_line", args=[draft.pk]), line).status_code == 302
    for name in ("submit", "approve"):
        url = reverse(f"business_cases:{name}", args=[draft.pk])
        answer = client.post(url, {"version": "2", "reason": ""})
        assert answer.status_code == 422
        assert "hvad borgerne eller virksomhederne mærker" in _text(answer)
    none = dict.fromkeys(NEED, "") | {"no_effect": "Kun servere mærker det", "version": "0"}
    assert client.post(_step(draft, "behov"), none).status_code == 302
    submit = reverse("business_cases:submit", args=[draft.pk])
    assert client.post(submit, {"version": "3"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "submitted"
