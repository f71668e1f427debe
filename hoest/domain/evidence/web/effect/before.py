"""The first of the three checks: what showed before the start, when no effect could be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.evidence.models import Estimate, Study
from hoest.domain.evidence.web import words
from hoest.domain.evidence.web.effect.chart import period_label
from hoest.ui import formats

LEVEL = 0.05
EARLY_DIFFER = "early_differ"


@dataclass(frozen=True)
class Check:
    """A question a leader asks: the answer in one word, and what it rests on.

    `more` leads on to what cannot be said, where that bears on the answer.
    """

    question: str
    answer: str
    said: str
    code: str
    more: str = ""


def alike_before(study: Study, estimate: Estimate) -> Check:
    """Say whether those who started moved like the others before they started."""
    question = _("Så vi ens ud før?")
    gap = estimate.answer["checks"]["gap"]
    if gap is None or gap["gap"] is None:
        return Check(
            question,
            _("Det kan vi ikke se"),
            _("Metoden eller tiden før start giver ikke noget at se efter i."),
            "unknown",
        )
    # The early ones are compared with the later ones, the gap with all who had not begun.
    early = any(code == EARLY_DIFFER for code, _count in estimate.answer["notes"])
    step = gap["se"]
    facts = {
        "gap": words.amount(abs(gap["gap"]), step),
        "unit": study.series.measure_unit,
        "seen": words.amount(gap["detectable"], step) if gap["detectable"] is not None else "",
    }
    if gap["p"] is not None and gap["p"] <= LEVEL:
        return Check(
            question,
            _("Nej"),
            _(
                "De begyndte steder og de andre gik hver sin vej allerede før start: %(gap)s "
                "%(unit)s. Noget af forskellen kan være det."
            )
            % facts,
            "no",
        )
    more = _("De første var dog anderledes: se, hvad vi ikke kan sige.") if early else ""
    few = _among_few(gap, facts)
    if few is not None:
        return Check(question, *few, "perhaps", more)
    said = _("De fulgtes ad før start. Forskellen var %(gap)s %(unit)s.")
    if early:
        said = _("Taget under ét fulgtes de ad før start. Forskellen var %(gap)s %(unit)s.")
    said %= facts
    yes = _("Ja, som helhed") if early else _("Ja")
    if gap["detectable"] is None:
        return Check(question, yes, said, "yes", more)
    if gap["detectable"] > abs(estimate.estimate or 0.0):
        unseen = _("Men kun en skævhed på mindst %(seen)s ville være set; den er over effekten.")
        return Check(question, _("Det ser sådan ud"), f"{said} {unseen % facts}", "perhaps", more)
    said += " " + _("En skævhed på %(seen)s ville vi have set.") % facts
    return Check(question, yes, said, "yes", more)


def _among_few(gap: dict[str, Any], facts: dict[str, str]) -> tuple[str, str] | None:
    """Answer where the others are too few for a gap to stand out; None where they are not."""
    least = gap.get("smallest_p") or 0.0
    if least <= LEVEL:
        return None
    if gap["p"] is not None and gap["p"] <= least:
        said = _(
            "Før start gik det begyndte sted %(gap)s %(unit)s sin egen vej, mere end noget andet "
            "sted. De andre er for få til, at det siger noget sikkert."
        )
        return _("Måske ikke"), said % facts
    said = _(
        "De fulgtes ad før start. Forskellen var %(gap)s %(unit)s, og andre steder afveg lige så "
        "meget. Men de er få."
    )
    return _("Det ser sådan ud"), said % facts


def before_anybody(study: Study, estimate: Estimate) -> Check:
    """Say whether the method also finds a change at dates when nobody had begun."""
    question = _("Var der en ændring, før nogen begyndte?")
    tried = estimate.answer["checks"].get("pretended") or []
    if not tried:
        return Check(
            question,
            _("Det kan vi ikke se"),
            _("Metoden eller tiden før start giver ikke noget at se efter i."),
            "unknown",
        )
    shown = [one for one in tried if one["shows"]]
    largest = max(shown or tried, key=lambda one: abs(one["effect"]))
    facts = {
        "n": formats.number(len(tried)),
        "when": period_label(dt.date.fromisoformat(largest["start"]), study.series.step),
        "size": words.amount(abs(largest["effect"]), estimate.answer.get("error")),
        "unit": study.series.measure_unit,
    }
    if not shown:
        said = ngettext(
            "Vi har prøvet %(n)s dato, hvor intet begyndte. Ændringen dér var %(size)s %(unit)s og "
            "kan være et tilfælde.",
            "Vi har prøvet %(n)s datoer, hvor intet begyndte. Den største ændring dér var %(size)s "
            "%(unit)s og kan være et tilfælde.",
            len(tried),
        )
        return Check(question, _("Nej"), said % facts, "yes")
    if abs(largest["effect"]) < abs(estimate.estimate or 0.0):
        said = _(
            "Metoden finder også en ændring på %(size)s %(unit)s i %(when)s, hvor intet begyndte. "
            "Så meget af svaret kan være kommet af sig selv."
        )
        return Check(question, _("Ja, en mindre"), said % facts, "perhaps")
    said = _(
        "Metoden finder en ændring på %(size)s %(unit)s i %(when)s, hvor intet begyndte. Den er "
        "mindst lige så stor som svaret, så svaret kan være kommet af sig selv."
    )
    return Check(question, _("Ja"), said % facts, "no")
