"""The frame round every step: where one is, the list of steps, what is kept, and the way on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hoest.domain.business_cases.queries import Parts
from hoest.domain.business_cases.rules.guide import StepState
from hoest.domain.business_cases.web.grounding import crumbs
from hoest.domain.business_cases.web.guide.steps import (
    Standing,
    Step,
    Visit,
    after,
    all_steps,
    before,
)
from hoest.foundation.forms import drafts
from hoest.foundation.forms.interrupted import writing_token
from hoest.foundation.forms.models import Draft

STATE_WORDS = {
    StepState.ANSWERED: gettext_lazy("svaret"),
    StepState.HALF: gettext_lazy("mangler noget"),
    StepState.MISSING: gettext_lazy("mangler"),
    StepState.LATER: gettext_lazy("senere"),
}
STATE_ICONS = {
    StepState.ANSWERED: "check",
    StepState.HALF: "edit",
    StepState.MISSING: "",
    StepState.LATER: "calendar",
}


@dataclass(frozen=True)
class Row:
    """A step as a list shows it."""

    step: Step
    standing: Standing
    url: str
    word: Any
    icon: str
    is_here: bool = False

    @property
    def is_answered(self) -> bool:
        """Tell whether nothing more is asked."""
        return self.standing.state is StepState.ANSWERED


def form_name(step: Step) -> str:
    """Return the name under which what is being written at a step is kept."""
    return f"business_cases.guide.{step.slug}"


def url_of(step: Step, version_id: int) -> str:
    """Return the address of a step of a version."""
    return reverse("business_cases:step", args=[version_id, step.slug])


def rows(parts: Parts, here: Step | None = None) -> list[Row]:
    """Return every step with where it stands."""
    found = []
    for step in all_steps():
        standing = step.standing(parts)
        found.append(
            Row(
                step,
                standing,
                url_of(step, parts.version.pk),
                STATE_WORDS[standing.state],
                STATE_ICONS[standing.state],
                is_here=here is not None and here.slug == step.slug,
            )
        )
    return found


def kept(visit: Visit) -> Draft | None:
    """Return what the person was writing at the step and has not saved."""
    return drafts.find(visit.actor, form_name(visit.step), visit.version.pk)


def page(
    request: HttpRequest,
    visit: Visit,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Show a step in its frame. `form` in the context, if any, is what autosave keeps."""
    version, step = visit.version, visit.step
    shown = rows(visit.parts, step)
    following, leading = after(step), before(step)
    args = [version.pk, step.slug]
    return render(
        request,
        template,
        {
            "version": version,
            "initiative": version.case.initiative,
            "crumbs": [
                *crumbs(version.case.initiative, _("Trin for trin")),
                {"label": str(step.title), "url": ""},
            ],
            "step": step,
            "steps": shown,
            "here": next(row for row in shown if row.is_here),
            "answered": sum(row.is_answered for row in shown),
            "next_url": url_of(following, version.pk) if following else "",
            "former_url": url_of(leading, version.pk) if leading else "",
            "guide_url": reverse("business_cases:guide", args=[version.pk]),
            "later_url": reverse("business_cases:put_off", args=args),
            "autosave_url": reverse("business_cases:keep_step", args=args),
            "drop_url": reverse("business_cases:drop_step", args=args),
            "step_version": visit.parts.version_of_step(step.slug),
            "writing": writing_token(visit.actor, form_name(step), version.pk, request.path),
            **context,
        },
        status=status,
    )


def onward(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Go to the next step, or to the overview when asked or when this was the last."""
    following = after(visit.step)
    if "stay" in request.POST:
        return redirect(url_of(visit.step, visit.version.pk))
    if "leave" in request.POST or following is None:
        return redirect("business_cases:guide", visit.version.pk)
    return redirect(url_of(following, visit.version.pk))


def where_to_go_on(visit_rows: list[Row], written: list[str]) -> Row | None:
    """Return the step to go on with: where the person last left words unsaved, else the first open.

    `written` are the names of her kept forms, newest first.
    """
    by_form = {form_name(row.step): row for row in visit_rows}
    for name in written:
        if name in by_form:
            return by_form[name]
    touched = [row for row in visit_rows if row.standing.written]
    last = max(touched, key=lambda row: row.standing.written.at, default=None)  # type: ignore[union-attr]
    open_rows = [row for row in visit_rows if not row.is_answered]
    later = [row for row in open_rows if last and row.step.number >= last.step.number]
    waiting = [row for row in (later or open_rows) if row.standing.state is not StepState.LATER]
    return next(iter(waiting or later or open_rows), None)
