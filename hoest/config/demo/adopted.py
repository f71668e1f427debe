"""Stories that come as lists: a neighbour's portfolio taken over whole, as from a workbook.

The neighbours are many and small, so their rows come through the importer's doors and their
figures every half-year; business cases, decisions and standings are made as everywhere else.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import Any

from hoest.config.demo.benefits import BenefitStory, decimal_of
from hoest.config.demo.cases import tell_case
from hoest.config.demo.initiatives import InitiativeStory
from hoest.domain.benefits.actions import adopt_benefit
from hoest.domain.portfolio.actions import adopt_initiative
from hoest.domain.portfolio.rules import Phase
from hoest.foundation.provenance.actions import entered_by

LIST_TITLE = "kommunens egen liste"


class AdoptedBenefit(BenefitStory):
    """A benefit that comes with its owner and profile at once."""

    def tell(self) -> None:
        """Put what happens to the benefit on the timeline."""
        timeline = self.town.timeline
        timeline.on(self.created_on, self._adopt)
        self.tell_harvest()
        if self.told.get("lapsed"):
            timeline.on(self.day("lapsed"), self.lapse)

    def bulk(self) -> list[tuple[dt.date, Decimal]]:
        """Return all measurements: the list brings the newest one as well."""
        return self.measured()

    def _adopt(self) -> None:
        told, town = self.told, self.town
        owner = town.person(told["owner"]) if told.get("accepted") else None
        values = {
            "initiative_id": self.initiative.row.pk,
            "title": told["title"],
            "benefit_type": told["type"],
            "unit_id": self.initiative.row.unit_id,
            "owner_id": owner.pk if owner else None,
            "owner_accepted_on": self.day("accepted") if owner else None,
            "owner_accepted_source": LIST_TITLE if owner else "",
            "indicator": told["indicator"],
            "measure_unit": told["measure"],
            "baseline_value": decimal_of(told.get("baseline")),
            "baseline_on": self.day("baseline_on"),
            "target_value": decimal_of(told.get("target")),
            "target_on": self.day("target_on"),
            "method": told["method"],
            "frequency": told["frequency"],
            "line_key": told.get("line", ""),
        }
        key = f"GEV-{sum(len(one.benefits) for one in town.stories[: self._place]) + self._number}"
        self.row = adopt_benefit(
            actor=town.system, key=key, values=values, source=_list_of(self), source_place=""
        ).thing

    @property
    def _place(self) -> int:
        return self.town.stories.index(self.initiative)

    @property
    def _number(self) -> int:
        return self.initiative.benefits.index(self) + 1


class AdoptedInitiative(InitiativeStory):
    """An initiative that comes as a row, and later as the same row with more in it."""

    benefit_story = AdoptedBenefit

    def tell(self) -> None:
        """Put what happens to the initiative on the timeline."""
        timeline = self.town.timeline
        timeline.on(self.day(self.told["created"]), self._adopt)
        for spec, share in self.told.get("adoption", ()):
            timeline.on(self.day(spec), partial(self._fill, share, self.day(spec)))
        tell_case(self)
        for benefit in self.benefits:
            benefit.tell()
        if self.told.get("confirmed"):
            timeline.on(self.day_of("confirmed"), self.confirm)

    def _adopt(self) -> None:
        told, town = self.told, self.town
        first = Phase(next(iter(told.get("phases", {})), Phase.IDEA))
        values: dict[str, Any] = {
            "title": told["title"],
            "in_practice": told["practice"],
            "purpose_type": told["purpose"],
            "initiative_type": told["type"],
            "unit_id": town.unit(told["unit"]).pk,
            "body_id": town.body(told["body"]).pk,
            "phase": first.value,
            "sponsor_id": town.person(told["sponsor"]).pk,
            "lead_id": town.person(told["lead"]).pk,
            "starts_on": self.day_of("starts"),
            "live_on": self.day_of("live"),
            "old_way_closes_on": self.day_of("old_way_closes"),
        }
        self._write(values)

    def _fill(self, share: float, on: dt.date) -> None:
        self._write(
            {
                "phase": Phase.REALISATION.value,
                "adoption_share": Decimal(str(share)),
                "adoption_on": on,
                "old_way_closed_on": self.day_of("old_way_closed"),
            }
        )

    def _write(self, values: dict[str, Any]) -> None:
        self.row = adopt_initiative(
            actor=self.town.system,
            key=f"INI-{self.town.stories.index(self) + 1}",
            values=values,
            source=_list_of(self),
            source_place="",
        ).thing


def _list_of(story: AdoptedInitiative | AdoptedBenefit) -> Any:
    return entered_by(story.town.system, LIST_TITLE)
