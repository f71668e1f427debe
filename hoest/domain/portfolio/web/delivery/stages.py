"""Stages of a roll-out: plan, open, learn; why a place is late; and what the page shows of it."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions import stages as actions
from hoest.domain.portfolio.actions.early import hindrance_in_words
from hoest.domain.portfolio.models import Initiative, Stage
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.domain.portfolio.queries.stages import StageOf, curves_of, stage_of, stages_of
from hoest.domain.portfolio.rules.stages import LateCause, StageDecision, StageState
from hoest.domain.portfolio.web.delivery.drawn import Line, rollout_picture
from hoest.domain.portfolio.web.delivery.early import early_places
from hoest.domain.portfolio.web.delivery.forms import (
    DelayForm,
    LearningForm,
    OpeningForm,
    StageForm,
)
from hoest.domain.portfolio.web.delivery.pages import changeable, form_page
from hoest.domain.portfolio.web.delivery.words import (
    day,
    late_in_words,
    percent,
    stage_state_in_words,
    why_late,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.clock import today
from hoest.foundation.forms.posting import posted, posted_version
from hoest.ui import formats
from hoest.ui.messages import tell


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Plan a stage."""
    actor, found = changeable(request, initiative_id)

    def write(cleaned: dict[str, Any]) -> str:
        made = actions.add_stage(actor=actor, initiative_id=found.pk, fields=cleaned)  # type: ignore[arg-type]
        return _("Etapen »%(name)s« er planlagt.") % {"name": made.name}

    form = StageForm(posted(request), initiative=found)
    return _page(request, found, form, write, _("Planlæg en etape"), _("Gem etapen"))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, stage_id: int) -> HttpResponse:
    """Change the plan of a stage."""
    actor, stage, found = _stage(request, stage_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.change_stage(
            actor=actor,
            stage_id=stage.pk,
            version=posted_version(request),
            fields=cleaned,  # type: ignore[arg-type]
        )
        return _("Etapen er gemt.")

    initial = {
        "name": stage.name,
        "to_learn": stage.to_learn,
        "starts_on": stage.starts_on,
        "ends_on": stage.ends_on,
        "rollouts": stage.rollouts.all(),
    }
    form = StageForm(posted(request), initial=initial, initiative=found)
    begun = stage.opened_on is not None or stage.learnt or stage.skipped_because
    return _page(
        request,
        found,
        form,
        write,
        _("Ret etapen"),
        _("Gem etapen"),
        version=stage.version,
        remove_url="" if begun else reverse("delivery:remove_stage", args=[stage.pk]),
        remove_label=_("Fjern etapen"),
        remove_question=_("Vil du fjerne etapen? Stederne bliver stående."),
    )


@require_POST
def remove(request: HttpRequest, stage_id: int) -> HttpResponse:
    """Take a stage off that has not begun."""
    actor, stage, found = _stage(request, stage_id)
    actions.remove_stage(actor=actor, stage_id=stage.pk, version=posted_version(request))
    tell(request, _("Etapen er fjernet. Stederne står der stadig."))
    return redirect("portfolio:rollouts", found.pk)


@require_http_methods(["GET", "POST"])
def open_one(request: HttpRequest, stage_id: int) -> HttpResponse:
    """Open a stage, when what comes before is learnt from."""
    actor, stage, found = _stage(request, stage_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.open_stage(
            actor=actor,
            stage_id=stage.pk,
            version=posted_version(request),
            opened_on=cleaned["opened_on"],
        )
        return _("Etapen »%(name)s« er åbnet.") % {"name": stage.name}

    before = [one for one in stages_of(found) if one.stage.place < stage.place]
    facts = [stage.to_learn] if stage.to_learn else []
    if before and before[-1].stage.learnt:
        facts.insert(0, _("Det lærte I sidst: %(learnt)s") % {"learnt": before[-1].stage.learnt})
    return _page(
        request,
        found,
        OpeningForm(posted(request), initial={"opened_on": today()}),
        write,
        _("Åbn etapen »%(name)s«") % {"name": stage.name},
        _("Åbn etapen"),
        version=stage.version,
        facts=facts,
    )


@require_http_methods(["GET", "POST"])
def learn(request: HttpRequest, stage_id: int) -> HttpResponse:
    """Write what a stage taught, and what is decided."""
    actor, stage, found = _stage(request, stage_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.learn_from_stage(
            actor=actor,
            stage_id=stage.pk,
            version=posted_version(request),
            learnt=cleaned["learnt"],
            skipped_because=cleaned["skipped_because"],
            decision=StageDecision(cleaned["decision"]),
            note=cleaned["note"],
        )
        return _("Læringen af »%(name)s« er gemt.") % {"name": stage.name}

    initial = {
        "learnt": stage.learnt,
        "skipped_because": stage.skipped_because,
        "decision": stage.decision or str(StageDecision.GO_ON),
        "note": stage.decision_note,
    }
    wanted = _("I ville lære: %(what)s") % {"what": stage.to_learn} if stage.to_learn else ""
    return _page(
        request,
        found,
        LearningForm(posted(request), initial=initial),
        write,
        _("Hvad lærte I af »%(name)s«?") % {"name": stage.name},
        _("Gem læringen"),
        version=stage.version,
        facts=[wanted] if wanted else [],
    )


@require_http_methods(["GET", "POST"])
def explain_delay(request: HttpRequest, rollout_id: int) -> HttpResponse:
    """Say why a place is late, and when it comes."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rollout = queries.rollout_of(actor, rollout_id)
    found = rollout.initiative
    require(actor, CHANGE_INITIATIVES, found.unit_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.explain_delay(
            actor=actor,
            rollout_id=rollout.pk,
            version=posted_version(request),
            cause=LateCause(cleaned["cause"]),
            note=cleaned["note"],
            expected_on=cleaned["expected_on"],
        )
        return _("Forklaringen er gemt.")

    initial = {
        "cause": rollout.late_cause,
        "note": rollout.late_note,
        "expected_on": rollout.expected_on,
    }
    planned = _("Planlagt i drift %(day)s.") % {"day": day(rollout.planned_on)}
    return _page(
        request,
        found,
        DelayForm(posted(request), initial=initial),
        write,
        _("Hvorfor kommer %(place)s senere?") % {"place": rollout},
        _("Gem forklaringen"),
        version=rollout.version,
        facts=[planned] if rollout.planned_on else [],
    )


def stage_parts(
    initiative: Initiative, places: list[queries.Place], may_change: bool
) -> dict[str, Any]:
    """Return what the page of a roll-out shows of stages, of growing use and of delays."""
    stages = stages_of(initiative)
    by_stage: dict[int, list[str]] = {}
    for place in places:
        if place.rollout.stage_id:
            by_stage.setdefault(place.rollout.stage_id, []).append(str(place.rollout))
    curves = curves_of(initiative)
    return {
        "stages": [_shown(one, by_stage.get(one.stage.pk, [])) for one in stages],
        "early": early_places(stages, places, may_change),
        "picture": rollout_picture(_lines(places, stages, curves), today()),
        "delays": [
            {
                "place": str(place.rollout),
                "is_told": bool(place.rollout.late_cause),
                "late": late_in_words(place.rollout),
                "why": capfirst(why_late(place.rollout).rstrip(".") + "."),
                "expected": day(place.rollout.expected_on) if place.rollout.expected_on else "",
                "url": reverse("delivery:explain_delay", args=[place.rollout.pk])
                if may_change
                else "",
            }
            for place in places
            if why_late(place.rollout)
        ],
        "counts": [
            (
                str(place.rollout),
                [
                    {
                        "on": formats.short_date(count.on),
                        "users": count.users,
                        "planned": count.planned,
                        "share": percent(count.share),
                    }
                    for count in curves[place.rollout.pk]
                ],
            )
            for place in places
            if place.rollout.pk in curves
        ],
    }


def _lines(
    places: list[queries.Place], stages: list[StageOf], curves: dict[int, Any]
) -> list[Line]:
    order = {one.stage.pk: (index, one.stage.name) for index, one in enumerate(stages)}
    last = (len(stages), _("Uden etape") if stages else "")
    lines = [
        Line(
            label=str(place.rollout),
            group=order.get(place.rollout.stage_id or 0, last)[1],
            planned_on=place.rollout.planned_on,
            expected_on=place.rollout.expected_on,
            live_on=place.rollout.live_on if place.facts.is_live(today()) else None,
            counts=[(count.on, count.share) for count in curves.get(place.rollout.pk, ())],
            is_own=place.facts.is_own,
        )
        for place in sorted(
            places,
            key=lambda one: (
                order.get(one.rollout.stage_id or 0, last)[0],
                not one.facts.is_own,
            ),
        )
    ]
    return lines


def _shown(one: StageOf, places: list[str]) -> dict[str, Any]:
    stage = one.stage
    return {
        "stage": stage,
        "state": stage_state_in_words(one.state),
        "is_ready": one.state is StageState.READY,
        "is_open": one.state is StageState.OPEN,
        "is_done": one.state in (StageState.LEARNT, StageState.SKIPPED),
        "hindrance": hindrance_in_words(one.hindrances[0])
        if one.state is StageState.WAITING
        else "",
        "decision": content.label("stage_decision", stage.decision) if stage.decision else "",
        "window": formats.date_range(stage.starts_on, stage.ends_on)
        if stage.starts_on or stage.ends_on
        else "",
        "opened": _opened(stage),
        "places": ", ".join(places),
    }


def _opened(stage: Stage) -> str:
    """Say when a stage was opened, and when and by whom it was written if that was later."""
    if stage.opened_on is None:
        return ""
    said = _("Åbnet %(day)s") % {"day": day(stage.opened_on)}
    if stage.opened_told_on is None or stage.opened_told_on == stage.opened_on:
        return said
    later = _("skrevet %(day)s af %(who)s")
    later %= {"day": day(stage.opened_told_on), "who": stage.opened_told_by_name}
    return f"{said}, {later}"


def _stage(request: HttpRequest, stage_id: int) -> tuple[Actor, Stage, Initiative]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    stage = stage_of(actor, stage_id)
    require(actor, CHANGE_INITIATIVES, stage.initiative.unit_id)
    return actor, stage, stage.initiative


def _page(
    request: HttpRequest,
    found: Initiative,
    form: django_forms.Form,
    write: Any,
    title: str,
    submit: str,
    **more: Any,
) -> HttpResponse:
    back = reverse("portfolio:rollouts", args=[found.pk])
    crumbs = (
        (found.title, reverse("portfolio:initiative", args=[found.pk])),
        (_("Udrulning"), back),
    )
    return form_page(
        request, form, write, title=title, submit=submit, leave_url=back, crumbs=crumbs, **more
    )
