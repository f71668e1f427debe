"""Named errors of the effects engine: facts about input that cannot be estimated.

All of them are `ValueError`s and carry the fact, so that a caller can say it in Danish.
"""

from __future__ import annotations


class EffectError(ValueError):
    """Input that the effects engine refuses."""


class ShapesDiffer(EffectError):
    """Two inputs that belong together have different shapes."""

    def __init__(self, what: str, found: tuple[int, ...], expected: tuple[int, ...]) -> None:
        """Keep what it was, its shape and the shape it should have."""
        self.what, self.found, self.expected = what, found, expected
        super().__init__(f"{what} has shape {found}, expected {expected}")


class NobodyStarted(EffectError):
    """No unit started within the periods, so there is no effect to look for."""

    def __init__(self) -> None:
        """Say it."""
        super().__init__("no unit started within the periods")


class NothingToCompare(EffectError):
    """No value of an adopter after its start can be compared with anything untreated."""

    def __init__(self) -> None:
        """Say it."""
        super().__init__("no treated value has an untreated one to be compared with")


class PeriodsNotConnected(EffectError):
    """The untreated values fall in parts that share no unit: the periods cannot be compared."""

    def __init__(self, parts: int) -> None:
        """Keep the number of parts."""
        self.parts = parts
        super().__init__(f"the untreated values fall in {parts} parts without a common unit")


class MissingDiffers(EffectError):
    """Indicators of one batch miss different values; they must be estimated one by one."""

    def __init__(self) -> None:
        """Say it."""
        super().__init__("the indicators of a batch must miss the same values")


class ValuesMissing(EffectError):
    """A method that needs every value met a missing one."""

    def __init__(self, count: int) -> None:
        """Keep the number of missing values."""
        self.count = count
        super().__init__(f"{count} values are missing")


class StartsDiffer(EffectError):
    """A method for one common start met adopters with different starts."""

    def __init__(self, dates: int) -> None:
        """Keep the number of different starts."""
        self.dates = dates
        super().__init__(f"the adopters have {dates} different starts")


class TooFewPeriods(EffectError):
    """There are too few periods before or after a start for the method."""

    def __init__(self, found: int, needed: int) -> None:
        """Keep the number found and the number needed."""
        self.found, self.needed = found, needed
        super().__init__(f"{found} periods, at least {needed} are needed")


class TooFewUnits(EffectError):
    """There are too few units for the method."""

    def __init__(self, found: int, needed: int) -> None:
        """Keep the number found and the number needed."""
        self.found, self.needed = found, needed
        super().__init__(f"{found} units, at least {needed} are needed")


class NumberOutOfRange(EffectError):
    """A number that steers the method is outside its bounds."""

    def __init__(self, name: str, value: float) -> None:
        """Keep its name and the number."""
        self.name, self.value = name, value
        super().__init__(f"{name} cannot be {value}")


class CellRepeats(EffectError):
    """One unit has two values for one period."""

    def __init__(self, unit: str, period: object) -> None:
        """Keep the unit and the period."""
        self.unit, self.period = unit, period
        super().__init__(f"{unit} has two values for {period}")


class StartChanges(EffectError):
    """One unit is given two different starts."""

    def __init__(self, unit: str) -> None:
        """Keep the unit."""
        self.unit = unit
        super().__init__(f"{unit} is given two different starts")


class NotReadable(EffectError):
    """Something has no form as text, or a text was not written by this engine."""

    def __init__(self, what: str) -> None:
        """Keep what it was."""
        self.what = what
        super().__init__(f"{what} cannot be written or read")


class PrimaryRepeats(EffectError):
    """A benefit names two primary indicators; one is asked about before anybody looks."""

    def __init__(self, benefit: str) -> None:
        """Keep the benefit."""
        self.benefit = benefit
        super().__init__(f"{benefit} has two primary indicators")


class NameRepeats(EffectError):
    """Two indicators of one benefit have the same name."""

    def __init__(self, name: str) -> None:
        """Keep the name."""
        self.name = name
        super().__init__(f"{name} is there twice")


class RunStopped(EffectError):
    """A run over many indicators was stopped; what was done is kept in the store."""

    def __init__(self, done: int, total: int) -> None:
        """Keep how many were done, and of how many."""
        self.done, self.total = done, total
        super().__init__(f"stopped after {done} of {total}")


class MachinesLost(EffectError):
    """The machines that calculate were lost more often than is tried again."""

    def __init__(self, times: int) -> None:
        """Keep how often they were lost."""
        self.times = times
        super().__init__(f"the machines were lost {times} times")
