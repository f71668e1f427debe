"""The page of a plan before go-live: choose, see what could be seen, draw, keep, take over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hoest.domain.benefits import queries as benefits
from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.models import Series
from hoest.domain.evidence.permissions import PLAN_STUDY, VIEW_EVIDENCE
from hoest.domain.evidence.rules import Step, from_first
from hoest.domain.evidence.rules.planning import USUAL_AFTER, USUAL_EVERY, Part
from hoest.domain.evidence.web.planning import shown
from hoest.domain.evidence.web.planning.built import Built, NothingToShow, built
from hoest.domain.evidence.web.planning.forms import PLACE, KeepForm, PlanForm, UsersForm
from hoest.domain.evidence.web.planning.promise import promised_change
from hoest.domain.evidence.web.planning.record import kept_rows
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.forms.posting import carried_out, posted
from hoest.ui import formats
from hoest.ui.messages import tell
from hoest.ui.words import in_a_row

USUAL_WAVES = 4
NOTICE_PERIODS = 2


def read(request: HttpRequest, benefit_id: int) -> tuple[Actor, Any]:
    """Return who asks and the benefit. Raises NotFound, NotAllowed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_EVIDENCE):
        require(actor, VIEW_EVIDENCE)
    return actor, benefits.benefit_of(actor, benefit_id)


