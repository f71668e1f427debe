"""Taking home in the demo: agreements in every status, an experience, and a published quarter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from hoest.config.demo.town import Town
from hoest.config.demo.words import DemoFault, refuse_unknown, words
from hoest.domain.benefits import actions
from hoest.foundation import clock, content
from hoest.foundation.content.files import read_yaml

TOLD = words(
    "benefit kind model place account amounts lasting at status by reference legal involved then "
    "layer expenditure use"
)
FILE = "demo/takeouts.yaml"


def tell_takeouts(town: Town) -> None:
    """Put what a municipality agreed on the timeline; nothing for one the file does not tell of."""
    for told in read_yaml(content.path(FILE)):
        if told["code"] != town.code:
            continue
        for one in told["agreements"]:
            refuse_unknown(one, TOLD, f"hjemtagningsaftalen {one.get('benefit')}")
            _tell(town, one)
        for one in told["experience"]:
            town.timeline.on(town.day(one["at"], "experience"), partial(_learn, town, one))
        for one in told["publish"]:
            town.timeline.on(town.day(one["at"], "follow-up"), partial(_publish, town, one))


def _tell(town: Town, told: Mapping[str, Any]) -> None:
    made: dict[str, Any] = {}
    day = town.day(told["at"], told["benefit"])
    if told.get("involved"):
        involved = told["involved"]
        on = town.day(involved["at"], told["benefit"])
        town.timeline.on(on, partial(_involve, town, told, on))
    town.timeline.on(day, partial(_write, town, told, made))
    if told.get("then"):
        later = town.day(told["then"]["at"], told["benefit"])
        town.timeline.on(later, partial(_step, town, told["then"], made))
    if told.get("layer"):
        layer = told["layer"]
        town.timeline.on(town.day(layer["at"], told["benefit"]), partial(_layer, town, layer, made))


def _row(town: Town, told: Mapping[str, Any]) -> Any:
    for story in town.stories:
        for benefit in story.benefits:
            if benefit.told["title"] == told["benefit"]:
                return benefit.row
    raise DemoFault(f"Demoen kender ikke gevinsten {told['benefit']}.")


def _amounts(town: Town, told: Mapping[int, int]) -> dict[int, Decimal]:
    return {town.calendar.year(year): Decimal(tkr) * 1000 for year, tkr in told.items()}


def _write(town: Town, told: Mapping[str, Any], made: dict[str, Any]) -> None:
    row = _row(town, told)
    expenditure = told.get("expenditure")
    row.refresh_from_db()
    agreement = actions.write_takeout(
        actor=town.with_role("controller"),
        benefit_id=row.pk,
        fields={
            "kind": told["kind"],
            "model": told["model"],
            "unit": row.unit or row.initiative.unit,
            "body": row.initiative.body,
            "budget_place": told.get("place", ""),
            "account": told.get("account", ""),
            "named_use": told.get("use", ""),
            "price_level": town.calendar.year(0),
            "is_lasting": told.get("lasting", True),
            "legal_basis": told.get("legal", ""),
            "expenditure_dkk": None if expenditure is None else Decimal(expenditure) * 1000,
        },
        amounts=_amounts(town, told.get("amounts", {})),
    )
    made["id"] = agreement.pk
    made["version"] = agreement.version
    if told["status"] != "undecided":
        _step(town, told, made)


def _step(town: Town, told: Mapping[str, Any], made: dict[str, Any]) -> None:
    agreement = actions.move_takeout(
        actor=town.with_role("controller"),
        agreement_id=made["id"],
        version=made["version"],
        status=told["status"],
        on=clock.today(),
        by_name=told.get("by", ""),
        reference=told.get("reference", ""),
        knowing=True,
    )
    made["version"] = agreement.version


def _layer(town: Town, told: Mapping[str, Any], made: dict[str, Any]) -> None:
    actions.add_layer(
        actor=town.with_role("controller"),
        agreement_id=made["id"],
        wanted=_amounts(town, told["amounts"]),
        reason=told["because"],
    )


def _involve(town: Town, told: Mapping[str, Any], on: dt.date) -> None:
    actions.involve_staff(
        actor=town.with_role("controller"),
        benefit_id=_row(town, told).pk,
        on=on,
        form=told["involved"]["form"],
        told=told["involved"]["told"],
    )


def _learn(town: Town, told: Mapping[str, Any]) -> None:
    actions.log_experience(
        actor=town.with_role("controller"),
        unit_id=town.unit(told["unit"]).pk,
        on=clock.today(),
        told=told["told"],
    )


def _publish(town: Town, told: Mapping[str, Any]) -> None:
    """Publish the quarter before the one it is."""
    today = clock.today()
    year, quarter = today.year, (today.month - 1) // 3
    if quarter == 0:
        year, quarter = year - 1, 4
    actions.publish_follow_up(
        actor=town.with_role("controller"), year=year, quarter=quarter, note=told["note"]
    )
