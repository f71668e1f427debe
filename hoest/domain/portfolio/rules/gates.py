"""What a gate asks of an initiative, how far each requirement is, and what refuses passage.

Only what the facts trigger is asked; a trigger that hangs on an unanswered fact asks for the
answer. Source: requirements S-01, S-02, S-05, O-02; architecture principle 6. No Django.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hoest.domain.portfolio.rules.facts import FactAnswer
from hoest.foundation.content import ModelPhase, PhaseModel, Requirement

STAGE_ORDER = ("idea", "analysis", "execution", "realisation")


class RequirementState(StrEnum):
    """How far a requirement is."""

    MISSING = "missing"
    IN_PROGRESS = "in_progress"
    PRESENT = "present"
    NOT_RELEVANT = "not_relevant"
    DEVIATED = "deviated"


OPEN_REQUIREMENTS = (RequirementState.MISSING, RequirementState.IN_PROGRESS)
WRITTEN_STATES = (
    RequirementState.MISSING,
    RequirementState.IN_PROGRESS,
    RequirementState.PRESENT,
    RequirementState.NOT_RELEVANT,
)


class Stance(StrEnum):
    """What an initiative does with an architecture principle."""

    FOLLOWS = "follows"
    DEVIATES = "deviates"
    NOT_RELEVANT = "not_relevant"


class Outcome(StrEnum):
    """What is decided at a gate."""

    GO = "go"
    GO_WITH_CONDITIONS = "go_with_conditions"
    WAIT = "wait"
    STOP = "stop"


PASSING = (Outcome.GO, Outcome.GO_WITH_CONDITIONS)


class Recommendation(StrEnum):
    """What a sponsor recommends who may not decide herself."""

    SUPPORTS = "supports"
    AGAINST = "against"


class DeviationState(StrEnum):
    """Whether a deviation waits for an answer, or which it got."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


class WaitingKind(StrEnum):
    """What an initiative waits for."""

    FUTURE_SYSTEM = "future_system"
    SHARED_SOLUTION = "shared_solution"
    MARKET = "market"
    LAW = "law"
    SOMEBODY = "somebody"


@dataclass(frozen=True)
class AskedRequirement:
    """A requirement this gate asks for, with the facts answered yes that trigger it."""

    requirement: Requirement
    because: tuple[str, ...]


@dataclass(frozen=True)
class Questions:
    """What a gate asks: requirements, and facts that must be answered before more is known.

    `unanswered` are facts some trigger hangs on, with the blocking ones apart in `needed`.
    """

    asked: tuple[AskedRequirement, ...]
    unanswered: tuple[str, ...]
    needed: tuple[str, ...]


def questions_at(
    phase: ModelPhase,
    requirements: Mapping[str, Requirement],
    facts: Mapping[str, FactAnswer],
    early: Iterable[str] = (),
) -> Questions:
    """Return what the gate into a phase asks, in the order of the requirements.

    Every requirement of the stage behind the gate and the stages before it, what the phase asks for
    early, without what it leaves out. `early` are the facts that are asked from the first day.
    """
    asked: list[AskedRequirement] = []
    unanswered = dict.fromkeys(
        code for code in early if facts.get(code, FactAnswer.UNKNOWN) is FactAnswer.UNKNOWN
    )
    needed = dict(unanswered)
    for code, one in requirements.items():
        if not _is_of(phase, code, one):
            continue
        triggered = one.when.holds(facts)
        if triggered is FactAnswer.YES:
            asked.append(AskedRequirement(one, one.when.because(facts)))
        elif triggered is FactAnswer.UNKNOWN:
            waits = dict.fromkeys(one.when.waits_for(facts))
            unanswered.update(waits)
            if one.is_blocking:
                needed.update(waits)
    return Questions(tuple(asked), tuple(unanswered), tuple(needed))


def _is_of(phase: ModelPhase, code: str, one: Requirement) -> bool:
    if code in phase.skips and not one.is_statutory:
        return False
    due = STAGE_ORDER.index(one.stage) <= STAGE_ORDER.index(phase.stage)
    return due or code in phase.asks


def standing(
    form: str,
    written: RequirementState | None,
    told: RequirementState | None,
    deviates_until: dt.date | None,
    today: dt.date,
) -> RequirementState:
    """Return how far a requirement is.

    What is told from elsewhere holds for a requirement of the form told, and else where nobody has
    written; an approved deviation covers what is open, to its last day included.
    """
    own = None if form == "told" or written is RequirementState.MISSING else written
    found = own or told or RequirementState.MISSING
    if found in OPEN_REQUIREMENTS and deviates_until is not None and today <= deviates_until:
        return RequirementState.DEVIATED
    return found


