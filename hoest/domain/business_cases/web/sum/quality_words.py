"""The eleven findings in words: what is there, what is missing, and where it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.rules.quality import Finding, Point
from hoest.domain.business_cases.web.words import language
from hoest.ui import formats

MOST_NAMES = 3

TITLES: dict[Point, Any] = {
    Point.SPAN: gettext_lazy("Spænd på udgifterne"),
    Point.POOL: gettext_lazy("Risikopulje"),
    Point.LARGEST: gettext_lazy("Den største post"),
    Point.SOURCES: gettext_lazy("Kilder til tallene"),
    Point.CONSISTENT: gettext_lazy("Risici og udgifter hænger sammen"),
    Point.PROBABILITIES: gettext_lazy("Sandsynlighederne"),
    Point.ASSUMPTIONS: gettext_lazy("Forudsætninger"),
    Point.TIME: gettext_lazy("Tidsplan"),
    Point.SCENARIOS: gettext_lazy("Før og efter"),
    Point.OWNERS: gettext_lazy("Gevinstejere"),
    Point.OTHER_BENEFITS: gettext_lazy("Mere end penge"),
}

SAID: dict[str, Any] = {
    "no_costs": gettext_lazy("Ingen udgifter er skrevet."),
    "costs_without_range": gettext_lazy("Skriv, hvor langt ned og op det kan gå: %(names)s."),
    "costs_have_ranges": gettext_lazy("Alle udgifter har et spænd."),
    "no_risks": gettext_lazy("Ingen risici er skrevet. Hvad kan koste ekstra?"),
    "pool_has_risks": ngettext_lazy(
        "Puljen har %(count)s risiko.", "Puljen har %(count)s risici.", "count"
    ),
    "no_line_carries": gettext_lazy("Den største post, %(names)s, er %(share)s af udgifterne."),
    "largest_is_broken_down": gettext_lazy(
        "%(names)s er %(share)s af udgifterne og er delt op i pris og mængde."
    ),
    "one_line_carries": gettext_lazy(
        "%(names)s er %(share)s af udgifterne. Del den op i pris og mængde, så andre kan følge den."
    ),
    "no_lines": gettext_lazy("Ingen poster er skrevet."),
    "without_source": gettext_lazy("Skriv, hvad tallet bygger på: %(names)s."),
    "all_have_sources": gettext_lazy("Alle poster siger, hvad de bygger på."),
    "no_risks_to_hold": gettext_lazy("Der er ingen risici at holde op mod udgifterne."),
    "mitigation_is_gone": gettext_lazy(
        "Det, der skal gøres ved risikoen, står ikke længere som en udgift: %(names)s."
    ),
    "risks_fit_costs": gettext_lazy("Det, der gøres ved risiciene, står som udgifter i casen."),
    "no_risks_to_judge": gettext_lazy("Der er ingen sandsynligheder at vurdere."),
    "probability_without_reason": gettext_lazy(
        "Skriv, hvorfor sandsynligheden er, som den er: %(names)s."
    ),
    "probabilities_have_reasons": gettext_lazy("Hver sandsynlighed er begrundet."),
    "no_assumptions": gettext_lazy("Ingen beløb er delt op i pris og mængde."),
    "assumptions_argued": gettext_lazy("Der er skrevet, hvorfor beløbene ikke er delt op."),
    "assumptions_unused": gettext_lazy("Bruges ikke i noget beløb: %(names)s."),
    "assumptions_found_again": gettext_lazy("Alle forudsætninger bruges i et beløb."),
    "no_start": gettext_lazy("Initiativet har ingen startdato."),
    "no_live": gettext_lazy("Initiativet har ingen dato for idriftsættelse."),
    "benefit_before_live": gettext_lazy("Gevinsten begynder før idriftsættelsen: %(names)s."),
    "time_fits": gettext_lazy("Der er datoer, og ingen gevinst begynder før idriftsættelsen."),
    "no_do_nothing": gettext_lazy("Skriv, hvad der sker, hvis I lader være."),
    "no_running_costs": gettext_lazy(
        "Ingen driftsudgifter er skrevet. Hvad koster det at holde kørende?"
    ),
    "both_futures_told": gettext_lazy("Både fremtiden uden og fremtiden med er beskrevet."),
    "no_benefits": gettext_lazy("Initiativet har ingen gevinster endnu."),
    "benefit_without_owner": gettext_lazy("Mangler en gevinstejer: %(names)s."),
    "benefits_have_owners": gettext_lazy("Alle gevinster har en ejer."),
    "only_money": gettext_lazy(
        "Skriv også det, der ikke er penge: tid, kvalitet eller borgernes oplevelse."
    ),
    "told_beyond_money": gettext_lazy("Der er skrevet gevinster, som ikke er penge."),
}

# The step of the guide where what is missing is written.
STEP_OF = {
    Point.ASSUMPTIONS: "forudsaetninger",
    Point.LARGEST: "forudsaetninger",
    Point.SCENARIOS: "alternativer",
    Point.OTHER_BENEFITS: "gevinster",
}


@dataclass(frozen=True)
class Said:
    """One finding as a page shows it; `url` is where it can be mended, empty for a reader."""

    number: int
    title: str
    met: bool
    sentence: str
    url: str


def said(findings: tuple[Finding, ...], version: CaseVersion, *, may_mend: bool) -> list[Said]:
    """Return the findings in words; links only for who may write and while it can be written."""
    return [
        Said(
            place,
            str(TITLES[one.point]),
            one.met,
            sentence(one),
            "" if one.met or not may_mend else mended_at(one, version),
        )
        for place, one in enumerate(findings, start=1)
    ]


def sentence(finding: Finding) -> str:
    """Say a finding in one sentence."""
    shown = ", ".join(f"»{name}«" for name in finding.names[:MOST_NAMES])
    more = len(finding.names) - MOST_NAMES
    if more > 0:
        shown = _("%(names)s og %(count)s til") % {"names": shown, "count": more}
    share = finding.share if finding.share is not None else Decimal(0)
    facts = {"names": shown, "share": formats.percent(share, 0, language()), **finding.facts}
    return str(SAID[finding.code] % facts)


def mended_at(finding: Finding, version: CaseVersion) -> str:
    """Return the address where what a finding lacks can be written."""
    if finding.point is Point.TIME and finding.code in ("no_start", "no_live"):
        return reverse("portfolio:edit", args=[version.case.initiative_id])
    if finding.point is Point.OWNERS:
        return reverse("portfolio:initiative", args=[version.case.initiative_id])
    if finding.point in (Point.POOL, Point.CONSISTENT, Point.PROBABILITIES):
        return reverse("business_cases:risks", args=[version.pk])
    if finding.point in (Point.SPAN, Point.SOURCES) and finding.names:
        return reverse("business_cases:ranges", args=[version.pk])
    if finding.point in STEP_OF:
        return reverse("business_cases:step", args=[version.pk, STEP_OF[finding.point]])
    return reverse("business_cases:draft", args=[version.pk])
