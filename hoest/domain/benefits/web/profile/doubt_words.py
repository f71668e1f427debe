"""Each doubt about a profile in calm words: what stands, what it is held against, where to look."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.rules.plausibility import SETTLED_IN, Doubt, Suspicion
from hoest.domain.benefits.web import words
from hoest.ui import formats


@dataclass(frozen=True)
class ShownDoubt:
    """A doubt as a page shows it: the point, the reason with numbers, others, where to look."""

    title: str
    reason: str
    others: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    act: str = ""


def shown_doubts(benefit: Benefit, found: tuple[Suspicion, ...]) -> list[ShownDoubt]:
    """Return the doubts in words, most serious first."""
    return [_shown(benefit, one) for one in found]


def _shown(benefit: Benefit, one: Suspicion) -> ShownDoubt:
    title, reason = _TOLD[one.doubt](one)
    portion = SETTLED_IN.get(one.doubt)
    if portion is not None:
        url = reverse("benefits:change", args=[benefit.pk]) + f"?del={portion.value}"
        act = _("Se på tallet")
    elif one.doubt is Doubt.ALL_IN_YEAR_ONE:
        url = reverse("business_cases:case", args=[benefit.initiative_id])
        act = _("Se business casen")
    else:
        url = reverse("benefits:pools")
        act = _("Se puljerne")
    others = [(other.title, reverse("benefits:benefit", args=[other.benefit_id]))
              for other in one.others]  # fmt: skip
    return ShownDoubt(title, reason, others, url, act)


def _dkk(value: Decimal | None) -> str:
    return formats.kroner(value or 0, 0, words.language())


def _hours(value: Decimal | None) -> str:
    return formats.hours(value or 0, words.language())


def _of(one: Suspicion) -> tuple[str, str]:
    write = _hours if one.unit == "hours" else _dkk
    return write(one.stands), write(one.against)


def _below_zero(one: Suspicion) -> tuple[str, str]:
    return _("Målet ligger under nul"), _(
        "Målet er %(target)s. Et antal eller en tid kan ikke blive mindre end nul."
    ) % {"target": words.value_with_unit(one.stands, one.unit)}


def _above_all(one: Suspicion) -> tuple[str, str]:
    return _("Målet er mere end alle"), _(
        "Målet er %(target)s. En andel kan ikke blive mere end det hele."
    ) % {"target": words.value_with_unit(one.stands, one.unit)}


def _larger(one: Suspicion) -> tuple[str, str]:
    return _("Gevinsten er større end det, den tages af"), _(
        "Der er lovet %(stands)s om året, og opgaven koster %(against)s om året i dag."
    ) % {"stands": _dkk(one.stands), "against": _dkk(one.against)}


def _more_hours(one: Suspicion) -> tuple[str, str]:
    return _("Der er lovet flere timer, end opgaven tager"), _(
        "Der er lovet %(stands)s om året. Opgaven tager %(against)s om året i dag."
    ) % {"stands": _hours(one.stands), "against": _hours(one.against)}


def _no_time(one: Suspicion) -> tuple[str, str]:
    return _("Det nye frigør ingen tid"), _(
        "Regnestykket giver %(stands)s om året: det tager lige så lang tid eller længere bagefter."
    ) % {"stands": _hours(one.stands)}


def _beyond(one: Suspicion) -> tuple[str, str]:
    stands, against = _of(one)
    return _("Løftet er større end andelen af puljen"), _(
        "Der er lovet %(stands)s om året, men gevinsten har kun taget %(against)s af sine puljer."
    ) % {"stands": stands, "against": against}


def _same_indicator(one: Suspicion) -> tuple[str, str]:
    return _("En anden gevinst måles på det samme tal"), _(
        "Flytter tallet sig, ser begge ud til at være kommet. Giv dem hver sit tal, eller lad den "
        "ene tælle."
    )


def _same_hours(one: Suspicion) -> tuple[str, str]:
    return _("Timerne kan være lovet to gange"), _(
        "Gevinsten lover %(stands)s om året, og andre tager timer fra samme enhed uden en pulje. "
        "Skriv en pulje ned, og giv hver sin andel."
    ) % {"stands": _hours(one.stands)}


def _year_one(one: Suspicion) -> tuple[str, str]:
    return _("Næsten det hele kommer i det første år"), _(
        "%(year)s har %(share)s af den fulde virkning, men løsningen går først i drift undervejs. "
        "Er indfasningen regnet med?"
    ) % {
        "year": one.year,
        "share": formats.percent(
            (one.stands or Decimal(0)) / (one.against or Decimal(1)), 0, words.language()
        ),
    }


def _apart(one: Suspicion) -> tuple[str, str]:
    stands, against = _of(one)
    return _("Regnestykket og løftet er ikke ens"), _(
        "Regnestykket her giver %(stands)s om året. Business casen lover %(against)s."
    ) % {"stands": stands, "against": against}


def _base(one: Suspicion) -> tuple[str, str]:
    return _("Hvad koster opgaven i dag?"), _(
        "Der er lovet %(stands)s om året. Skriv, hvad opgaven koster nu, så kan alle se, om det "
        "kan passe."
    ) % {"stands": _dkk(one.stands)}


_TOLD: dict[Doubt, Any] = {
    Doubt.BELOW_ZERO: _below_zero,
    Doubt.ABOVE_ALL: _above_all,
    Doubt.LARGER_THAN_BASE: _larger,
    Doubt.MORE_HOURS_THAN_THE_TASK: _more_hours,
    Doubt.NO_TIME_FREED: _no_time,
    Doubt.BEYOND_ITS_CLAIM: _beyond,
    Doubt.SAME_INDICATOR: _same_indicator,
    Doubt.SAME_HOURS: _same_hours,
    Doubt.ALL_IN_YEAR_ONE: _year_one,
    Doubt.NOT_THE_PROMISE: _apart,
    Doubt.BASE_NOT_KNOWN: _base,
}
