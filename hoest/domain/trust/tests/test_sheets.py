"""A sheet is told, laid forward, approved by another, and marked when its source changes."""

import pytest
from django.db import Error, transaction

from hoest.domain.portfolio.actions import answer_facts
from hoest.domain.portfolio.rules.facts import FactAnswer
from hoest.domain.trust import actions, queries
from hoest.domain.trust.actions.sheets import (
    NamesAPerson,
    NothingNew,
    NothingToApprove,
    SourceHasChanged,
    TextIsHard,
    WriterMayNotApprove,
)
from hoest.domain.trust.models import Sheet, SheetFact, SheetVersion
from hoest.domain.trust.rules.sheets import SheetFactCode, SheetState, personal_words
from hoest.foundation.faults import NotAllowed

TOLD = {
    SheetFactCode.DATA_KIND: ["health", "name_address"],
    SheetFactCode.WHY: ["Så kan du træne hjemme"],
    SheetFactCode.PROTECTION: ["two_steps", "need_to_know"],
    SheetFactCode.IF_WRONG: ["Så ringer vi til dig samme dag."],
    SheetFactCode.CONTACT: ["kommunens databeskyttelse"],
    SheetFactCode.MAILBOX: ["data@aadal.example"],
}


@pytest.fixture
def told(actor, fresh):
    """An initiative with everything told for its sheet."""
    answer_facts(
        actor=actor("portfolio_manager"),
        initiative_id=fresh.pk,
        answers={"personal_data": FactAnswer.YES, "ai": FactAnswer.NO},
    )
    actions.tell_for_sheet(actor=actor("portfolio_manager"), initiative_id=fresh.pk, told=TOLD)
    return fresh


def _laid(actor, initiative):
    return actions.lay_forward(actor=actor("portfolio_manager"), initiative_id=initiative.pk)


def _approved(actor, initiative):
    version = _laid(actor, initiative)
    return actions.approve_sheet(
        actor=actor("security_officer"), initiative_id=initiative.pk, number=version.number
    )


def _state(initiative):
    return Sheet.objects.get(initiative=initiative).state


def _words(actor, initiative):
    return [one.da for one in queries.sheet_of(actor("executive"), initiative.pk).statements]


def test_what_is_told_and_answered_stands_on_the_sheet(actor, told):
    assert _words(actor, told) == [
        "Vi bruger oplysninger om mennesker.",
        "Systemet bruger ikke kunstig intelligens.",
        "Vi bruger navn og adresse.",
        "Vi bruger oplysninger om helbred.",
        "Så kan du træne hjemme.",
        "Kun medarbejdere med brug for dem kan se dem.",
        "Medarbejderne logger ind i to trin.",
        "Så ringer vi til dig samme dag.",
        "Spørg kommunens databeskyttelse.",
        "Skriv til data@aadal.example.",
    ]


def test_a_sheet_is_approved_by_another_than_the_one_who_laid_it_forward(actor, told):
    officer = actor("security_officer")
    version = actions.lay_forward(actor=officer, initiative_id=told.pk)
    with pytest.raises(WriterMayNotApprove):
        actions.approve_sheet(actor=officer, initiative_id=told.pk, number=version.number)
    with pytest.raises(Error), transaction.atomic():
        SheetVersion.objects.filter(pk=version.pk).update(
            state="approved",
            decided_by_id=officer.person_id,
            decided_by_name="x",
            decided_at=version.written_at,
        )


@pytest.mark.parametrize("role", ["portfolio_manager", "executive", "initiative_lead", "employee"])
def test_only_the_security_officer_approves(actor, told, role):
    version = _laid(actor, told)
    with pytest.raises(NotAllowed):
        actions.approve_sheet(actor=actor(role), initiative_id=told.pk, number=version.number)


def test_an_approved_version_cannot_be_changed_or_deleted_in_the_database(actor, told):
    version = _approved(actor, told)
    rows = SheetVersion.objects.filter(pk=version.pk)
    for change in (
        {"statements": []},
        {"state": "waiting"},
        {"title": "En anden titel"},
        {"decided_by_name": "En anden"},
    ):
        with pytest.raises(Error), transaction.atomic():
            rows.update(**change)
    with pytest.raises(Error), transaction.atomic():
        rows.delete()
    with pytest.raises(Error), transaction.atomic():
        SheetFact.objects.filter(initiative=told).update(values=["Noget andet"])


@pytest.mark.parametrize(
    "statement",
    [
        {"section": "why", "template": "why_said", "da": "Alt er sikkert.", "facts": []},
        {"section": "why", "template": "", "da": "Alt er sikkert.", "facts": []},
        {"section": "why", "da": "Alt er sikkert."},
    ],
)
def test_the_database_refuses_a_claim_without_a_fact(actor, told, statement):
    version = _laid(actor, told)
    with pytest.raises(Error), transaction.atomic():
        SheetVersion.objects.create(
            organisation_id=told.organisation_id,
            initiative=told,
            number=9,
            state="waiting",
            title=told.title,
            unit_name="x",
            statements=[{"en": "", **statement}],
            fingerprint="x",
            lix=1,
            written_by_name="x",
            written_at=version.written_at,
        )


