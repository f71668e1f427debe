"""What is followed in the demo: roll-outs unit by unit, one source of measurements, reminders.

The facts of the stories stay as they are told: the units of a roll-out add up to the use and the
old way that the initiative has already, and the source holds the values that stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from hoest.config.demo.initiatives import InitiativeStory
from hoest.config.demo.town import Town
from hoest.domain.benefits.actions.indicators import add_indicator, record_indicator
from hoest.domain.benefits.actions.reminding import remind
from hoest.domain.benefits.actions.sources import add_source, ask_for_run, carry_out
from hoest.domain.benefits.queries import benefit_of, values_by_day
from hoest.domain.organisations.queries import units_of
from hoest.domain.portfolio import actions
from hoest.domain.portfolio.queries import visible_to
from hoest.domain.portfolio.rules import Phase
from hoest.foundation.database.folder import open_folder

FILE = "udtraek.csv"
USERS = 50
LIVE_DAYS, LATE_DAYS = 200, 35
MOST_VALUES = 36


def follow(town: Town, stories: Sequence[InitiativeStory]) -> None:
    """Let one initiative have its old way open, one be late, and one benefit read its values."""
    _half_done(town)
    _late(town)
    _source(town, stories)
    remind(actor=town.system)


def _half_done(town: Town) -> None:
    """Split an initiative with the old way open over two units: one is through, one is not."""
    today = town.calendar.today
    found = (
        visible_to(town.system)
        .filter(
            phase=Phase.REALISATION,
            live_on__lte=today - dt.timedelta(days=LATE_DAYS),
            old_way_closed_on__isnull=True,
            adoption_share__isnull=False,
        )
        .order_by("adoption_share", "pk")
        .first()
    )
    units = list(units_of(town.system)[:2])
    if found is None or len(units) < 2:
        return
    used = round(float(found.adoption_share or 0) * 2 * USERS)
    counts = (min(USERS, used), max(0, used - USERS))
    for unit, count, is_closed in zip(units, counts, (True, False), strict=True):
        actions.add_rollout(
            actor=town.system,
            initiative_id=found.pk,
            fields={
                "unit": unit,
                "planned_users": USERS,
                "planned_on": found.live_on,
                "live_on": found.live_on,
                "users_in_use": count,
                "counted_on": found.adoption_on or today,
                "old_way_closed_on": found.live_on if is_closed else None,
            },
        )
    actions.add_rollout(
        actor=town.system,
        initiative_id=found.pk,
        fields={
            "place_name": "Prøvestad Kommune (opdigtet)",
            "planned_users": 2 * USERS,
            "planned_on": today + dt.timedelta(days=LATE_DAYS),
        },
    )


def _late(town: Town) -> None:
    """Plan units of an initiative in the making: one should have been live, one comes later."""
    today = town.calendar.today
    found = (
        visible_to(town.system)
        .filter(
            phase=Phase.EXECUTION,
            adoption_share__isnull=True,
            old_way_closed_on__isnull=True,
        )
        .order_by("pk")
        .first()
    )
    units = list(units_of(town.system)[2:4])
    if found is None:
        return
    for unit, days in zip(units, (-LATE_DAYS, LIVE_DAYS), strict=False):
        actions.add_rollout(
            actor=town.system,
            initiative_id=found.pk,
            fields={
                "unit": unit,
                "planned_users": USERS,
                "planned_on": today + dt.timedelta(days=days),
            },
        )


def _source(town: Town, stories: Sequence[InitiativeStory]) -> None:
    """Put a file with a benefit's own values into the folder, and read it once."""
    made = (one.row.pk for story in stories for one in story.benefits if one.row is not None)
    for pk in made:
        benefit = benefit_of(town.system, pk)
        values = sorted(values_by_day(benefit).items())[-MOST_VALUES:]
        if benefit.lapsed_on is None and len(values) == MOST_VALUES:
            break
    else:
        return
    folder = open_folder().path / "sources" / town.told["code"]
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{day:%d.%m.%Y};{f'{value:f}'.replace('.', ',')}" for day, value in values]
    (folder / FILE).write_text("\n".join(["Dato;Værdi", *lines, ""]), encoding="utf-8")
    source = add_source(
        actor=town.system,
        benefit_id=benefit.pk,
        fields={
            "kind": "folder",
            "name": "Fagsystemets udtræk",
            "place": FILE,
            "day_field": "Dato",
            "value_field": "Værdi",
            "is_on": True,
        },
    )
    indicator = add_indicator(
        actor=town.system,
        benefit_id=benefit.pk,
        fields={
            "indicator": "Borgernes tilfredshed",
            "measure_unit": "point",
            "baseline_value": Decimal("3.6"),
            "target_value": Decimal("4.2"),
            "frequency": "half_year",
        },
    )
    satisfied = ("3,6", "3,8", "3,9", "4,0")
    record_indicator(
        actor=town.system,
        indicator_id=indicator.pk,
        text="\n".join(
            f"{day:%d.%m.%Y}\t{value}"
            for (day, _value), value in zip(values[::9], satisfied, strict=False)
        ),
        origin="Halvårlig borgerundersøgelse",
    )
    run = ask_for_run(actor=town.system, source_id=source.pk, is_try=False)
    carry_out(actor=town.system, run_id=run.pk)
