"""The security report is restricted until it is approved, and frozen from then on."""

import datetime as dt
import io

import pytest
from django.db import Error, transaction
from django.urls import reverse
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from hoest.domain.portfolio.actions import answer_deviation, ask_deviation
from hoest.domain.trust import actions, queries
from hoest.domain.trust.actions.security import (
    FunctionsOnly,
    MoreReportedThanCounted,
    ReportIsApproved,
    ReportNotAsked,
    WriterMayNotApproveReport,
)
from hoest.domain.trust.models import ManagementStep, SecurityReport
from hoest.domain.trust.rules.security import (
    DutyWord,
    IncidentKind,
    ManagementStepKind,
    RiskConsequence,
    RiskLikelihood,
    Step,
    duties,
    order_of_risk,
)
from hoest.foundation.access.roles import ROLES
from hoest.foundation.clock import today
from hoest.foundation.faults import NotAllowed, NotFound

READERS = {"security_officer", "executive", "politician"}
SEE_DRAFTS = {"security_officer", "executive"}


def _fields(here, **changes):
    from hoest.domain.organisations.models import Body

    return {
        "starts_on": today() - dt.timedelta(days=30),
        "ends_on": today(),
        "body": Body.objects.get(organisation_id=here, name="Økonomiudvalget"),
        "introduction": "Journalen er det vigtigste.",
        "decisions": ["Skal vi øve nødproceduren hvert halve år?"],
        **changes,
    }


@pytest.fixture
def draft(actor, here):
    """A draft that has been sent for approval."""
    officer = actor("security_officer")
    made = actions.write_report(actor=officer, fields=_fields(here))
    return actions.send_report(actor=officer, number=made.number, version=made.version)


def _approve(actor, report, role="executive"):
    return actions.approve_report(actor=actor(role), number=report.number, version=report.version)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_draft_is_seen_by_those_who_make_it_and_an_approved_one_by_its_readers(
    actor, client_for, draft, role
):
    url = reverse("security:report", args=[draft.number])
    taken = reverse("security:take", args=[draft.number, "pdf"])
    client = client_for(role)
    before = 200 if role in SEE_DRAFTS else 404 if role in READERS else 403
    assert (client.get(url).status_code, client.get(taken).status_code) == (before, before)
    _approve(actor, draft)
    after = 200 if role in READERS else 403
    assert (client.get(url).status_code, client.get(taken).status_code) == (after, after)


def test_the_list_names_no_draft_to_a_politician(client_for, draft):
    title = f"Sikkerhedsrapport {draft.number}<"
    assert title in client_for("executive").get(reverse("security:reports")).text
    assert title not in client_for("politician").get(reverse("security:reports")).text


def test_the_neighbour_reads_nothing_of_a_report(client_for, draft):
    for role in ("executive", "security_officer"):
        page = client_for(role, there=True).get(reverse("security:report", args=[draft.number]))
        assert page.status_code == 404 or "BAKKEBYMÆRKE" in page.text


def test_what_was_approved_stands_although_the_registers_change(actor, here, draft):
    approved = _approve(actor, draft)
    before = queries.report_facts(actor("politician"), approved)
    assert before["risks"], "the world has a risk"
    actions.write_risk(
        actor=actor("security_officer"),
        fields={
            "what_may_happen": "Noget helt nyt",
            "consequence": "Alle mærker det",
            "consequence_word": RiskConsequence.SEVERE,
            "likelihood": RiskLikelihood.LIKELY,
            "measure": "Vi arbejder på det",
            "owner_function": "It-afdelingen",
            "ends_on": today(),
            "initiative": None,
            "is_top": True,
        },
    )
    again = queries.report_of(actor("politician"), draft.number)
    assert queries.report_facts(actor("politician"), again) == before
    fresh = queries.facts_now(actor("executive"), again)
    assert fresh["risks"][0]["what"] == "Noget helt nyt"


def test_an_approved_report_is_final_in_action_and_database(actor, here, draft):
    approved = _approve(actor, draft)
    with pytest.raises(ReportIsApproved):
        actions.change_report(
            actor=actor("security_officer"),
            number=approved.number,
            version=approved.version,
            fields=_fields(here),
        )
    rows = SecurityReport.objects.filter(pk=approved.pk)
    for change in ({"introduction": "Alt er godt"}, {"snapshot": {}}, {"state": "draft"}):
        with pytest.raises(Error), transaction.atomic():
            rows.update(**change)
    with pytest.raises(Error), transaction.atomic():
        rows.delete()


def test_whoever_wrote_the_report_does_not_approve_it(actor, here, draft):
    SecurityReport.objects.filter(pk=draft.pk).update(written_by_id=actor("executive").person_id)
    with pytest.raises(WriterMayNotApproveReport):
        _approve(actor, draft)
    with pytest.raises(NotAllowed):
        _approve(actor, draft, role="security_officer")


