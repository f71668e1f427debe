"""Danish words for grades, verdicts, reasons, remedies and notes of an effect."""

from __future__ import annotations

import math

from hoest.engine.effects import Breakdown, Effect, Method, Note, Reason, Remedy, Verdict
from hoest.ui.formats import number

GRADES = (
    "påstået",
    "talt (før og efter)",
    "renset for tendens",
    "sammenlignet",
    "trinvis sammenlignet",
    "lodtrukket",
)
METHODS = {
    Method.IMPUTATION: "imputation",
    Method.GROUP_TIME: "gruppe og tid",
    Method.SYNTHETIC: "syntetisk sammenligning",
    Method.INTERRUPTED: "afbrudt serie",
    Method.STRUCTURAL: "strukturel serie med urørte enheder",
}
REASONS = {
    Reason.NO_COMPARISON: "der er ingen at sammenligne med",
    Reason.ONE_SERIES: "én enhed alene kan højst give et tegn",
    Reason.SHORT_BEFORE: "der er under 24 perioder før start",
    Reason.FEW_ADOPTERS: "færre end fire er begyndt",
    Reason.ONE_DATE: "alle begyndte på samme tid",
    Reason.FEW_NOT_YET: "for få var endnu ikke begyndt",
    Reason.FEW_ORDERS: "der er for få måder at fordele starterne på til at udelukke tilfældet",
    Reason.P_ABOVE_LEVEL: "forskellen er ikke større, end tilfældet let giver",
    Reason.P_NEAR_LEVEL: "tilfældet kan ikke helt udelukkes",
    Reason.WILD_DISAGREES: "den anden beregning af usikkerheden er ikke enig",
    Reason.ONE_UNIT_DECIDES: "én enhed afgør fortegnet",
    Reason.MOVED_APART_BEFORE: "de bevægede sig forskelligt allerede før start",
    Reason.LITTLE_POWER: "en effekt af den størrelse kunne næppe ses med disse data",
    Reason.MANY_LOOKED_AT: (
        "der er set på så mange tal, at nogle af dem vil vise en forskel ved et tilfælde"
    ),
    Reason.EFFECT_WITHOUT_START: "metoden finder også en ændring på en dato, hvor intet begyndte",
}
REMEDIES = {
    Remedy.MORE_UNITS: "flere enheder",
    Remedy.UNTOUCHED_UNITS: "enheder, der endnu ikke er begyndt",
    Remedy.MORE_DATES: "flere starttidspunkter",
    Remedy.LONGER_BEFORE: "flere målinger før start",
    Remedy.LONGER_AFTER: "flere målinger efter start",
    Remedy.CHOOSE_BEFORE: "at vælge ét tal, før der ses på dem",
    Remedy.DRAW_THE_ORDER: "en lodtrukket rækkefølge",
}
# Each of one, and of several.
NOTES = {
    Note.STARTED_BEFORE: (
        "{0} enhed var begyndt fra første periode og er ikke med.",
        "{0} enheder var begyndt fra første periode og er ikke med.",
    ),
    Note.MISSING_VALUES: (
        "{0} værdi mangler. Den er ikke fyldt ud.",
        "{0} værdier mangler. De er ikke fyldt ud.",
    ),
    Note.UNITS_LEFT_OUT: (
        "{0} enhed med manglende værdier er ikke med.",
        "{0} enheder med manglende værdier er ikke med.",
    ),
    Note.CELLS_LEFT_OUT: (
        "{0} værdi efter start kan ikke sammenlignes med nogen og er ikke med.",
        "{0} værdier efter start kan ikke sammenlignes med nogen og er ikke med.",
    ),
    Note.SINGLE_COHORTS: (
        "{0} starttidspunkt har kun én enhed. Standardfejlen er for lille dér.",
        "{0} starttidspunkter har kun én enhed. Standardfejlen er for lille dér.",
    ),
    Note.COMPARISONS_IGNORED: (
        "{0} enhed, der ikke er begyndt, er ikke brugt af metoden.",
        "{0} enheder, der ikke er begyndt, er ikke brugt af metoden.",
    ),
    Note.NO_SEASON: ("Der er ikke renset for sæson.",) * 2,
    Note.EARLY_DIFFER: (
        "De, der begyndte først, lå eller bevægede sig anderledes end dem, der begyndte senere "
        "eller slet ikke, allerede før nogen var begyndt. Skil enhederne i grupper, der ligner "
        "hinanden (--strata).",
    )
    * 2,
}
VERDICTS = {
    Verdict.SHOWN: "Effekten er vist.",
    Verdict.INDICATED: "Effekten er antydet, ikke vist",
    Verdict.NOT_SHOWN: "En effekt er ikke vist",
    Verdict.CANNOT: "Det kan ikke vises med disse data",
}


