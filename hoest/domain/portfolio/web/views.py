"""Pages of one initiative: see it, create it, change it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, CREATE_INITIATIVES
from hoest.domain.portfolio.rules import Phase, status
from hoest.domain.portfolio.web import words
from hoest.domain.portfolio.web.capacity.hours import warning_words
from hoest.domain.portfolio.web.conflict import choices_between
from hoest.domain.portfolio.web.forms import InitiativeForm
from hoest.domain.portfolio.web.rollouts import degree_in_words
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.audit.queries import acts_about
from hoest.foundation.clock import today
from hoest.foundation.forms import drafts
from hoest.foundation.forms.models import Draft
from hoest.foundation.forms.posting import posted_version
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

FORM = "portfolio.initiative"


@require_GET
def initiative(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show an initiative: the point, the status with its reasons, facts and panels."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    reasons = queries.reasons_of(found)
    may_change = allowed(actor, CHANGE_INITIATIVES, found.unit_id)
    standing = status(reasons)
    return render(
        request,
        "portfolio/initiative.html",
        {
            "initiative": found,
            "predicate": words.predicate(found),
            "is_active": queries.is_active(found),
            "mark": words.status_mark(standing),
            "reasons": words.reason_facts(found, reasons, may_change),
            "clause": words.as_clause(found.in_practice),
            "questions": words.questions_about(found.in_practice) if may_change else [],
            "agreed_share": queries.agreed_share(found),
            "is_agreed_by_default": found.agreed_adoption_share is None,
            "stop_reason": queries.stop_reason(found),
            "may_change": may_change,
            "acts": words.acts_in_words(acts_about(found)[:8]),
            "is_live": found.live_on is not None and found.phase != Phase.IDEA,
            "rollout": _rollout(found),
            "closing": queries.closing_decision_of(found),
            "today": today(),
        },
    )


def _rollout(found: Initiative) -> str:
    """Say how far an initiative is rolled out; empty when no unit is named."""
    degree = queries.implementation_of(found)
    return degree_in_words(found, degree) if degree else ""


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Create an initiative; what is being written is kept as a draft."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, CREATE_INITIATIVES):
        require(actor, CREATE_INITIATIVES)
    draft = drafts.find(actor, FORM)
    if request.method == "POST":
        form = InitiativeForm(request.POST, actor=actor, initiative=None)
        if form.is_valid():
            made = actions.create_initiative(actor=actor, fields=form.cleaned_data)  # type: ignore[arg-type]
            drafts.drop(actor=actor, form_name=FORM)
            tell(request, _("Initiativet »%(title)s« er oprettet.") % {"title": made.title})
            full = warning_words(actor.organisation_id, made.unit_id, made.pk)
            if full:
                tell(request, full, level="warning")
            return redirect("portfolio:initiative", made.pk)
        return _form_page(request, form, None, None, 422)
    initial = draft.fields if draft else _first_choice(actor)
    form = InitiativeForm(initial=initial, actor=actor, initiative=None)
    return _form_page(request, form, None, draft, 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Change an initiative; somebody else's change in between is shown, never overwritten."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, found.unit_id)
    if request.method == "POST":
        form = InitiativeForm(request.POST, actor=actor, initiative=found)
        if not form.is_valid():
            return _form_page(request, form, found, None, 422)
        return _save(request, actor, form, found)
    draft = _worth_showing(drafts.find(actor, FORM, found.pk), found)
    standing = initial_of(found)
    form = InitiativeForm(
        initial={**standing, **draft.fields} if draft else standing, actor=actor, initiative=found
    )
    return _form_page(request, form, found, draft, 200)


def _save(
    request: HttpRequest, actor: Actor, form: InitiativeForm, found: Initiative
) -> HttpResponse:
    try:
        actions.change_initiative(
            actor=actor,
            initiative_id=found.pk,
            version=posted_version(request),
            fields=form.cleaned_data,  # type: ignore[arg-type]
        )
    except ChangedMeanwhile as conflict:
        before = queries.fields_at(found, posted_version(request))
        context = {
            "initiative": found,
            "version": conflict.version,
            "choices": choices_between(conflict, form, before, initial_of(found)),
            "unchanged": [
                (name, request.POST.get(name, ""))
                for name in form.fields
                if name not in {one.field for one in conflict.differences}
            ],
        }
        return render(request, "portfolio/conflict.html", context, status=409)
    drafts.drop(actor=actor, form_name=FORM, object_id=found.pk)
    tell(request, _("Rettelserne er gemt."))
    return redirect(back_address(request, reverse("portfolio:initiative", args=[found.pk])))


@require_POST
def keep_draft(request: HttpRequest, initiative_id: int = 0) -> HttpResponse:
    """Keep what is being written; 0 is an initiative that does not exist yet."""
    actor = _writer(request, initiative_id)
    drafts.keep(
        actor=actor,
        form_name=FORM,
        posted=request.POST,
        names=list(InitiativeForm.base_fields),
        object_id=initiative_id,
        base_version=posted_version(request),
    )
    return HttpResponse(status=204)


@require_POST
def drop_draft(request: HttpRequest, initiative_id: int = 0) -> HttpResponse:
    """Throw one's own draft away and show what stands."""
    actor = _writer(request, initiative_id)
    drafts.drop(actor=actor, form_name=FORM, object_id=initiative_id)
    tell(request, _("Kladden er smidt væk."), level="info")
    if initiative_id:
        return redirect("portfolio:initiative", initiative_id)
    return redirect("portfolio:create")


