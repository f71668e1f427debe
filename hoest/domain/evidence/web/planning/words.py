"""How a plan and a range are said: figures with as many digits as they can carry."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.benefits.rules.proof import MethodGrade
from hoest.domain.evidence.rules import Step
from hoest.foundation import content
from hoest.ui import formats

MOST_DECIMALS = 4


def amount(value: float, step: float | None, language: str = "da") -> str:
    """Write a figure with two digits of its uncertainty."""
    if step is None or not math.isfinite(step) or step <= 0:
        step = abs(value) / 10 or 1.0
    decimals = max(0, min(MOST_DECIMALS, 1 - math.floor(math.log10(step))))
    return formats.number(value, decimals, language)


def plain(value: float, language: str = "da") -> str:
    """Write a figure as somebody gave it, without zeros that say nothing."""
    text = f"{value:.{MOST_DECIMALS}f}".rstrip("0")
    return formats.number(value, len(text.partition(".")[2]), language)


def waves(count: int) -> str:
    """Write a number of waves."""
    return ngettext("%(n)s bølge", "%(n)s bølger", count) % {"n": count}


def periods(count: int, step: Step) -> str:
    """Write a number of periods."""
    said = {
        Step.MONTH: ngettext("%(n)s måned", "%(n)s måneder", count),
        Step.QUARTER: ngettext("%(n)s kvartal", "%(n)s kvartaler", count),
        Step.YEAR: ngettext("%(n)s år", "%(n)s år", count),
    }[step]
    return said % {"n": count}


def grade(number: int) -> str:
    """Write a method grade with its word."""
    word = content.label("method_grade", MethodGrade(number).code)
    return _("%(number)s · %(word)s") % {"number": number, "word": word}


def chance(share: float, language: str = "da") -> str:
    """Write a probability; never nothing and never certain."""
    if share < 0.01:
        return _("under 1 %")
    if share > 0.99:
        return _("over 99 %")
    return formats.percent(share, 0, language)
