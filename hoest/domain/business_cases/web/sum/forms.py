"""Forms of what is uncertain: the ends of every line, one risk, one aspect of the ground."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.business_cases.rules import (
    LARGEST_AMOUNT,
    Aspect,
    CaseLineFigures,
    Ground,
    LineKind,
    Measure,
    RangeInput,
    RiskInput,
    ends_of,
)
from hoest.domain.business_cases.rules.uncertainty import LONGEST_SAID, LONGEST_TITLE
from hoest.domain.business_cases.rules.versions import LONGEST_BASIS
from hoest.foundation import content
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishNumberField, PercentField

ONE = Decimal(1)


class LineFields(NamedTuple):
    """The fields of one line, with the line and the amount that is probable."""

    line: CaseLineFigures
    size: Decimal
    unit: str
    pessimistic: forms.BoundField
    optimistic: forms.BoundField
    basis: forms.BoundField


def size_of(line: CaseLineFigures) -> Decimal:
    """Return the probable amount of a line: of a full year, or in all for a one-off."""
    return line.one_off_total if line.full_year_effect is None else line.full_year_effect


class RangesForm(AskingForm):
    """The pessimistic and the optimistic amount of every line, and what the estimate rests on."""

    def __init__(self, *args: Any, lines: Sequence[CaseLineFigures], **kwargs: Any) -> None:
        self.lines = [line for line in lines if size_of(line)]
        super().__init__(*args, **{"initial": self._initial(), **kwargs})
        for line in self.lines:
            bad, good = self._names(line)
            for name, label in ((bad, _("Pessimistisk")), (good, _("Optimistisk"))):
                self.fields[name] = DanishNumberField(
                    label=label,
                    required=False,
                    lowest=0,
                    highest=LARGEST_AMOUNT - 1,
                    decimals=2,
                )
            self.fields[f"basis_{line.line_id}"] = forms.CharField(
                label=_("Hvad bygger tallet på?"), required=False, max_length=LONGEST_BASIS
            )

    @staticmethod
    def _names(line: CaseLineFigures) -> tuple[str, str]:
        return f"bad_{line.line_id}", f"good_{line.line_id}"

    def _initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for line in self.lines:
            found[f"basis_{line.line_id}"] = line.basis
            if line.low_share is None or line.high_share is None:
                continue
            bad, good = ends_of(line.kind, line.low_share, line.high_share)
            for name, share in zip(self._names(line), (bad, good), strict=True):
                found[name] = (size_of(line) * share).quantize(Decimal("0.01"))
        return found

    def clean(self) -> dict[str, Any]:
        """Hold both ends of a line to its probable amount, each on its own side."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for line in self.lines:
            self._check(line, cleaned)
        return cleaned

    def _check(self, line: CaseLineFigures, cleaned: dict[str, Any]) -> None:
        names = self._names(line)
        bad, good = (cleaned.get(name) for name in names)
        if any(name in self.errors for name in names) or (bad is None and good is None):
            return
        if bad is None or good is None:
            missing = names[0] if bad is None else names[1]
            self.add_error(missing, gettext("Skriv begge ender, eller lad begge stå tomme."))
            return
        size = size_of(line)
        if line.kind == LineKind.BENEFIT:
            if bad > size:
                self.add_error(
                    names[0], gettext("For en gevinst er det pessimistiske højst det sandsynlige.")
                )
            if good < size:
                self.add_error(
                    names[1], gettext("For en gevinst er det optimistiske mindst det sandsynlige.")
                )
            return
        if bad < size:
            self.add_error(
                names[0], gettext("For en udgift er det pessimistiske mindst det sandsynlige.")
            )
        if good > size:
            self.add_error(
                names[1], gettext("For en udgift er det optimistiske højst det sandsynlige.")
            )

    def ranges(self) -> list[RangeInput]:
        """Return the ranges as shares of the probable amount."""
        found = []
        for line in self.lines:
            bad, good = (self.cleaned_data[name] for name in self._names(line))
            low, high = (bad, good) if line.kind == LineKind.BENEFIT else (good, bad)
            size = size_of(line)
            found.append(
                RangeInput(
                    line.line_id,
                    None if low is None else low / size,
                    None if high is None else high / size,
                    self.cleaned_data[f"basis_{line.line_id}"],
                )
            )
        return found

    def rows(self) -> list[LineFields]:
        """Return the fields line by line."""
        return [
            LineFields(
                line,
                size_of(line),
                _unit(line),
                self[self._names(line)[0]],
                self[self._names(line)[1]],
                self[f"basis_{line.line_id}"],
            )
            for line in self.lines
        ]


