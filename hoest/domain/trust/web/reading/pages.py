"""Readings: where KITOS is, read now, bring a file, follow it, stop it, and what it changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.trust import jobs
from hoest.domain.trust.actions.connecting import connect_register
from hoest.domain.trust.actions.files import bring_file, confirm_file
from hoest.domain.trust.actions.reading import ask_for_reading, stop_reading
from hoest.domain.trust.models import SyncRun
from hoest.domain.trust.permissions import CONNECT_REGISTER, READ_REGISTER, VIEW_SYSTEMS
from hoest.domain.trust.queries.reading import changes_of, connection_of, run_of, runs_of
from hoest.domain.trust.rules.register import WORKING, RunState, What
from hoest.domain.trust.rules.table import MOST_BYTES, template
from hoest.domain.trust.web import words
from hoest.domain.trust.web.forms_shown import page
from hoest.domain.trust.web.places import crumbs
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import posted, posted_version
from hoest.foundation.jobs import defer
from hoest.ui import formats
from hoest.ui.messages import tell

SHOWN = 30
PAGE_ROWS = 100


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_SYSTEMS):
        require(actor, VIEW_SYSTEMS)
    return actor


class FileForm(AskingForm):
    """A file of systems."""

    file = forms.FileField(
        label=gettext_lazy("Fil med systemer"),
        help_text=gettext_lazy("En CSV- eller Excel-fil på højst 20 MB. Brug skabelonen."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    is_whole = forms.BooleanField(
        label=gettext_lazy("Filen er hele listen. Det, der mangler i den, er væk"), required=False
    )

    def clean_file(self) -> UploadedFile:
        """Refuse by name and size at once; everything else is the reader's to judge."""
        file: UploadedFile = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith((".csv", ".txt", ".xlsx")):
            raise forms.ValidationError(
                _("»%(name)s« er hverken CSV eller Excel. Vælg en .csv- eller .xlsx-fil.")
                % {"name": file.name}
            )
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("Filen er for stor. Den må højst fylde 20 MB."))
        return file


@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """Show where systems are read, and what the last readings brought."""
    actor = _actor(request)
    runs = list(runs_of(actor)[:SHOWN])
    context = {
        "crumbs": crumbs((_("Systemer"), reverse("systems:systems")), (_("Hentninger"), "")),
        "connection": connection_of(actor),
        "runs": [_listed(run) for run in runs],
        "point": _point(runs),
        "may_read": allowed(actor, READ_REGISTER),
        "may_connect": allowed(actor, CONNECT_REGISTER),
        "is_working": any(run.state in WORKING for run in runs[:1]),
    }
    return render(request, "trust/readings.html", context)


def _point(runs: list[SyncRun]) -> str:
    if not runs:
        return _("Der er ikke hentet systemer endnu")
    last = runs[0]
    said = {
        RunState.DONE: _("Sidste hentning kom hele vejen igennem"),
        RunState.PARTIAL: _("Sidste hentning stoppede på vejen; resten hentes, hvor den slap"),
        RunState.FAULTY: _("Sidste hentning lykkedes ikke; intet er gået tabt"),
        RunState.FAILED: _("Sidste hentning gik i stå; det, der var læst, står der"),
        RunState.STOPPED: _("Sidste hentning blev stoppet"),
        RunState.READY: _("En fil venter på dit ja"),
    }
    return said.get(RunState(last.state), _("En hentning er i gang"))


def _listed(run: SyncRun) -> dict[str, Any]:
    return {
        "run": run,
        "title": run.file_name or "KITOS",
        "state": words.word(words.STATES, run.state),
        "sums": _sums(run),
    }


def _sums(run: SyncRun) -> str:
    """Return what a reading changed over all kinds: "12 nye, 3 ændrede"."""
    total: dict[str, int] = {}
    for counts in run.counts.values():
        for what, number in counts.items():
            total[what] = total.get(what, 0) + number
    said = [
        f"{formats.number(total[what])} {str(words.WHATS[what]).lower()}"
        for what in What
        if total.get(what)
    ]
    if said:
        return ", ".join(said)
    return _("Intet var ændret") if run.state == RunState.DONE else ""


@require_POST
def read_now(request: HttpRequest) -> HttpResponse:
    """Ask for a reading of KITOS now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    run = ask_for_reading(actor=actor)
    defer(jobs.read_register, organisation_id=actor.organisation_id, run_id=run.pk)
    return redirect("systems:reading", run.pk)


@require_safe
def reading(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show how far a reading is, what it changed, or what a file would change."""
    actor = _actor(request)
    run = run_of(actor, run_id)
    kinds = [
        {
            "label": words.KINDS[kind],
            "counts": [
                {"label": words.WHATS[what], "number": counts[what]}
                for what in What
                if counts.get(what)
            ],
        }
        for kind, counts in run.counts.items()
    ]
    changes = Paginator(changes_of(run), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "crumbs": crumbs(
            (_("Systemer"), reverse("systems:systems")),
            (_("Hentninger"), reverse("systems:readings")),
            (run.file_name or "KITOS", ""),
        ),
        "run": run,
        "state": words.word(words.STATES, run.state),
        "point": _run_point(run),
        "step": _step(run),
        "sums": _sums(run),
        "kinds": [one for one in kinds if one["counts"]],
        "cell_faults": [one for one in run.faults if "cell" in one],
        "remarks": [_remark(one) for one in run.faults if "code" in one],
        "changes": [_change(one) for one in changes],
        "page": changes,
        "is_working": run.state in WORKING,
        "may_read": allowed(actor, READ_REGISTER),
    }
    name = "trust/reading.html"
    if getattr(request, "htmx", False):
        name += "#state"
    response = render(request, name, context)
    response["Vary"] = "HX-Request"
    return response


