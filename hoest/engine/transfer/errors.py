"""Named errors of the transfer engine: facts about studies that cannot be put together.

All of them are `ValueError`s and carry the fact, so that a caller can say it in Danish.
"""

from __future__ import annotations


class TransferError(ValueError):
    """Input that the transfer engine refuses."""


class StudiesDiffer(TransferError):
    """Effects, variances or covariates are not equally many."""

    def __init__(self, effects: int, others: int) -> None:
        """Keep the two counts."""
        self.effects, self.others = effects, others
        super().__init__(f"{effects} effects but {others} of what belongs to them")


class NoStudies(TransferError):
    """There is no study at all."""

    def __init__(self) -> None:
        """Say it."""
        super().__init__("there are no studies")


class VarianceNotPositive(TransferError):
    """A variance is not a positive, finite number."""

    def __init__(self, place: int, variance: float) -> None:
        """Keep the place (from 0) and the variance."""
        self.place, self.variance = place, variance
        super().__init__(f"variance {place} is {variance}, which is not positive")


class EffectNotFinite(TransferError):
    """An effect or a covariate is not a finite number."""

    def __init__(self, place: int) -> None:
        """Keep the place (from 0)."""
        self.place = place
        super().__init__(f"number {place} is not finite")


class TooManyCovariates(TransferError):
    """More covariates than one for each ten studies."""

    def __init__(self, covariates: int, studies: int) -> None:
        """Keep the two counts."""
        self.covariates, self.studies = covariates, studies
        super().__init__(f"{covariates} covariates for {studies} studies")


class TooFewStudies(TransferError):
    """The method needs more studies."""

    def __init__(self, studies: int, needed: int) -> None:
        """Keep the number found and the number needed."""
        self.studies, self.needed = studies, needed
        super().__init__(f"{studies} studies, at least {needed} are needed")


class NumberOutOfRange(TransferError):
    """A number that steers the method is outside its bounds."""

    def __init__(self, name: str, value: float) -> None:
        """Keep its name and the number."""
        self.name, self.value = name, value
        super().__init__(f"{name} cannot be {value}")
