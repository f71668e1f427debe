"""One benefit that goes up the whole ladder, for the page that explains it.

The rungs come from `rules.stand`, the same function that places every real benefit, so the example
cannot tell something else than the product does. The story is invented; its days lie still.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.rules import (
    BenefitFacts,
    BenefitType,
    Decision,
    Frequency,
    MeasurementFact,
    Rung,
    Standing,
    stand,
)
from hoest.domain.benefits.web import words
from hoest.domain.benefits.web.ladder import ShownFact, ShownRung
from hoest.foundation import content, panels


@dataclass(frozen=True)
class Stage:
    """What happened on a day, and where the benefit stood that evening."""

    on: dt.date
    happened: Any
    standing: Standing

    @property
    def number(self) -> int:
        """The place of the rung from 0 to 5."""
        return self.standing.rung.height

    @property
    def label(self) -> str:
        """The name of the rung."""
        return words.rung_label(self.standing.rung)

    @property
    def lacks(self) -> str:
        """What is missing, in half a sentence; empty on the top rung."""
        fact = self.standing.next_fact
        return str(words.FACTS[fact.code].lacks) if fact else ""


PROMISED = BenefitFacts(benefit_type=BenefitType.FREED_TIME)
# day, what happened, and the facts it brought
STORY: tuple[tuple[dt.date, Any, dict[str, Any]], ...] = (
    (
        dt.date(2024, 1, 12),
        _("Business casen siger: Skærmbesøg sparer hjemmeplejen for 1.200 timers kørsel om året."),
        {},
    ),
    (
        dt.date(2024, 3, 4),
        _(
            "Lederen af hjemmeplejen siger ja til at eje gevinsten. Hun aftaler, at kørte timer "
            "måles hver måned, at de var 9.400 i 2023, og at målet er 8.200."
        ),
        {
            "has_owner": True,
            "owner_accepted_on": dt.date(2024, 3, 4),
            "has_indicator": True,
            "has_baseline": True,
            "has_target": True,
            "has_method": True,
            "frequency": Frequency.MONTH,
            "target_on": dt.date(2025, 12, 31),
        },
    ),
    (
        dt.date(2024, 9, 2),
        _("Skærmene er i drift hos 84 % af borgerne, og de gamle faste kørelister er lukket."),
        {
            "live_on": dt.date(2024, 9, 2),
            "adoption_share": 0.84,
            "old_way_closes_on": dt.date(2024, 9, 2),
        },
    ),
    (
        dt.date(2024, 10, 1),
        _("Ejeren registrerer den første måling: 8.500 timer, regnet om til et år."),
        {"measurements": (MeasurementFact(dt.date(2024, 10, 1)),)},
    ),
    (
        dt.date(2024, 10, 21),
        _("En effektvurdering viser, at områder uden skærme kører lige så meget som før."),
        {"effect_shown_on": dt.date(2024, 10, 21)},
    ),
    (
        dt.date(2024, 10, 28),
        _("Direktionen beslutter, at 900 af timerne bruges til flere besøg hos de svageste."),
        {"decisions": (Decision(dt.date(2024, 10, 28), has_hours=True, has_named_use=True),)},
    ),
)


def stages() -> list[Stage]:
    """Return the story day by day, each with where the rules put the benefit that evening."""
    facts, found = PROMISED, []
    for on, happened, brought in STORY:
        facts = replace(facts, **brought)
        found.append(Stage(on, happened, stand(facts, on)))
    return found


def register() -> None:
    """Put the example on the page that explains the ladder."""
    panels.register("ladder_help", "benefits.example", panel, order=10)


def panel(request: HttpRequest, _actor: Any) -> str:
    """Show the story, and the ladder as a benefit's own page shows it when it is measured."""
    told = stages()
    measured = next(stage for stage in told if stage.standing.rung is Rung.MEASURED)
    facts = {"stages": told, "rungs": ladder_of(measured.standing), "measured": measured}
    return render_to_string("benefits/example.html", facts, request)


def ladder_of(standing: Standing) -> list[ShownRung]:
    """Return the rungs of a standing as the ladder component reads them, without acts."""
    return [
        ShownRung(
            code=rung.value,
            label=words.rung_label(rung),
            state=_state(standing, rung),
            meaning=_meaning(standing, rung),
            facts=[ShownFact(words.said(f), f.holds, f.on) for f in standing.facts[rung]],
        )
        for rung in Rung
        if rung is not Rung.LAPSED
    ]


def _meaning(standing: Standing, rung: Rung) -> str:
    told = rung.height <= standing.rung.height
    return "" if told else content.explanation("rung", rung.value)


def _state(standing: Standing, rung: Rung) -> str:
    if rung is standing.rung:
        return "present"
    if rung is standing.next_rung:
        return "next"
    return "reached" if rung.height < standing.rung.height else "ahead"
