"""Writes of stages: plan one, change it, open it, learn from it; and say why a place is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, NotRequired, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions.early import (
    NOTHING_TOLD,
    hindrance_in_words,
    refuse_early_places,
)
from hoest.domain.portfolio.actions.initiatives import InTheFuture
from hoest.domain.portfolio.actions.rollouts import held_initiative
from hoest.domain.portfolio.models import Initiative, Rollout, Stage
from hoest.domain.portfolio.queries.stages import stage_of, stages_of
from hoest.domain.portfolio.rules.stages import (
    LateCause,
    StageDecision,
    days_late,
    earliest_opening,
)
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import today
from hoest.foundation.content import active_language
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version
from hoest.ui import formats


class StageFields(TypedDict):
    """What a person writes about a stage; `rollouts` are those that belong to it.

    `early_because` says why some of them were live before the stage was opened.
    """

    name: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    to_learn: str
    rollouts: Collection[Rollout]
    early_because: NotRequired[str]


class StageNotWhole(Fault):
    """A stage has a name, and it ends after it starts."""


class StageCannotOpen(Fault):
    """What comes before is not learnt from, not decided, or paused."""


class StageNotLearnt(Fault):
    """A decision needs what was learnt, or why it is skipped."""


class StageHasBegun(Fault):
    """A stage that was opened or learnt from is a fact and stays."""


class NotLate(Fault):
    """A place that is in time has no delay to explain."""


class DelayNotExplained(Fault):
    """A delay is told with a cause and a sentence."""


@transaction.atomic
def add_stage(*, actor: Actor, initiative_id: int, fields: StageFields) -> Stage:
    """Plan a stage after the others.

    A place that is live already comes in with the reason why it was before the stage. Raises
    NotAllowed, NotFound, StageNotWhole, PlaceIsEarly, NotLiveYet.
    """
    initiative = held_initiative(actor, initiative_id)
    values, rollouts = _sound(initiative, fields)
    last = Stage.objects.filter(organisation_id=actor.organisation_id, initiative=initiative).last()
    made = Stage.objects.create(
        organisation_id=actor.organisation_id,
        initiative=initiative,
        place=last.place + 1 if last else 1,
        **values,
    )
    _take_in(actor, initiative, made, rollouts, fields.get("early_because", ""))
    record(actor, "portfolio.add_stage", initiative, stage=made.name)
    return made


@transaction.atomic
def change_stage(*, actor: Actor, stage_id: int, version: int, fields: StageFields) -> Stage:
    """Change the plan of a stage. Raises ChangedMeanwhile, and as `add_stage`."""
    stage, initiative = _held(actor, stage_id)
    values, rollouts = _sound(initiative, fields)
    changes = {name: value for name, value in values.items() if getattr(stage, name) != value}
    check_version(stage, version, changes)
    before = {name: getattr(stage, name) for name in changes}
    _take_in(actor, initiative, stage, rollouts, fields.get("early_because", ""))
    if changes:
        _change(stage, **changes)
    record(actor, "portfolio.change_stage", initiative, before=before, after=changes)
    return stage


@transaction.atomic
def remove_stage(*, actor: Actor, stage_id: int, version: int) -> None:
    """Take a stage off that has not begun; its places stay. Raises StageHasBegun."""
    stage, initiative = _held(actor, stage_id)
    check_version(stage, version, {})
    if stage.opened_on is not None or stage.learnt or stage.skipped_because:
        raise StageHasBegun(_("Etapen er begyndt og bliver stående."))
    _take_in(actor, initiative, stage, ())
    record(actor, "portfolio.remove_stage", initiative, stage=stage.name)
    stage.delete()


@transaction.atomic
def open_stage(
    *, actor: Actor, stage_id: int, version: int, opened_on: dt.date | None = None
) -> Stage:
    """Open a stage, when everything before it is learnt from; today, or the day it happened.

    It was never opened before the day the stages before it were learnt from. Who wrote it and when
    stays beside the day. Raises StageCannotOpen, InTheFuture.
    """
    stage, initiative = _held(actor, stage_id)
    check_version(stage, version, {})
    stages = stages_of(initiative)
    hindrances = next(one.hindrances for one in stages if one.stage.pk == stage.pk)
    if hindrances:
        raise StageCannotOpen(hindrance_in_words(hindrances[0]))
    day = opened_on or today()
    if day > today():
        raise InTheFuture(_("Datoen ligger ude i fremtiden. Skriv den dag, det skete."))
    before = [one.stage.learnt_on for one in stages if one.stage.place < stage.place]
    first = earliest_opening(before)
    if first is not None and day < first:
        raise StageCannotOpen(
            _("Etapen kan tidligst være åbnet %(day)s. Den dag skrev I, hvad I lærte af den før.")
            % {"day": formats.long_date(first, active_language())}
        )
    _change(stage, opened_on=day, opened_told_on=today(), opened_told_by_name=actor.name[:160])
    record(actor, "portfolio.open_stage", initiative, stage=stage.name, on=day)
    return stage


@transaction.atomic
def learn_from_stage(
    *,
    actor: Actor,
    stage_id: int,
    version: int,
    learnt: str,
    skipped_because: str,
    decision: StageDecision,
    note: str,
) -> Stage:
    """Write what a stage taught, or why that is skipped, and what is decided.

    Raises StageNotLearnt: neither or both are written, an adjustment or a pause without what it
    means, or what is learnt of a stage that nobody opened.
    """
    stage, initiative = _held(actor, stage_id)
    learnt, skipped = " ".join(learnt.split())[:600], " ".join(skipped_because.split())[:400]
    note = " ".join(note.split())[:400]
    wanted = {
        "learnt": learnt,
        "skipped_because": skipped,
        "decision": str(decision),
        "decision_note": note,
    }
    check_version(stage, version, wanted)
    if bool(learnt) == bool(skipped):
        raise StageNotLearnt(_("Skriv, hvad I lærte, eller hvorfor I springer det over."))
    if learnt and stage.opened_on is None:
        raise StageNotLearnt(_("Etapen er ikke åbnet endnu. Åbn den, eller spring den over."))
    if decision is not StageDecision.GO_ON and not note:
        raise StageNotLearnt(_("Skriv, hvad rettelsen eller pausen betyder."))
    _change(stage, **wanted, learnt_on=today(), decided_by_name=actor.name[:160])
    record(actor, "portfolio.learn_from_stage", initiative, stage=stage.name, **wanted)
    return stage


@transaction.atomic
def explain_delay(
    *,
    actor: Actor,
    rollout_id: int,
    version: int,
    cause: LateCause,
    note: str,
    expected_on: dt.date | None,
) -> Rollout:
    """Say why a place is late, and when it comes. The planned day stays.

    Raises NotLate, DelayNotExplained, ChangedMeanwhile, NotAllowed, NotFound.
    """
    found = queries.rollout_of(actor, rollout_id)
    initiative = held_initiative(actor, found.initiative_id)
    rollout = Rollout.objects.select_for_update(of=("self",)).get(pk=found.pk)
    note = " ".join(note.split())[:300]
    wanted: dict[str, Any] = {
        "late_cause": str(cause),
        "late_note": note,
        "expected_on": expected_on,
    }
    check_version(rollout, version, wanted)
    if not days_late(rollout.planned_on, rollout.live_on, today()):
        raise NotLate(_("Udrulningen er ikke forsinket."))
    if not note:
        raise DelayNotExplained(_("Skriv én sætning om, hvad der skete."))
    if rollout.live_on is None and expected_on is not None and expected_on < today():
        raise DelayNotExplained(_("Den nye dato er gået. Skriv den dag, I nu regner med."))
    _change(rollout, **wanted)
    record(actor, "portfolio.explain_delay", initiative, place=str(found), **wanted)
    return rollout


def _held(actor: Actor, stage_id: int) -> tuple[Stage, Initiative]:
    found = stage_of(actor, stage_id)
    initiative = held_initiative(actor, found.initiative_id)
    return Stage.objects.select_for_update().get(pk=found.pk), initiative


def _sound(
    initiative: Initiative, fields: StageFields
) -> tuple[dict[str, Any], Collection[Rollout]]:
    values: dict[str, Any] = {
        "name": " ".join(fields["name"].split())[:120],
        "starts_on": fields["starts_on"],
        "ends_on": fields["ends_on"],
        "to_learn": " ".join(fields["to_learn"].split())[:400],
    }
    if not values["name"]:
        raise StageNotWhole(_("Skriv, hvad etapen hedder."))
    starts, ends = values["starts_on"], values["ends_on"]
    if starts is not None and ends is not None and ends < starts:
        raise StageNotWhole(_("Etapen slutter, før den begynder. Ret en af datoerne."))
    rollouts = [one for one in fields["rollouts"] if one.initiative_id == initiative.pk]
    return values, rollouts


def _take_in(
    actor: Actor,
    initiative: Initiative,
    stage: Stage,
    rollouts: Collection[Rollout],
    because: str = "",
) -> None:
    """Let exactly these places belong to the stage; one that was live before it says why.

    A place that leaves a stage leaves behind why it was live before that one.
    """
    mine = {one.pk for one in rollouts}
    rows = list(
        Rollout.objects.filter(organisation_id=stage.organisation_id, initiative=initiative)
        .select_related("unit")
        .select_for_update(of=("self",))
    )
    coming = [row for row in rows if row.pk in mine and row.stage_id != stage.pk]
    going = [row for row in rows if row.pk not in mine and row.stage_id == stage.pk]
    for row in (*going, *coming):
        # What a place told of its stage stays with that stage; here it is in the history.
        if row.pk not in mine or row.early_because:
            _change(row, stage_id=None, **NOTHING_TOLD)
    told = refuse_early_places(actor, initiative, stage, coming, because)
    for row in coming:
        _change(row, stage_id=stage.pk, **told.get(row.pk, {}))


def _change(row: Stage | Rollout, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*changes, "version", "changed_at"])
