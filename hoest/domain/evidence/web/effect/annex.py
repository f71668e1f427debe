"""The annex of an effect: how the figure was made, and what can be looked up."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hoest.domain.evidence.models import Estimate, Study
from hoest.domain.evidence.web import words
from hoest.domain.evidence.web.effect.chart import period_label
from hoest.ui import formats

LEAST_CHANCE = 0.001


# How p is corrected for how many figures were looked at.
MANY_SOURCE = "Benjamini og Hochberg (1995), Journal of the Royal Statistical Society B 57"


def method_of(study: Study, estimate: Estimate) -> list[tuple[str, str]]:
    """Return how the figure was made: method, source, comparison, what can be looked up."""
    checks = estimate.answer["checks"]
    step = estimate.answer.get("error")
    rows = [
        (_("Metode"), f"{words.METHODS[estimate.method]}. {words.METHODS_TOLD[estimate.method]}"),
        (_("Kilde"), words.SOURCES[estimate.method]),
        (_("Sandsynlighed for så stor en forskel ved et tilfælde"), _p(estimate.p)),
    ]
    if checks["orders"] is not None:
        orders = checks["orders"]
        said = _("%(n)s andre fordelinger af starterne er prøvet")
        if orders["exact"]:
            said = _("alle %(n)s måder at fordele starterne på er prøvet")
        rows.append((_("Usikkerhed"), said % {"n": formats.number(orders["count"])}))
    if checks["wild"] is not None:
        label = _("Den samme sandsynlighed, regnet på en anden måde (wild bootstrap)")
        rows.append((label, _p(checks["wild"]["p"])))
    if checks["other"] is not None:
        rows.append(
            (
                _("Kontrol med en anden metode"),
                f"{words.signed(checks['other']['estimate'], step)} ({words.METHODS['cs']})",
            )
        )
    if checks["detectable"] is not None:
        rows.append((_("En effekt, vi ville have set"), words.amount(checks["detectable"], step)))
    rows.extend(_own_trend(checks.get("trend"), step, estimate.verdict))
    rows.extend(_before(study, checks))
    shares = checks["shares"]
    if shares is not None:
        rows.extend(
            (label, formats.percent(shares[code], 0, words.language()))
            for code, label in _pairings()
            if code in shares
        )
    if study.answer_was_known:
        said = _("valgt %(day)s, efter svaret var regnet; derfor er den dømt som en af flere")
        day = formats.long_date(study.registered_on, words.language())
        rows.append((_("Den vigtigste serie"), said % {"day": day}))
    rows.extend(
        [
            (_("Beregnet"), formats.moment(timezone.localtime(estimate.made_at), words.language())),
            (_("Motor"), estimate.engine_version),
            (_("Frø"), str(estimate.seed)),
            (_("Datas fingeraftryk"), estimate.data_hash),
        ]
    )
    return rows


def _before(study: Study, checks: dict[str, Any]) -> list[tuple[str, str]]:
    """Say what shows before the start, where no effect can be."""
    rows = []
    gap = checks.get("gap")
    if gap is not None and gap["gap"] is not None:
        facts = {
            "gap": words.signed(gap["gap"], gap["se"]),
            "p": _p(gap["p"]),
            "n": formats.number(gap["periods"]),
        }
        said = _("%(n)s perioder før: %(gap)s (%(p)s for et tilfælde)") % facts
        rows.append((_("Hvis starten var kommet tidligere"), said))
    dates = [
        _("%(when)s: %(gap)s (%(p)s for et tilfælde)")
        % {
            "when": period_label(dt.date.fromisoformat(one["start"]), study.series.step),
            "gap": words.signed(one["effect"], one["se"]),
            "p": _p(one["p"]),
        }
        for one in checks.get("pretended") or []
    ]
    if dates:
        rows.append((_("Hvis starten var kommet tidligere"), " · ".join(dates)))
    before = checks.get("anticipation")
    if before is not None and before["gap"] is not None:
        said = _("%(gap)s i de sidste perioder før start (%(p)s for et tilfælde)")
        facts = {"gap": words.signed(before["gap"], before["se"]), "p": _p(before["p"])}
        rows.append((_("Ændring allerede før start"), said % facts))
    return rows


def _own_trend(
    found: dict[str, Any] | None, step: float | None, verdict: str
) -> list[tuple[str, str]]:
    """Say what is left when each place may have a trend of its own, and how much bend it bears."""
    if found is None or found["estimate"] is None:
        return []
    facts = {
        "estimate": words.signed(found["estimate"], step),
        "span": words.span(found["low"], found["high"], step, verdict),
        "n": formats.number(found["periods"]),
    }
    said = _("effekten er da %(estimate)s (%(span)s) i de første %(n)s perioder") % facts
    bend = _("forskellige tendenser alene kan forklare forskellen")
    if found["holds_to"] is not None:
        bend = _("fortegnet holder, så længe tendensen højst knækker %(bend)s pr. periode") % {
            "bend": words.amount(found["holds_to"], found["holds_to"])
        }
    return [(_("Hvis hvert sted har sin egen tendens"), f"{said}; {bend}")]


def _pairings() -> list[tuple[str, str]]:
    return [
        ("never", _("Vægt på sammenligning med dem, der aldrig begyndte")),
        ("not_yet", _("Vægt på sammenligning med dem, der ventede")),
        ("already", _("Vægt på sammenligning med dem, der var begyndt")),
    ]


def _p(p: float | None) -> str:
    if p is None:
        return _("ikke kendt")
    return chance(p)


def chance(p: float) -> str:
    """Write the chance of a coincidence; one too small to write is under the least."""
    if p < LEAST_CHANCE:
        return _("under %(least)s") % {"least": formats.number(LEAST_CHANCE, 3, words.language())}
    return formats.number(p, 3, words.language())
