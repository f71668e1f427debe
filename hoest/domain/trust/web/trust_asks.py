"""What trust asks of a person this week, and what it tells the gates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hoest.domain.trust import queries
from hoest.domain.trust.rules.security import Duty, DutyWord, ManagementStepKind
from hoest.foundation import asks, content, gate_evidence
from hoest.foundation.access.actor import Actor
from hoest.foundation.asks import Ask
from hoest.ui import formats


def register() -> None:
    """Let trust ask, and let it tell gates of the screening."""
    asks.register("sheet_to_answer", sheets_to_answer)
    asks.register("sheet_changed", sheets_changed)
    asks.register("screening_to_do", screenings_to_do)
    asks.register("report_to_approve", reports_to_approve)
    asks.register("management_due", management_due)
    gate_evidence.register("ethics", screening_told)


def sheets_to_answer(actor: Actor, today: dt.date) -> Iterator[Ask]:
    """Ask the one who approves about sheets that wait."""
    for one in queries.waiting_sheets(actor):
        url = reverse("sheets:sheet", args=[one.initiative_id])
        yield Ask(
            kind="sheet_to_answer",
            subject_id=one.pk,
            title=_("Godkend tryghedsbladet"),
            reason=_("Det er lagt frem af %(who)s.") % {"who": one.written_by_name},
            act_url=url,
            act_label=_("Læs og svar"),
            subject_url=url,
            subject_title=one.title,
            because=_("Du godkender tryghedsblade."),
            is_quick=True,
        )


def sheets_changed(actor: Actor, today: dt.date) -> Iterator[Ask]:
    """Ask the lead about a sheet whose source has changed."""
    for one in queries.changed_sheets(actor):
        url = reverse("sheets:sheet", args=[one.initiative_id])
        yield Ask(
            kind="sheet_changed",
            subject_id=one.pk,
            title=_("Læg tryghedsbladet frem igen"),
            reason=_("Svarene er ændret, siden bladet blev godkendt."),
            act_url=url,
            act_label=_("Se, hvad der er ændret"),
            subject_url=url,
            subject_title=one.initiative.title,
            because=_("Du leder initiativet."),
        )


def screenings_to_do(actor: Actor, today: dt.date) -> Iterator[Ask]:
    """Ask the lead to finish a screening that was begun."""
    for one in queries.own_drafts(actor):
        url = reverse("ethics:screening", args=[one.initiative_id])
        yield Ask(
            kind="screening_to_do",
            subject_id=one.pk,
            title=_("Gør den dataetiske vurdering færdig"),
            reason=_("Den er begyndt, og der er ikke besluttet noget."),
            act_url=url,
            act_label=_("Svar videre"),
            subject_url=url,
            subject_title=one.initiative.title,
            because=_("Du leder initiativet."),
        )


def reports_to_approve(actor: Actor, today: dt.date) -> Iterator[Ask]:
    """Ask the one who approves about a report that waits."""
    for one in queries.waiting_reports(actor):
        url = reverse("security:report", args=[one.number])
        yield Ask(
            kind="report_to_approve",
            subject_id=one.pk,
            title=_("Godkend sikkerhedsrapporten"),
            reason=_("%(body)s kan ikke læse den, før du har sagt ja.") % {"body": one.body.name},
            act_url=url,
            act_label=_("Læs og godkend"),
            subject_url=url,
            subject_title=_("Sikkerhedsrapport %(number)s") % {"number": one.number},
            because=_("Du godkender sikkerhedsrapporter."),
        )


def management_due(actor: Actor, today: dt.date) -> Iterator[Ask]:
    """Tell the one who keeps security what the management body is due to do."""
    url = reverse("security:management")
    for place, one in enumerate(queries.due_duties(actor), 1):
        late = one.word is DutyWord.OVERDUE
        yield Ask(
            kind="management_due",
            subject_id=place,
            title=_management_title(one),
            reason=_("Dagen er gået.") if late else _("Det er snart tid."),
            act_url=url,
            act_label=_("Se ledelsens opgaver"),
            subject_url=url,
            because=_("Du fører sikkerhedsrapporten."),
            due_on=one.due_on,
        )


def _management_title(duty: Duty) -> str:
    """Say what the management body must do and when, so that two of them are not one."""
    said = {
        ManagementStepKind.APPROVAL: _(
            "Ledelsen skal godkende sikkerhedsforanstaltningerne senest %(day)s"
        ),
        ManagementStepKind.SUPERVISION: _(
            "Ledelsen skal følge op på sikkerhedsforanstaltningerne senest %(day)s"
        ),
        ManagementStepKind.COURSE: _("Ledelsen skal på kursus i sikkerhed senest %(day)s"),
        ManagementStepKind.STAFF_COURSE: _(
            "Medarbejderne skal på kursus i sikkerhed senest %(day)s"
        ),
    }
    return said[ManagementStepKind(duty.kind)] % {
        "day": formats.long_date(duty.due_on, get_language() or "da")
    }


def screening_told(
    organisation_id: int, initiative_ids: Collection[int]
) -> Mapping[int, gate_evidence.Told]:
    """Tell gates how far the ethics screenings are."""
    found = queries.screenings_for_gates(organisation_id, initiative_ids)
    return {
        pk: gate_evidence.Told(
            state="present" if one.lets_on else "in_progress",
            source=_screening_words(one),
            url=reverse("ethics:screening", args=[pk]),
            on=one.on,
            name=one.name,
        )
        for pk, one in found.items()
    }


def _screening_words(told: queries.ToldScreening) -> str:
    """Say where a screening is; a decision that does not let it go on stands by its name."""
    if told.lets_on:
        return _("Den dataetiske vurdering er besluttet.")
    if not told.is_decided:
        return _("Den dataetiske vurdering er i gang.")
    return _("Den dataetiske vurdering endte med: %(decision)s.") % {
        "decision": content.label("ethics_decision", told.decision)
    }
