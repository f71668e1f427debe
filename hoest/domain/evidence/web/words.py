"""What the engine's codes are called: methods, reasons, remedies, notes, grades and verdicts.

The pages and the command line take their words from here, so that none stands twice.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext, ngettext_lazy
from django.utils.translation import gettext as _

from hoest.domain.benefits.rules import MethodGrade, Verdict
from hoest.domain.evidence.rules import Wanted
from hoest.foundation import content
from hoest.ui import formats

METHODS: dict[str, Any] = {
    "auto": gettext_lazy("den stærkeste, tallene kan bære"),
    "did": gettext_lazy("imputation"),
    "cs": gettext_lazy("gruppe og tid"),
    "sdid": gettext_lazy("syntetisk sammenligning"),
    "its": gettext_lazy("afbrudt serie"),
    "bsts": gettext_lazy("strukturel serie med urørte steder"),
}
METHODS_TOLD: dict[str, Any] = {
    "did": gettext_lazy(
        "Det, de begyndte steder ellers ville have haft, er regnet ud fra dem, der ikke var "
        "begyndt endnu."
    ),
    "cs": gettext_lazy("Hver gruppe, der begyndte samtidig, er sammenlignet med dem, der ventede."),
    "sdid": gettext_lazy(
        "De andre er vejet sammen til ét sted, der lignede det begyndte sted før start."
    ),
    "its": gettext_lazy("Serien er sammenlignet med sin egen tendens før start."),
    "bsts": gettext_lazy(
        "Det, serien ellers ventes at have gjort, er regnet af den selv og de urørte steder."
    ),
}
# Names of papers are not translated.
SOURCES = {
    "did": "Borusyak, Jaravel og Spiess (2024), Review of Economic Studies 91",
    "cs": "Callaway og Sant'Anna (2021), Journal of Econometrics 225",
    "sdid": "Arkhangelsky m.fl. (2021), American Economic Review 111",
    "bsts": "Brodersen m.fl. (2015), Annals of Applied Statistics 9",
    "its": "Bernal, Cummins og Gasparrini (2017), International Journal of Epidemiology 46",
}
CONTROLS: dict[str, Any] = {
    "notyet": gettext_lazy("dem, der ikke er begyndt endnu"),
    "never": gettext_lazy("dem, der aldrig er begyndt"),
}
REASONS: dict[str, Any] = {
    "no_comparison": gettext_lazy("der er ingen at sammenligne med"),
    "one_series": gettext_lazy("én enhed alene kan højst give et tegn"),
    "short_before": gettext_lazy("der er under 24 perioder før start"),
    "few_adopters": gettext_lazy("færre end fire er begyndt"),
    "one_date": gettext_lazy("alle begyndte på samme tid"),
    "few_not_yet": gettext_lazy("for få var endnu ikke begyndt"),
    "few_orders": gettext_lazy(
        "der er for få måder at fordele starterne på til at udelukke tilfældet"
    ),
    "p_above_level": gettext_lazy("forskellen er ikke større, end tilfældet let giver"),
    "p_near_level": gettext_lazy("tilfældet kan ikke helt udelukkes"),
    "wild_disagrees": gettext_lazy("den anden beregning af usikkerheden er ikke enig"),
    "one_unit_decides": gettext_lazy("én enhed afgør fortegnet"),
    "moved_apart_before": gettext_lazy("de bevægede sig forskelligt allerede før start"),
    "little_power": gettext_lazy("en effekt af den størrelse kunne næppe ses med disse data"),
    "many_looked_at": gettext_lazy(
        "der er set på så mange tal, at nogle af dem vil vise en forskel ved et tilfælde"
    ),
    "effect_without_start": gettext_lazy(
        "metoden finder også en ændring på en dato, hvor intet begyndte"
    ),
}
REMEDIES: dict[str, Any] = {
    "more_units": gettext_lazy("flere enheder"),
    "untouched_units": gettext_lazy("enheder, der endnu ikke er begyndt"),
    "more_dates": gettext_lazy("flere starttidspunkter"),
    "longer_before": gettext_lazy("flere målinger før start"),
    "longer_after": gettext_lazy("flere målinger efter start"),
    "choose_before": gettext_lazy("at vælge ét tal, før der ses på dem"),
    "draw_the_order": gettext_lazy("en lodtrukket rækkefølge"),
}
# `count` chooses the form, `n` is the number as it is written.
NOTES: dict[str, Any] = {
    "started_before": ngettext_lazy(
        "%(n)s enhed var begyndt fra første periode og er ikke med.",
        "%(n)s enheder var begyndt fra første periode og er ikke med.",
        "count",
    ),
    "missing_values": ngettext_lazy(
        "%(n)s værdi mangler. Den er ikke fyldt ud.",
        "%(n)s værdier mangler. De er ikke fyldt ud.",
        "count",
    ),
    "units_left_out": ngettext_lazy(
        "%(n)s enhed med manglende værdier er ikke med.",
        "%(n)s enheder med manglende værdier er ikke med.",
        "count",
    ),
    "cells_left_out": ngettext_lazy(
        "%(n)s værdi efter start kan ikke sammenlignes med nogen og er ikke med.",
        "%(n)s værdier efter start kan ikke sammenlignes med nogen og er ikke med.",
        "count",
    ),
    "single_cohorts": ngettext_lazy(
        "%(n)s starttidspunkt har kun én enhed. Standardfejlen er for lille dér.",
        "%(n)s starttidspunkter har kun én enhed. Standardfejlen er for lille dér.",
        "count",
    ),
    "comparisons_ignored": ngettext_lazy(
        "%(n)s enhed, der ikke er begyndt, er ikke brugt af metoden.",
        "%(n)s enheder, der ikke er begyndt, er ikke brugt af metoden.",
        "count",
    ),
    "no_season": gettext_lazy("Der er ikke renset for sæson."),
    "early_differ": gettext_lazy(
        "De, der begyndte først, lå eller bevægede sig anderledes end dem, der begyndte senere "
        "eller slet ikke, allerede før nogen var begyndt. Derfor kan de førstes resultat være et "
        "andet end de sidstes."
    ),
}
COUNTED: tuple[Any, ...] = (
    gettext_lazy("to"),
    gettext_lazy("tre"),
    gettext_lazy("fire"),
    gettext_lazy("fem"),
    gettext_lazy("seks"),
    gettext_lazy("syv"),
    gettext_lazy("otte"),
    gettext_lazy("ni"),
    gettext_lazy("ti"),
    gettext_lazy("elleve"),
    gettext_lazy("tolv"),
)
# What is saved is time or money that should fall; everything else is lowered or raised.
SAVED = ("minut", "time", "kr", "dkk", "sekund")


@dataclass(frozen=True)
class Told:
    """The figures a sentence says; an end of the range without limit is None.

    `step` the uncertainty that the digits follow; `adopters` and `others` how many places;
    `wanted` whether a lower or a higher figure is better.
    """

    method: str
    estimate: float
    low: float | None
    high: float | None
    step: float | None
    verdict: str
    adopters: int
    others: int
    others_change: float | None
    wanted: str = Wanted.LOWER


def language() -> str:
    """Return the language the reader has chosen."""
    return get_language() or "da"


def grade_label(grade: int) -> str:
    """Return what a method grade is called: *sammenlignet*."""
    return content.label("method_grade", MethodGrade(grade).code)


def grade_about(grade: int) -> str:
    """Return the one line about a method grade."""
    return content.explanation("method_grade", MethodGrade(grade).code)


def verdict_label(verdict: str) -> str:
    """Return what a verdict is called: *vist*."""
    return content.label("effect_verdict", Verdict(verdict).code)


def verdict_about(verdict: str) -> str:
    """Return the one line about a verdict."""
    return content.explanation("effect_verdict", Verdict(verdict).code)


def amount(value: float, step: float | None) -> str:
    """Write a figure with two digits of its uncertainty."""
    if step is None or not math.isfinite(step) or step <= 0:
        step = abs(value) / 10 or 1.0
    decimals = max(0, min(6, 1 - math.floor(math.log10(step))))
    return formats.number(value, min(decimals, 4), language())


def note(code: str, count: int) -> str:
    """Write a note of the engine with how many it is about."""
    return str(NOTES[code] % {"count": count, "n": formats.number(count, 0, language())})


def signed(value: float, step: float | None) -> str:
    """Write a figure with its sign, also when it is a rise."""
    return ("+" if value > 0 else "") + amount(value, step)


def span(low: float | None, high: float | None, step: float | None, verdict: str) -> str:
    """Write a range, also one without an end; it is called sure only where the effect is shown."""
    if low is None and high is None:
        return _("intet sikkert spænd")
    is_shown = verdict == Verdict.SHOWN
    if low is None:
        said = _("sikkert højst %(end)s") if is_shown else _("beregnet til højst %(end)s")
        return said % {"end": amount(high or 0.0, step)}
    if high is None:
        said = _("sikkert mindst %(end)s") if is_shown else _("beregnet til mindst %(end)s")
        return said % {"end": amount(low, step)}
    said = _("sikkert mellem %(low)s og %(high)s")
    if not is_shown:
        said = _("beregnet til mellem %(low)s og %(high)s")
    return said % {"low": amount(low, step), "high": amount(high, step)}


def counted(number: int) -> str:
    """Write a small number as a word, a larger one in digits."""
    if 2 <= number < 2 + len(COUNTED):
        return str(COUNTED[number - 2])
    return formats.number(number, 0, language())


def change_in_words(solution: str, series: str, unit: str, told: Told) -> str:
    """Say what the solution did to the figure, with the range: "X sparede 3,1 minutter (…)"."""
    falls = told.estimate < 0
    ends = (told.low, told.high)
    if falls:
        ends = (_minus(told.high), _minus(told.low))
    facts = {
        "solution": solution,
        "series": series,
        "amount": amount(abs(told.estimate), told.step),
        "unit": unit,
        "span": span(*ends, told.step, told.verdict),
    }
    if falls and told.wanted == Wanted.LOWER and unit.casefold().startswith(SAVED):
        return _("%(solution)s sparede %(amount)s %(unit)s (%(span)s)") % facts
    if falls:
        return _("%(solution)s sænkede »%(series)s« med %(amount)s %(unit)s (%(span)s)") % facts
    return _("%(solution)s hævede »%(series)s« med %(amount)s %(unit)s (%(span)s)") % facts


def _minus(value: float | None) -> float | None:
    return None if value is None else -value


def said_of_others(told: Told) -> str:
    """Say how those who had not started moved meanwhile; empty when there are none."""
    if told.others_change is None or not told.others:
        return ""
    facts = {"n": counted(told.others), "by": amount(abs(told.others_change), told.step)}
    if not facts["by"].strip("0.,"):
        return (
            ngettext(
                "den ene, der ikke er begyndt, stod stille i samme tid",
                "de %(n)s, der ikke er begyndt, stod stille i samme tid",
                told.others,
            )
            % facts
        )
    if told.others_change < 0:
        return (
            ngettext(
                "den ene, der ikke er begyndt, faldt i samme tid med %(by)s",
                "de %(n)s, der ikke er begyndt, faldt i samme tid med %(by)s",
                told.others,
            )
            % facts
        )
    return (
        ngettext(
            "den ene, der ikke er begyndt, steg i samme tid med %(by)s",
            "de %(n)s, der ikke er begyndt, steg i samme tid med %(by)s",
            told.others,
        )
        % facts
    )


def _gap_in_words(unit: str, told: Told) -> str:
    """Say a change that nobody knows the cause of, with its range."""
    facts = {"by": signed(told.estimate, told.step), "unit": unit}
    if told.low is None or told.high is None:
        facts["span"] = span(told.low, told.high, told.step, told.verdict)
        return _("den er %(by)s %(unit)s (%(span)s)") % facts
    facts |= {"low": amount(told.low, told.step), "high": amount(told.high, told.step)}
    if told.verdict == Verdict.CANNOT:
        return (
            _(
                "den er regnet til %(by)s %(unit)s (mellem %(low)s og %(high)s; spændet siger "
                "ikke, om det skyldes løsningen)"
            )
            % facts
        )
    return _("den er regnet til %(by)s %(unit)s (mellem %(low)s og %(high)s)") % facts


def sentence(solution: str, series: str, unit: str, told: Told) -> str:
    """Say the effect in one sentence, as surely as the verdict allows and no surer."""
    kept = {
        Verdict.SHOWN: "%(what)s",
        Verdict.INDICATED: _("Noget tyder på, at %(what)s"),
        Verdict.NOT_SHOWN: _("Tallene viser ikke, at %(solution)s gør en forskel: %(gap)s"),
        Verdict.CANNOT: _("Ingen kan sige endnu, om %(solution)s gør en forskel: %(gap)s"),
    }
    said = kept[Verdict(told.verdict)] % {
        "what": change_in_words(solution, series, unit, told),
        "solution": solution,
        "gap": _gap_in_words(unit, told),
    }
    others = said_of_others(told)
    return f"{said}; {others}." if others else f"{said}."
