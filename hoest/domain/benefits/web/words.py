"""What the pages say about a benefit: every fact of the ladder in plain, kind Danish, and acts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

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
        _("En ventet virkning er skrevet ned"),
        _("En ventet virkning er ikke skrevet ned"),
        _("den ventede virkning mangler"),
    ),
    "owner_named": FactWords(
        _("En gevinstejer er udpeget"),
        _("Ingen er spurgt, om de vil eje gevinsten"),
        _("der mangler en ejer"),
        _("Vælg gevinstejer"),
        _OWNER,
    ),
    "owner_not_lead": FactWords(
        _("Ejeren er en anden end den, der leder initiativet"),
        _("Ejeren skal være en leder i driften, ikke den, der leder initiativet"),
        _("ejeren skal være en leder i driften"),
        _("Vælg en anden gevinstejer"),
        _OWNER,
    ),
    "owner_accepted": FactWords(
        _("Ejeren har sagt ja"),
        _("Ejeren har ikke svaret endnu"),
        _("ejeren har ikke svaret endnu"),
        _("Svar på ejerskabet"),
        _OWNER,
    ),
    "indicator": FactWords(
        _("Indikatoren er aftalt"),
        _("Indikatoren er ikke aftalt: hvilket tal skal ændre sig?"),
        _("indikatoren er ikke aftalt"),
        _("Aftal indikatoren"),
        _PROFILE,
        "?del=maal#id_indicator",
    ),
    "baseline": FactWords(
        _("Baseline er målt"),
        _("Baseline mangler: tallet før ændringen, og dagen det blev målt"),
        _("baseline mangler"),
        _("Skriv baseline"),
        _PROFILE,
        "?del=maal#id_baseline_value",
    ),
    "target": FactWords(
        _("Målet er sat"),
        _("Målet mangler: hvilket tal, og hvornår?"),
        _("målet er ikke sat"),
        _("Sæt målet"),
        _PROFILE,
        "?del=maal#id_target_value",
    ),
    "method": FactWords(
        _("Målemetoden er aftalt"),
        _("Målemetoden er ikke aftalt: hvor hentes tallet?"),
        _("målemetoden er ikke aftalt"),
        _("Aftal målemetoden"),
        _PROFILE,
        "?del=maal#id_method",
    ),
    "frequency": FactWords(
        _("Det er aftalt, hvor tit der måles"),
        _("Det er ikke aftalt, hvor tit der måles"),
        _("det er ikke aftalt, hvor tit der måles"),
        _("Aftal, hvor tit der måles"),
        _PROFILE,
        "?del=maal#id_frequency",
    ),
    "went_live": FactWords(
        _("Løsningen er i drift"),
        _("Løsningen er ikke i drift endnu"),
        _("løsningen er ikke i drift endnu"),
        _("Skriv dagen for drift"),
        _INITIATIVE,
        "#id_live_on",
    ),
    "adopted": FactWords(
        _("Den aftalte andel bruger det nye"),
        _("Den aftalte andel bruger ikke det nye endnu, eller ingen har talt"),
        _("den aftalte andel bruger ikke det nye endnu"),
        _("Oplys, hvor mange der bruger det"),
        "portfolio:adoption",
    ),
    "old_way_closed": FactWords(
        _("Den gamle arbejdsgang er lukket eller har en dato for det"),
        _("Den gamle arbejdsgang har ingen dato for lukning"),
        _("den gamle arbejdsgang har ingen dato for lukning"),
        _("Skriv, hvornår den gamle vej lukker"),
        _INITIATIVE,
        "#id_old_way_closes_on",
    ),
    "measured_after_live": FactWords(
        _("Målt på den aftalte måde, efter løsningen kom i drift"),
        _("Ikke målt på den aftalte måde, siden løsningen kom i drift"),
        _("der mangler en måling fra hverdagen"),
        _("Registrér måling"),
        "benefits:measure",
    ),
    "measurement_fresh": FactWords(
        _("Den seneste måling er ny nok"),
        _("Den seneste måling er for gammel til at bygge på"),
        _("den seneste måling er for gammel"),
        _("Registrér en ny måling"),
        "benefits:measure",
    ),
    "effect_shown": FactWords(
        _("En effektvurdering viser, at ændringen skyldes det, I har gjort"),
        _("Ingen effektvurdering endnu. Den er god at have, men ikke et krav for at høste"),
        _("der mangler en effektvurdering"),
        _("Se, om det virkede"),
    ),
    "harvest_decided": FactWords(
        _("Det er besluttet at tage gevinsten hjem"),
        _("Ingen har besluttet, hvilket budget der flyttes, eller hvad timerne bruges til"),
        _("der mangler en beslutning om at tage den hjem"),
        _("Tag gevinsten hjem"),
        "benefits:harvest",
    ),
    "level_confirmed_twice": FactWords(
        _("Ejer og controller har begge bekræftet niveauet to gange"),
        _("Ejer og controller skal begge bekræfte niveauet på to forskellige dage"),
        _("ejer og controller har ikke begge bekræftet niveauet to gange"),
        _("Bekræft niveauet"),
        "benefits:confirm",
    ),
    "never_harvested": FactWords(
        _("En ulempe tages aldrig hjem"),
        _("En ulempe tages aldrig hjem. Den følges, så den ikke bliver større end ventet"),
        _("en ulempe tages aldrig hjem"),
    ),
    "given_up": FactWords(
        _("Gevinsten er opgivet"),
        _("Gevinsten er ikke opgivet"),
        _("gevinsten er opgivet"),
    ),
}

_STANDS = {
    Rung.PROMISED: _("er på taget"),
    Rung.OWNED: _("er ejet"),
    Rung.IN_USE: _("er i brug"),
    Rung.MEASURED: _("er målt"),
    Rung.PROVEN: _("er påvist"),
    Rung.IN_HAND: _("er i hånden"),
    Rung.LAPSED: _("er bortfaldet"),
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
        stands = gettext("er ventet")
    if standing.rung is Rung.LAPSED:
        return gettext("%(stands)s: %(reason)s") % {
            "stands": stands,
            "reason": benefit.lapse_reason.rstrip("."),
        }
    if benefit.is_disbenefit and share is not None and share > 1:
        return gettext("%(stands)s og større end ventet") % {"stands": stands}
    if standing.next_fact is None:
        return stands
    if standing.next_rung is Rung.IN_HAND and share is not None and share <= 0:
        return gettext("%(stands)s, men tallet er ikke kommet nærmere målet") % {"stands": stands}
    lacks = str(FACTS[standing.next_fact.code].lacks)
    return gettext("%(stands)s; %(lacks)s") % {"stands": stands, "lacks": lacks}


def rung_label(rung: Rung | str) -> str:
    """Return the name of a rung."""
    return content.label("rung", str(rung))


def value_with_unit(value: Any, unit: str) -> str:
    """Write a measured value with the decimals it has, and its unit."""
    if value is None:
        return gettext("ikke kendt")
    return f"{plain_number(value)} {unit}".strip()


def plain_number(value: Any) -> str:
    """Write a number with exactly the decimals it has."""
    exponent = value.normalize().as_tuple().exponent
    return formats.number(value, max(0, -exponent), language())


def language() -> str:
    """Return the reader's language."""
    return get_language() or "da"
