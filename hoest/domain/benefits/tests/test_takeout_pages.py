"""The pages of taking home: ask how, write, decide, see the gap, fetch the file, publish."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from hoest.domain.benefits import actions, queries
from hoest.domain.benefits.models import Benefit, FollowUpReport, TakeoutAgreement
from hoest.domain.benefits.queries.budget import budget_lines
from hoest.domain.benefits.queries.taken import taken_rows
from hoest.domain.benefits.rules.gap import gap_of
from hoest.domain.benefits.web.takeout import follow_up
from hoest.domain.reporting.queries import accounts
from hoest.foundation import clock
from tests.support.takeouts import write_agreement

Y = clock.today().year


@pytest.fixture
def benefit(here: int) -> Callable[[str], Benefit]:
    """Give a benefit of the world by its key word."""
    return lambda word: Benefit.objects.get(organisation_id=here, title__startswith=word)


def text(answer: Any) -> str:
    """Return a page with its spaces made plain."""
    return " ".join(answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ").split())


def taken_home(actor: Any, one: Benefit, amounts: dict[int, Decimal], **changes: Any) -> Any:
    """Write an agreement and decide it a week ago."""
    made = write_agreement(actor, one, "", amounts, **changes)
    return actions.move_takeout(
        actor=actor,
        agreement_id=made.pk,
        version=made.version,
        status="decided",
        on=clock.today() - dt.timedelta(days=7),
        by_name="Byrådet",
        reference="punkt 12",
        knowing=True,
    )


def test_the_kind_is_asked_first_then_the_model_then_kroner_or_hours_alone(
    client_for: Any, benefit: Callable[[str], Benefit]
) -> None:
    controller, one = client_for("controller"), benefit("Lavere indkøb")
    url = reverse("benefits:harvest", args=[one.pk])
    first = text(controller.get(url))
    assert "Hvordan tages gevinsten hjem?" in first
    assert "Målt nu" in first
    assert "Efter hvilken model?" in text(controller.get(f"{url}?slags=budget_cut"))
    page = text(controller.get(f"{url}?slags=budget_cut&model=cut_at_approval&fra={Y}"))
    assert "700.000 kr. godkendt gange 100 % giver 700.000 kr." in page
    assert 'value="700000"' in page
    assert "Er det varigt eller én gang?" in page
    assert "Medarbejderne er ikke inddraget" in page
    assert "Anvendelse" not in page
    hours = text(controller.get(f"{url}?slags=named_hours&model=own&fra={Y}"))
    assert "Hvor mange timer hvert år?" in hours
    assert "Kontostreng" not in hours
    asked = controller.get(f"{url}?slags=budget_cut&model=digitalisation_bank&fra={Y}")
    assert asked.status_code == 422


def test_a_decision_is_warned_of_once_and_then_taken_home(
    client_for: Any, benefit: Callable[[str], Benefit]
) -> None:
    controller, one = client_for("controller"), benefit("Lavere indkøb")
    url = reverse("benefits:harvest", args=[one.pk])
    url += f"?slags=budget_cut&model=own&fra={Y + 1}"
    given = {
        "unit": one.unit_id,
        "budget_place": "Indkøb",
        "account": "5.30",
        "price_level": Y - 2,
        "varig": "ja",
        f"aar_{Y + 1}": "250.000,50",
        "status": "decided",
        "decided_on": clock.today().isoformat(),
        "by_name": "Økonomiudvalget",
        "reference": "punkt 9",
    }
    answer = controller.post(url, given)
    assert answer.status_code == 422
    assert "Vi kender advarslen" in text(answer)
    assert not TakeoutAgreement.objects.filter(benefit=one, status="decided").exists()
    answer = controller.post(url, {**given, "sure": "on"}, follow=True)
    page = text(answer)
    assert "Aftalen er besluttet. Gevinsten er taget hjem." in page
    made = TakeoutAgreement.objects.get(benefit=one, status="decided")
    own = reverse("benefits:agreement", args=[made.pk])
    assert own in page
    said = text(controller.get(own))
    assert "Aftalen blev besluttet, før grundlaget var på plads." in said
    assert "Medarbejderne var ikke inddraget." in said


def test_the_gap_the_account_and_the_file_are_one_truth_to_the_oere(
    client_for: Any, actor: Any, benefit: Callable[[str], Benefit]
) -> None:
    one, person = benefit("Lavere indkøb"), actor("controller")
    taken_home(person, one, {Y: Decimal("600000.25")}, is_lasting=True)
    rows = [r for r in taken_rows(person).rows if r.benefit_id == one.pk]
    assert {r.year for r in rows} == set(range(Y, Y + 4))
    (now,) = [r for r in rows if r.year == Y]
    # 700,000 approved; 550,000 of 800,000 on the way to the target have come.
    assert now.realised == Decimal("481250.00")
    assert now.gap == Decimal("118750.25")
    # The model shares a gap in halves; the odd øre is nobody's to lose.
    assert (now.carried.unit, now.carried.treasury) == (Decimal("59375.13"), Decimal("59375.12"))
    level = Y - 2
    account = next(a for a in accounts(person) if a.price_level == level)
    file = sum(
        (-x.budget_change for x in budget_lines(person) if x.price_level == level), Decimal(0)
    )
    for year in range(Y, Y + 4):
        same = [r for r in taken_rows(person).rows if r.year == year and r.price_level == level]
        assert account.years[year]["in_hand"] == gap_of(same).taken
    assert file == Decimal("600000.25")
    page = text(client_for("controller").get(reverse("benefits:takeout") + f"?pl={level}"))
    assert "118.750" in page
    assert "600.000" in page
    unit = reverse("benefits:takeout_unit", args=[one.unit_id])
    assert "118.750" in text(client_for("controller").get(f"{unit}?pl={level}"))
    behind = reverse("benefits:takeout_rows") + f"?pl={level}&aar={Y}"
    assert one.title in text(client_for("controller").get(behind))
    layers = text(client_for("controller").get(reverse("benefits:takeout_layers") + f"?pl={level}"))
    assert layers.count("600.000") >= 4


def test_the_budget_file_is_read_by_excel_and_by_a_machine_and_runs_nothing(
    client_for: Any, actor: Any, benefit: Callable[[str], Benefit]
) -> None:
    person = actor("controller")
    taken_home(
        person, benefit("Lavere indkøb"), {Y: Decimal("1234.5")}, budget_place="=HYPERLINK(1)"
    )
    url = reverse("benefits:takeout_budget")
    raw = client_for("controller").get(url).getvalue()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    (row,) = [r for r in rows if r["Kontostreng"] == "5.30.26.1.200"]
    assert (row["År"], row["Beløb"], row["Prisniveau"]) == (str(Y), "-1234,5", str(Y - 2))
    assert row["Budgetsted"] == "'=HYPERLINK(1)"
    assert (row["Besluttet af"], row["Reference"], row["Varig"]) == ("Byrådet", "punkt 12", "nej")
    machine = client_for("controller").get(f"{url}?form=maskine").getvalue().decode()
    (line,) = [r for r in csv.DictReader(io.StringIO(machine)) if r["account"]]
    assert (line["amount_dkk"], line["kind"], line["goes_on"]) == (
        "-1234.50",
        "budget_cut",
        "false",
    )
    assert line["decided_on"] == (clock.today() - dt.timedelta(days=7)).isoformat()
    assert line["budget_place"] == "'=HYPERLINK(1)"


def test_a_published_quarter_still_shows_what_it_showed(
    client_for: Any, actor: Any, benefit: Callable[[str], Benefit], here: int
) -> None:
    person, one = actor("controller"), benefit("Lavere indkøb")
    made = taken_home(person, one, {Y: Decimal(400_000)})
    quarter = (clock.today().month - 1) // 3 + 1
    url = reverse("benefits:publish_follow_up", args=[Y, quarter])
    client = client_for("controller")
    assert client.post(url, {"note": "Vi følger op"}).status_code == 422  # it has an edition
    assert client.post(url, {"note": "Vi følger op", "reason": "Ny aftale"}).status_code == 302
    shows = reverse("benefits:follow_up", args=[Y, quarter])
    before = text(client.get(shows))
    assert "400.000" in before
    assert "Vi følger op" in before
    assert "2. udgave: Ny aftale" in before
    actions.withdraw_takeout(actor=person, agreement_id=made.pk, reason="Omgjort")
    after = text(client.get(shows))
    point = before[before.index("<h1") : before.index("</h1>")]
    assert point in after
    assert "400.000" in after
    assert FollowUpReport.objects.filter(organisation_id=here).count() == 2
    assert client_for("unit_leader").get(shows).status_code == 403
    assert "400.000" not in text(client.get(f"{shows}?udgave=1"))
    assert client.get(reverse("benefits:follow_up", args=[Y + 1, 4])).status_code == 404


def test_a_layer_is_written_as_what_shall_be_and_decided_by_its_own_page(
    client_for: Any, actor: Any, benefit: Callable[[str], Benefit]
) -> None:
    one, client = benefit("Lavere indkøb"), client_for("controller")
    made = taken_home(actor("controller"), one, {Y: Decimal(400_000), Y + 1: Decimal(400_000)})
    url = reverse("benefits:add_layer", args=[made.pk])
    assert 'value="400000"' in text(client.get(url))
    answer = client.post(
        url, {f"aar_{Y}": "400.000", f"aar_{Y + 1}": "300.000", "reason": "Færre varer"}
    )
    layer = TakeoutAgreement.objects.get(base=made)
    assert answer["Location"] == reverse("benefits:agreement", args=[layer.pk])
    step = {
        "status": "decided",
        "decided_on": clock.today().isoformat(),
        "by_name": "Byrådet",
        "reference": "punkt 3",
        "version": layer.version,
    }
    move = reverse("benefits:move_agreement", args=[layer.pk])
    refused = client.post(move, step | {"by_name": "", "reference": " "})
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"by_name", "reference"}
    to_come = {"decided_on": (clock.today() + dt.timedelta(days=1)).isoformat()}
    assert set(client.post(move, step | to_come).context["form"].errors) == {"decided_on"}
    assert client.post(move, step).status_code == 302
    found = {r.year: r.amount_dkk for r in queries.standing_decisions([one.pk])}
    assert sum(
        r.amount_dkk or 0 for r in queries.standing_decisions([one.pk]) if r.year == Y + 1
    ) == Decimal(300_000)
    assert set(found) == {Y, Y + 1}
    assert "Alle lag i alt" in text(client.get(answer["Location"]))


def test_involvement_and_experience_are_written_down_and_shown(
    client_for: Any, benefit: Callable[[str], Benefit]
) -> None:
    one, client = benefit("Lavere indkøb"), client_for("controller")
    given = {"form": "med", "on": clock.today().isoformat(), "told": "MED bakker op"}
    assert client.post(reverse("benefits:involve_staff", args=[one.pk]), given).status_code == 302
    assert "MED bakker op" in text(client.get(reverse("benefits:benefit", args=[one.pk])))
    url = reverse("benefits:log_experience", args=[one.unit_id])
    given = {"on": clock.today().isoformat(), "told": "Det gik for stærkt"}
    assert client.post(url, given).status_code == 302
    shown = text(client.get(reverse("benefits:takeout_unit", args=[one.unit_id])))
    assert "Det gik for stærkt" in shown
    form = reverse("benefits:harvest", args=[one.pk]) + f"?slags=budget_cut&model=own&fra={Y}"
    assert "Det gik for stærkt" in text(client.get(form))


def test_more_than_was_taken_is_no_gap_below_zero() -> None:
    row = {"taken": "100", "realised": "250", "gap": "-150"}
    said = follow_up._row_said(row, False).replace("\xa0", " ")
    assert said == "100 kr. taget hjem, 250 kr. kommet, 150 kr. mere end taget"
    short = follow_up._row_said(row | {"realised": "40", "gap": "60"}, False).replace("\xa0", " ")
    assert short == "100 kr. taget hjem, 40 kr. kommet, gab 60 kr."
