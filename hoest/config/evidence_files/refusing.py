"""The engine's facts about what cannot be estimated, as one Danish sentence each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hoest.engine import effects, transfer
from hoest.foundation.faults import Fault

from .reading import quoted


class NotEstimable(Fault):
    """The table can be read but not estimated; the sentence says why."""


SENTENCES: dict[type[Exception], Callable[..., str]] = {
    effects.CellRepeats: lambda e: (
        f"{e.unit} har to værdier for {e.period}. Hver enhed skal have én."
    ),
    effects.StartChanges: lambda e: (
        f"{e.unit} har to forskellige starter. Skriv den samme på alle linjer."
    ),
    effects.NobodyStarted: lambda _: (
        "Ingen er begyndt inden for perioderne, så der er ingen effekt at se efter."
    ),
    effects.NothingToCompare: lambda _: (
        "Ingen værdi efter start kan sammenlignes med nogen, der endnu ikke var begyndt."
    ),
    effects.PeriodsNotConnected: lambda _: (
        "Værdierne før start falder i dele, som ingen enhed er fælles om."
    ),
    effects.ValuesMissing: lambda e: (
        f"Der mangler {e.count} værdier, og metoden skal bruge dem alle."
    ),
    effects.StartsDiffer: lambda e: (
        f"De er begyndt på {e.dates} forskellige tidspunkter. Brug --method did eller cs."
    ),
    effects.TooFewPeriods: lambda e: (
        f"Der er {e.found} perioder, men metoden skal bruge mindst {e.needed}."
    ),
    effects.TooFewUnits: lambda e: (
        f"Der er {e.found} enheder, men der skal være mindst {e.needed}."
    ),
    effects.PrimaryRepeats: lambda e: (
        f"Gevinsten {quoted(e.benefit)} har to vigtigste tal. Vælg ét."
        if e.benefit
        else "Der er to vigtigste tal. Vælg ét, eller skil dem med en kolonne til --benefit."
    ),
    effects.NameRepeats: lambda e: f"Tallet {quoted(e.name)} står der to gange.",
    effects.MachinesLost: lambda e: (
        f"Maskinerne faldt ud {e.times} gange i træk. Det færdige er gemt."
    ),
    effects.NumberOutOfRange: lambda e: f"{e.name} kan ikke være {e.value:g}.",
    transfer.NoStudies: lambda _: "Der er ingen resultater i filen.",
    transfer.VarianceNotPositive: lambda e: (
        f"Varians nr. {e.place + 1} er {e.variance:g}, men den skal være over 0."
    ),
    transfer.TooManyCovariates: lambda e: (
        f"{e.covariates} forklaringer er for mange til {e.studies} resultater. "
        "Brug højst én for hver ti."
    ),
    transfer.TooFewStudies: lambda e: (
        f"Der er {e.studies} resultater, men der skal være mindst {e.needed}."
    ),
    transfer.NumberOutOfRange: lambda e: f"{e.name} kan ikke være {e.value:g}.",
}


@contextmanager
def refused() -> Iterator[None]:
    """Turn the engine's errors into a Danish sentence."""
    try:
        yield
    except (effects.EffectError, transfer.TransferError) as error:
        say = SENTENCES.get(type(error))
        raise NotEstimable(say(error) if say else f"Det kan ikke beregnes ({error}).") from None
