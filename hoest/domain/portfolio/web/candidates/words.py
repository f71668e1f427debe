"""The sum of a candidate in words, for its own page and for the idea it was given as."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from hoest.domain.portfolio.models import Candidate
from hoest.domain.portfolio.rules.candidates import hours_a_year
from hoest.ui import formats


def sum_in_words(found: Candidate) -> str:
    """Write the sum as anybody can check it: 4.200 × 6 min. × 80 % ÷ 60 = 336 timer."""
    hours = hours_a_year(found.times_per_year, found.minutes_each, found.automation_share)
    share = found.automation_share
    if hours is None or share is None:
        return ""
    return _("%(times)s gange × %(minutes)s minutter × %(share)s ÷ 60 = %(hours)s timer") % {
        "times": formats.number(found.times_per_year, _decimals(found.times_per_year)),
        "minutes": formats.number(found.minutes_each, _decimals(found.minutes_each)),
        "share": formats.percent(share, _decimals(share * 100)),
        "hours": formats.number(hours, _decimals(hours)),
    }


def _decimals(number: Any) -> int:
    """Return how many decimals say something, at most two."""
    return next((n for n in (0, 1) if number == round(number, n)), 2)
