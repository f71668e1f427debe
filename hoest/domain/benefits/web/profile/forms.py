"""Forms of the profile: one for each portion, and whom to ask for it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import CHANGE_BENEFITS
from hoest.domain.benefits.rules.portions import Portion, fields_of, is_filled, needed_in
from hoest.domain.benefits.web.profile.fields import Row, profile_fields, text_field
from hoest.domain.organisations.queries import people_of, units_of
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.forms.asking import AskingForm

GROUPS: dict[Portion, tuple[tuple[Any, tuple[str, ...]], ...]] = {
    Portion.WHAT: (
        (_("Gevinsten"), ("title", "benefit_type", "is_disbenefit", "unit", "line_key")),
        (_("Dem, der mærker det"), ("beneficiaries", "citizen_effect")),
    ),
    Portion.MEASURED: (
        (
            _("Fra hvad til hvad"),
            (
                "indicator", "measure_unit", "baseline_value", "baseline_on", "target_value",
                "target_on",
            ),
        ),
        (
            _("Hvordan tallet hentes"),
            ("method", "data_source", "frequency", "measurer", "measuring_effort"),
        ),
    ),
    Portion.WORTH: (
        (
            _("Frigjort tid"),
            (
                "cases_a_year", "minutes_before", "minutes_after", "adoption_share", "time_basis",
                "time_source", "time_on", "hour_price_dkk",
            ),
        ),
        (
            _("Kroner"),
            (
                "unit_word", "units_a_year", "unit_price_dkk", "price_level", "price_source",
                "price_on",
            ),
        ),
        (_("Det, gevinsten tages af"), ("cost_base_dkk", "cost_base_source")),
    ),
    Portion.REAL: (
        (_("Hvem og hvor"), ("responsible", "receiving_unit", "priority")),
        (_("Hvad der skal ske"), ("changes_required", "prerequisites")),
        (_("Sådan tages den"), ("conversion", "conversion_note")),
    ),
}  # fmt: skip
SUFFIXES: dict[str, Any] = {
    "minutes_before": _("min."),
    "minutes_after": _("min."),
    "adoption_share": "%",
    "hour_price_dkk": "kr.",
    "unit_price_dkk": "kr.",
    "cost_base_dkk": "kr.",
}
_ON_LADDER = (
    "indicator", "measure_unit", "baseline_value", "baseline_on", "target_value", "target_on",
    "method", "frequency",
)  # fmt: skip


class PortionForm(AskingForm):
    """One portion of a profile. `portion` decides which fields stand in it."""

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        portion: Portion,
        benefit: Benefit | None = None,
        line_keys: list[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.portion, self.benefit = portion, benefit
        made = profile_fields()
        for name in fields_of(portion):
            self.fields[name] = made[name]()
        self._needs(benefit)
        self._fill(actor, benefit, line_keys)

    def _needs(self, benefit: Benefit | None) -> None:
        """Say of each field that may wait what it is needed for."""
        kind = benefit.benefit_type if benefit else ""
        needed = needed_in(self.portion, kind, bool(benefit and benefit.is_disbenefit))
        for name, field in self.fields.items():
            if name in _ON_LADDER:
                field.needed_for = _("skal bruges, før gevinsten er ejet")  # type: ignore[attr-defined]
            elif name == "line_key":
                field.needed_for = _("giver gevinsten sit beløb")  # type: ignore[attr-defined]
            elif name in needed:
                field.needed_for = _("gør delen hel")  # type: ignore[attr-defined]

    def _fill(self, actor: Actor, benefit: Benefit | None, line_keys: list[str]) -> None:
        keys = sorted({*line_keys, *([benefit.line_key] if benefit and benefit.line_key else [])})
        choices: dict[str, list[tuple[Any, Any]]] = {
            "benefit_type": [("", _("Vælg type")), *content.choices("benefit_type")],
            "frequency": [("", _("Ikke aftalt")), *content.choices("frequency")],
            "line_key": [("", _("Ingen post endnu")), *((key, key) for key in keys)],
            "beneficiaries": list(content.choices("beneficiary")),
            "time_basis": [("", _("Ikke oplyst")), *content.choices("time_basis")],
            "conversion": [("", _("Ikke aftalt")), *content.choices("conversion")],
        }
        for name, found in choices.items():
            if name in self.fields:
                self.fields[name].choices = found  # type: ignore[attr-defined]
        rows: dict[str, Any] = {
            "unit": lambda: self._units(actor, benefit),
            "receiving_unit": lambda: units_of(actor),
            "measurer": lambda: people_of(actor),
            "responsible": lambda: people_of(actor),
        }
        for name, queryset in rows.items():
            if name in self.fields:
                self.fields[name].queryset = queryset()  # type: ignore[attr-defined]

    def _units(self, actor: Actor, benefit: Benefit | None) -> Any:
        units, reached = units_of(actor), units_where(actor, CHANGE_BENEFITS)
        if reached is None:
            return units
        return units.filter(pk__in=reached | {benefit.unit_id if benefit else None})

    def clean(self) -> dict[str, Any]:
        """Hold what belongs together: a value has its day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for value, day, word in (
            ("baseline_value", "baseline_on", _("Skriv, hvilken dag baseline blev målt.")),
            ("target_value", "target_on", _("Skriv, hvornår målet skal være nået.")),
        ):
            lacks_day = cleaned.get(value) is not None and cleaned.get(day) is None
            if day in self.fields and lacks_day and day not in self.errors:
                self.add_error(day, word)
        return cleaned

    def groups(self) -> list[dict[str, Any]]:
        """Return the fields under their headings, each with the unit that stands behind it."""
        unit = self.benefit.measure_unit if self.benefit else ""
        suffixes = {**SUFFIXES, "baseline_value": unit, "target_value": unit}
        return [
            {
                "heading": str(heading),
                "folded": self._is_folded(names),
                "fields": [
                    (self[name], str(suffixes.get(name, "")))
                    for name in names
                    if name in self.fields
                ],
            }
            for heading, names in GROUPS[self.portion]
        ]

    def _is_folded(self, names: tuple[str, ...]) -> bool:
        """Tell whether a group is folded away: this kind of benefit has no need of it."""
        if self.portion is not Portion.WORTH or self.benefit is None:
            return False
        needed = needed_in(self.portion, self.benefit.benefit_type, self.benefit.is_disbenefit)
        says = any(is_filled(self.initial.get(name)) or name in self.errors for name in names)
        return not says and not set(needed) & set(names)


class AskForm(AskingForm):
    """Whom a portion is asked of, and a few words to her."""

    person: Any = Row(label=_("Hvem ved det?"), queryset=None, empty_label=_("Vælg en person"))
    note = text_field(_("Besked"), 300, _("Hvad du gerne vil vide."), 2)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_of(actor)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
