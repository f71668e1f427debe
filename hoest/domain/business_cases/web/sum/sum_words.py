"""What the sum says in words: the point, the range, payback, break-even values, the pool."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.business_cases.calculations import (
    Bar,
    CaseEnds,
    Pool,
    Sensitivity,
    break_even_amount,
)
from hoest.domain.business_cases.rules import Aspect, Ground, ends_of
from hoest.domain.business_cases.web.words import from_to, language, net_point
from hoest.foundation import content
from hoest.ui import formats
from hoest.ui.words import in_a_row

ONE = Decimal(1)


def short(amount: Decimal) -> str:
    """Write kroner for the eye."""
    return formats.kroner_short(amount, language())


def amounts(low: Decimal, high: Decimal) -> str:
    """Write a range of kroner in words."""
    return from_to(short(low), short(high))


def point(title: str, ends: CaseEnds | None, is_hygiene: bool, grounds: dict[str, Ground]) -> str:
    """Say the one point of the sum. What must be done is said by what it protects."""
    if is_hygiene:
        return hygiene_point(title, grounds)
    if ends is None:
        return _("%(title)s er ikke regnet i kroner") % {"title": title}
    if not ends.is_range:
        likely = ends.probable.net_total
        return net_point(title, ends.probable.horizon, likely, likely)
    return net_point(title, ends.probable.horizon, ends.low.net_total, ends.high.net_total)


def hygiene_point(title: str, grounds: dict[str, Ground]) -> str:
    """Say what a must-do case protects, without a verdict on its money."""
    better = [
        content.label("ground_aspect", one.aspect).lower()
        for code in (Aspect.RISK, Aspect.CONTINUITY, Aspect.LOAD)
        if (one := grounds.get(code)) is not None and one.improves
    ]
    if better:
        joined = in_a_row(better)
        return _("%(title)s skal gøres: det handler om %(what)s") % {"title": title, "what": joined}
    if Aspect.DUTY in grounds:
        return _("%(title)s skal gøres, fordi det er en pligt") % {"title": title}
    return _("%(title)s skal gøres; det mangler at blive skrevet, hvad det beskytter") % {
        "title": title
    }


def payback(ends: CaseEnds) -> str:
    """Say when the money is earned back: the year at each end, or that it is not."""
    early, likely, late = (
        one.payback_calendar_year for one in (ends.high, ends.probable, ends.low)
    )
    if likely is None:
        if all(total >= 0 for total in ends.probable.accumulated):
            return _("Intet at betale tilbage: netto er aldrig negativ.")
        if early is not None:
            return _(
                "Ventes ikke tjent hjem inden udgangen af %(end)s. Går alt godt, er det tjent hjem "
                "i %(year)s."
            ) % {
                "end": ends.probable.horizon,
                "year": early,
            }
        return _("Ikke tjent hjem inden udgangen af %(year)s.") % {"year": ends.probable.horizon}
    if not ends.is_range or early == late:
        return _("Tjent hjem i %(year)s.") % {"year": likely}
    facts = {"year": likely, "early": early, "late": late, "end": ends.probable.horizon}
    if late is None and early in (None, likely):
        return (
            _(
                "Tjent hjem i %(year)s. Går alt dårligt, er det ikke tjent hjem inden udgangen af "
                "%(end)s."
            )
            % facts
        )
    if late is None:
        return (
            _(
                "Tjent hjem i %(year)s, tidligst %(early)s. Går alt dårligt, er det ikke tjent "
                "hjem inden udgangen af %(end)s."
            )
            % facts
        )
    if early is None:  # at the good end nothing is ever owed
        return _("Tjent hjem i %(year)s, senest %(late)s.") % facts
    return _("Tjent hjem i %(year)s, tidligst %(early)s og senest %(late)s.") % facts


def pessimistic_optimistic(kind: str, low: str, high: str) -> tuple[str, str]:
    """Return the two ends of a line as (pessimistic, optimistic)."""
    bad, _good = ends_of(kind, Decimal(0), Decimal(1))
    return (low, high) if bad == 0 else (high, low)


def break_even(bar: Bar, npv: Decimal, *, has_verdict: bool = True) -> str:
    """Say at which value of a line or an assumption the case goes even."""
    name = bar.name
    if bar.break_even is None:
        if bar.reason == "no_influence":
            return _("»%(name)s« flytter ikke resultatet.") % {"name": name}
        if not has_verdict:
            return _("Pengene går ikke lige op af »%(name)s« alene.") % {"name": name}
        if npv >= 0:
            return _("Casen går ikke i minus af »%(name)s« alene.") % {"name": name}
        return _("»%(name)s« kan ikke alene få casen til at gå op.") % {"name": name}
    value = _value(bar)
    at_least = bar.side == "at_least"
    facts = {"name": name, "value": value}
    return formats.one_stop(_break_even(has_verdict, npv, at_least) % facts)


def _break_even(has_verdict: bool, npv: Decimal, at_least: bool) -> str:
    if not has_verdict:
        return _("Pengene går lige op, når »%(name)s« er %(value)s.")
    if npv >= 0 and at_least:
        return _("Casen holder, så længe »%(name)s« er mindst %(value)s.")
    if npv >= 0:
        return _("Casen holder, så længe »%(name)s« er højst %(value)s.")
    if at_least:
        return _("Casen går først op, når »%(name)s« er mindst %(value)s.")
    return _("Casen går først op, når »%(name)s« er højst %(value)s.")


def _value(bar: Bar) -> str:
    """Write a break-even value in its own unit; of a line in kroner with its share."""
    assert bar.break_even is not None
    if bar.line is None:
        return in_unit(bar.break_even, bar.unit)
    amount = break_even_amount(bar)
    share = formats.percent(bar.break_even, 0, language())
    per = _("om året") if bar.line.is_recurring else _("i alt")
    return _("%(amount)s %(per)s (%(share)s af det skrevne)") % {
        "amount": short(amount or Decimal(0)),
        "per": per,
        "share": share,
    }


def in_unit(value: Decimal, unit: str) -> str:
    """Write the value of an assumption in its own unit; a share as per cent."""
    if unit.strip().lower() in ("%", "pct.", "procent"):
        return formats.number(value, 0 if value > 10 else 1, language()) + "\u00a0%"
    if unit.strip().lower() == "andel":
        return formats.percent(value, 0, language())
    decimals = 0 if abs(value) >= 100 else 2
    return f"{formats.number(value, decimals, language())}\u00a0{unit}".strip()


def carrying(found: Sensitivity, *, is_tried: bool) -> str:
    """Say which assumptions carry the result: the title of the picture."""
    names = [f"»{bar.name}«" for bar in found.carrying]
    if not names:
        return _("Ingen forudsætning flytter resultatet")
    said = in_a_row(names)
    if is_tried:
        return _("Prøvet ens op og ned betyder %(names)s mest") % {"names": said}
    return ngettext("%(names)s bærer resultatet", "%(names)s bærer resultatet", len(names)) % {
        "names": said
    }


def pool(found: Pool, count: int) -> str:
    """Say what the pool should be: expected, and what covers nine of ten."""
    ninety = found.for_coverage[-1][1]
    risks = ngettext("%(count)s risiko", "%(count)s risici", count) % {"count": count}
    return _("%(risks)s: en pulje på %(pool)s dækker alt i 9 af 10 tilfælde") % {
        "risks": risks,
        "pool": short(ninety),
    }
