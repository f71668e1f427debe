"""Named errors of the cash-flow engine: each is a fact about input that cannot be computed.

They carry the fact as attributes, so that a caller can say it in Danish; the English message is
for the log. All of them are `ValueError`s.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal


class CashFlowError(ValueError):
    """Input that the engine refuses to compute with."""


class NoLines(CashFlowError):
    """A cash flow was asked for without a single line."""


class YearsOutOfRange(CashFlowError):
    """The horizon lies before the base year, or further from it than the engine allows."""

    def __init__(self, base_year: int, horizon: int, most_years: int) -> None:
        """Keep the two years and the longest span allowed."""
        self.base_year, self.horizon, self.most_years = base_year, horizon, most_years
        super().__init__(f"horizon {horizon} is not within {most_years} years from {base_year}")


class YearsDiffer(CashFlowError):
    """Cash flows over different years were to be added."""

    def __init__(self, spans: tuple[tuple[int, int], ...]) -> None:
        """Keep the different (base year, horizon) spans."""
        self.spans = spans
        super().__init__(f"cash flows over different years cannot be added: {spans}")


class AmountOutsideYears(CashFlowError):
    """A line holds an amount in a year before the base year or after the horizon."""

    def __init__(self, line: str, year: int, base_year: int, horizon: int) -> None:
        """Keep the line's name, the year and the years allowed."""
        self.line, self.year = line, year
        self.base_year, self.horizon = base_year, horizon
        super().__init__(f"{line!r} has an amount in {year}, outside {base_year}-{horizon}")


class AmountOutOfRange(CashFlowError):
    """An amount is negative, not finite, too large or written with too many decimals."""

    def __init__(self, line: str, year: int | None, amount: Decimal) -> None:
        """Keep the line's name, the year (None for a ramp's full amount) and the amount."""
        self.line, self.year, self.amount = line, year, amount
        super().__init__(f"{line!r} has the amount {amount} in {year}")


class ShareOutOfRange(CashFlowError):
    """A share (adoption, ramp, cashable part, low or high share) is outside its bounds."""

    def __init__(self, name: str, share: Decimal) -> None:
        """Keep which share it was and its value."""
        self.name, self.share = name, share
        super().__init__(f"the share {name} is {share}")


class EstimateOutOfOrder(CashFlowError):
    """A three-point estimate whose low, likely and high do not come in that order."""

    def __init__(self, low: Decimal, likely: Decimal, high: Decimal) -> None:
        """Keep the three points."""
        self.low, self.likely, self.high = low, likely, high
        super().__init__(f"low {low}, likely {likely}, high {high} are not in order")


class ViewsMixed(CashFlowError):
    """Amounts of the treasury view and of the societal view were to be added."""

    def __init__(self, views: tuple[str, ...]) -> None:
        """Keep the views met."""
        self.views = views
        super().__init__(f"views cannot be added: {', '.join(views)}")


class PriceLevelsMixed(CashFlowError):
    """Amounts in different price levels were to be added without an index."""

    def __init__(self, price_levels: tuple[int, ...]) -> None:
        """Keep the price level years met."""
        self.price_levels = price_levels
        super().__init__(f"price levels cannot be added: {', '.join(map(str, price_levels))}")


class PriceIndexLacksYear(CashFlowError):
    """The price index has no value for a year that is needed."""

    def __init__(self, index: str, year: int) -> None:
        """Keep the name of the index and the year missing."""
        self.index, self.year = index, year
        super().__init__(f"the price index {index!r} has no value for {year}")


class PriceIndexNotPositive(CashFlowError):
    """The price index has a value that is not a positive, finite number."""

    def __init__(self, index: str, year: int, value: Decimal) -> None:
        """Keep the name of the index, the year and the value."""
        self.index, self.year, self.value = index, year, value
        super().__init__(f"the price index {index!r} is {value} in {year}")


class RateOutOfRange(CashFlowError):
    """A discount rate at which money loses all its value, or one that is not a number."""

    def __init__(self, rate: float) -> None:
        """Keep the rate, a share a year."""
        self.rate = rate
        super().__init__(f"the rate {rate} is not a finite number above -1")


class UnknownRateSchedule(CashFlowError):
    """No discount rate schedule has this name."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        """Keep the name asked for and the names known."""
        self.name, self.known = name, known
        super().__init__(f"no rate schedule is named {name!r}; known: {', '.join(known)}")


class NoRateScheduleOn(CashFlowError):
    """No discount rate schedule is known for this date."""

    def __init__(self, day: date, first_day: date) -> None:
        """Keep the date asked for and the first date known."""
        self.day, self.first_day = day, first_day
        super().__init__(f"no rate schedule is known on {day}; the first is from {first_day}")


class PriceChangeOutOfRange(CashFlowError):
    """A yearly price change takes everything away, or is not a number."""

    def __init__(self, index: str, year: int, change: Decimal) -> None:
        """Keep the name of the index, the year and the change, a share."""
        self.index, self.year, self.change = index, year, change
        super().__init__(f"the price index {index!r} changes by {change} in {year}")


class NoPricePath(CashFlowError):
    """An amount was to be converted along a path without a single price level."""


class LifeOutOfRange(CashFlowError):
    """An asset's life is not a whole number of years the engine can spread over."""

    def __init__(self, life_years: int, most_years: int) -> None:
        """Keep the life asked for and the longest allowed."""
        self.life_years, self.most_years = life_years, most_years
        super().__init__(f"a life of {life_years} years is not within 1-{most_years}")


class NotAnInvestment(CashFlowError):
    """A line that is not an investment was to be capitalised."""

    def __init__(self, line: str, kind: str) -> None:
        """Keep the line's name and what it is."""
        self.line, self.kind = line, kind
        super().__init__(f"{line!r} is {kind} and cannot be capitalised")


class NoDistortionRateOn(CashFlowError):
    """No tax-distortion rate is known for this date."""

    def __init__(self, day: date, first_day: date) -> None:
        """Keep the date asked for and the first date known."""
        self.day, self.first_day = day, first_day
        super().__init__(f"no tax-distortion rate is known on {day}; the first is from {first_day}")
