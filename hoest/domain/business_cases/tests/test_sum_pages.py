"""The sum on one page, writing ranges and risks, who may approve, and what must be done."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.models import CaseLine, CaseRisk, CaseVersion
from hoest.domain.business_cases.web import words
from hoest.domain.business_cases.web.sum import sum_words
from hoest.domain.portfolio.models import Initiative
from hoest.foundation import content
from tests.support.world import MARKERS, THERE

Clients = Callable[..., Client]
MANDATES = """
lille: {up_to_dkk: 100, roles: [controller], reason_da: Smaa, reason_en: Small, source: test}
stor: {roles: [executive], reason_da: Store beslutter direktionen, reason_en: Big, source: test}
"""


def _text(response: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&nbsp;", " ")
    return re.sub(r"\s+", " ", text.replace("\xa0", " "))


def _training(here: int) -> Initiative:
    return Initiative.objects.get(organisation_id=here, title__startswith="Digital hjemmetræning")


def _sum(here: int) -> str:
    return reverse("business_cases:sum", args=[_training(here).pk])


@pytest.fixture
def draft(here: int, client_for: Clients) -> CaseVersion:
    """A draft beside the approved versions of the training."""
    client_for("controller").post(reverse("business_cases:start", args=[_training(here).pk]))
    return CaseVersion.objects.get(case__initiative=_training(here), state="draft")


def test_the_sum_says_the_point_as_a_range_and_shows_every_part(
    client_for: Clients, here: int
) -> None:
    page = client_for("politician").get(_sum(here))
    text = _text(page)
    assert "kan give 630.000 kr. og kan koste 360.000 kr. netto" in text
    assert "(fra −360.000 kr. til 630.000 kr.)" in text
    assert "Leverandøren bliver forsinket" in text
    # 0,3 · (200.000 + 4 · 400.000 + 900.000) / 6
    assert page.context["found"].pool.expected == 135_000
    assert "135.000" in text
    assert "Modvirkes af: Udstyr og licenser" in text
    assert "Færre ture mellem hjemmene" in text
    assert "fra høj til mærkbar" in text
    assert "3.100 timer om året (fra 2.480 til 3.410 timer)" in text
    assert "af 11 spørgsmål er besvaret" in text
    assert "Casen holder, så længe »Mindre vikarforbrug« er mindst" in text
    assert len(page.context["quality"]) == 11
    assert "Hvad plejer det at give?" in text
    assert MARKERS[THERE] not in text
    owners = {one.title.split(" ")[0]: one.owner_name for one in page.context["found"].benefits}
    assert owners["Mindre"].startswith("Gevinstejer")
    assert not owners["Kortere"]


def test_what_must_be_done_leads_with_what_it_protects_and_gets_no_verdict(
    client_for: Clients, here: int
) -> None:
    Initiative.objects.filter(pk=_training(here).pk).update(purpose_type="hygiene")
    page = client_for("executive").get(_sum(here))
    text = _text(page)
    assert "skal gøres: det handler om belastning" in page.context["point"]
    assert text.index("Hvad det beskytter") < text.index("Pengene står her uden dom")
    assert "Casen holder" not in text
    assert "Casen går" not in text
    assert "Pengene går lige op, når" in text


def test_a_simulation_is_made_only_when_asked_for_and_is_the_same_again(
    client_for: Clients, here: int
) -> None:
    client = client_for("executive")
    assert "Simuleret" not in _text(client.get(_sum(here)))
    first, second = (_text(client.get(_sum(here) + "?simuler=1")) for _ in range(2))
    assert "Simuleret med 20.000 træk" in first
    assert first[first.index("Simuleret") :][:120] == second[second.index("Simuleret") :][:120]


def test_a_case_without_figures_teaches(client_for: Clients, here: int) -> None:
    bare = Initiative.objects.get(organisation_id=here, title__startswith="Robotter")
    page = client_for("executive").get(reverse("business_cases:sum", args=[bare.pk]))
    assert "har ingen business case endnu" in _text(page)


def test_ranges_are_written_in_kroner_with_the_bad_end_on_its_own_side(
    client_for: Clients, draft: CaseVersion
) -> None:
    client = client_for("controller")
    url = reverse("business_cases:ranges", args=[draft.pk])
    cost = CaseLine.objects.get(case_version=draft, key="Udstyr og licenser")
    gain = CaseLine.objects.get(case_version=draft, key="Lavere indkøb")
    page = client.get(url)
    kept = {name: field.value() for name, field in ((f.name, f) for f in page.context["form"])}
    posted = {name: str(value or "").replace(".", ",") for name, value in kept.items()}
    posted |= {f"bad_{cost.pk}": "2.000.000", f"good_{cost.pk}": "1.900.000"}
    refused = client.post(url, {**posted, "version": draft.version})
    assert refused.status_code == 422
    assert "For en udgift er det pessimistiske mindst det sandsynlige" in _text(refused)
    posted |= {f"bad_{cost.pk}": "3.000.000", f"good_{cost.pk}": "2.200.000"}
    posted |= {f"bad_{gain.pk}": "100.000", f"basis_{gain.pk}": "Indkøbsstatistik"}
    done = client.post(url, {**posted, "version": draft.version})
    assert done.status_code == 302
    cost.refresh_from_db()
    gain.refresh_from_db()
    assert cost.high_share == Decimal("1.25")
    assert cost.low_share == (Decimal(2_200_000) / 2_400_000).quantize(Decimal("1e-10"))
    assert gain.low_share == (Decimal(100_000) / 700_000).quantize(Decimal("1e-10"))
    assert gain.basis == "Indkøbsstatistik"
    again = client.post(url, {**posted, "version": draft.version})
    assert again.status_code == 409


def test_a_risk_is_written_on_its_own_page_and_shows_in_the_pool(
    client_for: Clients, draft: CaseVersion
) -> None:
    client = client_for("controller")
    url = reverse("business_cases:new_risk", args=[draft.pk])
    posted = {
        "title": "Serveren går ned",
        "probability": "15",
        "low_dkk": "50.000",
        "likely_dkk": "100.000",
        "high_dkk": "300.000",
        "mitigation_key": "Support",
        "version": draft.version,
    }
    wrong = client.post(url, {**posted, "likely_dkk": "10.000"})
    assert wrong.status_code == 422
    assert "Ret rækkefølgen" in _text(wrong)
    assert client.post(url, posted).status_code == 302
    page = client.get(reverse("business_cases:risks", args=[draft.pk]))
    assert "Serveren går ned" in _text(page)
    assert "2 risici: en pulje på" in _text(page)
    made = CaseRisk.objects.get(case_version=draft, title="Serveren går ned")
    draft.refresh_from_db()
    gone = reverse("business_cases:remove_risk", args=[draft.pk, made.pk])
    assert client.post(gone, {"version": draft.version}).status_code == 302
    assert [one.title for one in queries.risks_of(draft) if "Serveren" in one.title] == []


def test_a_ground_is_written_in_a_sheet(client_for: Clients, draft: CaseVersion) -> None:
    client = client_for("controller")
    url = reverse("business_cases:ground", args=[draft.pk, "continuity"])
    lacks = client.post(url, {"said": "Serveren dør", "version": draft.version})
    assert lacks.status_code == 422
    said = {"now_level": 4, "after_level": 1, "said": "Serveren dør", "version": draft.version}
    assert client.post(url, said).status_code == 302
    assert queries.grounds_of(draft)["continuity"].now_level == 4
    nothing = reverse("business_cases:ground", args=[draft.pk, "money"])
    assert client.get(nothing).status_code == 404


@pytest.mark.parametrize("slug", ["usikkerhed", "risici", "sum"])
def test_the_three_steps_stand_in_the_guide(
    slug: str, client_for: Clients, draft: CaseVersion
) -> None:
    page = client_for("controller").get(reverse("business_cases:step", args=[draft.pk, slug]))
    assert page.status_code == 200
    assert "af 9" in _text(page)


def test_the_last_step_says_what_such_benefits_usually_give(
    client_for: Clients, draft: CaseVersion
) -> None:
    url = reverse("business_cases:step", args=[draft.pk, "sum"])
    assert "Hvad plejer det at give?" in _text(client_for("controller").get(url))


def test_an_amount_beyond_the_mandate_is_for_somebody_else_to_approve(
    client_for: Clients,
    draft: CaseVersion,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "mandates.yaml").write_text(MANDATES, encoding="utf-8")
    monkeypatch.setenv("HOEST_CONTENT", str(tmp_path))
    content.forget()
    url = reverse("business_cases:approve", args=[draft.pk])
    posted = {"version": draft.version, "reason": "Ny pris"}
    refused = client_for("controller").post(url, posted)
    assert refused.status_code == 403
    assert "Udgifterne er" in _text(refused)
    shown = client_for("controller").get(reverse("business_cases:draft", args=[draft.pk]))
    assert "Store beslutter direktionen" in _text(shown)
    assert CaseVersion.objects.get(pk=draft.pk).state == "draft"
    assert client_for("executive").post(url, posted).status_code == 302
    assert CaseVersion.objects.get(pk=draft.pk).state == "approved"


def test_a_version_reckoned_anew_after_go_live_says_so_on_the_list(
    client_for: Clients, here: int
) -> None:
    training = _training(here)
    Initiative.objects.filter(pk=training.pk).update(live_on="2020-01-01")
    page = client_for("executive").get(reverse("business_cases:case", args=[training.pk]))
    assert [one["after_live"] for one in page.context["versions"]] == [True, False]
    assert "regnet om efter idriftsættelsen" in _text(page)


def test_a_tiny_deficit_does_not_become_a_huge_rate(client_for: Clients, here: int) -> None:
    training = _training(here)
    client = client_for("controller")
    bare = Initiative.objects.get(organisation_id=here, title__startswith="Robotter")
    client.post(reverse("business_cases:start", args=[bare.pk]))
    draft = CaseVersion.objects.get(case__initiative=bare, state="draft")
    lines = (("Kursus", "investment", 2026, "5.000"), ("G", "benefit", 2027, "900.000"))
    for key, kind, year, amount in lines:
        draft.refresh_from_db()
        client.post(
            reverse("business_cases:new_line", args=[draft.pk]),
            {
                "key": key,
                "kind": kind,
                "measure": "dkk",
                "duration": "one_off",
                f"year_{year}": amount,
                "version": draft.version,
            },
        )
    text = _text(client.get(reverse("business_cases:case", args=[bare.pk])))
    assert "Kan ikke bruges her: netto er kun 5.000 kr. under nul" in text
    other = _text(client.get(reverse("business_cases:case", args=[training.pk])))
    assert "Kan ikke bruges her" not in other


def test_the_sum_asks_as_often_for_many_lines_as_for_few(
    client_for: Clients, here: int, draft: CaseVersion
) -> None:
    client = client_for("executive")
    url = f"{_sum(here)}?version={draft.pk}"
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for place in range(8):
        CaseLine.objects.create(
            organisation_id=here, case_version=draft, key=f"Ny {place}", kind="operation"
        )
        CaseRisk.objects.create(
            organisation_id=here,
            case_version=draft,
            title=f"Ny {place}",
            probability="0.1",
            low_dkk=1,
            likely_dkk=2,
            high_dkk=3,
            written_at=draft.created_at,
        )
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) <= len(few)
    assert len(many) <= 45


@pytest.mark.parametrize(
    ("likely", "early", "late", "said"),
    [
        (None, 2026, None, "Ventes ikke tjent hjem inden udgangen af 2026. Går alt godt, er det"),
        (2028, 2028, None, "Tjent hjem i 2028. Går alt dårligt, er det ikke tjent hjem inden"),
        (2028, 2027, None, "Tjent hjem i 2028, tidligst 2027. Går alt dårligt"),
        (2028, 2027, 2029, "Tjent hjem i 2028, tidligst 2027 og senest 2029."),
    ],
)
def test_payback_says_each_end_once(
    likely: int | None, early: int | None, late: int | None, said: str
) -> None:
    def case(year: int | None) -> Any:
        return SimpleNamespace(payback_calendar_year=year, accumulated=[-1], horizon=2026)

    ends: Any = SimpleNamespace(low=case(late), probable=case(likely), high=case(early))
    ends.is_range = True
    assert sum_words.payback(ends).startswith(said)


def test_a_case_without_kroner_to_gain_promises_no_zero() -> None:
    figures: Any = SimpleNamespace(
        gross_total=Decimal(5),
        full_effect=Decimal(-7),
        full_effect_range=None,
        price_level=2026,
        payback_calendar_year=None,
    )
    said = words.lead(figures).replace("\xa0", " ")
    assert said == "Fuldt indført koster det 7 kr. netto om året (2026-priser)."
    figures.gross_total = Decimal(0)
    assert words.lead(figures).startswith("Gevinsterne er ikke regnet i kroner.")
