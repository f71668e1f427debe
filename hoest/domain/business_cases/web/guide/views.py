"""The addresses of the guide: the overview, a step, what is kept of it, and putting it off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hoest.domain.business_cases import actions, queries
from hoest.domain.business_cases.permissions import CHANGE_CASES
from hoest.domain.business_cases.rules import VersionState
from hoest.domain.business_cases.rules.guide import StepState
from hoest.domain.business_cases.web.editing import open_version
from hoest.domain.business_cases.web.grounding import crumbs
from hoest.domain.business_cases.web.guide import frame
from hoest.domain.business_cases.web.guide.steps import Visit, step_called
from hoest.foundation.forms import drafts
from hoest.foundation.forms.interrupted import NEVER_KEPT
from hoest.ui.messages import tell


@require_GET
def overview(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show the steps of a draft: what is answered, by whom, what is lacking, where to go on."""
    actor, version = open_version(request, version_id, CHANGE_CASES)
    if version.state == VersionState.SUBMITTED:
        return redirect("business_cases:draft", version.pk)
    parts = queries.parts_of(version)
    rows = frame.rows(parts)
    names = [frame.form_name(row.step) for row in rows]
    written = drafts.newest(actor, names, version.pk)
    initiative = version.case.initiative
    return render(
        request,
        "business_cases/guide/overview.html",
        {
            "version": version,
            "initiative": initiative,
            "crumbs": crumbs(initiative, _("Trin for trin")),
            "steps": rows,
            "answered": sum(row.is_answered for row in rows),
            "going_on": frame.where_to_go_on(rows, written),
            "unsaved": set(written),
            "is_begun": bool(written)
            or any(row.standing.state is not StepState.MISSING for row in rows),
        },
    )


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, version_id: int, slug: str) -> HttpResponse:
    """Show a step, or take what was written in it."""
    visit = _visit(request, version_id, slug)
    if visit is None:
        return redirect("business_cases:draft", version_id)
    return visit.step.view(request, visit)


@require_POST
def keep(request: HttpRequest, version_id: int, slug: str) -> HttpResponse:
    """Keep what is being written at a step, valid or not."""
    visit = _visit(request, version_id, slug)
    if visit is not None:
        drafts.keep(
            actor=visit.actor,
            form_name=frame.form_name(visit.step),
            posted=request.POST,
            names=[name for name in request.POST if name not in NEVER_KEPT],
            object_id=visit.version.pk,
        )
    return HttpResponse(status=204)


@require_POST
def drop(request: HttpRequest, version_id: int, slug: str) -> HttpResponse:
    """Throw away what was kept and show what stands."""
    visit = _visit(request, version_id, slug)
    if visit is None:
        return redirect("business_cases:draft", version_id)
    drafts.drop(
        actor=visit.actor, form_name=frame.form_name(visit.step), object_id=visit.version.pk
    )
    tell(request, _("Kladden er smidt væk."), level="info")
    return redirect(frame.url_of(visit.step, version_id))


@require_POST
def put_off(request: HttpRequest, version_id: int, slug: str) -> HttpResponse:
    """Leave a step for later and go on, or take it up again."""
    visit = _visit(request, version_id, slug)
    if visit is None:
        return redirect("business_cases:draft", version_id)
    actions.put_off_step(
        actor=visit.actor, version_id=version_id, slug=slug, later="take_up" not in request.POST
    )
    if "take_up" in request.POST:
        return redirect(frame.url_of(visit.step, version_id))
    return frame.onward(request, visit)


def _visit(request: HttpRequest, version_id: int, slug: str) -> Visit | None:
    """Return the visit; None when the figures wait for an answer and nobody writes."""
    actor, version = open_version(request, version_id, CHANGE_CASES)
    found = step_called(slug)
    if version.state == VersionState.SUBMITTED:
        return None
    return Visit(actor, version, queries.parts_of(version), found)
