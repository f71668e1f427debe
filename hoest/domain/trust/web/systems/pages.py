"""The page of a system, its ties to initiatives, and the way out of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.portfolio import queries as portfolio
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.domain.trust.actions.ties import tie_system, untie_system, write_exit_plan
from hoest.domain.trust.models import System
from hoest.domain.trust.permissions import PLAN_EXIT
from hoest.domain.trust.queries.reading import connection_of
from hoest.domain.trust.queries.suppliers import undecided
from hoest.domain.trust.queries.systems import around, plan_of, system_of
from hoest.domain.trust.rules.register import Kind, Origin
from hoest.domain.trust.rules.suppliers import delay
from hoest.domain.trust.web import words
from hoest.domain.trust.web.forms_shown import page
from hoest.domain.trust.web.places import crumbs, link_of
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.clock import today
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField, DanishNumberField
from hoest.foundation.forms.posting import posted, posted_version
from hoest.ui import formats
from hoest.ui.messages import tell


@require_safe
def system(request: HttpRequest, system_id: int) -> HttpResponse:
    """Show a system: its facts as the register has them, and what is ours around it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = system_of(actor, system_id)
    connection = connection_of(actor)
    base = connection.base_url if connection else ""
    near = around(actor, found)
    late = near.plan and delay(
        near.plan.planned_on, near.plan.expected_on, near.plan.delay_dkk_month
    )
    context = {
        "system": found,
        "crumbs": crumbs((_("Systemer"), reverse("systems:systems")), (found.name, "")),
        "point": _point(actor, found, near.contracts),
        "facts": _facts(found),
        "link": link_of(Kind.SYSTEM, found, base),
        "source": _source(found),
        "near": near,
        "late": late,
        "contracts": [(one, link_of(Kind.CONTRACT, one, base)) for one in near.contracts],
        "processings": [
            {
                "row": one,
                "link": link_of(Kind.PROCESSING, one, base),
                "agreement": words.word(words.YES_NO, one.agreement),
                "transfers": words.word(words.YES_NO, one.transfers),
                "oversight": words.word(words.YES_NO, one.oversight),
            }
            for one in near.processings
        ],
        "ties": [(one, words.word(words.TIES, one.kind)) for one in near.ties],
        "may_plan": allowed(actor, PLAN_EXIT),
        "may_tie": allowed_somewhere(actor, CHANGE_INITIATIVES),
        "today": today(),
    }
    return render(request, "trust/system.html", context)


def _point(actor: Actor, system: System, contracts: Iterable[Any]) -> str:
    """Say the one thing about a system: what must be decided soon, else whether it is critical."""
    if system.gone_on is not None:
        return _("%(name)s er væk fra registret") % {"name": system.name}
    soon = today() + dt.timedelta(days=content.limit("contract_ask_days"))
    near = [one.pk for one in contracts if one.decide_by and today() <= one.decide_by <= soon]
    waiting = undecided(actor).filter(pk__in=near).first() if near else None
    if waiting is not None:
        return _("%(name)s: beslut om aftalen senest %(day)s") % {
            "name": system.name,
            "day": formats.long_date(waiting.decide_by, get_language() or "da"),
        }
    if system.critical == "yes":
        return _("%(name)s er kritisk for driften") % {"name": system.name}
    if system.critical == "no":
        return _("%(name)s er ikke kritisk for driften") % {"name": system.name}
    return _("%(name)s: ingen har oplyst, om driften tåler at undvære det") % {"name": system.name}


def _source(system: System) -> str:
    return "KITOS" if system.origin == Origin.KITOS else str(_("Kommunens fil"))


def _facts(system: System) -> list[dict[str, Any]]:
    """Return the facts of a system in the order people ask for them."""
    found = [
        (_("Ansvarlig enhed"), system.responsible_unit or str(words.NOT_KNOWN), None),
        (_("Bruges af"), ", ".join(system.using_units) or str(words.NOT_KNOWN), None),
        (_("Livscyklus"), words.word(words.LIFE, system.life), system.valid_to),
        (_("Drift"), words.word(words.HOSTING, system.hosting), None),
        (_("Personoplysninger"), words.listed(words.LEVELS, system.data_levels), None),
        (_("Særlige oplysninger"), words.listed(words.SPECIAL, system.special_data), None),
        (_("Beskyttelse"), words.listed(words.PRECAUTIONS, system.precautions), None),
        (_("Risikovurdering"), words.word(words.YES_NO, system.risk), system.risk_on),
        (_("Risiko"), words.word(words.RISK, system.risk_result), None),
        (_("Konsekvensanalyse (DPIA)"), words.word(words.YES_NO, system.dpia), system.dpia_on),
        (_("Kunstig intelligens"), words.word(words.YES_NO, system.has_ai), None),
        (
            _("Webtilgængelighed"),
            words.word(words.YES_NO, system.web_access),
            system.web_access_on,
        ),
        (_("Arkivpligt"), words.word(words.ARCHIVE, system.archive_duty), None),
        (_("KLE"), ", ".join(system.kle) or str(words.NOT_KNOWN), None),
    ]
    return [{"label": label, "value": value, "day": day} for label, value, day in found]


