"""Pages of core tasks: each with what citizens shall notice, and who points at none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hoest.domain.organisations.queries import units_of
from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.models import CoreTask
from hoest.domain.portfolio.permissions import KEEP_CORE_TASKS, VIEW_INITIATIVES
from hoest.domain.portfolio.web.filters import WITHOUT
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui import formats
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

MOST = 6


class CoreTaskForm(AskingForm):
    """What a core task is called, and what citizens shall notice of it."""

    name = forms.CharField(
        label=gettext_lazy("Kerneopgavens navn"),
        max_length=120,
        help_text=gettext_lazy("For eksempel: Ældre klarer hverdagen derhjemme."),
    )
    citizens_notice = forms.CharField(
        label=gettext_lazy("Det skal borgerne mærke"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Én sætning, som en borger ville genkende."),
    )
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Enhed"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Hele kommunen"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(actor)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Shown:
    """A core task as the page shows it: the first initiatives, and where the rest stand."""

    task: CoreTask
    count: str
    initiatives: list[tuple[str, str]]
    more: str
    url: str


@require_GET
def core_tasks(request: HttpRequest) -> HttpResponse:
    """Show the core tasks, and say how many active initiatives point at none."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        require(actor, VIEW_INITIATIVES)
    found, active, without = queries.by_core_task(actor)
    shown = [_shown(one) for one in found]
    context = {
        "tasks": [one for one in shown if one.task.retired_on is None],
        "retired": [one for one in shown if one.task.retired_on is not None],
        "point": _point(active, without) if found else _("Ingen kerneopgaver endnu"),
        "without_url": f"{_list_url()}?core_task={WITHOUT}" if found and without else "",
        "may_keep": allowed(actor, KEEP_CORE_TASKS),
    }
    return render(request, "portfolio/core_tasks.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Write a core task down."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, KEEP_CORE_TASKS)

    def write(cleaned: Any) -> str:
        made = actions.create_core_task(actor=actor, fields=cleaned)
        return _("Kerneopgaven »%(name)s« er skrevet ned.") % {"name": made.name}

    form = CoreTaskForm(posted(request), actor=actor)
    return _page(request, None, form, write, _("Skriv en kerneopgave ned"))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, core_task_id: int) -> HttpResponse:
    """Change a core task."""
    actor, found = _kept(request, core_task_id)

    def write(cleaned: Any) -> str:
        actions.change_core_task(
            actor=actor, core_task_id=found.pk, version=posted_version(request), fields=cleaned
        )
        return _("Kerneopgaven er rettet.")

    initial = {name: getattr(found, name) for name in CoreTaskForm.base_fields}
    form = CoreTaskForm(posted(request), actor=actor, initial=initial)
    return _page(request, found, form, write, _("Ret kerneopgaven"))


@require_http_methods(["GET", "POST"])
def use(request: HttpRequest, core_task_id: int) -> HttpResponse:
    """Take a core task out of use, or into use again."""
    actor, found = _kept(request, core_task_id)

    def write(cleaned: Any) -> str:
        act = actions.retire_core_task if is_in_use else actions.resume_core_task
        act(actor=actor, core_task_id=found.pk, version=posted_version(request))
        if is_in_use:
            return _("Kerneopgaven er taget ud af brug.")
        return _("Kerneopgaven er i brug igen.")

    is_in_use = found.retired_on is None
    title = _("Tag kerneopgaven ud af brug") if is_in_use else _("Tag kerneopgaven i brug igen")
    return _page(request, found, forms.Form(posted(request)), write, title)


def _kept(request: HttpRequest, core_task_id: int) -> tuple[Actor, CoreTask]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.core_task_of(actor, core_task_id)
    require(actor, KEEP_CORE_TASKS)
    return actor, found


def _page(
    request: HttpRequest, found: CoreTask | None, form: forms.Form, write: Any, title: str
) -> HttpResponse:
    """Show the form, or write and return where one came from; a fault stands on the form."""
    leave_url = back_address(request, reverse("portfolio:core_tasks"))
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    context = {
        "form": form,
        "task": found,
        "title": title,
        "leave_url": leave_url,
        "version": posted_version(request) or (found.version if found else 0),
    }
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/core_task_form.html", context, status=status)


def _list_url() -> str:
    return reverse("portfolio:initiatives")


def _shown(one: queries.OfCoreTask) -> Shown:
    count = len(one.initiatives)
    more = count - MOST
    return Shown(
        task=one.task,
        count=ngettext("%(n)s initiativ er i gang", "%(n)s initiativer er i gang", count)
        % {"n": formats.number(count)}
        if count
        else _("Ingen initiativer er i gang for den"),
        initiatives=[
            (title, reverse("portfolio:initiative", args=[pk]))
            for pk, title in one.initiatives[:MOST]
        ],
        more=_("og %(n)s andre") % {"n": formats.number(more)} if more > 0 else "",
        url=f"{_list_url()}?core_task={one.task.pk}",
    )


def _point(active: int, without: int) -> str:
    """Say how many of the active initiatives point at no core task."""
    if not active:
        return _("Ingen initiativer er i gang")
    if not without:
        return _("Alle initiativer i gang peger på en kerneopgave")
    return ngettext(
        "%(n)s af %(all)s initiativer peger ikke på en kerneopgave",
        "%(n)s af %(all)s initiativer peger ikke på en kerneopgave",
        without,
    ) % {"n": formats.number(without), "all": formats.number(active)}
