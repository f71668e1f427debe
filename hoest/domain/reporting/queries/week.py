"""Min uge: what needs a person, read for the whole municipality in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.rules import BenefitFacts, next_measurement_due
from hoest.domain.business_cases import queries as cases
from hoest.domain.organisations.queries import people_of
from hoest.domain.portfolio import queries as portfolio
from hoest.domain.portfolio.rules import ACTIVE_PHASES, Phase
from hoest.domain.reporting.models import PassedOn, SetAside
from hoest.domain.reporting.queries.evidence import Beside
from hoest.domain.reporting.queries.figures import figures_of
from hoest.domain.reporting.queries.week_states import (
    Answers,
    benefit_state,
    initiative_state,
    said_of,
)
from hoest.domain.reporting.rules import BenefitFigures
from hoest.domain.reporting.rules.stakes import Stake, Typical, together, typical_of, weight
from hoest.domain.reporting.rules.week import (
    BenefitState,
    InitiativeState,
    Need,
    Part,
    WeekItem,
    WeekLimits,
    needs_of_benefit,
    needs_of_initiative,
    part_in,
)
from hoest.domain.reporting.rules.week_order import AskItem, in_order
from hoest.foundation import asks, clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import NotFound

PREFIX = "initiative__"
FIELDS = (
    "id",
    "title",
    "phase",
    "unit_id",
    "lead_id",
    "sponsor_id",
    "live_on",
    "old_way_closes_on",
    "old_way_closed_on",
    "adoption_share",
    "agreed_adoption_share",
    "in_practice",
    "starts_on",
    "changed_at",
)
# The benefits of a closed initiative are followed on: gains come after the project is over.
FOLLOWED_PHASES = (*ACTIVE_PHASES, Phase.CLOSED)
# The roles that watch over what is nobody else's, and over what goes into the budget.
ROLE_OF_PART = {Part.PORTFOLIO: "portfolio_manager", Part.BUDGET: "controller"}


@dataclass(frozen=True)
class Handed:
    """A thing with the person it was passed on to, and when and with which words."""

    item: WeekItem
    passed: PassedOn


@dataclass(frozen=True)
class Week:
    """Everything that needs a person: what is shown, what can wait, what she put aside or sent on.

    `typical` is what one benefit outside the hand is worth, which the order is made from.
    """

    items: tuple[WeekItem | AskItem, ...]
    waiting: tuple[WeekItem | AskItem, ...]
    set_aside: tuple[tuple[WeekItem | AskItem, dt.date], ...]
    sent: tuple[Handed, ...]
    typical: Typical
    figures: tuple[BenefitFigures, ...] = ()

    @property
    def count(self) -> int:
        """How many things need her now."""
        return len(self.items) + len(self.waiting)


def me_of(actor: Actor) -> int:
    """Return the person who acts. Raises NotFound for a command or a job, which has no week."""
    if actor.person_id is None:
        raise NotFound("Min uge er en persons. Kommandoer og job har ingen.")
    return actor.person_id


def week_limits() -> WeekLimits:
    """Return the limits of Min uge as the municipality's content has them."""
    return WeekLimits(
        sponsor_silence_weeks=content.limit("sponsor_silence_weeks"),
        status_silence_weeks=content.limit("status_silence_weeks"),
        confirmations=content.limit("confirmations_for_quality"),
        confirmation_rest_days=content.limit("confirmation_rest_days"),
    )


