"""Named errors of the risk pool: facts about input that cannot be computed.

All of them are `ValueError`s and carry the fact, so that a caller can say it in Danish.
"""

from __future__ import annotations

from decimal import Decimal


class RiskPoolError(ValueError):
    """Input that the risk pool refuses."""


class TooManyRisks(RiskPoolError):
    """More risks than a pool may hold."""

    def __init__(self, count: int, most: int) -> None:
        """Keep the number given and the most allowed."""
        self.count, self.most = count, most
        super().__init__(f"a pool holds at most {most} risks, not {count}")


class RiskNamesRepeat(RiskPoolError):
    """Two risks of a pool have one name."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Keep the names met more than once."""
        self.names = names
        super().__init__(f"names are used more than once: {', '.join(names)}")


class RiskProbabilityOutOfRange(RiskPoolError):
    """A risk's probability is not a share from 0 to 1 with at most ten decimals."""

    def __init__(self, risk: str, probability: Decimal) -> None:
        """Keep the risk's name and its probability."""
        self.risk, self.probability = risk, probability
        super().__init__(f"the risk {risk!r} has the probability {probability}")


class ConsequenceNegative(RiskPoolError):
    """A risk that would bring money in: not a risk of the pool."""

    def __init__(self, risk: str, low: Decimal) -> None:
        """Keep the risk's name and its low consequence."""
        self.risk, self.low = risk, low
        super().__init__(f"the risk {risk!r} has the consequence {low}")


class CoverageOutOfRange(RiskPoolError):
    """A coverage was asked for that is not a share above 0 and at most 1."""

    def __init__(self, share: Decimal) -> None:
        """Keep the share."""
        self.share = share
        super().__init__(f"the coverage {share} is not above 0 and at most 1")


class PoolNegative(RiskPoolError):
    """A pool smaller than nothing."""

    def __init__(self, pool: Decimal) -> None:
        """Keep the pool."""
        self.pool = pool
        super().__init__(f"the pool {pool} is negative")
