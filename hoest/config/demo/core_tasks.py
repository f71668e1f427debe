"""The core tasks of a demo municipality, and the initiatives that are there for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from hoest.config.demo.initiatives import InitiativeStory
from hoest.config.demo.town import NotInTheStory, Town
from hoest.config.demo.words import refuse_unknown, words
from hoest.domain.portfolio import actions

TOLD = words("name citizens_notice unit initiatives")


def tell_core_tasks(town: Town, stories: Sequence[InitiativeStory], on: dt.date) -> None:
    """Write the core tasks down on a day before the first initiative points at one."""
    known = {story.word for story in stories}
    for told in town.told.get("core_tasks", ()):
        refuse_unknown(told, TOLD, f"kerneopgaven {told.get('name')}")
        for word in told["initiatives"]:
            if word not in known:
                raise NotInTheStory(f"Demoen nævner initiativet '{word}', som ikke er fortalt.")
        town.timeline.on(on, partial(_create, town, told))


def _create(town: Town, told: Mapping[str, Any]) -> None:
    task = actions.create_core_task(
        actor=town.with_role("executive"),
        fields={
            "name": told["name"],
            "citizens_notice": told["citizens_notice"],
            "unit": town.unit(told.get("unit")),
        },
    )
    town.core_tasks.update(dict.fromkeys(told["initiatives"], task))