def week_of(actor: Actor) -> Week:
    """Return what needs the actor this week, at most the named number of things first."""
    ground = _Ground.of(actor)
    today = clock.today()
    aside = {
        (one.need, one.subject_id): one.until
        for one in SetAside.objects.filter(
            organisation_id=actor.organisation_id, person_id=me_of(actor)
        )
        if one.until > today
    }
    known = list(
        PassedOn.objects.filter(organisation_id=actor.organisation_id)
        .filter(Q(ended_at__isnull=True) | (Q(from_person_id=actor.person_id) & ~Q(answer="")))
        .order_by("id")
    )
    standing = [p for p in known if p.ended_at is None]
    answers = {_named(p): p for p in known if p.ended_at is not None}
    sent = {_named(p): p for p in standing if p.from_person_id == actor.person_id}
    received = {_named(p): p for p in standing if p.to_person_id == actor.person_id}
    mine: list[WeekItem] = []
    handed: list[Handed] = []
    for item in ground.items():
        this_time = (*item.key, item.occurrence)
        came, went = received.get(this_time), sent.get(this_time)
        if went is not None:
            handed.append(Handed(item, went))
        elif came is not None:
            mine.append(
                replace(item, passed_id=came.pk, passed_on_by=came.from_name, note=came.note)
            )
        elif item.part is not None:
            said = answers.get(this_time)
            if said is not None:
                item = replace(item, answered_by=said.to_name, answer=said.answer)
            mine.append(item)
    asked = [AskItem(ask) for ask in asks.asked_of(actor, today)]
    order = in_order(
        (item for item in mine if item.key not in aside),
        (item for item in asked if item.key not in aside),
    )
    most = content.limit("week_items")
    return Week(
        items=tuple(order[:most]),
        waiting=tuple(order[most:]),
        set_aside=tuple(
            (item, aside[item.key]) for item in in_order(mine, asked) if item.key in aside
        ),
        sent=tuple(handed),
        typical=ground.typical,
        figures=tuple(
            row for row in ground.figures if not ground.facts[row.benefit_id].is_disbenefit
        ),
    )


def _named(passed: PassedOn) -> tuple[str, int, str]:
    return passed.need, passed.subject_id, passed.occurrence


def item_of(actor: Actor, need: str, subject_id: int) -> WeekItem | AskItem:
    """Return one thing that is on the actor's list, put aside, or sent on. Raises NotFound."""
    week = week_of(actor)
    everything = (
        *week.items,
        *week.waiting,
        *(item for item, _until in week.set_aside),
        *(handed.item for handed in week.sent),
    )
    for item in everything:
        if item.key == (need, subject_id):
            return item
    raise NotFound("Det er ikke længere på din liste. Måske er det klaret.")


def passable_of(actor: Actor, need: str, subject_id: int) -> WeekItem:
    """Return one thing of the actor's list that can be passed on. Raises NotFound."""
    item = item_of(actor, need, subject_id)
    if isinstance(item, AskItem):
        raise NotFound("Den kan ikke sendes videre herfra.")
    return item


def passed_of(actor: Actor, passed_id: int) -> PassedOn:
    """Return something that stands passed on to the actor. Raises NotFound."""
    found = PassedOn.objects.filter(
        organisation_id=actor.organisation_id,
        to_person_id=actor.person_id,
        pk=passed_id,
        ended_at__isnull=True,
    ).first()
    if found is None:
        raise NotFound("Den er ikke længere hos dig. Måske er den taget tilbage.")
    return found


def people_near(actor: Actor, item: WeekItem) -> list[Any]:
    """Return who stands nearest to a thing and is somebody else: lead, then sponsor."""
    ids = [item.initiative.lead_id, item.initiative.sponsor_id]
    wanted = [pk for pk in dict.fromkeys(ids) if pk is not None and pk != actor.person_id]
    found = {person.pk: person for person in people_of(actor).filter(pk__in=wanted)}
    return [found[pk] for pk in wanted if pk in found]


def passed_on_to(actor: Actor, item: WeekItem) -> list[PassedOn]:
    """Return how a thing came to the actor, locked, when somebody passed it on to her."""
    return list(
        PassedOn.objects.select_for_update()
        .filter(
            organisation_id=actor.organisation_id,
            to_person_id=actor.person_id,
            need=item.need.value,
            subject_id=item.subject_id,
            occurrence=item.occurrence,
            ended_at__isnull=True,
        )
        .order_by("pk")
    )


