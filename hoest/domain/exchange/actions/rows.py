"""Each sheet of the workbook into its subject, through the subject's own actions."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.actions import adopt_benefit, adopt_harvest, adopt_measurement
from hoest.domain.business_cases.actions import adopt_version
from hoest.domain.business_cases.queries import approved_lines
from hoest.domain.business_cases.rules import CaseLineFigures, LineInput
from hoest.domain.exchange.actions.places import Places
from hoest.domain.exchange.actions.recorder import Recorder
from hoest.domain.exchange.rules import Workbook
from hoest.domain.exchange.rules import workbook as wb
from hoest.domain.portfolio.actions import adopt_initiative
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.provenance.models import Source

HUNDRED = Decimal(100)


class Rows:
    """Applies the sheets one after the other; later sheets find what earlier ones made."""

    def __init__(
        self, actor: Actor, recorder: Recorder, workbook: Workbook, source: Source
    ) -> None:
        self.actor = actor
        self.recorder = recorder
        self.workbook = workbook
        self.source = source
        self.places = Places(actor, recorder)
        self._initiatives: dict[str, Any] = {}
        self._benefits: dict[str, Any] = {}
        self._touched: set[int] = set()
        self._line_keys: dict[str, str] = dict(
            benefits.visible_to(actor).values_list("key", "line_key")
        )

    @property
    def touched_benefits(self) -> list[int]:
        """The ids of the benefits the file names."""
        return sorted(self._touched)

    def initiatives(self) -> None:
        """Adopt every row of Initiativer."""
        for row in self.workbook.initiatives:
            place = f"Initiativer, række {row.row}"
            adoption = adopt_initiative(
                actor=self.actor,
                key=row.key,
                values={
                    "title": row.title,
                    "in_practice": row.in_practice,
                    "purpose_type": row.purpose_type,
                    "initiative_type": row.initiative_type,
                    "unit_id": self.places.unit_id(row.unit, place),
                    "body_id": self.places.body_id(row.committee, place),
                    "theme": row.theme,
                    "phase": row.phase,
                    "sponsor_id": self.places.person_id(row.sponsor, place),
                    "lead_id": self.places.person_id(row.lead_email, place),
                    "live_on": row.live_on,
                    "reference": row.reference,
                    "extra": _extra(row.extra),
                },
                source=self.source,
                source_place=place,
            )
            self.recorder.note(adoption, "initiative", place)
            self._initiatives[row.key] = adoption.thing

    def versions(self) -> None:
        """Adopt a business-case version per initiative that has lines."""
        lines: dict[str, list[LineInput]] = {}
        for row in self.workbook.lines:
            lines.setdefault(row.initiative, []).append(_line(row))
        for benefit in self.workbook.all_benefits:
            hours = _hours_line(benefit, self._line_key(benefit), self.workbook.price_level)
            if hours is not None:
                lines.setdefault(benefit.initiative, []).append(hours)
        standing = self._standing_lines()
        for key, inputs in lines.items():
            inputs = _completed(inputs, standing.get(self._initiatives[key].pk, []))
            version, was_made = adopt_version(
                actor=self.actor,
                initiative=self._initiatives[key],
                price_level=self.workbook.price_level,
                lines=inputs,
                source=self.source,
                source_place="Økonomi",
                reason=f"Indlæst fra {self.recorder.run.file_name}",
                approved_by_name=self._approver(),
                approved_on=exact_date(self.workbook.date_text),
                import_id=self.recorder.run.pk,
            )
            if was_made:
                self.recorder.note_made(version, "version", f"Økonomi, {key}")
            else:
                self.recorder.note_left("version")

    def _standing_lines(self) -> dict[int, list[CaseLineFigures]]:
        """Return the lines that hold before the file, by initiative."""
        found: dict[int, list[CaseLineFigures]] = {}
        for line in approved_lines(self.actor.organisation_id):
            found.setdefault(line.initiative_id, []).append(line)
        return found

    def _approver(self) -> str:
        source = self.workbook.source
        return source[:200] if source else f"Indlæst af {self.actor.name}"[:200]

    def benefits(self) -> None:
        """Adopt every benefit, those of Gevinster and those only a line names."""
        for row in self.workbook.all_benefits:
            owner = self.places.person_id(row.owner_email, row.place)
            adoption = adopt_benefit(
                actor=self.actor,
                key=row.key,
                values={
                    "initiative_id": self._initiatives[row.initiative].pk,
                    "title": row.title,
                    "benefit_type": row.benefit_type,
                    "owner_id": owner,
                    "owner_accepted_on": self._said_on() if owner else None,
                    "owner_accepted_source": (
                        f"Ejer ifølge {self.recorder.run.file_name}, {row.place}"[:200]
                        if owner
                        else None
                    ),
                    "unit_id": self.places.unit_id(row.unit, row.place),
                    "indicator": row.indicator,
                    "measure_unit": row.measure_unit,
                    "baseline_value": row.baseline,
                    "baseline_on": row.baseline_on,
                    "target_value": row.target,
                    "target_on": row.target_on,
                    "method": row.method,
                    "frequency": row.frequency,
                    "line_key": row.line or (self._line_key(row) if _counts_hours(row) else None),
                    "extra": _extra(row.extra),
                },
                source=self.source,
                source_place=row.place,
            )
            self.recorder.note(adoption, "benefit", row.place)
            self._benefits[row.key] = adoption.thing
            self._touched.add(adoption.thing.pk)

    def _line_key(self, row: wb.Benefit) -> str:
        """Return the line that values a benefit; hours that Høst knows keep their line."""
        return row.line or self._line_keys.get(row.key) or row.title

    def _said_on(self) -> dt.date:
        """The day the municipality's own list named the owner: its date, else today."""
        return exact_date(self.workbook.date_text) or clock.today()

    def measurements(self) -> None:
        """Adopt every measurement."""
        for row in self.workbook.measurements:
            place = f"Målinger, række {row.row}"
            adoption = adopt_measurement(
                actor=self.actor,
                benefit=self._benefits[row.benefit],
                on=row.measured_on,
                values={
                    "value": row.value,
                    "origin": row.source,
                    "measured_by": row.measured_by,
                },
                source=self.source,
                source_place=place,
            )
            self.recorder.note(adoption, "measurement", place)

    def _level_of(self, row: wb.TakeOut) -> int | None:
        """Return the price level of a take-out: its own column, else the file's."""
        if row.amount_dkk is None:
            return None
        own = row.extra.get(wb.OWN_PRICE_LEVEL)
        return int(own) if isinstance(own, int | float) else self.workbook.price_level

    def take_outs(self) -> None:
        """Adopt every harvest decision."""
        for row in self.workbook.take_outs:
            place = f"Indhøstning, række {row.row}"
            adoption = adopt_harvest(
                actor=self.actor,
                benefit=self._benefits[row.benefit],
                values={
                    "decided_on": row.decided_on,
                    "decision": row.decision,
                    "year": row.year,
                    "amount_dkk": row.amount_dkk,
                    "price_level": self._level_of(row),
                    "hours": row.hours,
                    "budget_place": row.budget_place or "",
                    "named_use": row.named_use or "",
                },
                source=self.source,
                source_place=place,
            )
            self.recorder.note(adoption, "take_out", place)


