"""A line that is reckoned from quantity and price: written at once, phased in year by year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hoest.domain.business_cases import actions, queries
from hoest.domain.business_cases.models import CaseVersion, RampYear
from hoest.domain.business_cases.permissions import CHANGE_CASES
from hoest.domain.business_cases.queries import Parts
from hoest.domain.business_cases.rules import (
    CaseLineFigures,
    LineInput,
    LineKind,
    Measure,
)
from hoest.domain.business_cases.rules.guide import LONGEST_NAME, LONGEST_SOURCE, LONGEST_UNIT
from hoest.domain.business_cases.web import editing
from hoest.domain.business_cases.web.forms import HUNDRED, MOST_PERCENT
from hoest.domain.business_cases.web.guide import formulas
from hoest.domain.business_cases.web.guide.assuming import (
    add_factors,
    chosen_factors,
    factor_pairs,
    initial_factors,
    value_field,
)
from hoest.foundation import content
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField, DanishNumberField
from hoest.foundation.forms.posting import posted, posted_version

NEW = ("quantity", "price")


class DerivedLineForm(AskingForm):
    """A line, what it is multiplied of, and how much of it there is in each year."""

    key = forms.CharField(label=_("Post"), max_length=200)
    kind = forms.ChoiceField(label=_("Art"), widget=forms.RadioSelect)
    cost_type = forms.ChoiceField(label=_("Hvad går udgiften til?"), required=False)
    measure = forms.ChoiceField(label=_("Tælles i"), widget=forms.RadioSelect)
    duration = forms.ChoiceField(label=_("Varighed"), widget=forms.RadioSelect)
    steering_area = forms.ChoiceField(label=_("Styringsområde"), required=False)

    def __init__(self, *args: Any, parts: Parts, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = years
        none = ("", _("Ikke valgt"))
        self._choices("kind", content.choices("line_kind"))
        self._choices("cost_type", [none, *content.choices("cost_type")])
        self._choices("measure", [("dkk", _("Kroner")), ("hours", _("Timer"))])
        self._choices("duration", content.choices("duration"))
        self._choices("steering_area", [none, *content.choices("steering_area")])
        self._new("quantity", _("Antal"), _("For eksempel »Breve om året« eller »Timer i alt«."))
        self._new("price", _("Pris eller mængde pr. stk."), _("For eksempel »Porto pr. brev«."))
        add_factors(self, parts)
        for year in years:
            self.fields[f"share_{year}"] = DanishNumberField(
                label=str(year), required=False, lowest=0, highest=MOST_PERCENT, decimals=2
            )

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _new(self, name: str, label: Any, help_text: Any) -> None:
        self.fields[f"{name}_name"] = forms.CharField(
            label=label, max_length=LONGEST_NAME, required=False, help_text=help_text
        )
        self.fields[f"{name}_value"] = value_field(_("Værdi"), required=False)
        self.fields[f"{name}_unit"] = forms.CharField(
            label=_("Enhed"), max_length=LONGEST_UNIT, required=False
        )
        self.fields[f"{name}_source"] = forms.CharField(
            label=_("Hvor kommer tallet fra?"), max_length=LONGEST_SOURCE, required=False
        )
        self.fields[f"{name}_dated"] = DanishDateField(label=_("Kildens dato"), required=False)

    def clean(self) -> dict[str, Any]:
        """Hold that a new number has a name and a value, that there is a year, hours only gain."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in NEW:
            filled = {f"{name}_name", f"{name}_value"} & {
                n for n, v in cleaned.items() if v not in (None, "")
            }
            if len(filled) == 1:
                lacking = f"{name}_value" if f"{name}_name" in filled else f"{name}_name"
                if lacking not in self.errors:
                    self.add_error(lacking, gettext("Skriv både, hvad tallet er, og værdien."))
        if not any(cleaned.get(f"share_{year}") is not None for year in self.years):
            self.add_error(f"share_{self.years[0]}", gettext("Skriv en procent for mindst ét år."))
        if cleaned.get("measure") == Measure.HOURS and cleaned.get("kind") != LineKind.BENEFIT:
            self.add_error(
                "measure", gettext("Kun gevinster tælles i timer. Udgifter er i kroner.")
            )
        return cleaned

    def line(self) -> LineInput:
        """Return the line without its amounts."""
        cleaned = self.cleaned_data
        names = ("key", "kind", "measure", "duration", "cost_type")
        area = cleaned["steering_area"] if cleaned["measure"] == Measure.DKK else ""
        return LineInput(**{name: cleaned[name] for name in names}, steering_area=area)

    def new(self) -> list[actions.AssumptionInput]:
        """Return the numbers written here."""
        cleaned = self.cleaned_data
        return [
            actions.AssumptionInput(
                name=cleaned[f"{name}_name"],
                value=cleaned[f"{name}_value"],
                unit=cleaned[f"{name}_unit"],
                source_text=cleaned[f"{name}_source"],
                dated_on=cleaned[f"{name}_dated"],
            )
            for name in NEW
            if cleaned[f"{name}_name"]
        ]

    def ramp(self) -> dict[int, Any]:
        """Return the share of each year."""
        shares = ((year, self.cleaned_data[f"share_{year}"]) for year in self.years)
        return {year: share / HUNDRED for year, share in shares if share is not None}

    def what(self) -> list[forms.BoundField]:
        """Return the fields about the line itself."""
        names = ("key", "kind", "cost_type", "measure", "duration", "steering_area")
        return [self[name] for name in names]

    def new_groups(self) -> list[list[forms.BoundField]]:
        """Return the fields of each new number."""
        fields = ("name", "value", "unit", "source", "dated")
        return [[self[f"{name}_{field}"] for field in fields] for name in NEW]

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the choices in sight among the numbers that stand."""
        return factor_pairs(self, filled=True)

    def more_pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the choices that are folded."""
        return factor_pairs(self, filled=False)

    def shares(self) -> list[forms.BoundField]:
        """Return the share of each year."""
        return [self[f"share_{year}"] for year in self.years]


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, version_id: int, line_id: int | None = None) -> HttpResponse:
    """Write a line that is reckoned, or let a typed one be."""
    actor, version = editing.open_version(request, version_id, CHANGE_CASES)
    parts = queries.parts_of(version)
    standing = next((one for one in parts.lines if one.line_id == line_id), None)
    if line_id is not None and standing is None:
        raise NotFound(gettext("Posten findes ikke længere i udkastet."))
    years = editing.years_of(request, list(parts.lines), version)
    initial = editing.initial_of(standing) | editing.preset(request)
    initial |= _reckoned(version, parts, standing)
    asked = {"quantity_name": "antal", "price_name": "pris"}
    initial |= {name: request.GET.get(key, "")[:LONGEST_NAME] for name, key in asked.items()}
    form = DerivedLineForm(posted(request), initial=initial, parts=parts, years=years)

    def write(cleaned: dict[str, Any]) -> str:
        actions.set_derived_line(
            actor=actor,
            version_id=version.pk,
            version=posted_version(request),
            line=form.line(),
            factors=chosen_factors(form),
            new=form.new(),
            ramp=form.ramp(),
            line_id=line_id,
        )
        return gettext("Posten »%(key)s« er udregnet og gemt.") % {"key": cleaned["key"]}

    is_derived = bool(standing and standing.line_id in parts.tree.lines)
    back = editing.back_url(request, version)
    return editing.act_page(
        request,
        version,
        form,
        write,
        gettext("Ret udregningen") if is_derived else gettext("Udregn en post"),
        template="business_cases/guide/derived_line.html",
        back_url=back,
        after_url=back,
        save_label=gettext("Gem posten"),
        has_assumptions=bool(parts.assumptions),
        is_derived=is_derived,
        formula=formulas.of_line(parts, line_id or 0, standing.measure if standing else ""),
    )


def _reckoned(
    version: CaseVersion, parts: Parts, standing: CaseLineFigures | None
) -> dict[str, Any]:
    """Return the factors and the shares of a derived line; full from the first year without."""
    if standing is None or standing.line_id not in parts.tree.lines:
        # A typed line keeps its shape: its years as shares of the largest.
        amounts = standing.amounts if standing else {version.price_level: HUNDRED}
        largest = max(amounts.values()) or HUNDRED
        return {
            f"share_{year}": (amount * HUNDRED / largest).quantize(Decimal("0.01"))
            for year, amount in amounts.items()
        }
    rows = RampYear.objects.filter(case_version=version, line_id=standing.line_id)
    shares = {f"share_{one.year}": one.share * HUNDRED for one in rows}
    return initial_factors(parts.tree.lines[standing.line_id]) | shares
