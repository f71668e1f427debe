"""What leads say of their initiatives in the demo, and the days of which the figures are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from hoest.config.demo.town import Town
from hoest.config.demo.words import refuse_unknown, words
from hoest.domain.portfolio import actions
from hoest.domain.portfolio.rules import LeadWord
from hoest.domain.reporting.actions import record_day
from hoest.foundation import content
from hoest.foundation.content.files import read_yaml

if TYPE_CHECKING:
    from hoest.config.demo.initiatives import InitiativeStory

TOLD = words("at word sentence")
# The days kept are the last ones of the months gone by, the newest first.
MONTHS_KEPT = 4


def tell_facts(town: Town, stories: Sequence[InitiativeStory]) -> None:
    """Put the leads' words and the kept days of a municipality on its timeline."""
    told: Mapping[str, Any] = read_yaml(content.path("demo/status.yaml"))
    for story in stories:
        for one in told.get(story.word, ()):
            refuse_unknown(one, TOLD, f"status for {story.word}")
            town.timeline.on(story.day(one["at"]), partial(_say, town, story, one))
    for back in range(1, MONTHS_KEPT + 1):
        day: dt.date = town.calendar.month_end(-back)
        town.timeline.on(day, partial(record_day, town.organisation_id))


def _say(town: Town, story: InitiativeStory, told: Mapping[str, Any]) -> None:
    story.row.refresh_from_db()
    actions.say_status(
        actor=town.actor(story.told["lead"]),
        initiative_id=story.row.pk,
        version=story.row.version,
        word=LeadWord(told["word"]),
        sentence=told["sentence"],
    )
    story.row.refresh_from_db()
