"""The life of an initiative in the demo: created, moved from phase to phase, used, closed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from hoest.config.demo.benefits import BenefitStory
from hoest.config.demo.cases import tell_case
from hoest.config.demo.town import Town
from hoest.config.demo.words import refuse_unknown, words
from hoest.domain.portfolio import actions
from hoest.domain.portfolio.rules import Phase
from hoest.foundation.access.actor import Actor

TOLD = words(
    "id title practice purpose type unit body theme sponsor lead created starts live agreed phases "
    "stopped_because adoption old_way_closes old_way_closed confirmed case benefits disbenefits"
)


class InitiativeStory:
    """One initiative as it is told, and the row it has become."""

    benefit_story = BenefitStory

    def __init__(self, town: Town, told: Mapping[str, Any]) -> None:
        refuse_unknown(told, TOLD, f"initiativet {told.get('id')}")
        self.town, self.told = town, told
        self.word: str = told["id"]
        self.row: Any = None
        against = ({**one, "disbenefit": True} for one in told.get("disbenefits", ()))
        self.benefits = [
            self.benefit_story(town, self, one) for one in (*told.get("benefits", ()), *against)
        ]

    def day(self, spec: str) -> Any:
        """Return the day a spec means in this story."""
        return self.town.day(spec, self.word)

    def day_of(self, name: str) -> Any:
        """Return the day of one of the story's own facts; None when it is not told."""
        return self.day(self.told[name]) if self.told.get(name) else None

    @property
    def actor(self) -> Actor:
        """Who keeps the initiative: its lead, else the portfolio manager."""
        lead = self.told.get("lead")
        if lead is not None and self.town.has_role(lead, "initiative_lead"):
            return self.town.actor(lead)
        return self.town.with_role("portfolio_manager")

    def tell(self) -> None:
        """Put everything that happens to the initiative on the timeline."""
        told, timeline = self.told, self.town.timeline
        timeline.on(self.day(told["created"]), self._create)
        for phase, spec in told.get("phases", {}).items():
            timeline.on(self.day(spec), partial(self._move, Phase(phase)))
        for spec, share in told.get("adoption", ()):
            on = self.day(spec)
            timeline.on(on, partial(self._use, share, on))
        if told.get("old_way_closed"):
            timeline.on(self.day_of("old_way_closed"), self._close_old_way)
        tell_case(self)
        for benefit in self.benefits:
            benefit.tell()
        if told.get("confirmed"):
            timeline.on(self.day_of("confirmed"), self.confirm)

    def _create(self) -> None:
        told, town = self.told, self.town
        agreed = told.get("agreed")
        self.row = actions.create_initiative(
            actor=town.with_role("portfolio_manager"),
            fields={
                "title": told["title"],
                "in_practice": told.get("practice", ""),
                "purpose_type": told["purpose"],
                "initiative_type": told["type"],
                "unit": town.unit(told["unit"]),
                "body": town.body(told.get("body")),
                "core_task": town.core_tasks.get(self.word),
                "theme": told.get("theme", ""),
                "sponsor": town.person(told.get("sponsor")),
                "lead": town.person(told.get("lead")),
                "starts_on": self.day_of("starts"),
                "live_on": self.day_of("live"),
                "agreed_adoption_share": None if agreed is None else Decimal(str(agreed)),
                "old_way_closes_on": self.day_of("old_way_closes"),
            },
        )

    def _move(self, phase: Phase) -> None:
        self.row = actions.change_phase(
            actor=self.town.with_role("portfolio_manager"),
            initiative_id=self.row.pk,
            version=self.row.version,
            phase=phase,
            reason=self.told.get("stopped_because", "") if phase is Phase.STOPPED else "",
            was_before_gates=True,
        )

    def _use(self, share: float, on: Any) -> None:
        self.row = actions.record_adoption(
            actor=self.actor,
            initiative_id=self.row.pk,
            version=self.row.version,
            share=Decimal(str(share)),
            on=on,
        )

    def _close_old_way(self) -> None:
        self.row = actions.close_old_way(
            actor=self.actor,
            initiative_id=self.row.pk,
            version=self.row.version,
            closed_on=self.day_of("old_way_closed"),
        )

    def confirm(self) -> None:
        """Confirm that what stands is still so."""
        self.row = actions.confirm_status(
            actor=self.actor, initiative_id=self.row.pk, version=self.row.version
        )
