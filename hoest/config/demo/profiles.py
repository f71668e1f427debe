"""The profiles of the demo: portions filled by those who know them, questions, and pools.

Told by the title of the benefit; a word nobody reads is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from hoest.config.demo.benefits import BenefitStory
from hoest.config.demo.initiatives import InitiativeStory
from hoest.config.demo.town import NotInTheStory, Town
from hoest.config.demo.words import refuse_unknown, words
from hoest.domain.benefits import actions
from hoest.domain.benefits.rules.portions import OF_PROFILE, Portion

TOLD = words("pools profiles")
PROFILE_TOLD = words("benefit at asked") | {portion.value for portion in Portion}
POOL_TOLD = words("name unit measure total level source at claims")
CLAIM_TOLD = words("benefit amount")
ASKED_TOLD = words("portion person note at")
PEOPLE = ("measurer", "responsible")


def tell_profiles(town: Town, stories: Sequence[InitiativeStory]) -> None:
    """Put the profiles and pools of a town on its timeline."""
    told = town.told.get("profiles")
    if not told:
        return
    refuse_unknown(told, TOLD, "gevinstprofilerne")
    by_title = {one.told["title"]: one for story in stories for one in story.benefits}
    for one in told["profiles"]:
        refuse_unknown(one, PROFILE_TOLD, f"profilen for {one.get('benefit')}")
        _tell(town, _of(by_title, one["benefit"]), one)
    for pool in told["pools"]:
        refuse_unknown(pool, POOL_TOLD, f"puljen {pool.get('name')}")
        on = town.day(pool["at"], pool["name"])
        town.timeline.on(on, partial(_make_pool, town, by_title, pool, on))


def _of(by_title: Mapping[str, BenefitStory], title: str) -> BenefitStory:
    if title not in by_title:
        raise NotInTheStory(f"Demoen nævner gevinsten »{title}«, som ikke er fortalt.")
    return by_title[title]


def _tell(town: Town, story: BenefitStory, told: Mapping[str, Any]) -> None:
    on = town.day(told["at"], told["benefit"])
    for portion in Portion:
        if portion.value in told:
            fields = told[portion.value]
            town.timeline.on(on, partial(_fill, town, story, portion, fields))
    for asked in told.get("asked", ()):
        refuse_unknown(asked, ASKED_TOLD, f"spørgsmålet om {told['benefit']}")
        day = town.day(asked["at"], told["benefit"])
        town.timeline.on(day, partial(_ask, town, story, asked))


def _fill(town: Town, story: BenefitStory, portion: Portion, told: Mapping[str, Any]) -> None:
    refuse_unknown(told, frozenset(OF_PROFILE[portion]), f"profilen for {story.word}")
    actions.fill_portion(
        actor=town.with_role("controller" if portion is Portion.WORTH else "portfolio_manager"),
        benefit_id=story.row.pk,
        portion=portion,
        seen=None,
        fields={name: _value(town, story, name, value) for name, value in told.items()},
    )


def _value(town: Town, story: BenefitStory, name: str, told: Any) -> Any:
    if name in PEOPLE:
        return town.person(told)
    if name == "receiving_unit":
        return town.unit(told)
    if name.endswith("_on"):
        return town.day(told, story.word)
    if name == "price_level":
        return town.calendar.year(told)
    if isinstance(told, int | float) and name != "priority":
        return Decimal(str(told))
    return told


def _ask(town: Town, story: BenefitStory, told: Mapping[str, Any]) -> None:
    actions.ask_portion(
        actor=town.with_role("portfolio_manager"),
        benefit_id=story.row.pk,
        portion=told["portion"],
        person=town.person(told["person"]),
        note=told.get("note", ""),
    )


def _make_pool(
    town: Town, by_title: Mapping[str, BenefitStory], told: Mapping[str, Any], on: dt.date
) -> None:
    pool = actions.make_pool(
        actor=town.with_role("controller"),
        fields={
            "name": told["name"],
            "unit": town.unit(told.get("unit")),
            "measure": told["measure"],
            "total": Decimal(str(told["total"])),
            "price_level": town.calendar.year(told["level"]) if "level" in told else None,
            "source_text": told["source"],
            "source_on": on,
        },
    )
    for claim in told["claims"]:
        refuse_unknown(claim, CLAIM_TOLD, f"andelen af {told['name']}")
        actions.claim_of_pool(
            actor=town.with_role("portfolio_manager"),
            pool_id=pool.pk,
            benefit_id=_of(by_title, claim["benefit"]).row.pk,
            amount=Decimal(str(claim["amount"])),
        )
