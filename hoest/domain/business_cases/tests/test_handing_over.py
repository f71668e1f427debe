"""From draft to promise: submitted figures wait untouched, come back with a reason, or hold."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from hoest.domain.business_cases import actions
from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.rules import (
    CaseHasNoLines,
    LineInput,
    ReasonMissing,
    VersionIsFinal,
    VersionWaits,
)
from hoest.domain.portfolio.models import Initiative
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.models import Act
from hoest.foundation.faults import Conflict, NotAllowed
from tests.support.guided import has_effect

LINE = LineInput(key="Færre breve", kind="benefit", amounts={2026: Decimal(100)})
People = Callable[[str], Actor]


@pytest.fixture
def fresh(here: int) -> Initiative:
    return Initiative.objects.get(organisation_id=here, title__startswith="Robotter")


def written(actor: Actor, initiative: Initiative) -> CaseVersion:
    draft = actions.start_draft(actor=actor, initiative_id=initiative.pk, price_level=2026)
    actions.set_line(actor=actor, version_id=draft.pk, version=draft.version, line=LINE)
    draft.refresh_from_db()
    return has_effect(draft)


def submitted(actor: Actor, initiative: Initiative) -> CaseVersion:
    draft = written(actor, initiative)
    return actions.submit(actor=actor, version_id=draft.pk, version=draft.version)


def test_nobody_writes_in_what_is_submitted(actor: People, fresh: Initiative) -> None:
    manager = actor("portfolio_manager")
    waiting = submitted(manager, fresh)
    assert (waiting.state, waiting.submitted_by_name) == ("submitted", manager.name)
    keys = {"actor": manager, "version_id": waiting.pk, "version": waiting.version}
    with pytest.raises(VersionWaits):
        actions.set_line(**keys, line=LINE)
    with pytest.raises(VersionWaits):
        actions.set_price_level(**keys, price_level=2030)
    with pytest.raises(VersionWaits):
        actions.discard_draft(**keys)
    with pytest.raises(VersionWaits):
        actions.submit(**keys)
    assert actions.start_draft(actor=manager, initiative_id=fresh.pk).pk == waiting.pk


def run(statement: str, pk: int) -> None:
    """Run plain SQL as the role the product runs as, with all its constraints."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [pk])
        cursor.execute("set constraints all immediate")


@pytest.mark.parametrize(
    "statement",
    [
        "update business_cases_caseversion set price_level = 2030 where id = %s",
        "update business_cases_caseversion set state = 'superseded' where id = %s",
        "delete from business_cases_caseversion where id = %s",
        "delete from business_cases_caseline where case_version_id = %s",
        "update business_cases_lineamount set amount = 1 where case_version_id = %s",
    ],
)
def test_plain_sql_cannot_change_what_is_submitted(
    actor: People, fresh: Initiative, statement: str
) -> None:
    waiting = submitted(actor("portfolio_manager"), fresh)
    with pytest.raises(DatabaseError):
        run(statement, waiting.pk)


def test_an_empty_draft_is_not_submitted(actor: People, fresh: Initiative) -> None:
    manager = actor("portfolio_manager")
    draft = actions.start_draft(actor=manager, initiative_id=fresh.pk)
    with pytest.raises(CaseHasNoLines):
        actions.submit(actor=manager, version_id=draft.pk, version=draft.version)


def test_figures_are_taken_back_and_written_on(actor: People, fresh: Initiative) -> None:
    manager = actor("portfolio_manager")
    waiting = submitted(manager, fresh)
    with pytest.raises(Conflict):
        actions.take_back(actor=manager, version_id=waiting.pk, version=waiting.version - 1)
    draft = actions.take_back(actor=manager, version_id=waiting.pk, version=waiting.version)
    other = LineInput("Mindre papir", "benefit", amounts={2026: Decimal(5)})
    actions.set_line(actor=manager, version_id=draft.pk, version=draft.version, line=other)
    with pytest.raises(VersionIsFinal):
        actions.take_back(actor=manager, version_id=draft.pk, version=draft.version)


