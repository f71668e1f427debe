"""Upload → every fault at once or a preview → confirm → result with undo of the whole import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from hoest.domain.exchange import actions, jobs, queries
from hoest.domain.exchange.permissions import EXPORT_WORKBOOK, IMPORT_WORKBOOK
from hoest.domain.exchange.rules import template as blank_template
from hoest.domain.exchange.rules import write
from hoest.domain.exchange.web import shown
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.imports.limits import LIMITS
from hoest.foundation.jobs import defer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(AskingForm):
    """The file to read."""

    file = forms.FileField(
        label=gettext_lazy("Regneark"),
        help_text=gettext_lazy("En Excel-fil (.xlsx) på højst 20 MB."),
        error_messages={
            "required": gettext_lazy("Vælg først et regneark (.xlsx)."),
            "empty": gettext_lazy("Filen er tom. Vælg et regneark (.xlsx)."),
        },
        widget=forms.FileInput(attrs={"accept": f".xlsx,{XLSX}"}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse by name and size at once; everything else is the reader's to judge."""
        file: UploadedFile = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith(".xlsx"):
            raise forms.ValidationError(
                _("»%(name)s« er ikke et regneark. Vælg en fil, der ender på .xlsx.")
                % {"name": file.name}
            )
        if (file.size or 0) > LIMITS.packed_bytes:
            raise forms.ValidationError(_("Filen er for stor. Den må højst fylde 20 MB."))
        return file


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _run(actor: Actor, run_id: int) -> Any:
    found = queries.visible_to(actor).filter(pk=run_id).first()
    if found is None:
        raise NotFound(_("Indlæsningen findes ikke, eller du kan ikke se den."))
    return found


def imports(request: HttpRequest) -> HttpResponse:
    """List the imports, and take a new file."""
    actor = _actor(request)
    may_import = allowed(actor, IMPORT_WORKBOOK)
    if request.method == "POST":
        require(actor, IMPORT_WORKBOOK)
    elif not may_import:
        require(actor, EXPORT_WORKBOOK)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        run = actions.start_import(actor=actor, file_name=file.name, content=file.read())
        defer(jobs.read, organisation_id=actor.organisation_id, run_id=run.pk)
        return redirect("exchange:run", run_id=run.pk)
    may_export = allowed(actor, EXPORT_WORKBOOK)
    return render(
        request,
        "exchange/imports.html",
        {
            "form": form,
            "may_import": may_import,
            "runs": shown.listed(queries.visible_to(actor)[:50]),
            "levels": queries.price_levels(actor) if may_export else [],
        },
        status=422 if form.errors else 200,
    )


@require_safe
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show where an import is: reading, its faults, its preview, its result."""
    found = _run(_actor(request), run_id)
    context = shown.state_of(found)
    name = "exchange/run.html"
    if getattr(request, "htmx", False):
        name += "#state"
    response = render(request, name, context)
    response["Vary"] = "HX-Request"
    return response


@require_POST
def confirm(request: HttpRequest, run_id: int) -> HttpResponse:
    """Let the previewed import happen."""
    actor = _actor(request)
    found = _run(actor, run_id)
    if actions.confirm_import(actor=actor, run=found):
        defer(jobs.apply, organisation_id=actor.organisation_id, run_id=found.pk)
    return redirect("exchange:run", run_id=found.pk)


def undo(request: HttpRequest, run_id: int) -> HttpResponse:
    """Ask, then undo the whole import."""
    actor = _actor(request)
    found = _run(actor, run_id)
    require(actor, IMPORT_WORKBOOK)
    if request.method != "POST":
        return render(request, "exchange/undo.html", shown.state_of(found))
    counts = actions.undo_import(actor=actor, run=found)
    messages.success(
        request,
        _("Indlæsningen er fortrudt: %(removed)s rækker fjernet, %(restored)s sat tilbage.")
        % counts,
    )
    return redirect("exchange:run", run_id=found.pk)


@require_POST
def discard(request: HttpRequest, run_id: int) -> HttpResponse:
    """Throw away a file that has changed nothing."""
    actor = _actor(request)
    found = _run(actor, run_id)
    actions.discard_import(actor=actor, run=found)
    messages.success(request, _("Filen er kasseret. Den har ikke ændret noget."))
    return redirect("exchange:imports")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Give the empty workbook."""
    return _file(blank_template(), "hoest-skabelon.xlsx")


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Give the municipality's portfolio as a workbook in one price level."""
    actor = _actor(request)
    require(actor, EXPORT_WORKBOOK)
    given = request.GET.get("pl", "")
    level = int(given) if given.isascii() and given.isdigit() and len(given) == 4 else None
    found = queries.workbook_of(actor, level)
    name = queries.file_name_of(actor, found.price_level, clock.today())
    return _file(write(found), name)
