"""What the pages say about a benefit: every fact of the ladder in plain, kind Danish, and acts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.rules import Fact, Rung, Standing
from hoest.foundation import content
from hoest.ui import formats


@dataclass(frozen=True)
class FactWords:
    """A fact of the ladder in words: in place, missing, what is lacked in half a sentence, the act.

    `page` is the name of the page where the fact is obtained, empty when nobody can here; `place`
    is the part of that page.
    """

    met: Any
    missing: Any
    lacks: Any
    act: Any = ""
    page: str = ""
    place: str = ""


_OWNER = "benefits:owner"
_PROFILE = "benefits:change"
_INITIATIVE = "portfolio:edit"

FACTS: dict[str, FactWords] = {
    "expected_effect_written": FactWords(
        _l("En ventet virkning er skrevet ned"),
        _l("En ventet virkning er ikke skrevet ned"),
        _l("den ventede virkning mangler"),
    ),
    "owner_named": FactWords(
        _l("En gevinstejer er udpeget"),
        _l("Ingen er spurgt, om de vil eje gevinsten"),
        _l("der mangler en ejer"),
        _l("Vælg gevinstejer"),
        _OWNER,
    ),
    "owner_not_lead": FactWords(
        _l("Ejeren er en anden end den, der leder initiativet"),
        _l("Ejeren skal være en leder i driften, ikke den, der leder initiativet"),
        _l("ejeren skal være en leder i driften"),
        _l("Vælg en anden gevinstejer"),
        _OWNER,
    ),
    "owner_accepted": FactWords(
        _l("Ejeren har sagt ja"),
        _l("Ejeren har ikke svaret endnu"),
        _l("ejeren har ikke svaret endnu"),
        _l("Svar på ejerskabet"),
        _OWNER,
    ),
    "indicator": FactWords(
        _l("Indikatoren er aftalt"),
        _l("Indikatoren er ikke aftalt: hvilket tal skal ændre sig?"),
        _l("indikatoren er ikke aftalt"),
        _l("Aftal indikatoren"),
        _PROFILE,
        "?del=maal#id_indicator",
    ),
    "baseline": FactWords(
        _l("Baseline er målt"),
        _l("Baseline mangler: tallet før ændringen, og dagen det blev målt"),
        _l("baseline mangler"),
        _l("Skriv baseline"),
        _PROFILE,
        "?del=maal#id_baseline_value",
    ),
    "target": FactWords(
        _l("Målet er sat"),
        _l("Målet mangler: hvilket tal, og hvornår?"),
        _l("målet er ikke sat"),
        _l("Sæt målet"),
        _PROFILE,
        "?del=maal#id_target_value",
    ),
    "method": FactWords(
        _l("Målemetoden er aftalt"),
        _l("Målemetoden er ikke aftalt: hvor hentes tallet?"),
        _l("målemetoden er ikke aftalt"),
        _l("Aftal målemetoden"),
        _PROFILE,
        "?del=maal#id_method",
    ),
    "frequency": FactWords(
        _l("Det er aftalt, hvor tit der måles"),
        _l("Det er ikke aftalt, hvor tit der måles"),
        _l("det er ikke aftalt, hvor tit der måles"),
        _l("Aftal, hvor tit der måles"),
        _PROFILE,
        "?del=maal#id_frequency",
    ),
    "went_live": FactWords(
        _l("Løsningen er i drift"),
        _l("Løsningen er ikke i drift endnu"),
        _l("løsningen er ikke i drift endnu"),
        _l("Skriv dagen for drift"),
        _INITIATIVE,
        "#id_live_on",
    ),
    "adopted": FactWords(
        _l("Den aftalte andel bruger det nye"),
        _l("Den aftalte andel bruger ikke det nye endnu, eller ingen har talt"),
        _l("den aftalte andel bruger ikke det nye endnu"),
        _l("Oplys, hvor mange der bruger det"),
        "portfolio:adoption",
    ),
    "old_way_closed": FactWords(
        _l("Den gamle arbejdsgang er lukket eller har en dato for det"),
        _l("Den gamle arbejdsgang har ingen dato for lukning"),
        _l("den gamle arbejdsgang har ingen dato for lukning"),
        _l("Skriv, hvornår den gamle vej lukker"),
        _INITIATIVE,
        "#id_old_way_closes_on",
    ),
    "measured_after_live": FactWords(
        _l("Målt på den aftalte måde, efter løsningen kom i drift"),
        _l("Ikke målt på den aftalte måde, siden løsningen kom i drift"),
        _l("der mangler en måling fra hverdagen"),
        _l("Registrér måling"),
        "benefits:measure",
    ),
    "measurement_fresh": FactWords(
        _l("Den seneste måling er ny nok"),
        _l("Den seneste måling er for gammel til at bygge på"),
        _l("den seneste måling er for gammel"),
        _l("Registrér en ny måling"),
        "benefits:measure",
    ),
    "effect_shown": FactWords(
        _l("En effektvurdering viser, at ændringen skyldes det, I har gjort"),
        _l("Ingen effektvurdering endnu. Den er god at have, men ikke et krav for at høste"),
        _l("der mangler en effektvurdering"),
    ),
    "harvest_decided": FactWords(
        _l("Det er besluttet at tage gevinsten hjem"),
        _l("Ingen har besluttet, hvilket budget der flyttes, eller hvad timerne bruges til"),
        _l("der mangler en beslutning om at tage den hjem"),
        _l("Tag gevinsten hjem"),
        "benefits:harvest",
    ),
    "level_confirmed_twice": FactWords(
        _l("Ejer og controller har begge bekræftet niveauet to gange"),
        _l("Ejer og controller skal begge bekræfte niveauet på to forskellige dage"),
        _l("ejer og controller har ikke begge bekræftet niveauet to gange"),
        _l("Bekræft niveauet"),
        "benefits:confirm",
    ),
    "never_harvested": FactWords(
        _l("En ulempe tages aldrig hjem"),
        _l("En ulempe tages aldrig hjem. Den følges, så den ikke bliver større end ventet"),
        _l("en ulempe tages aldrig hjem"),
    ),
    "given_up": FactWords(
        _l("Gevinsten er opgivet"), _l("Gevinsten er ikke opgivet"), _l("gevinsten er opgivet")
    ),
}

_STANDS = {
    Rung.PROMISED: _l("er på taget"),
    Rung.OWNED: _l("er ejet"),
    Rung.IN_USE: _l("er i brug"),
    Rung.MEASURED: _l("er målt"),
    Rung.PROVEN: _l("er påvist"),
    Rung.IN_HAND: _l("er i hånden"),
    Rung.LAPSED: _l("er bortfaldet"),
}


def said(fact: Fact) -> str:
    """Say one fact as it is: in place or missing."""
    words = FACTS[fact.code]
    return str(words.met if fact.holds else words.missing)


def predicate(standing: Standing, benefit: Benefit, share: Decimal | None = None) -> str:
    """Return what is to be said after the title: the rung, and the one thing that is lacking.

    `share` is how much of the way to the target the last measurement shows, if that is known.
    """
    stands = str(_STANDS[standing.rung])
    if benefit.is_disbenefit and standing.rung is Rung.PROMISED:
        stands = _("er ventet")
    if standing.rung is Rung.LAPSED:
        return _("%(stands)s: %(reason)s") % {
            "stands": stands,
            "reason": benefit.lapse_reason.rstrip("."),
        }
    if benefit.is_disbenefit and share is not None and share > 1:
        return _("%(stands)s og større end ventet") % {"stands": stands}
    if standing.next_fact is None:
        return stands
    if standing.next_rung is Rung.IN_HAND and share is not None and share <= 0:
        return _("%(stands)s, men tallet er ikke kommet nærmere målet") % {"stands": stands}
    lacks = str(FACTS[standing.next_fact.code].lacks)
    return _("%(stands)s; %(lacks)s") % {"stands": stands, "lacks": lacks}


def rung_label(rung: Rung | str) -> str:
    """Return the name of a rung."""
    return content.label("rung", str(rung))


def value_with_unit(value: Any, unit: str) -> str:
    """Write a measured value with the decimals it has, and its unit."""
    if value is None:
        return _("ikke kendt")
    return f"{plain_number(value)} {unit}".strip()


def plain_number(value: Any) -> str:
    """Write a number with exactly the decimals it has."""
    exponent = value.normalize().as_tuple().exponent
    return formats.number(value, max(0, -exponent), language())


def language() -> str:
    """Return the reader's language."""
    return get_language() or "da"