def _unit(line: CaseLineFigures) -> str:
    if line.measure == Measure.HOURS:
        return gettext("timer om året") if line.is_recurring else gettext("timer i alt")
    return gettext("kr. om året") if line.is_recurring else gettext("kr. i alt")


class RiskForm(AskingForm):
    """One risk of the pool: what may happen, how likely, what it costs, what is done."""

    title = forms.CharField(
        label=_("Hvad kan ske?"),
        max_length=LONGEST_TITLE,
        help_text=_("Skriv hændelsen, for eksempel: Leverandøren bliver forsinket et halvt år."),
    )
    if_it_happens = forms.CharField(
        label=_("Hvad betyder det, hvis det sker?"), max_length=LONGEST_SAID, required=False
    )
    probability = PercentField(
        label=_("Sandsynlighed i procent"),
        help_text=_("Mere end 0 og under 100. Er det sikkert, er det en udgift."),
    )
    probability_because = forms.CharField(
        label=_("Hvorfor den sandsynlighed?"),
        max_length=LONGEST_SAID,
        required=False,
        help_text=_("Erfaring, tilbud eller andres projekter. Så kan andre vurdere skønnet."),
    )
    low_dkk = DanishNumberField(label=_("Koster mindst"), lowest=0, decimals=2)
    likely_dkk = DanishNumberField(label=_("Koster sandsynligvis"), lowest=0, decimals=2)
    high_dkk = DanishNumberField(
        label=_("Koster højst"), lowest=0, highest=LARGEST_AMOUNT - 1, decimals=2
    )
    mitigation_key = forms.ChoiceField(
        label=_("Hvilken udgift i casen modvirker den?"),
        required=False,
        help_text=_("Det, I gør ved risikoen, er en almindelig udgift og betales ikke af puljen."),
    )

    def __init__(self, *args: Any, cost_keys: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mitigation_key"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Ingen")), *((key, key) for key in cost_keys)]

    def risk(self) -> RiskInput:
        """Return the risk as it was written."""
        return RiskInput(**self.cleaned_data)


class GroundForm(AskingForm):
    """One aspect of what a case protects: how bad now, how bad afterwards, and why."""

    now_level = forms.TypedChoiceField(
        label=_("Hvor slemt er det i dag?"), widget=forms.RadioSelect, coerce=int, required=False
    )
    after_level = forms.TypedChoiceField(
        label=_("Hvor slemt er det bagefter?"),
        widget=forms.RadioSelect,
        coerce=int,
        required=False,
    )
    said = forms.CharField(
        label=_("Med egne ord"),
        max_length=LONGEST_SAID,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("En eller to sætninger. Lad feltet stå tomt for at tage det ud igen."),
    )

    def __init__(self, *args: Any, aspect: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.aspect = aspect
        if aspect == Aspect.DUTY:
            del self.fields["now_level"], self.fields["after_level"]
            self.fields["said"].help_text = _(
                "Loven, aftalen eller beslutningen. Lad feltet stå tomt for at tage det ud igen."
            )
            return
        levels = [
            (place, content.label("ground_level", code))
            for place, code in enumerate(content.codes("ground_level"), start=1)
        ]
        for name in ("now_level", "after_level"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = levels

    def ground(self) -> Ground:
        """Return the aspect as it was written."""
        cleaned = self.cleaned_data
        return Ground(
            self.aspect,
            cleaned.get("now_level") or None,
            cleaned.get("after_level") or None,
            cleaned["said"],
        )
