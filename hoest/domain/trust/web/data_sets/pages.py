"""The page of a data set, writing it down, and who uses it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.organisations.queries import open_units_of
from hoest.domain.portfolio import queries as portfolio
from hoest.domain.trust.actions import data_sets as actions
from hoest.domain.trust.permissions import KEEP_DATA_SETS
from hoest.domain.trust.queries.data_sets import data_set_of, sources_of, uses_of
from hoest.domain.trust.queries.systems import present_systems
from hoest.domain.trust.web.forms_shown import page
from hoest.domain.trust.web.places import crumbs
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import posted, posted_version
from hoest.ui import formats
from hoest.ui.messages import tell


class DataSetForm(AskingForm):
    """What a data set is, who owns it, and how it comes to be."""

    name = forms.CharField(
        label=gettext_lazy("Datasættets navn"),
        max_length=160,
        help_text=gettext_lazy("For eksempel: Besøg i hjemmeplejen."),
    )
    definition = forms.CharField(
        label=gettext_lazy("Hvad dækker det?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Så præcist, at to enheder ville tælle det samme."),
    )
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Hvem ejer det?"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Ingen endnu"),
    )
    documented_by = forms.CharField(
        label=gettext_lazy("Hvem skriver data ned?"), max_length=200, required=False
    )
    documented_how = forms.CharField(
        label=gettext_lazy("Hvordan og hvornår skrives de ned?"), max_length=400, required=False
    )
    quality_note = forms.CharField(
        label=gettext_lazy("Hvor gode er de?"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("For eksempel: Aflyste besøg mangler før 2025."),
    )
    systems: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Hvilke systemer kommer de fra?"),
        queryset=None,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = open_units_of(actor)  # type: ignore[attr-defined]
        self.fields["systems"].queryset = present_systems(actor)  # type: ignore[attr-defined]


def _keeper(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, KEEP_DATA_SETS):
        require(actor, KEEP_DATA_SETS)
    return actor


@require_safe
def data_set(request: HttpRequest, data_set_id: int) -> HttpResponse:
    """Show a data set: what it is, where it comes from and who uses it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = data_set_of(actor, data_set_id)
    count = found.reuse_count  # type: ignore[attr-defined]
    point = (
        ngettext(
            "%(name)s bruges af %(n)s anden end ejeren",
            "%(name)s bruges af %(n)s andre end ejeren",
            count,
        )
        if count
        else _("%(name)s bruges ikke af andre endnu")
    ) % {"name": found.name, "n": formats.number(count)}
    context = {
        "data_set": found,
        "crumbs": crumbs((_("Datasæt"), reverse("data_sets:data_sets")), (found.name, "")),
        "point": point,
        "sources": sources_of(found),
        "uses": uses_of(actor, found),
        "may_keep": allowed_somewhere(actor, KEEP_DATA_SETS),
    }
    return render(request, "trust/data_set.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Write a data set down."""
    actor = _keeper(request)

    def write(cleaned: Any) -> str:
        made = actions.write_data_set(actor=actor, fields=cleaned)
        return _("Datasættet »%(name)s« er skrevet ned.") % {"name": made.name}

    title = _("Skriv et datasæt ned")
    return page(
        request,
        form=DataSetForm(posted(request), actor=actor),
        write=write,
        title=title,
        button=_("Gem datasættet"),
        crumbs=crumbs((_("Datasæt"), reverse("data_sets:data_sets")), (title, "")),
        leave_url=reverse("data_sets:data_sets"),
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, data_set_id: int) -> HttpResponse:
    """Change a data set."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = data_set_of(actor, data_set_id)
    _keeper(request)

    def write(cleaned: Any) -> str:
        actions.change_data_set(
            actor=actor, data_set_id=found.pk, version=posted_version(request), fields=cleaned
        )
        return _("Datasættet er rettet.")

    initial = {name: getattr(found, name) for name in DataSetForm.base_fields if name != "systems"}
    initial["systems"] = [one.system_id for one in sources_of(found)]
    return _of(
        request,
        found,
        form=DataSetForm(posted(request), actor=actor, initial=initial),
        write=write,
        title=_("Ret datasættet"),
        button=_("Gem datasættet"),
        version=found.version,
    )


@require_POST
def retire(request: HttpRequest, data_set_id: int) -> HttpResponse:
    """Take a data set out of use, or into use again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    done = actions.retire_data_set(
        actor=actor, data_set_id=data_set_id, version=posted_version(request)
    )
    said = _("Datasættet er taget ud af brug.") if done.retired_on else _("Datasættet er i brug.")
    tell(request, said)
    return redirect("data_sets:data_set", done.pk)


class UseForm(AskingForm):
    """Who uses the data set, and for what."""

    initiative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Initiativ"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Intet initiativ"),
    )
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Eller enhed"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Ingen enhed"),
    )
    purpose = forms.CharField(label=gettext_lazy("Til hvad?"), max_length=300)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = portfolio.visible_to(actor).order_by("title")
        self.fields["initiative"].queryset = rows  # type: ignore[attr-defined]
        self.fields["unit"].queryset = open_units_of(actor)  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def use(request: HttpRequest, data_set_id: int) -> HttpResponse:
    """Say who uses a data set again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = data_set_of(actor, data_set_id)
    _keeper(request)

    def write(cleaned: Any) -> str:
        actions.use_data_set(actor=actor, data_set_id=found.pk, **cleaned)
        return _("Brugen er skrevet ned.")

    return _of(
        request,
        found,
        form=UseForm(posted(request), actor=actor),
        write=write,
        title=_("Skriv ned, hvem der bruger det"),
        button=_("Gem brugen"),
    )


@require_POST
def end_use(request: HttpRequest, use_id: int) -> HttpResponse:
    """Take a use away."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gone = actions.end_data_set_use(actor=actor, use_id=use_id)
    tell(request, _("Brugen er fjernet."))
    return redirect("data_sets:data_set", gone.data_set_id)


def _of(request: HttpRequest, found: Any, *, title: str, **facts: Any) -> HttpResponse:
    here = reverse("data_sets:data_set", args=[found.pk])
    way = crumbs((_("Datasæt"), reverse("data_sets:data_sets")), (found.name, here), (title, ""))
    return page(request, crumbs=way, leave_url=here, title=title, **facts)
