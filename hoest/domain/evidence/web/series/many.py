"""A file with many indicators: choose it, see every fault or what it does, say yes, see it done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.evidence import jobs
from hoest.domain.evidence.actions.many import (
    confirm_file,
    discard_file,
    explain_places,
    keep_file,
)
from hoest.domain.evidence.permissions import KEEP_SERIES
from hoest.domain.evidence.queries.many import file_of, files_here
from hoest.domain.evidence.rules import FileState
from hoest.domain.evidence.web.series import many_shown
from hoest.domain.evidence.web.series.forms import ManyForm
from hoest.domain.evidence.web.series.many_template import template_for
from hoest.domain.evidence.web.series.pages import crumbs
from hoest.domain.evidence.web.series.tables import answers_in
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.forms.posting import posted
from hoest.foundation.jobs import defer
from hoest.ui.messages import tell

FILES_SHOWN = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, KEEP_SERIES):
        require(actor, KEEP_SERIES)
    return actor


@require_http_methods(["GET", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """List the files, and take a new one."""
    actor = _actor(request)
    form = ManyForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["file"]
        made = keep_file(
            actor=actor,
            file_name=chosen.name,
            content=chosen.read(),
            source=form.cleaned_data["source"],
            source_on=form.cleaned_data["source_on"],
        )
        defer(jobs.read_file, organisation_id=actor.organisation_id, file_id=made.pk)
        return redirect("series:file", made.pk)
    context = {
        "form": form,
        "crumbs": crumbs(),
        "days": many_shown.limit_text(),
        "files": many_shown.listed(
            files_here(actor).defer("content", "preview", "faults")[:FILES_SHOWN]
        ),
    }
    return render(request, "series/many.html", context, status=422 if form.errors else 200)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Give the workbook to fill in, with the series and the places that are known."""
    actor = _actor(request)
    response = HttpResponse(template_for(actor), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="hoest-serier.xlsx"'
    return response


@require_safe
def file(request: HttpRequest, file_id: int) -> HttpResponse:
    """Show where a file is: being read, its faults, its places, what it does, what it did."""
    actor = _actor(request)
    found = file_of(actor, file_id)
    context = {
        "crumbs": [*crumbs(), many_shown.crumb()],
        **many_shown.state_of(actor, found, show_all=request.GET.get("vis") == "alle"),
    }
    name = "series/file.html"
    if getattr(request, "htmx", False):
        name += "#state"
    response = render(request, name, context)
    response["Vary"] = "HX-Request"
    return response


@require_POST
def explain(request: HttpRequest, file_id: int) -> HttpResponse:
    """Take what was said of unknown places, and read the file again; each shown must be said."""
    actor = _actor(request)
    answers = answers_in(request)
    asking = file_of(actor, file_id)
    if asking.state == FileState.ASKING and many_shown.names_left(asking, answers):
        context = {
            "crumbs": [*crumbs(), many_shown.crumb()],
            **many_shown.state_of(actor, asking, answers=answers),
        }
        return render(request, "series/file.html", context, status=422)
    found = explain_places(actor=actor, file_id=file_id, answers=answers)
    defer(jobs.read_file, organisation_id=actor.organisation_id, file_id=found.pk)
    return redirect("series:file", found.pk)


@require_POST
def confirm(request: HttpRequest, file_id: int) -> HttpResponse:
    """Let the file that was shown be saved."""
    actor = _actor(request)
    if confirm_file(actor=actor, file_id=file_id):
        defer(jobs.save_file, organisation_id=actor.organisation_id, file_id=file_id)
    return redirect("series:file", file_id)


@require_POST
def discard(request: HttpRequest, file_id: int) -> HttpResponse:
    """Throw away a file that has changed nothing."""
    actor = _actor(request)
    discard_file(actor=actor, file_id=file_id)
    tell(request, _("Filen er kasseret. Den har ikke ændret noget."))
    return redirect("series:many")
