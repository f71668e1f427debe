"""The life of a benefit in the demo: promised, owned, measured, taken home or given up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from hoest.config.demo.curves import Curve
from hoest.config.demo.town import Town
from hoest.config.demo.words import refuse_unknown, words
from hoest.domain.benefits import actions
from hoest.domain.benefits.rules import MONTHS_BETWEEN, Frequency
from hoest.domain.benefits.rules.ladder import add_months

if TYPE_CHECKING:
    from hoest.config.demo.initiatives import InitiativeStory

TOLD = words(
    "title type unit created owner asked accepted refused indicator measure baseline baseline_on "
    "target target_on method frequency line curve harvest confirmed lapsed "
    "lapsed_because disbenefit"
)
CURVE_TOLD = words("months reach ramp season peak noise slip_on slip_to decimals until due")
HARVEST_TOLD = words("at decision year tkr level place hours use")
MONTHS_OF_MEASURING = 36
# A figure is ready some days after the period it is for.
READY_DAYS = 4
# The last whole period that is measured, in months before this one.
LAST_PERIOD = {
    Frequency.MONTH: -1,
    Frequency.QUARTER: -2,
    Frequency.HALF_YEAR: -3,
    Frequency.YEAR: -5,
}


class BenefitStory:
    """One benefit as it is told, and the row it has become."""

    def __init__(self, town: Town, initiative: InitiativeStory, told: Mapping[str, Any]) -> None:
        self.town, self.initiative, self.told = town, initiative, told
        self.word = f"{initiative.word}:{told.get('title')}"
        refuse_unknown(told, TOLD, f"gevinsten {self.word}")
        self.row: Any = None

    def day(self, name: str) -> Any:
        """Return the day of one of the benefit's facts; None when it is not told."""
        spec = self.told.get(name)
        return self.town.day(spec, self.initiative.word) if spec else None

    @property
    def created_on(self) -> dt.date:
        """The day the benefit was written down; the initiative's own without another."""
        return self.day("created") or self.initiative.day_of("created")

    def tell(self) -> None:
        """Put everything that happens to the benefit on the timeline."""
        told, timeline = self.told, self.town.timeline
        timeline.on(self.created_on, self._create)
        if told.get("baseline_on"):
            ready_on = self.day("baseline_on") + dt.timedelta(days=READY_DAYS)
            timeline.on(max(ready_on, self.created_on), self._note_baseline)
        if told.get("asked"):
            timeline.on(self.day("asked"), self._ask)
        if told.get("accepted"):
            timeline.on(self.day("accepted"), self._accept)
        if told.get("refused"):
            timeline.on(self._at(told["refused"]), self._refuse)
        self.tell_harvest()
        self._tell_last_measurement()
        if told.get("lapsed"):
            timeline.on(self.day("lapsed"), self.lapse)

    def tell_harvest(self) -> None:
        """Put confirmations and decisions that take the benefit home on the timeline."""
        told, timeline = self.told, self.town.timeline
        for role, specs in told.get("confirmed", {}).items():
            for spec in specs:
                timeline.on(self._day(spec), partial(self._confirm, role))
        for harvest in told.get("harvest", ()):
            refuse_unknown(harvest, HARVEST_TOLD, f"indhøstningen i {self.word}")
            timeline.on(self._at(harvest), partial(self._take_home, harvest))

    def _day(self, spec: str) -> dt.date:
        return self.town.day(spec, self.initiative.word)

    def _at(self, told: Mapping[str, Any]) -> dt.date:
        return self._day(told["at"])

    def _create(self) -> None:
        told = self.told
        self.row = actions.create_benefit(
            actor=self.town.with_role("portfolio_manager"),
            initiative_id=self.initiative.row.pk,
            fields={
                "title": told["title"],
                "benefit_type": told["type"],
                "unit": self.town.unit(told.get("unit")),
                "indicator": told.get("indicator", ""),
                "measure_unit": told.get("measure", ""),
                "target_value": decimal_of(told.get("target")),
                "target_on": self.day("target_on"),
                "method": told.get("method", ""),
                "frequency": told.get("frequency", ""),
                "line_key": told.get("line", ""),
                "is_disbenefit": bool(told.get("disbenefit")),
            },
        )

    def _note_baseline(self) -> None:
        self.row = actions.change_benefit(
            actor=self.town.with_role("portfolio_manager"),
            benefit_id=self.row.pk,
            version=self.row.version,
            fields={
                "baseline_value": decimal_of(self.told["baseline"]),
                "baseline_on": self.day("baseline_on"),
            },
        )

    def _ask(self) -> None:
        self.row = actions.name_owner(
            actor=self.town.with_role("portfolio_manager"),
            benefit_id=self.row.pk,
            version=self.row.version,
            person=self.town.person(self.told["owner"]),
        )

    def _accept(self) -> None:
        self.row = actions.accept_ownership(
            actor=self.town.actor(self.told["owner"]), benefit_id=self.row.pk
        )

    def _refuse(self) -> None:
        self.row = actions.refuse_ownership(
            actor=self.town.actor(self.told["owner"]),
            benefit_id=self.row.pk,
            reason=self.told["refused"]["because"],
        )

    def _confirm(self, role: str) -> None:
        who = (
            self.town.actor(self.told["owner"])
            if role == "owner"
            else self.town.with_role("controller")
        )
        actions.confirm_level(actor=who, benefit_id=self.row.pk)

    def _take_home(self, told: Mapping[str, Any]) -> None:
        in_dkk = "tkr" in told
        actions.decide_harvest(
            actor=self.town.with_role("controller"),
            benefit_id=self.row.pk,
            decided_on=self._at(told),
            decision=told["decision"],
            year=self.town.calendar.year(told["year"]),
            amount_dkk=Decimal(told["tkr"]) * 1000 if in_dkk else None,
            price_level=self.town.calendar.year(told.get("level", 0)) if in_dkk else None,
            hours=decimal_of(told.get("hours")),
            budget_place=told.get("place", ""),
            named_use=told.get("use", ""),
        )

    def lapse(self) -> None:
        """Give the benefit up, with its reason."""
        actions.lapse(
            actor=self.town.with_role("portfolio_manager"),
            benefit_id=self.row.pk,
            reason=self.told["lapsed_because"],
        )

    def measured(self) -> list[tuple[dt.date, Decimal]]:
        """Return the whole series of the benefit, oldest first; the same for the same seed."""
        told = self.told.get("curve")
        if told is None:
            return []
        refuse_unknown(told, CURVE_TOLD, f"kurven i {self.word}")
        shape = Curve(
            baseline=float(self.told["baseline"]),
            target=float(self.told["target"]),
            live_on=self.initiative.day_of("live"),
            reach=told.get("reach", 0.9),
            ramp_months=told.get("ramp", 8),
            season=told.get("season", 0.0),
            peak_month=told.get("peak", 1),
            noise=told.get("noise", 0.03),
            slip_on=self._day(told["slip_on"]) if "slip_on" in told else None,
            slip_to=told.get("slip_to", 0.0),
            decimals=told.get("decimals", 0),
        )
        seed = f"{self.town.told['seed']}:{self.town.code}:{self.word}"
        return shape.values(self._days(told), seed)

    def _days(self, told: Mapping[str, Any]) -> list[dt.date]:
        """Return the days of the series: ends of periods, or counted back from a day that is due.

        `due` says how many days ago the next measurement was due; `until` when measuring stopped.
        """
        calendar = self.town.calendar
        months = MONTHS_BETWEEN[Frequency(self.told["frequency"])]
        periods = told.get("months", MONTHS_OF_MEASURING) // months
        if "due" in told:
            last = add_months(calendar.today - dt.timedelta(days=told["due"]), -months)
            days = [add_months(last, -months * place) for place in range(periods)]
        else:
            newest = LAST_PERIOD[Frequency(self.told["frequency"])]
            days = [calendar.month_end(newest - months * place) for place in range(periods)]
        until = self._day(told["until"]) if "until" in told else calendar.today
        ready = calendar.today - dt.timedelta(days=READY_DAYS)
        return sorted(day for day in days if day < ready and day <= until)

    def _tell_last_measurement(self) -> None:
        """Let the owner herself record the newest figure; the older ones come in bulk."""
        series = self.measured()
        if series and self.has_owner:
            day, value = series[-1]
            self.town.timeline.on(
                day + dt.timedelta(days=READY_DAYS), partial(self._measure, day, value)
            )

    @property
    def has_owner(self) -> bool:
        """Tell whether somebody said yes and kept to it."""
        return bool(self.told.get("accepted")) and not self.told.get("refused")

    @property
    def measured_by(self) -> str:
        """Who reads the figures: the owner, and before she said yes the department's own list."""
        return self.town.person(self.told["owner"]).name if self.has_owner else ""

    def _measure(self, on: dt.date, value: Decimal) -> None:
        actions.measure(
            actor=self.town.actor(self.told["owner"]),
            benefit_id=self.row.pk,
            on=on,
            value=value,
            origin=self.told.get("method", ""),
        )

    def bulk(self) -> list[tuple[dt.date, Decimal]]:
        """Return the measurements that are recorded in bulk: all but the owner's own last one."""
        series = self.measured()
        return series[:-1] if self.has_owner else series


def decimal_of(told: Any) -> Decimal | None:
    """Return a told number as a decimal; None stays None."""
    return None if told is None else Decimal(str(told))