class TieForm(AskingForm):
    """Which initiative, and what it does with the system."""

    initiative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Initiativ"),
        queryset=None,
        empty_label=gettext_lazy("Vælg et initiativ"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Hvad gør initiativet?"),
        widget=forms.RadioSelect,
        choices=tuple(words.TIES.items()),
        initial="uses",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = portfolio.visible_to(actor).order_by("title")
        self.fields["initiative"].queryset = rows  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def tie(request: HttpRequest, system_id: int) -> HttpResponse:
    """Say which initiative uses or replaces the system."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = system_of(actor, system_id)
    if not allowed_somewhere(actor, CHANGE_INITIATIVES):
        require(actor, CHANGE_INITIATIVES)

    def write(cleaned: dict[str, Any]) -> str:
        tie_system(
            actor=actor,
            system_id=found.pk,
            initiative_id=cleaned["initiative"].pk,
            kind=cleaned["kind"],
        )
        return _("Initiativet er knyttet til systemet.")

    return _page(
        request,
        found,
        form=TieForm(posted(request), actor=actor),
        write=write,
        title=_("Knyt et initiativ til systemet"),
        button=_("Knyt initiativet"),
    )


@require_POST
def untie(request: HttpRequest, tie_id: int) -> HttpResponse:
    """Take a tie away."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gone = untie_system(actor=actor, tie_id=tie_id)
    tell(request, _("Initiativet er ikke længere knyttet til systemet."))
    return redirect("systems:system", gone.system_id)


class PlanForm(AskingForm):
    """How the municipality gets out of a system."""

    criticality_note = forms.CharField(
        label=gettext_lazy("Hvorfor er systemet vigtigt?"), max_length=400, required=False
    )
    data_out = forms.CharField(
        label=gettext_lazy("Hvordan får vi vores data ud?"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Format, hvem der gør det, og hvad det koster."),
    )
    replacement = forms.CharField(
        label=gettext_lazy("Hvad kommer i stedet?"), max_length=400, required=False
    )
    replacement_initiative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Initiativet, der erstatter det"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Intet endnu"),
    )
    tested_on = DanishDateField(label=gettext_lazy("Planen er sidst prøvet"), required=False)
    planned_on = DanishDateField(label=gettext_lazy("Først planlagt skift"), required=False)
    expected_on = DanishDateField(label=gettext_lazy("Skiftet ventes nu"), required=False)
    delay_dkk_month = DanishNumberField(
        label=gettext_lazy("Hvad koster en måneds forsinkelse?"),
        required=False,
        help_text=gettext_lazy("Kun kroner. Timer hører ikke til her."),
    )
    delay_source = forms.CharField(
        label=gettext_lazy("Hvor kommer beløbet fra?"), max_length=200, required=False
    )
    price_level = forms.IntegerField(
        label=gettext_lazy("Hvilket års priser er det?"),
        required=False,
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = portfolio.visible_to(actor).order_by("title")
        self.fields["replacement_initiative"].queryset = rows  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, system_id: int) -> HttpResponse:
    """Write the way out of a system."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = system_of(actor, system_id)
    require(actor, PLAN_EXIT)
    standing = plan_of(actor, found.pk)

    def write(cleaned: Any) -> str:
        write_exit_plan(
            actor=actor,
            system_id=found.pk,
            version=posted_version(request),
            fields=cleaned,
        )
        return _("Exitplanen er gemt.")

    initial = {
        name: getattr(standing, name) for name in PlanForm.base_fields if standing is not None
    }
    return _page(
        request,
        found,
        form=PlanForm(posted(request), actor=actor, initial=initial),
        write=write,
        title=_("Skriv exitplanen"),
        button=_("Gem exitplanen"),
        version=standing.version if standing else 0,
    )


def _page(request: HttpRequest, found: System, *, title: str, **facts: Any) -> HttpResponse:
    way = crumbs(
        (_("Systemer"), reverse("systems:systems")),
        (found.name, reverse("systems:system", args=[found.pk])),
        (title, ""),
    )
    leave = reverse("systems:system", args=[found.pk])
    return page(request, crumbs=way, leave_url=leave, title=title, **facts)
