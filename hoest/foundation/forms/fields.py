"""Form fields that read what Danes write: 1.234,5 · 62 % · 2. november 2026 as 02-11-2026."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hoest.ui.formats import NotANumber, parse_number

_LONGEST_NUMBER = 40


class DanishNumberField(forms.Field):
    """A number with decimal comma, read exactly. Bounds are in the number's own unit."""

    def __init__(
        self,
        *,
        lowest: Decimal | int | None = None,
        highest: Decimal | int | None = None,
        decimals: int = 4,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)
        self.lowest, self.highest, self.decimals = lowest, highest, decimals

    def prepare_value(self, value: Any) -> Any:
        """Show a number with a comma and without zeros that say nothing."""
        if isinstance(value, Decimal | int | float):
            text = f"{Decimal(str(value)):f}"
            text = text.rstrip("0").rstrip(".") if "." in text else text
            return text.replace(".", ",")
        return value

    def to_python(self, value: Any) -> Any:
        """Return the Decimal, or None when nothing is written."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            if len(text) > _LONGEST_NUMBER:
                raise NotANumber(text)
            number = parse_number(text)
        except NotANumber as fault:
            raise ValidationError(
                _("Skriv et tal, for eksempel 12,5. Komma står før decimalerne.")
            ) from fault
        if -number.as_tuple().exponent > self.decimals:  # type: ignore[operator]
            raise ValidationError(
                _("Skriv højst %(count)s cifre efter kommaet.") % {"count": self.decimals}
            )
        self._within(number)
        return number

    def _within(self, number: Decimal) -> None:
        if self.lowest is not None and number < self.lowest:
            raise ValidationError(
                _("Tallet skal være mindst %(limit)s.") % {"limit": self.prepare_value(self.lowest)}
            )
        if self.highest is not None and number > self.highest:
            raise ValidationError(
                _("Tallet må højst være %(limit)s.") % {"limit": self.prepare_value(self.highest)}
            )


class PercentField(DanishNumberField):
    """A per cent from 0 to 100 on the page; a share from 0 to 1 for the rest of us."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"lowest": 0, "highest": 100, "decimals": 1, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Show a share as per cent; what a person typed stays as it is."""
        if isinstance(value, Decimal):
            return super().prepare_value(value * 100)
        return super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        """Return the share, or None when nothing is written."""
        number = super().to_python(value)
        return None if number is None else number / 100

    def _within(self, number: Decimal) -> None:
        if not 0 <= number <= 100:
            raise ValidationError(_("Skriv en procent mellem 0 og 100."))
        if self.lowest and number < self.lowest:
            raise ValidationError(_("Procenten skal være over 0."))


class DanishDateField(forms.DateField):
    """A date from the browser's own picker, or typed as 02-11-2026 or 2.11.2026."""

    default_error_messages = {
        "invalid": _("Skriv en dato, for eksempel 02-11-2026."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        formats = ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y"]
        super().__init__(**{"widget": widget, "input_formats": formats, **kwargs})

    def to_python(self, value: Any) -> dt.date | None:
        """Return the date; years that nobody means are refused."""
        day = super().to_python(value)
        if day is not None and not 1970 <= day.year <= 2200:
            raise ValidationError(_("Året ser forkert ud. Skriv datoen igen."))
        return day