@dataclass(frozen=True)
class Obstacles:
    """What refuses passage through a gate: blocking requirements that are open, facts unknown."""

    requirements: tuple[str, ...]
    facts: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.requirements or self.facts)


def obstacles(questions: Questions, states: Mapping[str, RequirementState]) -> Obstacles:
    """Return what refuses passage: blocking requirements that are open, and unanswered facts."""
    open_ones = (
        one.requirement.code
        for one in questions.asked
        if one.requirement.is_blocking
        and states.get(one.requirement.code, RequirementState.MISSING) in OPEN_REQUIREMENTS
    )
    return Obstacles(tuple(open_ones), questions.needed)


def phase_now(model: PhaseModel, stage: str, chosen: str) -> ModelPhase | None:
    """Return the phase of the model an initiative is in.

    `chosen` holds while it belongs to the stage the initiative is in; else it is the first phase
    of the stage, or the last one before it when the model has none. None: closed or stopped.
    """
    found = model.phase(chosen)
    if found is not None and found.stage == stage:
        return found
    if stage not in STAGE_ORDER:
        return None
    place = STAGE_ORDER.index(stage)
    before = [one for one in model.phases if STAGE_ORDER.index(one.stage) < place]
    return model.first_in(stage) or (before[-1] if before else model.phases[0])


def may_answer_deviation(requirement: Requirement, roles: Collection[str], is_asker: bool) -> bool:
    """Tell whether somebody may answer a deviation; nobody answers her own.

    A statutory one is answered only by the roles the requirement names.
    """
    return not is_asker and any(role in requirement.approvers for role in roles)


def higher_mandate(
    amount: object, mandates: Sequence[tuple[object, tuple[str, ...]]]
) -> tuple[str, ...] | None:
    """Return the roles that must decide because the amount is above the first mandate.

    `mandates` are (end or None, roles), smallest first. None: within the first, or unknown amount.
    """
    if amount is None or not mandates:
        return None
    first_end = mandates[0][0]
    if first_end is None or amount <= first_end:  # type: ignore[operator]
        return None
    for end, roles in mandates[1:]:
        if end is None or amount <= end:  # type: ignore[operator]
            return roles
    return mandates[-1][1]


def decides_up_to(
    amount: object, mandates: Sequence[tuple[object, tuple[str, ...]]], roles: Collection[str]
) -> object | None:
    """Return the amount up to which a sponsor decides herself, where hers is above it.

    The first mandate is every sponsor's; a later one is hers when she has one of its roles.
    None: nothing is above what she may decide.
    """
    if higher_mandate(amount, mandates) is None:
        return None
    ends = [end for end, named in mandates[1:] if set(named) & set(roles)]
    below = [end for end in (mandates[0][0], *ends) if end is not None and end < amount]  # type: ignore[operator]
    return max(below)  # type: ignore[type-var]


@dataclass(frozen=True)
class Standing:
    """What somebody is to an initiative: its sponsor, its lead, and her roles that reach it."""

    is_sponsor: bool = False
    is_lead: bool = False
    roles: frozenset[str] = frozenset()


def may_open_gate(who: Standing, mandate: Collection[str] | None, usual: Collection[str]) -> bool:
    """Tell whether somebody may decide at a gate.

    The lead never does. Above the first mandate only the roles of the `mandate` do; else the
    sponsor does, and the `usual` roles.
    """
    if who.is_lead:
        return False
    if mandate is not None:
        return bool(who.roles & set(mandate))
    return who.is_sponsor or bool(who.roles & set(usual))


def is_asked(
    who: Standing, sponsor: Standing | None, mandate: Collection[str] | None, usual: Collection[str]
) -> bool:
    """Tell whether somebody is asked for the decision.

    The sponsor is, when she may decide; where there is none or she may not, everybody who may.
    """
    if not may_open_gate(who, mandate, usual):
        return False
    if who.is_sponsor:
        return True
    return sponsor is None or not may_open_gate(sponsor, mandate, usual)


def recommends(sponsor: Standing | None, mandate: Collection[str] | None) -> bool:
    """Tell whether the sponsor recommends because the amount is above what she may decide."""
    if sponsor is None or sponsor.is_lead or mandate is None:
        return False
    return not sponsor.roles & set(mandate)