def _run_point(run: SyncRun) -> str:
    if run.state in WORKING:
        return _("Systemerne bliver hentet.")
    if run.state == RunState.DONE:
        return _("Hentet: %(what)s.") % {"what": _sums(run).lower()}
    if run.state == RunState.READY:
        return _("Filen er uden fejl. Se, hvad der vil ske, før du bekræfter.")
    if run.state == RunState.PARTIAL:
        return _("Noget er hentet, resten mangler. Næste hentning fortsætter, hvor den slap.")
    if run.state == RunState.STOPPED:
        return _("Hentningen er stoppet. Det, der var læst, står der.")
    if run.state == RunState.FAILED:
        return _("Hentningen gik i stå. Det, der var læst, står der.")
    return _("Hentningen lykkedes ikke. Intet er ændret.")


def _step(run: SyncRun) -> str:
    steps = {
        "system": _("Læser systemer"),
        "contract": _("Læser kontrakter"),
        "processing": _("Læser databehandling"),
        "apply": _("Skriver filens rækker"),
    }
    return steps.get(run.step, _("Venter på tur"))


def _remark(found: dict[str, Any]) -> str:
    code = str(found["code"])
    if code == "no_feed":
        return _("KITOS kunne ikke sige, hvad der er slettet. Det ses ved ugens fulde hentning.")
    if code == "unknown_column":
        return _("Kolonnen »%(name)s« kendes ikke og er sprunget over.") % {
            "name": found.get("column", "")
        }
    return _("Mange rækker manglede i svaret. For en sikkerheds skyld er ingen erklæret væk.")


def _change(change: Any) -> dict[str, Any]:
    fields = []
    for name, value in change.fields.items():
        if name == "lacks":
            continue
        before, after = value
        fields.append(
            {
                "label": words.FIELDS.get(name, name),
                "before": words.of_field(name, before),
                "after": words.of_field(name, after),
            }
        )
    return {
        "kind": words.word(words.KINDS, change.kind),
        "what": words.word(words.WHAT_ONE, change.what),
        "name": change.name,
        "url": reverse("systems:system", args=[change.row_id])
        if change.kind == "system" and change.row_id
        else "",
        "fields": fields,
        "lacks": _("Rækken mangler et navn eller et nummer.") if change.what == "faulty" else "",
    }


@require_POST
def stop(request: HttpRequest, run_id: int) -> HttpResponse:
    """Stop a reading at its next page, or put a previewed file away."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    run = stop_reading(actor=actor, run_id=run_id)
    tell(request, _("Hentningen stopper. Det, der er læst, står der."), level="info")
    return redirect("systems:reading", run.pk)


@require_POST
def confirm(request: HttpRequest, run_id: int) -> HttpResponse:
    """Let a previewed file happen."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    run = confirm_file(actor=actor, run_id=run_id)
    defer(jobs.apply_brought_file, organisation_id=actor.organisation_id, run_id=run.pk)
    return redirect("systems:reading", run.pk)


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a file of systems."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, READ_REGISTER)
    form = FileForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        run = bring_file(
            actor=actor,
            file_name=file.name,
            content=file.read(),
            is_whole=form.cleaned_data["is_whole"],
        )
        defer(jobs.read_brought_file, organisation_id=actor.organisation_id, run_id=run.pk)
        return redirect("systems:reading", run.pk)
    context = {
        "form": form,
        "title": _("Hent systemer fra en fil"),
        "button": _("Læs filen"),
        "lead": _("Du ser, hvad filen ændrer, før noget bliver gemt."),
        "crumbs": _way(_("Fra en fil")),
        "leave_url": reverse("systems:readings"),
        "version": 0,
    }
    return render(request, "trust/form.html", context, status=422 if form.errors else 200)


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """Give the empty file with its headings and an example."""
    require(_actor(request), READ_REGISTER)
    response = HttpResponse(template(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="systemer-skabelon.csv"'
    return response


class ConnectionForm(AskingForm):
    """Where KITOS is, and who asks."""

    base_url = forms.CharField(
        label=gettext_lazy("KITOS' adresse"), max_length=300, initial="https://kitos.dk"
    )
    organisation_uuid = forms.UUIDField(
        label=gettext_lazy("Kommunens UUID i KITOS"),
        help_text=gettext_lazy("Det står i KITOS under jeres organisation."),
    )
    email = forms.EmailField(
        label=gettext_lazy("API-brugerens mailadresse"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=gettext_lazy("API-brugerens adgangskode"),
        max_length=300,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Gemmes krypteret og vises aldrig igen. Tomt lader den gamle stå."),
    )
    is_on = forms.BooleanField(label=gettext_lazy("Hent hver nat"), required=False, initial=True)


@require_http_methods(["GET", "POST"])
def connect(request: HttpRequest) -> HttpResponse:
    """Write down where KITOS is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, CONNECT_REGISTER)
    standing = connection_of(actor)

    def write(cleaned: Any) -> str:
        connect_register(actor=actor, version=posted_version(request), fields=cleaned)
        return _("Forbindelsen er gemt. Hent nu for at se, om den virker.")

    names = ("base_url", "organisation_uuid", "email", "is_on")
    initial = {name: getattr(standing, name) for name in names} if standing else {}
    return page(
        request,
        form=ConnectionForm(posted(request), initial=initial),
        write=write,
        title=_("Forbindelsen til KITOS"),
        button=_("Gem forbindelsen"),
        crumbs=_way(_("Forbindelsen til KITOS")),
        leave_url=reverse("systems:readings"),
        version=standing.version if standing else 0,
    )


def _way(last: str) -> list[dict[str, str]]:
    return crumbs(
        (_("Systemer"), reverse("systems:systems")),
        (_("Hentninger"), reverse("systems:readings")),
        (last, ""),
    )
