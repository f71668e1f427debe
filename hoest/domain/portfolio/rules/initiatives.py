"""Facts and decisions about initiatives: codes, status with reasons. No Django."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum


class PurposeType(StrEnum):
    """Why the initiative exists; hygiene is judged on risk and load, not on present value."""

    HYGIENE = "hygiene"
    RELIEF = "relief"
    SERVICE = "service"
    EFFICIENCY = "efficiency"
    DEVELOPMENT = "development"


class InitiativeType(StrEnum):
    """What kind of change it is."""

    IT_SYSTEM = "it_system"
    WORKFLOW = "workflow"
    COMPETENCE = "competence"
    DATA = "data"
    WELFARE_TECHNOLOGY = "welfare_technology"
    ORGANISATION = "organisation"
    COLLABORATION = "collaboration"


class Phase(StrEnum):
    """Where the initiative is, in the order of its life."""

    IDEA = "idea"
    ANALYSIS = "analysis"
    EXECUTION = "execution"
    REALISATION = "realisation"
    CLOSED = "closed"
    STOPPED = "stopped"


ACTIVE_PHASES = (Phase.IDEA, Phase.ANALYSIS, Phase.EXECUTION, Phase.REALISATION)
DELIVERING_PHASES = (Phase.EXECUTION, Phase.REALISATION)

# Where an initiative may go from each phase: one step on or back, to a stop, and alive again.
NEXT_PHASES: dict[Phase, tuple[Phase, ...]] = {
    Phase.IDEA: (Phase.ANALYSIS, Phase.STOPPED),
    Phase.ANALYSIS: (Phase.EXECUTION, Phase.IDEA, Phase.STOPPED),
    Phase.EXECUTION: (Phase.REALISATION, Phase.ANALYSIS, Phase.STOPPED),
    Phase.REALISATION: (Phase.CLOSED, Phase.EXECUTION, Phase.STOPPED),
    Phase.CLOSED: (Phase.REALISATION,),
    Phase.STOPPED: (Phase.IDEA, Phase.ANALYSIS, Phase.EXECUTION, Phase.REALISATION),
}


def may_move(before: Phase, after: Phase) -> bool:
    """Tell whether an initiative may go from one phase to another."""
    return after in NEXT_PHASES[before]


def is_forward(before: Phase, after: Phase) -> bool:
    """Tell whether a move goes through a gate: on to a later phase; closing has its own rule."""
    return (
        before in ACTIVE_PHASES
        and after in ACTIVE_PHASES
        and ACTIVE_PHASES.index(after) > ACTIVE_PHASES.index(before)
    )


class Status(StrEnum):
    """A calm status; never typed, always with reasons."""

    ON_TRACK = "on_track"
    ATTENTION = "attention"
    ACTION_NEEDED = "action_needed"
    UNKNOWN = "unknown"


class LeadWord(StrEnum):
    """What a lead says of the initiative, best first."""

    GOING_WELL = "going_well"
    WATCH = "watch"
    HELP = "help"


@dataclass(frozen=True)
class InitiativeFacts:
    """The facts a status is made of."""

    phase: Phase
    has_sponsor: bool
    has_lead: bool
    has_plain_sentence: bool
    starts_on: dt.date | None
    live_on: dt.date | None
    adoption_share: float | None
    agreed_adoption_share: float
    old_way_closes_on: dt.date | None
    old_way_closed_on: dt.date | None
    written_on: dt.date
    silence_weeks: int


@dataclass(frozen=True)
class Reason:
    """One reason for a status: a code for the words, its weight, and the field that mends it."""

    code: str
    status: Status
    mend_field: str


def status_reasons(facts: InitiativeFacts, today: dt.date) -> tuple[Reason, ...]:
    """List the reasons, heaviest first. An empty list means that nothing needs attention."""
    if facts.phase in (Phase.CLOSED, Phase.STOPPED):
        return ()
    reasons = [*_people_reasons(facts), *_going_live_reasons(facts, today)]
    if not facts.has_plain_sentence:
        reasons.append(Reason("no_plain_sentence", Status.ATTENTION, "in_practice"))
    if facts.written_on + dt.timedelta(weeks=facts.silence_weeks) < today:
        reasons.append(Reason("silent", Status.UNKNOWN, "written_on"))
    order = (Status.ACTION_NEEDED, Status.ATTENTION, Status.UNKNOWN)
    return tuple(sorted(reasons, key=lambda reason: order.index(reason.status)))


def _people_reasons(facts: InitiativeFacts) -> list[Reason]:
    reasons = []
    if not facts.has_sponsor:
        # While an idea is looked into a sponsor may still be found. What is being delivered without
        # one has nobody who can clear the way, so somebody must act.
        delivering = facts.phase in DELIVERING_PHASES
        weight = Status.ACTION_NEEDED if delivering else Status.ATTENTION
        reasons.append(Reason("no_sponsor", weight, "sponsor"))
    if not facts.has_lead and facts.phase is not Phase.IDEA:
        reasons.append(Reason("no_lead", Status.ATTENTION, "lead"))
    return reasons


def _going_live_reasons(facts: InitiativeFacts, today: dt.date) -> list[Reason]:
    reasons = []
    live = facts.live_on is not None and facts.live_on <= today
    if facts.phase in DELIVERING_PHASES and facts.live_on is None:
        reasons.append(Reason("no_live_date", Status.ATTENTION, "live_on"))
    if facts.phase is Phase.EXECUTION and live:
        reasons.append(Reason("live_but_still_executing", Status.ATTENTION, "phase"))
    if live and facts.old_way_closed_on is None:
        if facts.old_way_closes_on is None:
            reasons.append(Reason("old_way_open", Status.ATTENTION, "old_way_closes_on"))
        elif facts.old_way_closes_on < today:
            reasons.append(Reason("old_way_overdue", Status.ACTION_NEEDED, "old_way_closed_on"))
    if live and facts.adoption_share is None:
        reasons.append(Reason("adoption_unknown", Status.ATTENTION, "adoption_share"))
    elif live and (facts.adoption_share or 0) < facts.agreed_adoption_share:
        reasons.append(Reason("adoption_low", Status.ATTENTION, "adoption_share"))
    return reasons


def status(reasons: tuple[Reason, ...]) -> Status:
    """Return the heaviest status of the reasons, or on track without any."""
    return reasons[0].status if reasons else Status.ON_TRACK


_WORDS = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")
# What announces a system instead of telling what happens; weighed in `plain_language_questions`.
_INTRODUCING = frozenset(
    _WORDS.findall(
        """
        indfører indføre indførelse indføres implementerer implementere implementering
        implementeres køber købe indkøb anskaffer anskaffe anskaffelse udruller udrulle udrulning
        udrulles idriftsætter idriftsættelse opgraderer opgradering skifter skift overgår overgang
        får få bruger anvender tager brug ny nyt nye ibrugtager etablerer etablering
        system systemet systemer it-system it-systemet it løsning løsningen platform platformen
        modul modulet app appen program programmet software version licens licenser fagsystem
        fagsystemet digital digitalt digitale værktøj værktøjet
        """
    )
)
_CARRYING = frozenset(
    _WORDS.findall(
        """
        vi i kommunen kommune der den det de en et er bliver blive til af på med og for fra at
        skal kan har have være om som hele alle vores sit sin
        """
    )
)


def plain_language_questions(sentence: str, longest: int) -> tuple[str, ...]:
    """Return what to ask about the sentence "Det betyder i praksis, at …": codes, maybe none.

    `too_long`: more than `longest` words. `names_a_system`: when the words that introduce
    something and the small words are taken away, only names are left, so nobody learns what
    changes for anybody. Questions never block.
    """
    words = _WORDS.findall(sentence)
    questions = []
    if len(words) > longest:
        questions.append("too_long")
    telling = [w for w in words if w.lower() not in _INTRODUCING and w.lower() not in _CARRYING]
    if words and all(_is_a_name(word) for word in telling):
        questions.append("names_a_system")
    return tuple(questions)


def _is_a_name(word: str) -> bool:
    return word[0].isupper() or any(letter.isdigit() for letter in word)