@require_GET
def plain_language(request: HttpRequest) -> HttpResponse:
    """Answer with the questions about the sentence that is being written."""
    questions = words.questions_about(request.GET.get("in_practice", "")[:1000])
    return render(request, "portfolio/questions.html", {"questions": questions})


def _writer(request: HttpRequest, initiative_id: int) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if initiative_id:
        found = queries.initiative_of(actor, initiative_id)
        require(actor, CHANGE_INITIATIVES, found.unit_id)
    elif not allowed_somewhere(actor, CREATE_INITIATIVES):
        require(actor, CREATE_INITIATIVES)
    return actor


def initial_of(found: Initiative) -> dict[str, Any]:
    """Return what stands in the form of an initiative."""
    rows = {"unit", "core_task", "body", "sponsor", "lead"}
    return {
        name: getattr(found, f"{name}_id" if name in rows else name)
        for name in InitiativeForm.base_fields
    }


def _worth_showing(draft: Draft | None, found: Initiative) -> Draft | None:
    """Return the draft unless it says exactly what stands already."""
    if draft is None:
        return None
    form = InitiativeForm.base_fields
    standing = {name: form[name].prepare_value(value) for name, value in initial_of(found).items()}
    same = all(draft.fields.get(name, "") == _typed(standing[name]) for name in standing)
    return None if same else draft


def _typed(value: Any) -> str:
    return "" if value is None else str(value)


def _first_choice(actor: Actor) -> dict[str, Any]:
    """Suggest the person herself as lead where she is one, and her unit."""
    if "initiative_lead" in actor.roles:
        return {"lead": actor.person_id}
    return {}


def _form_page(
    request: HttpRequest,
    form: InitiativeForm,
    found: Initiative | None,
    draft: Draft | None,
    code: int,
) -> HttpResponse:
    base = draft.base_version if draft else 0
    version = base or (posted_version(request) if code == 422 else 0)
    args = [found.pk] if found else []
    return render(
        request,
        "portfolio/form.html",
        {
            "form": form,
            "initiative": found,
            "version": version or (found.version if found else 0),
            "draft": draft,
            "autosave_url": reverse(
                "portfolio:keep_draft" if found else "portfolio:keep_new", args=args
            ),
            "drop_url": reverse(
                "portfolio:drop_draft" if found else "portfolio:drop_new", args=args
            ),
            "questions": words.questions_about(str(form["in_practice"].value() or "")),
        },
        status=code,
    )
