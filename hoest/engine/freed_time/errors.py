"""Named errors of freed time: facts about input that cannot be computed.

Shares and amounts out of range are told by the errors of `cash_flow`, which this method builds on.
"""

from __future__ import annotations


class FreedTimeError(ValueError):
    """Input that freed time refuses."""


class AdoptionLacksYear(FreedTimeError):
    """A year has a volume but no adoption: blank is not known, never full and never zero."""

    def __init__(self, year: int) -> None:
        """Keep the year."""
        self.year = year
        super().__init__(f"no adoption is known for {year}")


class YearsNotPositive(FreedTimeError):
    """Hours were to be spread over no years."""

    def __init__(self, years: int) -> None:
        """Keep the number of years."""
        self.years = years
        super().__init__(f"{years} years are not one or more")
