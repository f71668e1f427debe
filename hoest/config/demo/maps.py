"""The benefit maps of the demo, drawn with the ordinary acts on the day they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from hoest.config.demo.initiatives import InitiativeStory
from hoest.config.demo.town import Town
from hoest.config.demo.words import refuse_unknown, words
from hoest.domain.benefits.actions import benefit_map as actions
from hoest.domain.benefits.queries.benefit_map import read_map
from hoest.foundation import content
from hoest.foundation.content.files import read_yaml

TOLD = words("initiative at nodes arrows")
NODE_TOLD = words("kind title owner")
PURPOSE = "purpose"


def tell_maps(town: Town, stories: Sequence[InitiativeStory]) -> None:
    """Put the maps of a municipality's initiatives on the timeline."""
    by_word = {story.word: story for story in stories}
    for told in read_yaml(content.path("demo/maps.yaml")):
        refuse_unknown(told, TOLD, f"gevinstdiagrammet for {told.get('initiative')}")
        story = by_word.get(told["initiative"])
        if story is not None:
            town.timeline.on(town.day(told["at"], story.word), partial(_draw, town, story, told))


def _draw(town: Town, story: InitiativeStory, told: Mapping[str, Any]) -> None:
    manager = town.with_role("portfolio_manager")
    on = {"actor": manager, "initiative_id": story.row.pk}
    actions.begin_map(**on)
    begun = read_map(manager, story.row.pk)
    named = {PURPOSE: next(one.id for one in begun.nodes if one.follows_initiative)}
    by_benefit = {one.benefit_id: one.id for one in begun.nodes}
    for number, benefit in enumerate(story.benefits, start=1):
        named[f"g{number}"] = by_benefit[benefit.row.pk]
    for name, node in told["nodes"].items():
        refuse_unknown(node, NODE_TOLD, f"leddet {name} i gevinstdiagrammet for {story.word}")
        named[name] = actions.add_node(
            **on, kind=node["kind"], title=node["title"], owner=town.person(node.get("owner"))
        ).pk
    for source, target in begun.arrows:
        actions.disconnect(**on, source_id=source, target_id=target)
    for arrow in told["arrows"]:
        source, target = (named[one.strip()] for one in arrow.split(">"))
        actions.connect(**on, source_id=source, target_id=target)
