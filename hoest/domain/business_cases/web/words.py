"""What the pages say about a business case: definitions of every figure, caveats, the point."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from hoest.domain.business_cases.calculations import Caution, KeyFigures
from hoest.foundation import content
from hoest.ui import formats

DEFINITIONS: dict[str, Any] = {
    "gross": gettext_lazy("Alle gevinster i kroner lagt sammen, før udgifterne er trukket fra."),
    "cost": gettext_lazy("Alle investeringer og driftsudgifter lagt sammen."),
    "net": gettext_lazy(
        "Gevinster minus udgifter, år for år lagt sammen. Ikke omregnet til i dag."
    ),
    "npv": gettext_lazy(
        "Hvert års netto regnet om til det første års værdi med Finansministeriets rente og lagt "
        "sammen."
    ),
    "irr": gettext_lazy("Den rente, hvor de omregnede gevinster og udgifter går lige op."),
    "payback_simple": gettext_lazy("Investeringen divideret med ét års fulde virkning."),
    "payback_calendar_year": gettext_lazy(
        "Det første år, hvor den samlede netto ikke længere er negativ."
    ),
    "payback_interpolated": gettext_lazy(
        "Antal år fra den første udgift, til den samlede netto når nul. Årets netto fordeles jævnt."
    ),
    "payback_discounted": gettext_lazy(
        "Som den interpolerede, men med hvert års beløb regnet om til det første års værdi."
    ),
    "full_effect": gettext_lazy("Et års gevinst minus et års drift, når alt er indført."),
}


ROUNDED_APART: Any = gettext_lazy(
    "Hvert tal er afrundet for sig, så de viste tal kan give en krone mere eller mindre end summen."
)


def language() -> str:
    """Return the reader's language."""
    return get_language() or "da"


def kroner(amount: Decimal | None) -> str:
    """Write whole kroner without the unit."""
    return formats.number(amount, 0, language())


def steady(value: float) -> Decimal:
    """Return a computed number without the hair that floating point leaves, before it is printed.

    Seven decimals, as many as a spreadsheet promises of an internal rate; so that a file prints the
    digits of the page, also where a number ends in a five.
    """
    return Decimal(repr(value)).quantize(Decimal("1e-7"), ROUND_HALF_UP)


def years(count: float | None) -> str:
    """Write a number of years with one decimal: 2,6 år."""
    if count is None:
        return ""
    one = formats.number(steady(count), 1, language())
    return ngettext("%(count)s år", "%(count)s år", 2) % {"count": one}


def point(title: str, figures: KeyFigures | None, has_versions: bool, is_draft: bool) -> str:
    """Say the point of the case in one sentence, from its figures."""
    if figures is None:
        if has_versions:
            return _("%(title)s er ikke regnet i kroner") % {"title": title}
        return _("%(title)s har ingen business case endnu") % {"title": title}
    net, ends = figures.net_total, figures.net_range
    low, high = (ends.low, ends.high) if ends else (net, net)
    said = net_point(title, figures.horizon, low, high)
    return _("Udkast: %(point)s") % {"point": said} if is_draft else said


def net_point(title: str, horizon: int, low: Decimal, high: Decimal) -> str:
    """Say what a case gives or costs net: the whole range, or the one number it has."""

    def short(amount: Decimal) -> str:
        return formats.kroner_short(amount, language())

    facts: dict[str, Any] = {"title": title, "year": horizon}
    if low == high:
        facts["net"] = short(abs(low))
        if low >= 0:
            return _("%(title)s giver %(net)s netto til og med %(year)s") % facts
        return _("%(title)s koster %(net)s netto til og med %(year)s") % facts
    if low >= 0:
        facts["range"] = from_to(short(low), short(high))
        return _("%(title)s giver %(range)s netto til og med %(year)s") % facts
    if high <= 0:
        facts["range"] = from_to(short(-high), short(-low))
        return _("%(title)s koster %(range)s netto til og med %(year)s") % facts
    facts |= {"high": short(high), "low": short(-low)}
    return _("%(title)s kan give %(high)s og kan koste %(low)s netto til og med %(year)s") % facts


def from_to(low: str, high: str) -> str:
    """Write a range in words, so that a minus is never a dash."""
    return low if low == high else _("fra %(low)s til %(high)s") % {"low": low, "high": high}


def lead(figures: KeyFigures | None) -> str:
    """Say what a year at full effect gives and when it has paid for itself."""
    if figures is None:
        return ""
    if not figures.gross_total:
        return _("Gevinsterne er ikke regnet i kroner. Her står kun, hvad det koster.")
    full = _full_effect(figures)
    if figures.payback_calendar_year is None:
        return full
    paid = _("Pengene er tjent hjem i %(year)s.") % {"year": figures.payback_calendar_year}
    return f"{full} {paid}"


