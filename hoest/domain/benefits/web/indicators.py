"""Pages of the indicators beside the one the ladder reads: name one, record its values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hoest.domain.benefits import queries
from hoest.domain.benefits.actions.held import require_there, unit_id_of
from hoest.domain.benefits.actions.indicators import add_indicator, record_indicator
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import CHANGE_BENEFITS, MEASURE
from hoest.domain.benefits.queries.indicators import indicator_of
from hoest.domain.benefits.web.views import crumbs
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField, DanishNumberField
from hoest.foundation.forms.posting import carried_out, posted
from hoest.ui.formats import number
from hoest.ui.messages import tell


class IndicatorForm(AskingForm):
    """What else is measured, from where to where, and how often."""

    indicator = forms.CharField(label=_("Hvad måles også?"), max_length=200)
    measure_unit = forms.CharField(label=_("Måleenhed"), max_length=60)
    baseline_value = DanishNumberField(label=_("Baseline"), required=False)
    target_value = DanishNumberField(label=_("Mål"), required=False)
    frequency = forms.ChoiceField(label=_("Hvor tit?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["frequency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Ikke aftalt")), *content.choices("frequency")]


class ValueForm(AskingForm):
    """One value of an indicator."""

    value = DanishNumberField(label=_("Værdi"))
    on = DanishDateField(label=_("Målt den"))
    origin = forms.CharField(label=_("Hvor tallet kommer fra"), required=False, max_length=300)
    reason = forms.CharField(
        label=_("Hvorfor rettes værdien, hvis dagen har en?"), required=False, max_length=300
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Follow one more indicator."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    benefit = queries.benefit_of(actor, benefit_id)
    require(actor, CHANGE_BENEFITS, unit_id_of(benefit))

    def write(cleaned: dict[str, Any]) -> str:
        add_indicator(actor=actor, benefit_id=benefit.pk, fields=cleaned)  # type: ignore[arg-type]
        return gettext("Indikatoren følges nu.")

    title = gettext("Følg en indikator mere")
    return _page(request, benefit, IndicatorForm(posted(request)), write, title, title)


@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, indicator_id: int) -> HttpResponse:
    """Record one value of an indicator."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    indicator = indicator_of(actor, indicator_id)
    benefit = indicator.benefit
    require_there(actor, MEASURE, benefit, or_owner=True)

    def write(cleaned: dict[str, Any]) -> str:
        value = number(cleaned["value"], 4).replace(".", "")
        record_indicator(
            actor=actor,
            indicator_id=indicator.pk,
            text=f"{cleaned['on'].isoformat()}\t{value}",
            origin=cleaned["origin"],
            reason=cleaned["reason"],
        )
        return gettext("Værdien er gemt.")

    form = ValueForm(posted(request), initial={"on": clock.today()})
    title = gettext("Registrér %(name)s") % {"name": indicator.indicator}
    return _page(request, benefit, form, write, title, gettext("Gem værdien"))


def _page(
    request: HttpRequest, benefit: Benefit, form: forms.Form, write: Any, title: str, button: str
) -> HttpResponse:
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect("benefits:benefit", benefit.pk)
    facts = {
        "benefit": benefit,
        "form": form,
        "title": title,
        "button": button,
        "crumbs": crumbs(benefit, title),
    }
    status = 422 if form.errors else 200
    return render(request, "benefits/indicator_form.html", facts, status=status)
