"""Writes of what a gate asks for: how far a requirement is, and that one may wait."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions.held import changed, held_initiative, squeezed
from hoest.domain.portfolio.models import Deviation, RequirementAnswer
from hoest.domain.portfolio.permissions import ANSWER_DEVIATIONS, KEEP_REQUIREMENTS
from hoest.domain.portfolio.rules import (
    DeviationState,
    RequirementState,
    Stance,
    may_answer_deviation,
)
from hoest.foundation import content, followers
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import now, today
from hoest.foundation.content import Requirement
from hoest.foundation.faults import Fault, NotAllowed
from hoest.foundation.forms.versions import check_version


@dataclass(frozen=True)
class RequirementFields:
    """What a person writes of a requirement; only what its form asks for is used."""

    state: RequirementState = RequirementState.MISSING
    stance: Stance | None = None
    choice: str = ""
    link: str = ""
    dated_on: dt.date | None = None
    made_by: str = ""
    reason: str = ""
    answers: tuple[str, ...] = field(default_factory=tuple)


class ToldElsewhere(Fault):
    """The requirement is read from what stands elsewhere in Høst and is not written here."""


class NotShown(Fault):
    """A requirement is said to be there without what shows it."""


class AlwaysRelevant(Fault):
    """What follows from law is said not to be relevant."""


class DeviationNotWhole(Fault):
    """A deviation lacks its reason, or its end is not a day ahead within the limit."""


class DeviationAnswered(Fault):
    """The deviation has its answer, which is final."""


class OwnDeviation(NotAllowed):
    """Nobody answers a deviation she asked for herself."""


class DeviationAsked(Fault):
    """A deviation of the requirement waits for its answer already."""


@transaction.atomic
def write_requirement(
    *, actor: Actor, initiative_id: int, code: str, version: int, fields: RequirementFields
) -> RequirementAnswer:
    """Write how far a requirement of an initiative is; `version` 0 is the first time.

    Raises NotFound, NotAllowed, ToldElsewhere, AlwaysRelevant, NotShown, ChangedMeanwhile.
    """
    initiative = held_initiative(actor, initiative_id, KEEP_REQUIREMENTS)
    requirement = queries.requirement_of(code)
    values = _sound(requirement, fields)
    who = {"written_by_id": actor.person_id, "written_by_name": actor.name[:160]}
    standing = (
        RequirementAnswer.objects.select_for_update()
        .filter(organisation_id=actor.organisation_id, initiative=initiative, code=code)
        .first()
    )
    if standing is None:
        standing = RequirementAnswer.objects.create(
            organisation_id=actor.organisation_id,
            initiative=initiative,
            code=code,
            **values,
            **who,
        )
    else:
        check_version(standing, version, values)
        changed(standing, **values, **who)
    record(
        actor,
        "portfolio.write_requirement",
        initiative,
        requirement=code,
        written={name: value for name, value in values.items() if value},
    )
    followers.tell("initiative", actor, initiative.pk)
    return standing


def _sound(requirement: Requirement, fields: RequirementFields) -> dict[str, object]:
    """Return the columns of an answer. Raises ToldElsewhere, AlwaysRelevant, NotShown."""
    if requirement.form == "told":
        raise ToldElsewhere(_("Kravet læses af det, der står andre steder i Høst. Ret det dér."))
    if requirement.is_statutory and _is_aside(fields):
        raise AlwaysRelevant(
            _(
                "Et lovkrav kan ikke siges at være uden relevans. "
                "Ret svaret, der udløser det, eller bed om en fravigelse."
            )
        )
    reason = squeezed(fields.reason, 400)
    values: dict[str, object] = {
        "state": fields.state.value,
        "stance": "",
        "choice": "",
        "link": squeezed(fields.link, 400),
        "dated_on": fields.dated_on,
        "made_by": squeezed(fields.made_by, 160),
        "reason": reason,
        "answers": [],
    }
    if fields.state is RequirementState.NOT_RELEVANT and not reason:
        raise NotShown(_("Skriv, hvorfor kravet ikke er relevant her."))
    is_present = fields.state is RequirementState.PRESENT
    if requirement.form == "document" and is_present and not _is_shown(values):
        raise NotShown(_("Skriv, hvor det ligger, dets dato, og hvem der har lavet det."))
    if requirement.form == "choice":
        values["choice"] = fields.choice if fields.choice in requirement.choices else ""
        if is_present and not (values["choice"] and reason):
            raise NotShown(_("Vælg, hvem der løser opgaven, og skriv hvorfor."))
    if requirement.form == "questions":
        given = [squeezed(one, 600) for one in fields.answers]
        values["answers"] = given
        asked = len(requirement.questions_da)
        if is_present and len([one for one in given if one]) < asked:
            raise NotShown(_("Svar på alle spørgsmålene, før det foreligger."))
    if requirement.form == "principle":
        return {**values, **_stance(fields.stance, reason)}
    return values


def _is_aside(fields: RequirementFields) -> bool:
    """Tell whether a requirement is said not to be relevant."""
    is_state = fields.state is RequirementState.NOT_RELEVANT
    return is_state or fields.stance is Stance.NOT_RELEVANT


def _stance(stance: Stance | None, reason: str) -> dict[str, object]:
    if stance is None:
        raise NotShown(_("Vælg, om løsningen følger princippet."))
    if stance is not Stance.FOLLOWS and not reason:
        raise NotShown(_("Skriv, hvorfor løsningen ikke følger princippet."))
    is_aside = stance is Stance.NOT_RELEVANT
    state = RequirementState.NOT_RELEVANT if is_aside else RequirementState.PRESENT
    return {"stance": stance.value, "state": state.value}


def _is_shown(values: dict[str, object]) -> bool:
    return bool(values["link"] and values["dated_on"] and values["made_by"])


@transaction.atomic
def ask_deviation(
    *,
    actor: Actor,
    initiative_id: int,
    code: str,
    reason: str,
    ends_on: dt.date,
    measures: str = "",
) -> Deviation:
    """Ask that a requirement may wait until a day; somebody else answers.

    Raises NotFound, NotAllowed, DeviationNotWhole, DeviationAsked.
    """
    initiative = held_initiative(actor, initiative_id, KEEP_REQUIREMENTS)
    requirement = queries.requirement_of(code)
    why = squeezed(reason, 400)
    if not why or actor.person_id is None:
        raise DeviationNotWhole(_("Skriv, hvorfor kravet må vente."))
    last = today() + dt.timedelta(days=content.limit("deviation_longest_days"))
    if not today() < ends_on <= last:
        raise DeviationNotWhole(
            _("Slutdatoen skal ligge efter i dag og højst %(days)s dage ude i fremtiden.")
            % {"days": content.limit("deviation_longest_days")}
        )
    rows = Deviation.objects.filter(
        organisation_id=actor.organisation_id, initiative=initiative, code=code
    )
    if rows.filter(state=DeviationState.ASKED).exists():
        raise DeviationAsked(_("Der er allerede bedt om, at kravet må vente. Det venter på svar."))
    made = Deviation.objects.create(
        organisation_id=actor.organisation_id,
        initiative=initiative,
        code=code,
        is_statutory=requirement.is_statutory,
        reason=why,
        measures=squeezed(measures, 400),
        ends_on=ends_on,
        asked_by_id=actor.person_id,
        asked_by_name=actor.name[:160],
    )
    record(
        actor, "portfolio.ask_deviation", initiative, requirement=code, ends_on=ends_on, reason=why
    )
    return made


@transaction.atomic
def answer_deviation(
    *, actor: Actor, deviation_id: int, version: int, approve: bool, reason: str
) -> Deviation:
    """Approve or refuse that a requirement may wait; never one's own, and the answer is final.

    A statutory one takes one of the roles the requirement names. Raises NotFound, NotAllowed,
    OwnDeviation, DeviationAnswered, DeviationNotWhole, ChangedMeanwhile.
    """
    seen = queries.deviation_of(actor, deviation_id)
    initiative = seen.initiative
    require(actor, ANSWER_DEVIATIONS, initiative.unit_id)
    deviation = Deviation.objects.select_for_update().get(pk=seen.pk)
    if deviation.state != DeviationState.ASKED:
        raise DeviationAnswered(_("Fravigelsen er besvaret. Svaret kan ikke laves om."))
    check_version(deviation, version, {})
    _require_answerer(actor, deviation)
    why = squeezed(reason, 400)
    if not why:
        raise DeviationNotWhole(_("Skriv begrundelsen for dit svar."))
    changed(
        deviation,
        state=(DeviationState.APPROVED if approve else DeviationState.REFUSED).value,
        answered_by_id=actor.person_id,
        answered_by_name=actor.name[:160],
        answered_at=now(),
        answer_reason=why,
    )
    record(
        actor,
        "portfolio.answer_deviation",
        initiative,
        requirement=deviation.code,
        answer=deviation.state,
        ends_on=deviation.ends_on,
        asked_by=deviation.asked_by_name,
        reason=why,
    )
    followers.tell("initiative", actor, initiative.pk)
    return deviation


def _require_answerer(actor: Actor, deviation: Deviation) -> None:
    """Raise OwnDeviation or NotAllowed unless the actor may answer the deviation."""
    requirement = queries.requirement_of(deviation.code)
    is_asker = actor.person_id is None or actor.person_id == deviation.asked_by_id
    if is_asker:
        raise OwnDeviation(_("Du har selv bedt om fravigelsen. En anden skal svare på den."))
    if not may_answer_deviation(requirement, actor.roles, is_asker):
        who = ", ".join(content.label("role", role) for role in requirement.approvers)
        raise NotAllowed(
            _("Du kan ikke godkende, at »%(requirement)s« venter. Det kan: %(who)s.")
            % {
                "requirement": requirement.label.in_language(content.active_language()),
                "who": who,
            }
        )