def amount(value: float, step: float) -> str:
    """Write a figure with two digits of its uncertainty."""
    if not math.isfinite(step) or step <= 0:
        step = abs(value) / 10 or 1.0
    return number(value, max(0, min(6, 1 - math.floor(math.log10(step)))))


def note(code: Note, count: int) -> str:
    """Write a note with how many it is about."""
    one, several = NOTES[code]
    return (one if count == 1 else several).format(number(count))


def ends(low: float, high: float, step: float) -> str:
    """Write the ends of a range, also one without an end."""
    if math.isinf(low) or math.isinf(high):
        end = "højst" if math.isinf(low) else "mindst"
        return f"{end} {amount(high if math.isinf(low) else low, step)}"
    return f"mellem {amount(low, step)} og {amount(high, step)}"


def span(low: float, high: float, step: float, verdict: Verdict) -> str:
    """Write a range; it is called sure only where the effect is shown."""
    if math.isinf(low) and math.isinf(high):
        return "intet sikkert spænd"
    how = "sikkert" if verdict is Verdict.SHOWN else "beregnet til"
    return f"{how} {ends(low, high, step)}"


def trend(found: Breakdown, step: float, verdict: Verdict) -> str:
    """Say what is left when each unit may have a trend of its own, and how much bend it bears."""
    said = (
        f"Har hver enhed sin egen lige tendens, er effekten {amount(found.estimate, step)} "
        f"({span(found.low, found.high, step, verdict)}) i de første {found.horizon} perioder."
    )
    if found.holds_to is None:
        return f"{said} Forskellige tendenser alene kan forklare forskellen."
    bend = amount(found.holds_to, found.holds_to)
    return f"{said} Fortegnet holder, så længe tendensen højst knækker {bend} pr. periode."


def sentence(effect: Effect) -> str:
    """Say the effect, its range, the others and the verdict, in that order."""
    step = effect.error
    way = "steget" if effect.estimate >= 0 else "faldet"
    adopters = int(effect.rollout.adopters.sum())
    others = effect.rollout.size - adopters
    against = (
        "end ventet ud fra egen tendens"
        if effect.method is Method.INTERRUPTED
        else ("i forhold til dem, der ikke var begyndt")
    )
    who = "Den ene, der er begyndt," if adopters == 1 else f"De {adopters}, der er begyndt,"
    said = f"{who} er {way} med {amount(abs(effect.estimate), step)} {against} "
    if effect.method is Method.INTERRUPTED:
        said = f"{who} ligger {amount(abs(effect.estimate), step)} "
        said += f"{'højere' if effect.estimate >= 0 else 'lavere'} {against} "
    said += f"({span(effect.low, effect.high, step, effect.judgement.verdict)})."
    if effect.others_change is not None and others:
        moved = "steg" if effect.others_change >= 0 else "faldt"
        they = (
            "Den ene, der ikke er begyndt," if others == 1 else f"De {others}, der ikke er begyndt,"
        )
        by = amount(abs(effect.others_change), step)
        stood_still = not by.strip("0.,")
        said += (
            f" {they} stod stille i samme tid."
            if stood_still
            else f" {they} {moved} i samme tid med {by}."
        )
    verdict = VERDICTS[effect.judgement.verdict]
    reasons = [REASONS[one] for one in effect.judgement.reasons]
    return f"{said} {verdict}{': ' + '; '.join(reasons) + '.' if reasons else ''}"
