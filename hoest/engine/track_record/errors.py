"""Named errors of the track record: facts about input that cannot be computed.

All of them are `ValueError`s and carry the fact, so that a caller can say it in Danish.
"""

from __future__ import annotations

from decimal import Decimal


class TrackRecordError(ValueError):
    """Input that the track record refuses."""


class ConfidenceOutOfRange(TrackRecordError):
    """A confidence that is not a share strictly between 0 and 1."""

    def __init__(self, confidence: float) -> None:
        """Keep the confidence."""
        self.confidence = confidence
        super().__init__(f"the confidence {confidence} is not strictly between 0 and 1")


class PromiseOutOfOrder(TrackRecordError):
    """A promised range that is not in order, or amounts that are not finite."""

    def __init__(self, low: Decimal, high: Decimal) -> None:
        """Keep the two ends."""
        self.low, self.high = low, high
        super().__init__(f"promised low {low} and high {high} are not in order")


class CountOutOfRange(TrackRecordError):
    """More hits than tries, or fewer than none."""

    def __init__(self, hits: int, tries: int) -> None:
        """Keep both counts."""
        self.hits, self.tries = hits, tries
        super().__init__(f"{hits} of {tries} is not a count")
