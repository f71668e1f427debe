"""The named errors of benefits: each is a fact with one Danish sentence."""

from __future__ import annotations

from hoest.foundation.faults import Fault


class BenefitHasNoOwner(Fault):
    """Nobody is named as owner, so nobody can answer."""


class OwnerLeadsTheInitiative(Fault):
    """The owner is a line manager, not the one who leads the initiative."""


class NotTheOwner(Fault):
    """Somebody else is asked to own this benefit."""


class BenefitHasLapsed(Fault):
    """The benefit was given up; take it up again first."""


class ReasonMissing(Fault):
    """An act that others will ask about says why."""


class MeasuredInTheFuture(Fault):
    """A day that has not come cannot be measured."""


class MeasuredAlready(Fault):
    """A measurement stands for that day, or from the same form with another answer.

    `measurement_id` is the one that stands: it can be withdrawn first.
    """

    def __init__(self, said: str, measurement_id: int | None = None) -> None:
        super().__init__(said)
        self.measurement_id = measurement_id


class AlreadyWithdrawn(Fault):
    """The measurement or decision has been withdrawn before."""


class EffectNotSensible(Fault):
    """An effect is noted that no estimate can give: shown without comparison, or in the future."""


class SeriesNotWhole(Fault):
    """A pasted series has lines that cannot be read, or corrects values without a reason."""


class DecisionIsNotWhole(Fault):
    """A harvest decision lacks its amount or hours, its place or use, or its reference."""


class NotALevel(Fault):
    """Kroner and hours are decided; only levels are confirmed."""


class ConfirmedAlready(Fault):
    """The level was confirmed by that role on that day."""


class KeyTaken(Fault):
    """Another benefit has this key."""


class LineIsCounted(Fault):
    """Another benefit counts that line of the business case."""


class PromiseIsFinal(Fault):
    """The line a benefit was promised as stays its line; otherwise the promise would change."""


class ProfileNotSensible(Fault):
    """Two facts of the profile contradict each other."""


class NotOnTheMap(Fault):
    """The node is not on this map any more, or the map is not begun."""


class ArrowRefused(Fault):
    """An arrow of the benefit map goes against the flow, to itself, or in a circle."""


class NodeNotWhole(Fault):
    """A node of the benefit map lacks its title, its kind or its benefit."""


class NothingToUndo(Fault):
    """The person has done nothing on the map, or others have built upon it since."""


class TakeoutIsNotWhole(Fault):
    """A take-out agreement lacks its amounts, its place or use, or who decided it."""


class TakeoutIsDecided(Fault):
    """What is decided cannot be changed; a change is a new layer."""


class TakeoutCannotGoThere(Fault):
    """An agreement does not go from its status to that one."""


class TakeoutBeforeBaseline(Fault):
    """A saving is booked before baseline or staff involvement exist; `lacks` says what (G-07)."""

    def __init__(self, said: str, lacks: tuple[str, ...]) -> None:
        super().__init__(said)
        self.lacks = lacks


class LayerIsOpen(Fault):
    """Another change of the agreement waits for its decision."""


class DecisionHasAnAgreement(Fault):
    """The decision came of an agreement and is withdrawn with it."""


class FollowUpIsPublished(Fault):
    """The quarter has a published follow-up; a new edition says why."""


class OwnerNotInLine(Fault):
    """The owner leads no unit, so she cannot answer for the operation."""


class PortionNotKnown(Fault):
    """A field does not belong to the portion that was saved."""


class CannotSeeTheBenefit(Fault):
    """The person who was to be asked may not see the benefit."""


class DisbenefitIsNotHarvested(Fault):
    """A dis-benefit is followed and never taken home."""


class PoolNotWhole(Fault):
    """A pool lacks its total, its source, or the price level of its kroner."""


class PoolNameTaken(Fault):
    """Another pool of the same measure has this name."""


class PoolIsPromised(Fault):
    """The pool would be smaller than what is claimed of it."""


class ClaimDoesNotFit(Fault):
    """A claim would take more than is left of a pool. Says who holds the rest."""


class ClaimIsReleased(Fault):
    """The claim has been let go before."""
