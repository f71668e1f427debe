"""Pages of sources: those of a benefit with their last readings, write one down, try it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.benefits import queries
from hoest.domain.benefits.actions.held import unit_id_of
from hoest.domain.benefits.actions.sources import add_source, ask_for_run, change_source
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import KEEP_SOURCES
from hoest.domain.benefits.queries.sources import runs_of, source_of, sources_of
from hoest.domain.benefits.rules.sources import SourceKind
from hoest.domain.benefits.web.series import FAULTS
from hoest.domain.benefits.web.views import crumbs
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.foundation.jobs import defer
from hoest.ui.messages import tell

HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,58}")


class SourceForm(AskingForm):
    """Where the values lie, and which columns hold them."""

    name = forms.CharField(
        label=_("Hvad kilden hedder"),
        max_length=120,
        help_text=_("Navnet kommer til at stå ved hver værdi. For eksempel »Fagsystemet«."),
    )
    kind = forms.ChoiceField(
        label=_("Hvor ligger tallene?"),
        widget=forms.RadioSelect,
        choices=(
            (SourceKind.FOLDER.value, _("I en CSV-fil i Høsts mappe")),
            (SourceKind.JSON.value, _("På en adresse, der svarer med JSON")),
        ),
    )
    place = forms.CharField(
        label=_("Filens navn eller adressen"),
        max_length=500,
        help_text=_("ventetid.csv eller https://tal.kommunen.dk/ventetid"),
    )
    rows_at = forms.CharField(
        label=_("Hvor rækkerne ligger i svaret"),
        max_length=120,
        required=False,
        help_text=_("Kun JSON. For eksempel data.items. Tomt, når svaret selv er listen."),
    )
    day_field = forms.CharField(label=_("Kolonne med dato"), max_length=120)
    value_field = forms.CharField(label=_("Kolonne med værdi"), max_length=120)
    secret_header = forms.CharField(
        label=_("Hovedfelt til nøglen"),
        max_length=60,
        required=False,
        help_text=_("Kun JSON. Står det tomt, bruges Authorization."),
    )
    secret = forms.CharField(
        label=_("Nøgle"),
        max_length=1000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Gemmes krypteret og vises aldrig igen. Tomt lader den gamle stå."),
    )
    is_on = forms.BooleanField(label=_("Læs kilden hver nat"), required=False)

    def clean_secret_header(self) -> str:
        """Refuse what is no name of a header, or one that others decide."""
        name = str(self.cleaned_data["secret_header"])
        if name and (not HEADER.fullmatch(name) or name.lower() in ("host", "content-length")):
            raise ValidationError(gettext("Skriv et navn som X-Api-Key."))
        return name

    def clean_secret(self) -> str:
        """Refuse a key that would break out of its line."""
        text = str(self.cleaned_data["secret"])
        if text and not (text.isascii() and text.isprintable()):
            raise ValidationError(gettext("Nøglen har tegn, der ikke kan sendes."))
        return text


@require_safe
def sources(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Show where a benefit's measurements are read, with the last readings."""
    _actor, benefit = _keeper(request, benefit_id)
    found = [
        {"source": one, "runs": [_run(run) for run in runs_of(one)]} for one in sources_of(benefit)
    ]
    facts = {"benefit": benefit, "crumbs": crumbs(benefit, gettext("Kilder")), "sources": found}
    return render(request, "benefits/sources.html", facts)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Write down a source."""
    actor, benefit = _keeper(request, benefit_id)

    def write(cleaned: dict[str, Any]) -> str:
        add_source(actor=actor, benefit_id=benefit.pk, fields=cleaned)  # type: ignore[arg-type]
        return gettext("Kilden er gemt. Prøv den, før den læses hver nat.")

    form = SourceForm(posted(request), initial={"kind": SourceKind.FOLDER.value})
    return _page(request, benefit, form, write, gettext("Tilføj en kilde"), 0)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, source_id: int) -> HttpResponse:
    """Change a source."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    source = source_of(actor, source_id)
    _actor, benefit = _keeper(request, source.benefit_id)

    def write(cleaned: dict[str, Any]) -> str:
        change_source(
            actor=actor,
            source_id=source.pk,
            version=posted_version(request),
            fields=cleaned,  # type: ignore[arg-type]
        )
        return gettext("Kilden er gemt.")

    standing = {name: getattr(source, name) for name in SourceForm.base_fields if name != "secret"}
    form = SourceForm(posted(request), initial=standing)
    return _page(request, benefit, form, write, gettext("Ret kilden"), source.version)


@require_POST
def run(request: HttpRequest, source_id: int) -> HttpResponse:
    """Ask for a reading: a try that saves nothing, or a real one."""
    from hoest.domain.benefits.jobs import read_source

    actor: Actor = request.actor  # type: ignore[attr-defined]
    is_try = "gem" not in request.POST
    asked = ask_for_run(actor=actor, source_id=source_id, is_try=is_try)
    defer(read_source, organisation_id=actor.organisation_id, run_id=asked.pk)
    said = (
        gettext("Prøven er sat i gang. Den gemmer intet.")
        if is_try
        else gettext("Læsningen er sat i gang.")
    )
    tell(request, said, level="info")
    return redirect("benefits:sources", asked.source.benefit_id)


def _run(run: Any) -> dict[str, Any]:
    lines = [
        {**one, "expected": FAULTS[one["code"]][0], "example": FAULTS[one["code"]][1]}
        for one in run.lines
        if one["code"] in FAULTS
    ]
    return {"run": run, "lines": lines}


def _keeper(request: HttpRequest, benefit_id: int) -> tuple[Actor, Benefit]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    benefit = queries.benefit_of(actor, benefit_id)
    require(actor, KEEP_SOURCES, unit_id_of(benefit))
    return actor, benefit


def _page(
    request: HttpRequest, benefit: Benefit, form: forms.Form, write: Any, title: str, version: int
) -> HttpResponse:
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect("benefits:sources", benefit.pk)
    facts = {
        "benefit": benefit,
        "form": form,
        "title": title,
        "crumbs": crumbs(benefit, title),
        "version": posted_version(request) or version,
    }
    status = 422 if form.errors else 200
    return render(request, "benefits/source_form.html", facts, status=status)
