"""Estimating: one study, or all of a municipality in a run that can be left.

An answer for the same data, question and engine is not made twice: that is what lets a run that
was killed be taken up again. A changed verdict is told to the owner.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions import note_effect
from hoest.domain.evidence.calculations import (
    ENGINE_VERSION,
    Answer,
    Asked,
    CannotEstimate,
    estimated,
)
from hoest.domain.evidence.models import Estimate, EstimateInput, EstimateRun, Study
from hoest.domain.evidence.permissions import ESTIMATE
from hoest.domain.evidence.queries.among_many import latest_by_study
from hoest.domain.evidence.queries.estimates import latest_of
from hoest.domain.evidence.queries.studies import study_of
from hoest.domain.evidence.queries.study_rows import StudyRows, data_of
from hoest.domain.evidence.rules import RunState, UnhandledBreak, Wanted
from hoest.domain.evidence.rules.among_many import AMONG, adjusted, among_many
from hoest.domain.evidence.rules.asked import packed
from hoest.domain.evidence.rules.shown import shown_as_wanted, told_change
from hoest.domain.organisations.queries import system_actor
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.audit.actions import record
from hoest.foundation.messages.actions import danish, queue

logger = logging.getLogger(__name__)


class Refused(Exception):
    """A study that cannot be estimated, as a code and what stands there."""

    def __init__(self, code: str, values: dict[str, Any]) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@transaction.atomic
def estimate_study(*, actor: Actor, study_id: int) -> tuple[Estimate, bool]:
    """Estimate a study now; return the answer and whether it is new.

    The same data, question and engine give the answer that stands. Raises Refused, NotAllowed,
    NotFound.
    """
    study = study_of(actor, study_id)
    require(actor, ESTIMATE, study.benefit.unit_id or study.benefit.initiative.unit_id)
    Study.objects.select_for_update().only("id").get(pk=study.pk)
    try:
        data = data_of(study)
    except UnhandledBreak as fault:
        raise Refused("UnhandledBreak", {"on": fault.on}) from fault
    before = latest_of(study)
    if (
        before is not None
        and before.data_hash == data.sha256
        and before.engine_version == ENGINE_VERSION
        and (AMONG in before.answer or not study.answer_was_known)
    ):
        _keep_input(study, data)
        if study.is_primary:
            _lift(study, before)
        return before, False
    asked = Asked(study.method, study.control, study.seed, study.series.step, data.was_drawn)
    try:
        answer = estimated(data.rows, asked)
    except CannotEstimate as fault:
        raise Refused(fault.code, fault.values) from fault
    if study.answer_was_known:
        answer = _among(study, answer)
    _keep_input(study, data)
    made = _kept(actor, study, data, answer, before)
    if study.is_primary:
        _lift(study, made)
        _tell(actor, study, made, before)
    return made, True


def _among(study: Study, answer: Answer) -> Answer:
    """Judge a primary that was chosen after its answer as one of all the benefit's series."""
    others = Study.objects.filter(
        organisation_id=study.organisation_id, benefit_id=study.benefit_id
    ).exclude(pk=study.pk)
    known = latest_by_study(list(others))
    p = [answer.p, *(one.p for one in known.values() if one.p is not None)]
    verdict, reasons = among_many(
        answer.verdict, answer.details["reasons"], answer.p, adjusted(p)[0]
    )
    return replace(
        answer, verdict=verdict, details={**answer.details, "reasons": reasons, AMONG: len(p)}
    )


def _keep_input(study: Study, data: StudyRows) -> None:
    """Keep what an answer rests on, once for each fingerprint.

    An answer from before it was kept gets its own when its data have not changed since.
    """
    EstimateInput.objects.get_or_create(
        organisation_id=study.organisation_id,
        data_hash=data.sha256,
        defaults={"content": packed(data.asked), "kept_at": clock.now()},
    )


def _kept(
    actor: Actor, study: Study, data: StudyRows, answer: Answer, before: Estimate | None
) -> Estimate:
    wanted = Wanted(study.series.wanted)
    made = Estimate.objects.create(
        organisation_id=study.organisation_id,
        study=study,
        number=before.number + 1 if before else 1,
        made_at=clock.now(),
        made_by_name=actor.name[:160],
        data_hash=data.sha256,
        engine_version=ENGINE_VERSION,
        seed=study.seed,
        method=answer.method,
        estimate=answer.estimate,
        low=answer.low,
        high=answer.high,
        p=answer.p,
        grade=answer.grade,
        verdict=answer.verdict,
        is_shown_as_wanted=shown_as_wanted(answer.estimate, answer.grade, answer.verdict, wanted),
        last_period=data.last_period,
        answer=answer.details,
    )
    record(
        actor,
        "evidence.estimate",
        study,
        number=made.number,
        grade=made.grade,
        verdict=made.verdict,
    )
    return made


