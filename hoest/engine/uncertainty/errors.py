"""Named errors of the uncertainty engine: facts about input that cannot be computed.

All of them are `ValueError`s and carry the fact, so that a caller can say it in Danish.
"""

from __future__ import annotations

from decimal import Decimal


class UncertaintyError(ValueError):
    """Input that the uncertainty engine refuses."""


class PointsOutOfOrder(UncertaintyError):
    """Three points that are not finite, or whose likely value is not between the ends."""

    def __init__(self, low: Decimal, likely: Decimal, high: Decimal) -> None:
        """Keep the three points."""
        self.low, self.likely, self.high = low, likely, high
        super().__init__(f"low {low}, likely {likely}, high {high} are not in order")


class NamesRepeat(UncertaintyError):
    """Two lines have one name; the draws of a line are made from its name."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Keep the names met more than once."""
        self.names = names
        super().__init__(f"names are used more than once: {', '.join(names)}")


class ProbabilityOutOfRange(UncertaintyError):
    """A quantile was asked for at a probability that is not strictly between 0 and 1."""

    def __init__(self, probability: float) -> None:
        """Keep the probability."""
        self.probability = probability
        super().__init__(f"the probability {probability} is not strictly between 0 and 1")


class DrawsOutOfRange(UncertaintyError):
    """A simulation was asked for with too few or too many draws."""

    def __init__(self, draws: int, fewest: int, most: int) -> None:
        """Keep the number asked for and the bounds."""
        self.draws, self.fewest, self.most = draws, fewest, most
        super().__init__(f"{draws} draws are not within {fewest}-{most}")


class SeedNegative(UncertaintyError):
    """A simulation was asked for with a negative seed."""

    def __init__(self, seed: int) -> None:
        """Keep the seed."""
        self.seed = seed
        super().__init__(f"the seed {seed} is negative")
