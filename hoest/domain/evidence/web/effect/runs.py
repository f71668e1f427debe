"""Runs over all studies: ask for one, follow it, leave it, stop it, and see what it changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.evidence import actions, jobs, queries
from hoest.domain.evidence.models import EstimateRun
from hoest.domain.evidence.permissions import ESTIMATE, VIEW_EVIDENCE
from hoest.domain.evidence.rules import RunState
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.ui import formats

SHOWN = 20
WORKING = (RunState.WAITING, RunState.RUNNING)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_EVIDENCE):
        require(actor, VIEW_EVIDENCE)
    return actor


def _crumbs(here: str = "") -> list[dict[str, str]]:
    found = [
        {"label": _("Effekter"), "url": reverse("evidence:effects")},
        {"label": _("Beregninger"), "url": reverse("evidence:runs")},
    ]
    return [*found, {"label": here, "url": ""}] if here else found


@require_http_methods(["GET", "POST"])
def runs(request: HttpRequest) -> HttpResponse:
    """Show the last runs; a POST asks for one over all studies."""
    actor = _actor(request)
    if request.method == "POST":
        return redirect("evidence:run", jobs.run_all(actor=actor).pk)
    found = list(queries.runs_of(actor)[:SHOWN])
    context = {
        "crumbs": _crumbs(),
        "point": point_of(found[0]) if found else _("Effekterne er ikke regnet samlet endnu"),
        "runs": [{"run": one, "said": point_of(one), "counts": counts_of(one)} for one in found],
        "may_run": allowed_somewhere(actor, ESTIMATE),
        "is_working": bool(found) and found[0].state in WORKING,
    }
    return render(request, "evidence/effect/runs.html", context)


@require_safe
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show how far a run is, or what it changed."""
    actor = _actor(request)
    found = queries.run_of(actor, run_id)
    context: dict[str, Any] = {
        "crumbs": _crumbs(formats.short_date(found.asked_at.date())),
        "run": found,
        "point": point_of(found),
        "step": step_of(found),
        "percent": percent_of(found),
        "counts": counts_of(found),
        "is_working": found.state in WORKING,
        "may_stop": allowed_somewhere(actor, ESTIMATE),
    }
    name = "evidence/effect/run.html"
    if getattr(request, "htmx", False):
        name += "#state"
    response = render(request, name, context)
    response["Vary"] = "HX-Request"
    return response


@require_POST
def cancel(request: HttpRequest, run_id: int) -> HttpResponse:
    """Ask a run to stop after the study it is at."""
    actor = _actor(request)
    found = queries.run_of(actor, run_id)
    actions.cancel_run(actor=actor, run_id=found.pk)
    return redirect("evidence:run", found.pk)


def percent_of(run: EstimateRun) -> int:
    """Return how far a run is, in whole per cent."""
    return round(100 * min(run.done, run.total) / run.total) if run.total else 0


def point_of(run: EstimateRun) -> str:
    """Say in one sentence how a run stands or what it gave."""
    if run.state in WORKING:
        if run.is_cancel_asked:
            return _("Beregningen stopper efter den effekt, den er ved.")
        return _("Effekterne bliver regnet.")
    if run.state == RunState.CANCELLED:
        return _("Beregningen blev stoppet. Det, der var regnet, står der.")
    if run.state == RunState.FAILED:
        return _("Beregningen gik i stå. Det, der var regnet, står der.")
    if not run.changed:
        return _("Alle effekter er set igennem. Ingen svar er nye.")
    return ngettext(
        "%(n)s effekt fik et nyt svar.", "%(n)s effekter fik et nyt svar.", run.changed
    ) % {"n": formats.number(run.changed)}


def step_of(run: EstimateRun) -> str:
    """Say how far a run that works is."""
    if run.state == RunState.WAITING:
        return _("Venter på at komme til")
    return _("%(done)s af %(total)s effekter er set igennem") % {
        "done": formats.number(run.done),
        "total": formats.number(run.total),
    }


def counts_of(run: EstimateRun) -> str:
    """Say what came of the studies: new answers, the same ones, and those that wait."""
    said = [
        ngettext("%(n)s nyt svar", "%(n)s nye svar", run.changed),
        ngettext("%(n)s uændret", "%(n)s uændrede", run.kept),
        ngettext("%(n)s kan ikke regnes endnu", "%(n)s kan ikke regnes endnu", run.refused),
    ]
    numbers = (run.changed, run.kept, run.refused)
    return " · ".join(
        text % {"n": formats.number(number)} for text, number in zip(said, numbers, strict=True)
    )
