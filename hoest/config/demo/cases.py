"""Business cases of the demo: drafted by the controller, approved by the sponsor or the chief.

Amounts are told in thousand kroner (`tkr`) or in hours, one for each year from `from`, counted
from this year. A later version tells only the lines that differ from the one that holds. `draft`
is still being written, `submitted` waits for an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from hoest.config.demo import uncertainty
from hoest.config.demo.guided import guide_case
from hoest.config.demo.town import Town
from hoest.config.demo.words import refuse_unknown, words
from hoest.domain.business_cases import actions

if TYPE_CHECKING:
    from hoest.config.demo.initiatives import InitiativeStory

VERSION_TOLD = words("at by level reason draft submitted lines")
LINE_TOLD = words("line kind from tkr hours range once area")
THOUSAND = 1000


def tell_case(story: InitiativeStory) -> None:
    """Put every version of an initiative's business case on the timeline."""
    for version in story.told.get("case", ()):
        refuse_unknown(version, VERSION_TOLD, f"business casen i {story.word}")
        story.town.timeline.on(story.day(version["at"]), partial(_write, story, version))


def _write(story: InitiativeStory, told: Mapping[str, Any]) -> None:
    town = story.town
    controller = town.with_role("controller")
    draft = actions.start_draft(
        actor=controller,
        initiative_id=story.row.pk,
        price_level=town.calendar.year(told.get("level", 0)),
    )
    grown = draft.version
    for line in told["lines"]:
        given = line_of(town, line)
        former = draft.lines.filter(key=given.key, kind=given.kind, measure=given.measure).first()
        actions.set_line(
            actor=controller,
            version_id=draft.pk,
            version=grown,
            line=given,
            line_id=former.pk if former else None,
        )
        grown += 1
    if draft.number == 1:
        guide_case(story, draft)
        grown = uncertainty.tell(controller, story.word, draft)
    if told.get("submitted"):
        actions.submit(actor=controller, version_id=draft.pk, version=grown)
    elif not told.get("draft"):
        actions.approve(
            actor=town.actor(_approver(story, told)),
            version_id=draft.pk,
            version=grown,
            reason=told.get("reason", ""),
        )


def _approver(story: InitiativeStory, told: Mapping[str, Any]) -> str:
    sponsor = told.get("by", story.told.get("sponsor"))
    if sponsor is not None and story.town.has_role(sponsor, "executive"):
        return str(sponsor)
    return story.town.roles["executive"]


def line_of(town: Town, told: Mapping[str, Any]) -> actions.LineInput:
    """Return a told line as the business case takes it."""
    refuse_unknown(told, LINE_TOLD, f"posten {told.get('line')}")
    hours = "hours" in told
    first = town.calendar.year(told.get("from", 0))
    kind = told.get("kind", "benefit")
    low, high = told.get("range", (None, None))
    once = told.get("once", kind == "investment")
    amounts = told["hours"] if hours else [amount * THOUSAND for amount in told["tkr"]]
    area = "" if hours else told.get("area", "capital" if kind == "investment" else "service")
    return actions.LineInput(
        key=told["line"],
        kind=kind,
        measure="hours" if hours else "dkk",
        duration="one_off" if once else "recurring",
        steering_area=area,
        cost_type={"investment": "acquisition", "operation": "running"}.get(kind, ""),
        low_share=_share(low),
        high_share=_share(high),
        amounts={first + place: Decimal(str(amount)) for place, amount in enumerate(amounts)},
    )


def _share(told: float | None) -> Decimal | None:
    return None if told is None else Decimal(str(told))