def exact_date(text: str | None) -> dt.date | None:
    """Return the day a source names, or None when it names only a year or nothing."""
    try:
        return dt.datetime.strptime(text or "", "%d.%m.%Y").date()  # noqa: DTZ007
    except ValueError:
        return None


def _extra(extra: wb.Extra) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, dt.date) else value
        for key, value in extra.items()
    }


def _line(row: wb.Line) -> LineInput:
    return LineInput(
        key=row.title,
        kind=row.kind,
        measure="dkk",
        steering_area=row.steering_area or "",
        duration=row.duration or "one_off",
        low_share=None if row.low_percent is None else row.low_percent / HUNDRED,
        high_share=None if row.high_percent is None else row.high_percent / HUNDRED,
        amounts=dict(row.amounts_dkk),
        source_place=f"Økonomi, række {row.row}",
    )


def _completed(inputs: list[LineInput], standing: list[CaseLineFigures]) -> list[LineInput]:
    """Fill in what the file cannot say; hours and the kroner of others live in Høst alone."""
    before = {(line.line_key, str(line.kind), str(line.measure)): line for line in standing}
    filled = []
    for line in inputs:
        former = before.pop(line.identity, None)
        if former is None:
            filled.append(line)
        elif _says_the_same_hours(line, former):
            filled.append(_as_input(former))
        else:
            filled.append(
                dataclasses.replace(
                    line,
                    steering_area=line.steering_area or former.steering_area,
                    basis=former.basis,
                    life_years=former.life_years,
                )
            )
    return filled + [_as_input(x) for x in before.values() if str(x.measure) != "dkk"]


def _says_the_same_hours(line: LineInput, former: CaseLineFigures) -> bool:
    """Tell whether a file's hours a year are those that hold, whatever their years and range."""
    if str(line.measure) != "hours":
        return False
    return former.full_year_effect == line.amounts[max(line.amounts)]


def _as_input(line: CaseLineFigures) -> LineInput:
    return LineInput(
        key=line.line_key,
        kind=line.kind,
        measure=line.measure,
        steering_area=line.steering_area,
        duration=line.duration,
        low_share=line.low_share,
        high_share=line.high_share,
        amounts=line.amounts,
        source_place=line.source_place,
        basis=line.basis,
        life_years=line.life_years,
    )


def _counts_hours(benefit: wb.Benefit) -> bool:
    unit = (benefit.measure_unit or "").lower()
    return (
        benefit.benefit_type == "freed_time"
        and unit.startswith("time")
        and benefit.baseline is not None
        and benefit.target is not None
        and benefit.baseline != benefit.target
    )


def _hours_line(benefit: wb.Benefit, key: str, price_level: int) -> LineInput | None:
    """Return the hours a freed-time benefit promises a year: baseline less target.

    Only where the file itself counts in hours; nothing is valued here.
    """
    if not _counts_hours(benefit):
        return None
    assert benefit.baseline is not None
    assert benefit.target is not None
    year = benefit.target_on.year if benefit.target_on else price_level
    return LineInput(
        key=key,
        kind="benefit",
        measure="hours",
        steering_area="",
        duration="recurring",
        low_share=None,
        high_share=None,
        amounts={year: abs(benefit.baseline - benefit.target)},
        source_place=benefit.place,
    )