def test_a_changed_draft_must_be_sent_again(actor, here, draft):
    changed = actions.change_report(
        actor=actor("security_officer"),
        number=draft.number,
        version=draft.version,
        fields=_fields(here, introduction="Noget andet."),
    )
    with pytest.raises(ReportNotAsked):
        _approve(actor, changed)


def test_persons_stand_in_no_register(actor, here):
    with pytest.raises(FunctionsOnly):
        actions.note_management_step(
            actor=actor("security_officer"),
            fields={
                "kind": ManagementStepKind.COURSE,
                "on": today(),
                "who_function": "executive@aadal.example",
                "what": "Gik på kursus",
                "reference": "",
                "next_due_on": None,
            },
        )
    with pytest.raises(MoreReportedThanCounted):
        actions.count_incidents(
            actor=actor("security_officer"),
            fields={
                "starts_on": today(),
                "ends_on": today(),
                "kind": IncidentKind.OUTAGE,
                "count": 1,
                "reported": 2,
                "lesson": "",
            },
        )


def test_what_the_management_body_did_is_not_rewritten(here):
    with pytest.raises(Error), transaction.atomic():
        ManagementStep.objects.filter(organisation_id=here).update(what="Noget andet")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(ManagementStepKind)),
            st.dates(dt.date(2024, 1, 1), dt.date(2026, 1, 1)),
            st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)),
        )
    )
)
def test_a_duty_says_what_is_registered_and_never_more(told):
    day = dt.date(2026, 11, 22)
    steps = [Step(*one) for one in told]
    found = duties(steps, day, 60)
    assert [one.kind for one in found] == list(ManagementStepKind)
    for one in found:
        mine = [step for step in steps if step.kind is one.kind]
        if not mine:
            assert one.word is DutyWord.MISSING
            continue
        assert one.last is not None
        assert one.last.on == max(step.on for step in mine)
        if one.due_on is not None and one.due_on < day:
            assert one.word is DutyWord.OVERDUE


def test_the_worst_risk_stands_first_whatever_its_day():
    day = dt.date(2026, 1, 1)
    severe = order_of_risk("severe", "rare", day + dt.timedelta(days=900))
    assert severe < order_of_risk("serious", "likely", day)
    assert order_of_risk("serious", "likely", day) < order_of_risk("serious", "rare", day)


def _deviate(actor, initiative, code, reason):
    asked = ask_deviation(
        actor=actor("portfolio_manager"),
        initiative_id=initiative.pk,
        code=code,
        reason=reason,
        ends_on=today() + dt.timedelta(days=60),
    )
    answer_deviation(
        actor=actor("executive"), deviation_id=asked.pk, version=1, approve=True, reason="Ja"
    )


def test_a_report_names_deviations_from_security_data_and_law_and_no_others(
    actor, here, visits, draft
):
    for code in ("baseline", "change_story", "dpia", "emergency_procedure", "archive"):
        _deviate(actor, visits, code, f"Fordi {code}")
    found = queries.facts_now(actor("executive"), draft)["deviations"]
    assert {one["reason"] for one in found} == {
        "Fordi dpia",
        "Fordi emergency_procedure",
        "Fordi archive",
    }


def test_pdf_and_word_say_the_same_as_the_page(actor, here, visits, client_for, draft):
    _deviate(actor, visits, "dpia", "Juristen er syg")
    changed = actions.change_report(
        actor=actor("security_officer"),
        number=draft.number,
        version=draft.version,
        fields=_fields(here, starts_on=today() - dt.timedelta(days=120)),
    )
    draft = actions.send_report(
        actor=actor("security_officer"), number=changed.number, version=changed.version
    )
    _approve(actor, draft)
    client = client_for("politician")
    page = client.get(reverse("security:report", args=[draft.number])).text
    answer = client.get(reverse("security:take", args=[draft.number, "pdf"]))
    pdf = "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(answer.content)).pages)
    answer = client.get(reverse("security:take", args=[draft.number, "docx"]))
    paper = Document(io.BytesIO(answer.content))
    word = "\n".join(p.text for p in paper.paragraphs)
    cells = "\n".join(
        cell.text for table in paper.tables for row in table.rows for cell in row.cells
    )
    for said in (
        "Juristen er syg",
        "Sendt til en forkert",
        "Godkendte foranstaltningerne",
    ):
        assert said in page
        assert said in cells
        assert said.replace(" ", "") in "".join(pdf.split())
    for said in ("Skal vi øve nødproceduren hvert halve år?", "Journalen er det vigtigste."):
        assert said in page
        assert said in " ".join(pdf.split())
        assert said in word
    assert "Kladde" not in pdf


def test_a_draft_of_nobody_is_not_found(actor, here):
    with pytest.raises(NotFound):
        queries.report_of(actor("politician"), 999)
