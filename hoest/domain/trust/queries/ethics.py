"""Reads of ethics screenings and of the stances they are held against."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from hoest.domain.portfolio.queries import initiative_of
from hoest.domain.portfolio.queries import visible_to as initiatives_visible_to
from hoest.domain.trust.models import CommitteeStance, EthicsScreening
from hoest.domain.trust.permissions import DECIDE_ETHICS, SCREEN_ETHICS, VIEW_ETHICS
from hoest.domain.trust.queries.registered import answers_of
from hoest.domain.trust.rules.ethics import (
    Outcome,
    ScreeningState,
    lacking,
    outcome,
    triggers,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require, units_where
from hoest.foundation.faults import NotFound


def screenings_visible_to(actor: Actor) -> QuerySet[EthicsScreening]:
    """Return the screenings of initiatives the actor may see; drafts for those who screen."""
    if not allowed_somewhere(actor, VIEW_ETHICS):
        return EthicsScreening.objects.none()
    rows = EthicsScreening.objects.filter(
        organisation_id=actor.organisation_id,
        initiative_id__in=initiatives_visible_to(actor).values("pk"),
    )
    if allowed_somewhere(actor, DECIDE_ETHICS):
        return rows
    units = units_where(actor, SCREEN_ETHICS)
    decided = rows.filter(state=ScreeningState.DECIDED)
    return decided if not units else decided | rows.filter(initiative__unit_id__in=units)


def screenings_of(actor: Actor, initiative_id: int) -> tuple[Any, list[EthicsScreening]]:
    """Return an initiative and its screenings, newest first. Raises NotFound, NotAllowed."""
    initiative = initiative_of(actor, initiative_id)
    if not allowed_somewhere(actor, VIEW_ETHICS):
        require(actor, VIEW_ETHICS)
    rows = screenings_visible_to(actor).filter(initiative_id=initiative.pk)
    return initiative, list(rows.select_related("body").order_by("-number"))


def open_screening(actor: Actor, initiative_id: int) -> EthicsScreening:
    """Return the screening that is in progress. Raises NotFound."""
    initiative, found = screenings_of(actor, initiative_id)
    draft = next((one for one in found if one.state == ScreeningState.DRAFT), None)
    if draft is None:
        raise NotFound("Der er ingen vurdering i gang.")
    draft.initiative = initiative
    return draft


def may_screen(actor: Actor, initiative: Any) -> bool:
    """Tell whether the actor may answer the questions for an initiative."""
    return allowed(actor, SCREEN_ETHICS, initiative.unit_id)


def advised_by(initiative: Any) -> tuple[str, ...]:
    """Return the facts of an initiative that make a screening advisable."""
    return triggers(content.ethics_instrument().asked_by, answers_of(initiative))


def stances_of(actor: Actor) -> QuerySet[CommitteeStance]:
    """Return every stance of the municipality, newest first."""
    if not allowed_somewhere(actor, VIEW_ETHICS):
        return CommitteeStance.objects.none()
    return CommitteeStance.objects.filter(organisation_id=actor.organisation_id).select_related(
        "body"
    )


def standing_stances(actor: Actor) -> list[CommitteeStance]:
    """Return the stances that hold now, in the order they were decided."""
    return list(stances_of(actor).filter(retired_on__isnull=True).order_by("decided_on", "pk"))


def stance_of(actor: Actor, stance_id: int) -> CommitteeStance:
    """Return one stance. Raises NotFound."""
    found = stances_of(actor).filter(pk=stance_id).first()
    if found is None:
        raise NotFound("Holdningen findes ikke, eller du kan ikke se den.")
    return found


def outcome_of(screening: EthicsScreening) -> Outcome:
    """Return what the colours of a screening ask for."""
    if screening.outcome:
        return Outcome(screening.outcome)
    colours = {code: one["colour"] for code, one in screening.answers.items() if one.get("colour")}
    questions = content.ethics_instrument().questions
    return outcome(list(questions), colours, content.limit("ethics_yellow_answers"))


def lacking_in(actor: Actor, screening: EthicsScreening) -> tuple[str, ...]:
    """Return what is missing before a screening can be decided."""
    answered = [code for code, one in screening.consequences.items() if one.get("answer")]
    said = {one["id"]: one.get("answer", "") for one in screening.stances}
    return lacking(
        outcome_of(screening),
        list(content.ethics_instrument().consequences),
        answered,
        bool(screening.affected),
        [said.get(stance.pk, "") for stance in standing_stances(actor)],
    )


def own_drafts(actor: Actor) -> list[EthicsScreening]:
    """Return the screenings in progress for initiatives this actor leads; one query."""
    rows = EthicsScreening.objects.filter(
        organisation_id=actor.organisation_id,
        state=ScreeningState.DRAFT,
        initiative__lead_id=actor.person_id,
    )
    return list(rows.select_related("initiative").order_by("begun_at", "pk"))


def latest_decided(organisation_id: int, initiative_id: int) -> EthicsScreening | None:
    """Return the newest decided screening of an initiative, if any."""
    return (
        EthicsScreening.objects.filter(
            organisation_id=organisation_id,
            initiative_id=initiative_id,
            state=ScreeningState.DECIDED,
        )
        .order_by("-number")
        .first()
    )
