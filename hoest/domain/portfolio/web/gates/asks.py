"""What the gates need of a person this week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Deviation, GateRequest, Initiative
from hoest.domain.portfolio.permissions import (
    ANSWER_DEVIATIONS,
    CHANGE_INITIATIVES,
    DECIDE_GATES,
    KEEP_REQUIREMENTS,
    VIEW_INITIATIVES,
)
from hoest.domain.portfolio.queries import Deciding
from hoest.domain.portfolio.web.gates.words import decided_by, text
from hoest.foundation import asks, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import Permission, allowed, allowed_somewhere, units_where
from hoest.foundation.asks import Ask
from hoest.foundation.content import active_language
from hoest.ui import formats

MOST = 50


def register() -> None:
    """Let Min uge ask."""
    asks.register("gate_decision", decisions_to_make)
    asks.register("gate_recommendation", recommendations_to_give)
    asks.register("deviation_answer", deviations_to_answer)
    asks.register("deviation_ends", deviations_that_end)
    asks.register("waiting_due", waiting_that_is_due)


def decisions_to_make(actor: Actor, today: dt.date) -> Iterator[Ask]:
    """Ask the sponsor for the decision somebody waits for.

    Where there is no sponsor, or she may not decide since she leads the initiative or the amount
    is above her mandate, those who may decide are asked.
    """
    if actor.person_id is None or not allowed_somewhere(actor, VIEW_INITIATIVES):
        return
    rows = queries.requests_of(actor).exclude(initiative__lead_id=actor.person_id)
    if not queries.decides_somewhere(actor):
        rows = rows.filter(initiative__sponsor_id=actor.person_id)
    mine = [
        (row, deciding)
        for row, deciding in _with_deciders(actor, rows)
        if actor.person_id in deciding.asked
    ]
    for row, deciding in mine[:MOST]:
        yield Ask(
            kind="gate_decision",
            subject_id=row.initiative_id,
            title=_("Afgør, om %(title)s går videre") % {"title": row.initiative.title},
            reason=row.note or _("%(who)s har bedt om en afgørelse.") % {"who": row.asked_by_name},
            act_url=reverse("gates:gate", args=[row.initiative_id]),
            act_label=_("Se porten"),
            subject_url=reverse("portfolio:initiative", args=[row.initiative_id]),
            subject_title=row.initiative.title,
            because=_why_decide(actor, row.initiative, deciding),
        )


def recommendations_to_give(actor: Actor, today: dt.date) -> Iterator[Ask]:
    """Ask a sponsor what she recommends where the amount is above what she may decide."""
    if actor.person_id is None or not allowed_somewhere(actor, VIEW_INITIATIVES):
        return
    rows = queries.requests_of(actor).filter(
        initiative__sponsor_id=actor.person_id, recommendation=""
    )
    for row, deciding in _with_deciders(actor, rows)[:MOST]:
        if deciding.recommender != actor.person_id:
            continue
        yield Ask(
            kind="gate_recommendation",
            subject_id=row.initiative_id,
            title=_("Anbefal, om %(title)s går videre") % {"title": row.initiative.title},
            reason=decided_by(deciding, actor),
            act_url=reverse("gates:recommend", args=[row.initiative_id]),
            act_label=_("Skriv din anbefaling"),
            subject_url=reverse("gates:gate", args=[row.initiative_id]),
            subject_title=row.initiative.title,
            because=_("Du er sponsor, og beløbet er over det, du kan afgøre"),
        )


def _with_deciders(actor: Actor, rows: QuerySet[GateRequest]) -> list[tuple[GateRequest, Deciding]]:
    """Return requests, the longest waiting first, each with who decides; few queries for all."""
    found = list(rows.select_related("initiative").order_by("asked_at", "pk"))
    deciding = queries.deciding_about(actor.organisation_id, [one.initiative for one in found])
    return [(one, deciding[one.initiative_id]) for one in found]


def _why_decide(actor: Actor, initiative: Initiative, deciding: Deciding) -> str:
    """Say what makes a decision the actor's."""
    if initiative.sponsor_id == actor.person_id:
        return _("Du er sponsor")
    if initiative.sponsor_id is None:
        return _("Initiativet har ingen sponsor, og du kan afgøre det")
    if deciding.recommender is not None:
        return _("Beløbet er over det, sponsoren kan afgøre, og du kan afgøre det")
    if initiative.sponsor_id == initiative.lead_id:
        return _("Sponsoren leder selv initiativet, og du kan afgøre det")
    return _("Sponsoren kan ikke afgøre det, og du kan")