def test_a_changed_fact_marks_the_sheet_and_leaves_the_approved_words(actor, told):
    version = _approved(actor, told)
    assert _state(told) == SheetState.APPROVED
    answer_facts(
        actor=actor("portfolio_manager"),
        initiative_id=told.pk,
        answers={"ai": FactAnswer.YES},
    )
    assert _state(told) == SheetState.CHANGED
    about = queries.sheet_of(actor("executive"), told.pk)
    assert about.is_changed
    assert about.standing == version
    assert "Systemet bruger ikke kunstig intelligens." in str(about.standing.statements)
    answer_facts(
        actor=actor("portfolio_manager"),
        initiative_id=told.pk,
        answers={"ai": FactAnswer.NO},
    )
    assert _state(told) == SheetState.APPROVED


def test_a_sheet_whose_source_changed_while_it_waited_is_not_approved(actor, told):
    version = _laid(actor, told)
    actions.tell_for_sheet(
        actor=actor("portfolio_manager"),
        initiative_id=told.pk,
        told={SheetFactCode.WHY: ["Så sparer du en køretur."]},
    )
    with pytest.raises(SourceHasChanged):
        actions.approve_sheet(
            actor=actor("security_officer"), initiative_id=told.pk, number=version.number
        )
    again = _laid(actor, told)
    version.refresh_from_db()
    assert (version.state, again.number) == ("dropped", version.number + 1)
    with pytest.raises(NothingToApprove):
        actions.approve_sheet(
            actor=actor("security_officer"), initiative_id=told.pk, number=version.number
        )


def test_the_same_sheet_is_not_laid_forward_twice(actor, told):
    _approved(actor, told)
    with pytest.raises(NothingNew):
        _laid(actor, told)


def test_the_same_thing_told_again_is_no_new_fact(actor, told):
    before = SheetFact.objects.filter(initiative=told).count()
    assert (
        actions.tell_for_sheet(actor=actor("portfolio_manager"), initiative_id=told.pk, told=TOLD)
        == 0
    )
    assert SheetFact.objects.filter(initiative=told).count() == before


def test_a_returned_sheet_says_why_and_does_not_stand(actor, told):
    version = _laid(actor, told)
    actions.return_sheet(
        actor=actor("security_officer"),
        initiative_id=told.pk,
        number=version.number,
        reason="Skriv, hvornår vi sletter",
    )
    about = queries.sheet_of(actor("portfolio_manager"), told.pk)
    assert about.standing is None
    assert about.waiting is None
    assert queries.versions_of(told)[0].decision_note == "Skriv, hvornår vi sletter"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (SheetFactCode.MAILBOX, "controller@aadal.example"),
        (SheetFactCode.CONTACT, "security_officer@aadal.example"),
        (SheetFactCode.WHY, "Vi gør det for 010203-1234."),
    ],
)
def test_what_points_at_a_person_is_refused(actor, visits, code, text):
    with pytest.raises(NamesAPerson):
        actions.tell_for_sheet(
            actor=actor("portfolio_manager"), initiative_id=visits.pk, told={code: [text]}
        )


def test_a_function_is_no_person_and_a_full_name_is():
    names = ["Anna Bjerg Holm", "Leder af PPR", "Borgmester"]
    assert personal_words("Spørg Anna Bjerg Holm.", names, []) == "Anna Bjerg Holm"
    assert personal_words("Spørg leder af PPR eller en borgmester.", names, []) == ""


def test_a_hard_text_is_not_laid_forward(actor, told):
    hard = "Kommunalbestyrelsesbeslutninger implementeringsforberedes tværsektorielt. " * 4
    actions.tell_for_sheet(
        actor=actor("portfolio_manager"),
        initiative_id=told.pk,
        told={SheetFactCode.WHY: [hard], SheetFactCode.IF_WRONG: [hard]},
    )
    with pytest.raises(TextIsHard):
        _laid(actor, told)


def test_readers_see_the_approved_sheet_only(actor, told):
    reader = actor("politician")
    assert not queries.sheets_visible_to(reader).filter(initiative=told).exists()
    version = _laid(actor, told)
    assert not queries.sheets_visible_to(reader).filter(initiative=told).exists()
    assert queries.sheet_of(reader, told.pk).standing is None
    actions.approve_sheet(
        actor=actor("security_officer"), initiative_id=told.pk, number=version.number
    )
    assert queries.sheets_visible_to(reader).filter(initiative=told).exists()
