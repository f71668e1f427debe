"""Why an effect cannot be calculated, kindly: what stands in the way and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hoest.ui import formats

READY = ""


@dataclass(frozen=True)
class Refusal:
    """What stands in the way of an answer, and what to do; `code` the engine's or the action's."""

    code: str
    what: str
    do: str


REFUSALS: dict[str, tuple[Any, Any]] = {
    "UnhandledBreak": (
        gettext_lazy("Serien er talt på en anden måde fra %(on)s, og ingen har valgt side."),
        gettext_lazy("Vælg, om tallene før eller efter den dag skal bruges."),
    ),
    "NoValues": (
        gettext_lazy("Der er ingen tal at regne på."),
        gettext_lazy("Læg tal i serien, eller tag flere steder og måneder med."),
    ),
    "NobodyStarted": (
        gettext_lazy("Ingen af stederne er begyndt endnu."),
        gettext_lazy("Skriv, hvornår hvert sted begyndte, så kan effekten regnes."),
    ),
    "NothingToCompare": (
        gettext_lazy("Alle var begyndt, så der er ingen at sammenligne med."),
        gettext_lazy("Tag steder med, der ikke er begyndt, eller tal fra før starten."),
    ),
    "PeriodsNotConnected": (
        gettext_lazy("Stederne er målt på hver sin tid og kan ikke sammenlignes."),
        gettext_lazy("Find tal for mindst ét sted, der er målt hele vejen."),
    ),
    "MissingDiffers": (
        gettext_lazy("Der mangler forskellige tal i serierne."),
        gettext_lazy("Regn serierne hver for sig."),
    ),
    "ValuesMissing": (
        gettext_lazy("Der mangler %(count)s tal, og metoden skal bruge dem alle."),
        gettext_lazy("Læg de manglende tal i serien, eller vælg en anden metode."),
    ),
    "StartsDiffer": (
        gettext_lazy("Stederne begyndte på forskellige tider, og metoden kan kun se på én start."),
        gettext_lazy("Vælg en anden metode, eller lad den stærkeste blive valgt for dig."),
    ),
    "TooFewPeriods": (
        gettext_lazy("Der er tal for %(found)s perioder, og metoden skal bruge mindst %(needed)s."),
        gettext_lazy("Find tal længere tilbage, eller vent på flere."),
    ),
    "TooFewUnits": (
        gettext_lazy("Der er %(found)s steder, og metoden skal bruge mindst %(needed)s."),
        gettext_lazy("Tag flere steder med, også nogen, der ikke er begyndt."),
    ),
    "CellRepeats": (
        gettext_lazy("Et sted har to tal for samme periode."),
        gettext_lazy("Ret serien, så hvert sted har ét tal for hver periode."),
    ),
    "StartChanges": (
        gettext_lazy("Et sted har to forskellige startdage."),
        gettext_lazy("Skriv den rigtige dag på stedet."),
    ),
}
OTHERWISE = (
    gettext_lazy("Tallene kan ikke regnes, som de står nu."),
    gettext_lazy("Se på stederne og serien, eller vælg en anden metode."),
)


def refusal_of(code: str, values: Mapping[str, Any]) -> Refusal:
    """Return a refusal in words."""
    what, do = REFUSALS.get(code, OTHERWISE)
    language = get_language() or "da"
    facts = {
        name: formats.long_date(value, language)
        if hasattr(value, "year")
        else formats.number(value, 0, language)
        if isinstance(value, int)
        else value
        for name, value in values.items()
    }
    return Refusal(code, str(what) % facts, str(do))


def not_calculated() -> Refusal:
    """Return what is said when everything is ready and nobody has calculated yet."""
    return Refusal(
        READY,
        _("Serie og steder er på plads. Effekten er ikke regnet endnu."),
        _("Det tager et øjeblik at regne den."),
    )
