"""What the sum shows of the discount rate: the present value at others, and at one asked for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hoest.domain.business_cases import calculations
from hoest.domain.business_cases.calculations import AtRate
from hoest.domain.business_cases.web.sum.gathered import Sum
from hoest.domain.business_cases.web.words import language
from hoest.foundation import content
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import PercentField
from hoest.ui import formats

KEPT = ("version", "til", "simuler")


class RateForm(AskingForm):
    """A rate a reader would like to see the case at; it is asked for in the address."""

    rente = PercentField(label=gettext_lazy("Prøv en rente i procent"), decimals=2)


@dataclass(frozen=True)
class RateRow:
    """A rate as a row of the table: in words, what it is, and the present value."""

    rate: str
    about: str
    npv: Decimal


def rates_context(request: HttpRequest, found: Sum) -> dict[str, Any]:
    """Return the table of rates and the form that asks for another; nothing without kroner."""
    if found.ends is None:
        return {}
    has_asked = "rente" in request.GET
    form = RateForm(request.GET if has_asked else None)
    asked = form.cleaned_data["rente"] if has_asked and form.is_valid() else None
    tried = calculations.at_other_rates(
        found.ends.probable, apart=content.limit_decimal("rate_test_share"), asked=asked
    )
    return {
        "rates": [RateRow(_rate(one.share), _about(one), one.npv) for one in tried],
        "rates_say": conclusion(tried),
        "rate_form": form,
        "rate_is_asked": has_asked,
        "rate_keeps": [(name, request.GET[name]) for name in KEPT if name in request.GET],
    }


def conclusion(tried: tuple[AtRate, ...]) -> str:
    """Say whether the sign of the present value rests on the rate."""
    if all(one.npv > 0 for one in tried):
        return _("Nutidsværdien er positiv ved alle de prøvede renter.")
    if all(one.npv < 0 for one in tried):
        return _("Nutidsværdien er negativ ved alle de prøvede renter.")
    return _("Renten afgør, om nutidsværdien er positiv.")


def _about(one: AtRate) -> str:
    if one.is_of_case:
        return _("casens rente")
    return _("den rente, du prøver, i alle år") if one.is_asked else ""


def _rate(share: Decimal) -> str:
    exponent = (share * 100).normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return formats.percent(share, decimals, language())