class _Ground:
    """The facts of everything the actor may see, and the needs that are open in it."""

    def __init__(
        self,
        actor: Actor,
        figures: list[BenefitFigures],
        facts: dict[int, BenefitFacts],
        owned: frozenset[int],
        initiatives: dict[int, dict[str, Any]],
        waiting: dict[int, cases.WaitingCase],
        said: dict[int, Beside],
        answers: Answers,
    ) -> None:
        self.actor, self.owned, self.rows = actor, owned, initiatives
        self.facts = facts
        self.figures = [row for row in figures if row.benefit_id in facts]
        self.today, self.limits = clock.today(), week_limits()
        self.states = {
            pk: initiative_state(row, waiting, said.get(pk)) for pk, row in initiatives.items()
        }
        ladder = benefits.ladder_limits()
        self.benefits = [
            benefit_state(
                row,
                facts[row.benefit_id],
                self.states[row.initiative_id],
                next_measurement_due(facts[row.benefit_id], self.today, ladder),
                answers,
            )
            for row in self.figures
            if row.initiative_id in self.states
        ]
        self.typical = typical_of(b.stake for b in self.benefits if b.stake.benefits)
        self.stakes: dict[int, list[Stake]] = {}
        for b in self.benefits:
            self.stakes.setdefault(b.initiative.initiative_id, []).append(b.stake)

    @classmethod
    def of(cls, actor: Actor) -> _Ground:
        """Read the ground in a constant number of queries."""
        seen = benefits.visible_to(actor)
        of_benefits = seen.filter(initiative__phase__in=FOLLOWED_PHASES).order_by()
        rows = [
            {name.removeprefix(PREFIX): value for name, value in row.items()}
            for row in of_benefits.values(*(PREFIX + name for name in FIELDS)).distinct()
        ]
        facts = benefits.facts_in(seen)
        own = portfolio.visible_to(actor).filter(phase__in=ACTIVE_PHASES).order_by()
        rows += own.values(*FIELDS)
        figures = figures_of(actor, facts=facts, with_disbenefits=True)
        return cls(
            actor,
            figures,
            facts,
            frozenset(seen.filter(owner_id=actor.person_id).values_list("pk", flat=True))
            if actor.person_id
            else frozenset(),
            {row["id"]: row for row in rows},
            cases.waiting_cases(actor),
            said_of(actor, rows, figures, facts),
            Answers(
                benefits.refusals_of(actor.organisation_id),
                benefits.asked_portions(actor.organisation_id),
            ),
        )

    def items(self) -> Iterable[WeekItem]:
        """Yield every open need, with the actor's part in it or None."""
        for b in self.benefits:
            parts = self._parts(b.initiative.initiative_id, b.benefit_id in self.owned)
            mine = tuple(one for one in b.asked if one[1] == self.actor.person_id)
            if mine:
                b, parts = replace(b, asked=mine), parts | {Part.ASKED}
            for need in needs_of_benefit(b, self.today, self.limits):
                yield self._item(need, b, b.stake, parts)
        for pk, state in self.states.items():
            stake = together(self.stakes.get(pk, ()))
            for need in needs_of_initiative(state, self.today, self.limits):
                yield self._item(need, state, stake, self._parts(pk, False))

    def _item(
        self,
        need: Need,
        state: BenefitState | InitiativeState,
        stake: Stake,
        parts: frozenset[Part],
    ) -> WeekItem:
        part = part_in(need, parts, state, self.today, self.limits)
        return WeekItem(need, state, stake, weight(stake, self.typical), part)

    def _parts(self, initiative_id: int, owns: bool) -> frozenset[Part]:
        row, me = self.rows[initiative_id], self.actor.person_id
        found = {Part.OWNER} if owns else set()
        if me is not None and row["lead_id"] == me:
            found.add(Part.LEAD)
        if me is not None and row["sponsor_id"] == me:
            found.add(Part.SPONSOR)
        if me is not None and self.states[initiative_id].sender_id == me:
            found.add(Part.SENDER)
        for part, role in ROLE_OF_PART.items():
            if any(
                grant.role == role and (grant.unit_id is None or row["unit_id"] in grant.unit_ids)
                for grant in self.actor.grants
            ):
                found.add(part)
        return frozenset(found)
