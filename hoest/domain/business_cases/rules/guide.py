"""The guided case: nine steps, the questions of each, and what makes a step answered. No Django.

Why: a business case is written in portions, by people with ten minutes. A step is answered by what
stands in the version itself (lines, assumptions, written answers), never by a tick somebody set.
Source: the guide of the State's business case model (need, alternatives, costs, benefits,
assumptions, uncertainty, risks, ownership, sum); the requirement that the effect for citizens is
written down, or its absence argued, before a case is submitted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from hoest.domain.business_cases.rules.versions import CostType
from hoest.foundation.faults import Fault

LONGEST_ANSWER = 4000
LONGEST_NAME = 200
LONGEST_SOURCE = 300
LONGEST_UNIT = 40


class StepState(StrEnum):
    """Where a step is. `LATER` is put off by somebody; `HALF` lacks something it asks for."""

    ANSWERED = "answered"
    HALF = "half"
    MISSING = "missing"
    LATER = "later"


class Question(StrEnum):
    """A question that is answered in words; the part before the dot is the step's slug."""

    SITUATION = "behov.nu"
    NEED = "behov.behov"
    USER_GROUP = "behov.brugergruppe"
    CHANGE = "behov.aendring"
    MEASURED_BY = "behov.maaling"
    NO_EFFECT = "behov.ingen"
    DO_NOTHING = "alternativer.nul"
    CHOSEN_BECAUSE = "alternativer.valgt"
    NO_OTHERS = "alternativer.ingen"
    NO_ACQUISITION = "udgifter.acquisition"
    NO_RUNNING = "udgifter.running"
    NO_INTERNAL_HOURS = "udgifter.internal_hours"
    NO_CHANGE = "udgifter.change"
    NO_TRAINING = "udgifter.training"
    NO_BENEFITS = "gevinster.ingen"
    NO_ASSUMPTIONS = "forudsaetninger.ingen"
    CASE_OWNER = "opfoelgning.ejer"
    FOLLOWED_BY = "opfoelgning.hvordan"
    FOLLOWED_WHEN = "opfoelgning.hvornaar"
    STOPPED_WHEN = "opfoelgning.stop"


def reason_against(cost_type: str) -> str:
    """Return the question that argues why a case has no cost of a type."""
    return f"udgifter.{CostType(cost_type).value}"


def put_off(slug: str) -> str:
    """Return the name under which it is kept that a step is left for later."""
    return f"{slug}.senere"


class EffectForCitizensMissing(Fault):
    """A case says which citizens it changes something for and how, or argues that it is none."""


class AnswerTooLong(Fault):
    """An answer is longer than anybody reads."""


class QuestionUnknown(Fault):
    """No step asks that."""


class AlternativeNotWhole(Fault):
    """An alternative lacks its name or has a figure that cannot be."""


def effect_is_told(answered: Collection[str]) -> bool:
    """Tell whether the effect for citizens is written: who, which change, how measured; or none."""
    wanted = {Question.USER_GROUP, Question.CHANGE, Question.MEASURED_BY}
    return Question.NO_EFFECT in answered or wanted <= set(answered)


def check_effect(answered: Collection[str]) -> None:
    """Raise EffectForCitizensMissing unless the effect is told or its absence argued."""
    if not effect_is_told(answered):
        raise EffectForCitizensMissing(
            "Skriv først, hvad borgerne eller virksomhederne mærker: hvem, hvilken ændring, og "
            "hvordan det måles. Mærker de intet, så skriv hvorfor."
        )


def state_of(done: Iterable[bool], *, begun: bool, later: bool) -> StepState:
    """Return the state of a step from its parts; who puts a whole step off has not answered it."""
    parts = list(done)
    if parts and all(parts):
        return StepState.ANSWERED
    if later:
        return StepState.LATER
    return StepState.HALF if begun or any(parts) else StepState.MISSING


def unanswered_costs(lines: Iterable[str], answered: Collection[str]) -> tuple[CostType, ...]:
    """Return the cost types that have neither a line nor a reason why there is none."""
    present = set(lines)
    return tuple(
        one for one in CostType if one not in present and reason_against(one) not in answered
    )