def crumbs(benefit: Any, *here: tuple[str, str]) -> list[dict[str, str]]:
    """Return where the reader is: list, initiative, benefit, and the pages below it."""
    return [
        {"label": _("Gevinster"), "url": reverse("benefits:benefits")},
        {
            "label": benefit.initiative.title,
            "url": reverse("portfolio:initiative", args=[benefit.initiative_id]),
        },
        {"label": benefit.title, "url": reverse("benefits:benefit", args=[benefit.pk])},
        *({"label": label, "url": url} for label, url in here),
    ]


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Show what a roll-out in waves could show, and keep its order."""
    actor, benefit = read(request, benefit_id)
    may_plan = allowed(actor, PLAN_STUDY, benefit.unit_id or benefit.initiative.unit_id)
    if request.method == "POST" and not may_plan:
        require(actor, PLAN_STUDY, benefit.unit_id or benefit.initiative.unit_id)
    series = _series(actor, benefit, request.GET.get("serie", ""))
    form = _form(request, actor, benefit, series)
    found, lacking = None, None
    if series is not None and form.is_valid():
        try:
            found = built(form)
        except NothingToShow as fault:
            lacking = shown.lacking(fault)
    keep = KeepForm(posted(request), is_wish=found is not None and found.wish is not None)
    if found is not None:
        said = carried_out(keep, lambda given: _keep(actor, benefit, found, given))
        if said is not None:
            tell(request, said)
            return redirect("planning:plan", benefit.pk)
    context = {
        "benefit": benefit,
        "crumbs": crumbs(benefit, (_("Plan for at se effekten"), "")),
        "form": form,
        "keep": keep,
        "series": series,
        "has_series": queries.series_here(actor).exists(),
        "lacking": lacking,
        "may_plan": may_plan,
        "kept": kept_rows(actor, benefit),
        "kept_as": _kept_as(actor, benefit, found) if found else None,
        "query": request.GET.urlencode(),
        **(_shown(found) if found else {}),
    }
    is_refused = request.method == "POST" or ("serie" in request.GET and not form.is_valid())
    status = 422 if is_refused else 200
    return render(request, "evidence/planning/plan.html", context, status=status)


def _shown(found: Built) -> dict[str, Any]:
    return {
        "plan": found,
        "point": shown.point(found),
        "doubts": shown.doubts(found),
        "rows": shown.rows(found),
        "picture": shown.picture(found),
        "waves": shown.order(found, found.waves),
        "never": in_a_row(found.never),
        "strata": in_a_row(found.strata),
        "wish": shown.wish(found),
        "annex": shown.annex(found),
        "places": sum(len(wave) for wave in found.waves),
        "first_day": found.days[0],
    }


def _keep(actor: Actor, benefit: Any, found: Built, given: dict[str, Any]) -> str:
    waves = found.wish.waves if found.wish else found.waves
    made = actions.keep_plan(
        actor=actor,
        benefit_id=benefit.pk,
        series_id=found.series.pk,
        waves=waves,
        seed=found.seed,
        first_on=found.days[0],
        every_periods=found.every,
        wish_because=given.get("fordi", ""),
    )
    return _("Rækkefølge %(number)s er gemt og kan ikke ændres.") % {"number": made.number}


def _series(actor: Actor, benefit: Any, wanted: str) -> Series | None:
    """Return the series asked for, else the one that speaks for the benefit, else a likely one."""
    here = queries.series_here(actor)
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 18:
        return here.filter(pk=int(wanted)).first()
    primary = queries.primary_of(actor, benefit.pk)
    if primary is not None:
        return primary.series
    if not benefit.measure_unit:
        return None
    return here.filter(measure_unit__iexact=benefit.measure_unit).first()


def _form(request: HttpRequest, actor: Actor, benefit: Any, series: Series | None) -> PlanForm:
    places = queries.plan_places(series, benefit.initiative) if series else []
    waiting = [one for one in places if one.began_on is None]
    data = QueryDict(mutable=True)
    if series is not None:
        step, usual = Step(series.step), min(USUAL_WAVES, max(len(waiting), 1))
        data.update(
            {
                "serie": str(series.pk),
                "boelger": str(usual),
                "foerste": _first(benefit.initiative.live_on, step).isoformat(),
                "mellemrum": str(USUAL_EVERY[step]),
                "bagefter": str(USUAL_AFTER[step]),
                "froe": str(benefit.pk),
            }
        )
        kept = next((o for o in queries.orders_of_benefit(actor, benefit.pk) if _stands(o)), None)
        if kept is not None and kept.study.series_id == series.pk:
            data.update(
                {
                    "boelger": str(len(kept.waves)),
                    "foerste": kept.first_on.isoformat(),
                    "mellemrum": str(kept.every_periods),
                    "froe": str(kept.seed),
                }
            )
        promised = promised_change(benefit, series)
        if promised is not None and "serie" not in request.GET:
            data["loefte"] = f"{promised:f}".replace(".", ",")
    for place in waiting:
        data[f"{PLACE}{place.place_id}"] = Part.DRAWN.value
    for name in request.GET:
        data[name] = request.GET[name]
    asked = str(data.get("boelger", ""))
    waves = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else USUAL_WAVES
    return PlanForm(
        data if series is not None else None, actor=actor, places=places, waves=min(waves, 12)
    )


def _kept_as(actor: Actor, benefit: Any, found: Built) -> int | None:
    """Return the number under which the shown order is kept; None when it is not."""
    waves = found.wish.waves if found.wish else found.waves
    shown_order = [list(wave) for wave in waves], found.days[0], found.every
    for one in queries.orders_of_benefit(actor, benefit.pk):
        kept = [list(wave) for wave in one.waves], one.first_on, one.every_periods
        if kept == shown_order and one.study.series_id == found.series.pk:
            return int(one.number)
    return None


def _stands(order: Any) -> bool:
    """Tell whether a kept order was drawn and still lies ahead, so that the plan begins there."""
    return not order.is_wish and order.first_on > clock.today()


def _first(live_on: dt.date | None, step: Step) -> dt.date:
    """Return the day the first wave usually begins: when it goes live, else soon."""
    if live_on is not None and live_on > clock.today():
        return live_on
    return from_first(clock.today(), step, NOTICE_PERIODS)


@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest, benefit_id: int, order_id: int) -> HttpResponse:
    """Show what an order changes in the roll-out, and change it when confirmed."""
    actor, benefit = read(request, benefit_id)
    require(actor, PLAN_STUDY, benefit.unit_id or benefit.initiative.unit_id)
    order = queries.order_of(actor, benefit.pk, order_id)
    planned, places = actions.planned_starts(order), actions.ours_to_plan(order)
    new = [one for one in places if one.rollout_id is None]
    form = UsersForm(posted(request), places=new)

    def write(_given: dict[str, Any]) -> str:
        count = actions.take_over_order(
            actor=actor, benefit_id=benefit.pk, order_id=order.pk, users=form.users()
        )
        return _("Udrulningen følger nu rækkefølgen. %(count)s steder fik en ny dato.") % {
            "count": count
        }

    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect("portfolio:rollouts", benefit.initiative_id)
    known = {one.name for one in places}
    context = {
        "benefit": benefit,
        "order": order,
        "form": form,
        "crumbs": crumbs(
            benefit,
            (_("Plan for at se effekten"), reverse("planning:plan", args=[benefit.pk])),
            (_("Overtag i udrulningen"), ""),
        ),
        "rows": [
            {
                "place": one.name,
                "before": formats.long_date(one.planned_on) if one.planned_on else "–",
                "after": formats.long_date(planned[one.name]),
            }
            for one in sorted(places, key=lambda one: (planned[one.name], one.name))
        ],
        "without": in_a_row([name for name in planned if name not in known]),
        "back_url": reverse("planning:plan", args=[benefit.pk]),
    }
    status = 422 if form.errors else 200
    return render(request, "evidence/planning/take_over.html", context, status=status)