def test_figures_sent_back_carry_what_is_lacking(actor: People, fresh: Initiative) -> None:
    controller = actor("controller")
    waiting = submitted(actor("portfolio_manager"), fresh)
    keys = {"version_id": waiting.pk, "version": waiting.version}
    with pytest.raises(NotAllowed):
        actions.send_back(actor=actor("portfolio_manager"), **keys, reason="Nej")
    with pytest.raises(ReasonMissing):
        actions.send_back(actor=controller, **keys, reason="  ")
    draft = actions.send_back(actor=controller, **keys, reason="Licenserne mangler.")
    assert (draft.state, draft.returned_reason) == ("draft", "Licenserne mangler.")
    act = Act.objects.filter(verb="business_cases.send_back").get()
    assert act.facts["reason"] == "Licenserne mangler."


def test_an_answered_return_is_not_told_again(actor: People, fresh: Initiative) -> None:
    manager, controller = actor("portfolio_manager"), actor("controller")
    waiting = submitted(manager, fresh)
    draft = actions.send_back(
        actor=controller, version_id=waiting.pk, version=waiting.version, reason="Mangler"
    )
    again = actions.submit(actor=manager, version_id=draft.pk, version=draft.version)
    taken = actions.take_back(actor=manager, version_id=again.pk, version=again.version)
    assert (taken.returned_at, taken.returned_reason) == (None, "")


def test_submitted_figures_are_approved_with_both_names(actor: People, fresh: Initiative) -> None:
    waiting = submitted(actor("portfolio_manager"), fresh)
    keys = {"version_id": waiting.pk, "version": waiting.version}
    done = actions.approve(actor=actor("controller"), **keys)
    assert done.state == "approved"
    assert done.submitted_by_name == actor("portfolio_manager").name
    assert done.approved_by_name == actor("controller").name


def test_approving_a_draft_submits_it_in_the_same_act(actor: People, fresh: Initiative) -> None:
    draft = written(actor("controller"), fresh)
    done = actions.approve(actor=actor("controller"), version_id=draft.pk, version=draft.version)
    assert done.submitted_by_name == done.approved_by_name == actor("controller").name


def test_the_pages_lead_from_submitting_to_sending_back(
    client_for: Callable[[str], Client], actor: People, fresh: Initiative
) -> None:
    draft = written(actor("portfolio_manager"), fresh)
    writer, controller = client_for("portfolio_manager"), client_for("controller")
    page = reverse("business_cases:draft", args=[draft.pk])
    assert "Indsend til godkendelse" in writer.get(page).content.decode()
    done = writer.post(
        reverse("business_cases:submit", args=[draft.pk]), {"version": draft.version}
    )
    assert done.status_code == 302
    shown = writer.get(page).content.decode()
    assert "venter på svar" in shown
    assert "Tag tallene tilbage" in shown
    assert "Skriv en post mere" not in shown
    draft.refresh_from_db()
    path = reverse("business_cases:send_back", args=[draft.pk])
    assert controller.get(path).status_code == 200
    assert controller.post(path, {"version": draft.version, "reason": ""}).status_code == 422
    sent = controller.post(path, {"version": draft.version, "reason": "Skriv licenserne på."})
    assert sent.status_code == 302
    assert "Skriv licenserne på." in writer.get(page).content.decode()


def test_two_versions_stand_side_by_side_with_reason_and_approver(
    client_for: Callable[[str], Client], here: int
) -> None:
    training = Initiative.objects.get(organisation_id=here, title__startswith="Digital")
    page = client_for("politician").get(reverse("business_cases:compare", args=[training.pk]))
    said = page.content.decode()
    assert page.status_code == 200
    assert "Prisen på træningsudstyr er faldet" in said
    assert "-200.000" in said or "−200.000" in said or "-200.000" in said
    assert "det første løfte" in said
    one = CaseVersion.objects.filter(case__initiative_id=training.pk).values_list("pk", flat=True)[
        0
    ]
    same = client_for("politician").get(
        reverse("business_cases:compare", args=[training.pk]), {"fra": one, "til": one}
    )
    assert same.status_code == 200
