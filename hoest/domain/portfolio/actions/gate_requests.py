"""Writes of requests at a gate: ask for the decision, and recommend when one may not decide."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions.gate_words import above_in_words, names_in_words
from hoest.domain.portfolio.actions.held import changed, held_initiative, squeezed
from hoest.domain.portfolio.models import GateDecision, GateRequest, Initiative
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.domain.portfolio.queries import Deciding
from hoest.domain.portfolio.rules import Recommendation
from hoest.foundation import content, followers
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import now
from hoest.foundation.faults import Fault, NotAllowed
from hoest.foundation.forms.versions import check_version
from hoest.foundation.messages.actions import danish, queue, withdraw


class NoGateAhead(Fault):
    """The initiative is in its last phase, closed or stopped; it has no gate ahead."""


class RequestOpen(Fault):
    """Somebody has asked for the decision already."""


class NothingIsAsked(Fault):
    """Nobody has asked for a decision, so there is nothing to recommend on."""


class RecommendationNeedsReason(Fault):
    """A recommendation says why."""


@transaction.atomic
def ask_decision(*, actor: Actor, initiative_id: int, note: str = "") -> GateRequest:
    """Ask for a decision at the gate ahead, in the week and the mail of those who decide.

    That is the sponsor; where there is none, or the amount is above what she may decide, those
    who may. A sponsor who may not decide because of the amount is asked to recommend. Raises
    NotFound, NotAllowed, NoGateAhead, RequestOpen.
    """
    initiative = held_initiative(actor, initiative_id, CHANGE_INITIATIVES)
    ahead = queries.place_of(initiative).next
    if ahead is None:
        raise NoGateAhead(_("Initiativet har ingen port foran sig."))
    if queries.open_request(initiative) is not None:
        raise RequestOpen(_("Der er allerede bedt om en afgørelse."))
    made = GateRequest.objects.create(
        organisation_id=actor.organisation_id,
        initiative=initiative,
        to_phase=ahead.code,
        note=squeezed(note, 400),
        asked_by_id=actor.person_id,
        asked_by_name=actor.name[:160],
    )
    record(actor, "portfolio.ask_decision", initiative, to_phase=ahead.code, note=made.note)
    _tell_those_asked(actor, initiative, made)
    followers.tell("initiative", actor, initiative.pk)
    return made


@transaction.atomic
def recommend(
    *, actor: Actor, initiative_id: int, version: int, word: Recommendation, because: str
) -> GateRequest:
    """Let a sponsor who may not decide because of the amount say what she recommends, and why.

    Her word stands on the gate and is frozen with the decision; until then she may change it.
    It counts the version of the initiative up, so that nobody decides on an older word.

    Raises NotFound, NotAllowed, NothingIsAsked, RecommendationNeedsReason, ChangedMeanwhile.
    """
    initiative = held_initiative(actor, initiative_id, None)
    require_recommender(actor, initiative)
    found = queries.open_request(initiative)
    if found is None:
        raise NothingIsAsked(_("Ingen har bedt om en afgørelse endnu."))
    request = GateRequest.objects.select_for_update().get(pk=found.pk)
    why = squeezed(because, 400)
    check_version(request, version, {"recommendation": word.value, "recommended_because": why})
    if not why:
        raise RecommendationNeedsReason(_("Skriv hvorfor. Den, der afgør det, læser det."))
    changed(
        request,
        recommendation=word.value,
        recommended_because=why,
        recommended_by_name=actor.name[:160],
        recommended_at=now(),
    )
    changed(initiative)
    record(actor, "portfolio.recommend_at_gate", initiative, word=word.value, reason=why)
    withdraw(actor=actor, key=_key(request, initiative.sponsor_id))
    return request


def require_recommender(actor: Actor, initiative: Initiative) -> None:
    """Raise NotAllowed, in words, unless the actor recommends at the gate of an initiative."""
    deciding = queries.deciding_about(actor.organisation_id, [initiative])[initiative.pk]
    if actor.person_id is None or actor.person_id != initiative.sponsor_id:
        raise NotAllowed(_("Kun sponsoren anbefaler, om initiativet går videre."))
    if deciding.recommender != actor.person_id:
        raise NotAllowed(_("Beløbet er inden for det, du selv kan afgøre. Afgør det ved porten."))


def close_request(actor: Actor, initiative: Initiative, decision: GateDecision) -> None:
    """Close the open request of an initiative that was decided, and take back what it asked.

    A sponsor who did not decide herself is told what was decided.
    """
    request = queries.open_request(initiative)
    if request is None:
        return
    changed(request, closed_at=now())
    withdraw(actor=actor, beginning=f"gate-ask:{request.pk}:")
    sponsor_id = initiative.sponsor_id
    if sponsor_id is None or sponsor_id == actor.person_id:
        return
    with danish():
        outcome = content.label("gate_outcome", decision.outcome)
        queue(
            actor=actor,
            person_id=sponsor_id,
            kind="gate_decided",
            subject=_("Der er afgjort om »%(title)s«: %(outcome)s")
            % {"title": initiative.title, "outcome": outcome.lower()},
            sentence=decision.reason or _("%(who)s har afgjort det.") % {"who": actor.name},
            address=reverse("gates:decision", args=[decision.pk]),
            key=f"gate-decided:{decision.pk}",
        )


def _tell_those_asked(actor: Actor, initiative: Initiative, request: GateRequest) -> None:
    deciding = queries.deciding_about(actor.organisation_id, [initiative])[initiative.pk]
    with danish():
        asked = _("%(who)s har bedt om en afgørelse.") % {"who": request.asked_by_name}
        decide, note = _("Afgør, om »%(title)s« går videre"), request.note or asked
        told = [(person_id, decide, note) for person_id in deciding.asked]
        if deciding.recommender is not None:
            advise = _("Anbefal, om »%(title)s« går videre")
            told.append((deciding.recommender, advise, _above(deciding)))
    for person_id, subject, sentence in told:
        if person_id != actor.person_id:
            queue(
                actor=actor,
                person_id=person_id,
                kind="gate_asked",
                subject=subject % {"title": initiative.title},
                sentence=sentence,
                address=reverse("gates:gate", args=[initiative.pk]),
                key=_key(request, person_id),
            )


def _above(deciding: Deciding) -> str:
    """Say to the sponsor that somebody else decides, and who."""
    said = above_in_words(deciding, deciding.recommender)
    if len(deciding.asked) < 2:
        return said
    return (
        said
        + " "
        + _("Én af disse afgør det: %(names)s.") % {"names": names_in_words(deciding.asked_names)}
    )


def _key(request: GateRequest, person_id: int | None) -> str:
    return f"gate-ask:{request.pk}:{person_id}"