def _lift(study: Study, made: Estimate) -> None:
    """Note the answer on the benefit, so that its rung follows.

    The one who calculates need not be allowed to say what a benefit is worth: the installation
    notes it, and the act of the estimate names the person. An effect that stays shown keeps the
    day it was first shown.
    """
    benefit, on = study.benefit, timezone.localtime(made.made_at).date()
    if (benefit.effect_grade, benefit.effect_verdict, benefit.effect_on) == (
        made.grade,
        made.verdict,
        on,
    ):
        return
    since = benefit.effect_shown_on
    note_effect(
        actor=system_actor(study.organisation_id, "Effektmåling", "estimate"),
        benefit_id=study.benefit_id,
        grade=made.grade,
        verdict=made.verdict,
        on=on,
        shown_on=min(since or on, on) if made.is_shown_as_wanted else None,
    )


def _tell(actor: Actor, study: Study, made: Estimate, before: Estimate | None) -> None:
    """Tell the owner when the answer changed."""
    change = told_change(
        (before.verdict, before.is_shown_as_wanted) if before else None,
        (made.verdict, made.is_shown_as_wanted),
    )
    owner = study.benefit.owner_id
    if change == "same" or owner is None:
        return
    with danish():
        words = {
            "first": _("Effekten er regnet for første gang: %(verdict)s."),
            "now_shown": _("Effekten er nu vist. Gevinsten kan stå på Påvist."),
            "no_longer_shown": _("Med de nye data er effekten ikke længere vist: %(verdict)s."),
            "other_verdict": _("Med de nye data er svaret et andet: %(verdict)s."),
        }
        queue(
            actor=actor,
            person_id=owner,
            kind="effect_changed",
            subject=_("Effekten af »%(title)s«") % {"title": study.benefit.title},
            sentence=words[change] % {"verdict": made.verdict},
            address=reverse("evidence:effect", args=[study.benefit_id]),
            key=f"effect:{study.pk}:{made.number}",
        )


@transaction.atomic
def ask_for_run(*, actor: Actor) -> EstimateRun:
    """Ask for an estimate of all studies; one that is under way is returned instead.

    The caller lets a job do it. Raises NotAllowed.
    """
    if not allowed_somewhere(actor, ESTIMATE):
        require(actor, ESTIMATE)
    working = EstimateRun.objects.select_for_update().filter(
        organisation_id=actor.organisation_id, state__in=[RunState.WAITING, RunState.RUNNING]
    )
    found = working.first()
    if found is not None:
        return found
    return EstimateRun.objects.create(
        organisation_id=actor.organisation_id,
        asked_at=clock.now(),
        asked_by_name=actor.name[:160],
        total=Study.objects.filter(organisation_id=actor.organisation_id).count(),
    )


@transaction.atomic
def cancel_run(*, actor: Actor, run_id: int) -> None:
    """Ask a run to stop after the study it is at; what is estimated stays."""
    if not allowed_somewhere(actor, ESTIMATE):
        require(actor, ESTIMATE)
    EstimateRun.objects.filter(
        organisation_id=actor.organisation_id,
        pk=run_id,
        state__in=[RunState.WAITING, RunState.RUNNING],
    ).update(is_cancel_asked=True)


def carry_on(*, actor: Actor, run_id: int) -> None:
    """Estimate every study that is left of a run, each in a transaction of its own.

    The run is held only to note how far it has come, so that somebody can cancel it meanwhile. A
    study that was estimated before its run was killed is met again and keeps its answer.
    """
    while (study_id := _next(actor, run_id)) is not None:
        try:
            _made, is_new = estimate_study(actor=actor, study_id=study_id)
            outcome = "changed" if is_new else "kept"
        except Refused:
            outcome = "refused"
        except (ArithmeticError, LookupError, ValueError):
            # One study that cannot be read must not keep the others from being estimated.
            logger.exception("a study could not be estimated", extra={"study_id": study_id})
            outcome = "refused"
        _come(actor, run_id, study_id, outcome)


@transaction.atomic
def _next(actor: Actor, run_id: int) -> int | None:
    """Return the study that is next; end the run when there is none, or when asked to stop."""
    run = EstimateRun.objects.select_for_update().get(
        organisation_id=actor.organisation_id, pk=run_id
    )
    if run.state not in (RunState.WAITING, RunState.RUNNING):
        return None
    rest = Study.objects.filter(organisation_id=run.organisation_id, pk__gt=run.last_study_id)
    found = rest.order_by("pk").values_list("pk", flat=True).first()
    if run.is_cancel_asked or found is None:
        run.state = RunState.CANCELLED if run.is_cancel_asked else RunState.DONE
        run.ended_at = clock.now()
        run.save(update_fields=["state", "ended_at"])
        return None
    return found


@transaction.atomic
def _come(actor: Actor, run_id: int, study_id: int, outcome: str) -> None:
    run = EstimateRun.objects.select_for_update().get(
        organisation_id=actor.organisation_id, pk=run_id
    )
    run.state, run.last_study_id, run.done = RunState.RUNNING, study_id, run.done + 1
    setattr(run, outcome, getattr(run, outcome) + 1)
    run.save(update_fields=["state", "last_study_id", "done", outcome])