def deviations_to_answer(actor: Actor, today: dt.date) -> Iterator[Ask]:
    """Ask those who may answer a deviation that somebody else asked for."""
    if actor.person_id is None or not allowed_somewhere(actor, ANSWER_DEVIATIONS):
        return
    known = content.gate_requirements()
    mine = [code for code, one in known.items() if set(one.approvers) & actor.roles]
    rows: list[Deviation] = list(
        queries.deviations_of(actor)
        .filter(state="asked", code__in=mine)
        .exclude(asked_by_id=actor.person_id)
        .select_related("initiative")
        .order_by("asked_at", "pk")[:MOST]
    )
    for row in rows:
        if not allowed(actor, ANSWER_DEVIATIONS, row.initiative.unit_id):
            continue
        yield Ask(
            kind="deviation_answer",
            subject_id=row.pk,
            title=_("Svar på, om »%(requirement)s« må vente")
            % {"requirement": text(known[row.code].label)},
            reason=row.reason,
            act_url=reverse("gates:answer_deviation", args=[row.pk]),
            act_label=_("Svar"),
            subject_url=reverse("gates:gate", args=[row.initiative_id]),
            subject_title=row.initiative.title,
            because=_("Du kan godkende fravigelsen"),
        )


def deviations_that_end(actor: Actor, today: dt.date) -> Iterator[Ask]:
    """Tell lead and sponsor that a deviation ends soon, or has ended with nothing in its place.

    Where there is neither, those who decide at gates are told.
    """
    if actor.person_id is None or not allowed_somewhere(actor, VIEW_INITIATIVES):
        return
    warned = dt.timedelta(days=content.limit("deviation_warned_days"))
    known = content.gate_requirements()
    rows = (
        queries.deviations_of(actor)
        .filter(
            _is_mine(actor, DECIDE_GATES, KEEP_REQUIREMENTS),
            state="approved",
            ends_on__range=(today - warned, today + warned),
            code__in=list(known),
        )
        .select_related("initiative")
        .order_by("ends_on", "pk")[:MOST]
    )
    done = queries.shown_requirements(actor.organisation_id, [row.initiative_id for row in rows])
    for row in rows:
        if (row.initiative_id, row.code) in done:
            continue
        day = formats.long_date(row.ends_on, active_language())
        said = (
            _("Fravigelsen slutter %(day)s.")
            if row.ends_on >= today
            else _("Fravigelsen sluttede %(day)s.")
        )
        yield Ask(
            kind="deviation_ends",
            subject_id=row.pk,
            title=_("Skaf »%(requirement)s«") % {"requirement": text(known[row.code].label)},
            reason=said % {"day": day},
            act_url=reverse("gates:requirement", args=[row.initiative_id, row.code]),
            act_label=_("Se kravet"),
            subject_url=reverse("gates:gate", args=[row.initiative_id]),
            subject_title=row.initiative.title,
            because=_why_mine(row.initiative),
            due_on=row.ends_on,
        )


def waiting_that_is_due(actor: Actor, today: dt.date) -> Iterator[Ask]:
    """Ask lead and sponsor to look again at what has come to its day.

    Where there is neither, those who decide at gates and may look at it are asked.
    """
    if actor.person_id is None or not allowed_somewhere(actor, VIEW_INITIATIVES):
        return
    rows = (
        queries.waiting_of(actor)
        .filter(
            _is_mine(actor, DECIDE_GATES, CHANGE_INITIATIVES),
            review_on__lte=today,
        )
        .select_related("initiative")
        .order_by("review_on", "pk")[:MOST]
    )
    for row in rows:
        yield Ask(
            kind="waiting_due",
            subject_id=row.pk,
            title=_("Se igen på det, der venter på %(what)s") % {"what": row.waits_for},
            reason=_("Det koster at vente: %(consequence)s") % {"consequence": row.consequence},
            act_url=reverse("gates:review", args=[row.pk]),
            act_label=_("Se på det igen"),
            subject_url=reverse("gates:gate", args=[row.initiative_id]),
            subject_title=row.initiative.title,
            because=_why_mine(row.initiative),
            due_on=row.review_on,
        )


def _is_mine(actor: Actor, *needed: Permission) -> Q:
    """Return the condition that the actor leads or sponsors a row's initiative.

    Where nobody does either, that she has every one of some permissions there.
    """
    nobody = Q(initiative__lead__isnull=True, initiative__sponsor__isnull=True)
    for wanted in needed:
        units = units_where(actor, wanted)
        if units is not None:
            nobody &= Q(initiative__unit_id__in=units)
    mine = Q(initiative__lead_id=actor.person_id) | Q(initiative__sponsor_id=actor.person_id)
    return mine | nobody


def _why_mine(initiative: Initiative) -> str:
    """Say what makes something of an initiative the actor's."""
    if initiative.lead_id is None and initiative.sponsor_id is None:
        return _("Initiativet har hverken leder eller sponsor")
    return _("Du leder eller er sponsor for initiativet")