def _full_effect(figures: KeyFigures) -> str:
    """Say what a year at full effect gives or costs, with its range when it has one."""
    effect, ends = figures.full_effect, figures.full_effect_range
    low, high = (ends.low, ends.high) if ends else (effect, effect)
    if effect < 0:
        low, high = -high, -low
    facts: dict[str, Any] = {
        "kroner": formats.kroner_short(abs(effect), language()),
        "year": figures.price_level,
        "range": from_to(
            formats.kroner_short(low, language()), formats.kroner_short(high, language())
        ),
    }
    if low == high and effect < 0:
        return _("Fuldt indført koster det %(kroner)s netto om året (%(year)s-priser).") % facts
    if low == high:
        return _("Fuldt indført: %(kroner)s netto om året (%(year)s-priser).") % facts
    if effect < 0:
        return (
            _("Fuldt indført koster det %(kroner)s netto om året, %(range)s (%(year)s-priser).")
            % facts
        )
    return _("Fuldt indført: %(kroner)s netto om året, %(range)s (%(year)s-priser).") % facts


def over_years(first: int, last: int) -> dict[str, str]:
    """Return the names of the sums of a case, each with the years it is the sum of."""
    years = str(first) if first == last else f"{first}–{last}"
    return {
        "net": _("Netto i alt %(years)s") % {"years": years},
        "npv": _("Nutidsværdi i alt %(years)s") % {"years": years},
    }


def cautions(figures: KeyFigures | None) -> list[str]:
    """Say what a reader must know beside the key figures, a sentence for each."""
    if figures is None:
        return []
    said = [caution_words(caution) for caution in figures.warnings]
    printed = [formats.rounded(x, 0) for x in (figures.gross_total, figures.cost_total)]
    if printed[0] - printed[1] != formats.rounded(figures.net_total, 0):
        said.append(str(ROUNDED_APART))
    return [sentence for sentence in said if sentence]


def caution_words(caution: Caution) -> str:
    """Say a caveat of the engine in a sentence; empty for one that a missing figure says itself."""
    facts = caution.facts
    sentences: dict[str, Any] = {
        "gap_continued": _("Posten »%(line)s« har tomme år. Det sidste udfyldte beløb fortsætter."),
        "line_without_amounts": _("Posten »%(line)s« har ingen beløb."),
        "rate_step_unconfirmed": _(
            "Renten efter år %(after_year)s er ikke bekræftet i den kilde, vi har læst."
        ),
        "rate_not_general": _("Renten %(rate)s er ikke den almindelige statslige."),
        "irr_several_sign_changes": _(
            "Netto skifter fortegn flere gange, så der er ikke kun én intern rente."
        ),
        "irr_income_first": _(
            "Gevinsterne kommer før udgifterne, så en høj intern rente er ikke et godt tegn."
        ),
        "payback_lost_again": _(
            "Pengene er tjent hjem i %(paid_back)s, men netto bliver negativ igen i "
            "%(negative_again)s."
        ),
    }
    if caution.code not in sentences:
        return ""
    return str(sentences[caution.code] % _plain(facts))


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    return {
        name: ", ".join(map(str, value)) if isinstance(value, tuple) else value
        for name, value in facts.items()
    }


def rate_is_empty(figures: KeyFigures) -> bool:
    """Tell whether the internal rate is so high that it only says how small the deficit is."""
    rate = figures.irr
    return rate is not None and Decimal(str(rate)) > content.limit_decimal("usable_internal_rate")


def why_missing(name: str, figures: KeyFigures) -> str:
    """Say why a key figure has no number."""
    codes = {caution.code for caution in figures.warnings}
    if name == "irr" and rate_is_empty(figures):
        return _(
            "Kan ikke bruges her: netto er kun %(kroner)s under nul, så renten bliver meget stor "
            "uden at sige noget."
        ) % {"kroner": formats.kroner_short(-min(*figures.accumulated, *figures.net), language())}
    if name == "irr":
        if "irr_no_sign_change" in codes:
            return _("Findes ikke: netto er enten plus i alle år eller minus i alle år.")
        return _("Findes ikke inden for de renter, der giver mening.")
    if "nothing_to_pay_back" in codes:
        return _("Intet at betale tilbage: netto er aldrig negativ.")
    if name == "payback_simple":
        return _("Findes ikke: der er ingen investering eller ingen varig gevinst.")
    return _("Ikke tjent hjem inden udgangen af %(year)s.") % {"year": figures.horizon}


def rate_words(figures: KeyFigures) -> str:
    """Say which discount rate was used, step by step."""
    steps = []
    for last, rate in figures.rate_steps:
        share = formats.percent(Decimal(str(rate)), 1 if rate * 1000 % 10 else 0, language())
        until = _("til år %(year)s") % {"year": last} if last else _("derefter")
        steps.append(share if len(figures.rate_steps) == 1 else f"{share} {until}")
    return _("%(rate)s (%(steps)s), %(source)s") % {
        "rate": figures.rate_name,
        "steps": ", ".join(steps),
        "source": figures.rate_source,
    }
