"""Freed hours a year: volume, minutes before and after, and how many use the new way.

Hours are hours. What they are worth (kr.) is told beside them and never added to them; what the
treasury gets is another figure, which needs an agreement (`cash_flow.cash_of_hours`).

Source: KL, gevinstrealisering & metodevejledning (time measurement); engine convention 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from hoest.engine.cash_flow import AmountOutOfRange, freed_hours
from hoest.engine.cash_flow.freed_time import HOURS
from hoest.engine.uncertainty import ThreePoint

from .errors import AdoptionLacksYear, YearsNotPositive


@dataclass(frozen=True, slots=True)
class TimeEstimate:
    """What is believed of one way of working, each with low, likely and high value.

    `volume` is cases a year, minutes are per case, `adoption_share` is 0-1 (ibrugtagningsgrad).
    """

    volume: ThreePoint
    minutes_before: ThreePoint
    minutes_after: ThreePoint
    adoption_share: ThreePoint


@dataclass(frozen=True, slots=True)
class HoursRange:
    """Freed hours a year: everything against at once, as likely, everything in favour at once.

    The envelope of the estimates, not a probability. Negative when the new way takes longer.
    """

    low: Decimal
    likely: Decimal
    high: Decimal


def yearly_hours(
    volumes: Mapping[int, Decimal],
    minutes_before: Decimal,
    minutes_after: Decimal,
    adoption_shares: Mapping[int, Decimal],
) -> dict[int, Decimal]:
    """Return the hours freed in each year that has a volume.

    Formula: h_t = volume_t · (min_before - min_after) / 60 · adoption_t. Hours; years ascending.
    Adoption in years without a volume changes nothing.
    Raises AdoptionLacksYear, AmountOutOfRange, ShareOutOfRange.
    Source: engine convention 4; KL metodevejledning.
    """
    hours: dict[int, Decimal] = {}
    for year, volume in sorted(volumes.items()):
        if year not in adoption_shares:
            raise AdoptionLacksYear(year)
        hours[year] = freed_hours(volume, minutes_before, minutes_after, adoption_shares[year])
    return hours


def hours_range(estimate: TimeEstimate) -> HoursRange:
    """Return the freed hours a year at the worst, the likely and the best values at once.

    Formula: the least and the greatest of volume · (before - after) / 60 · adoption over all low
    and high values; the formula is a straight line in each, so its ends lie at such values.
    Raises AmountOutOfRange, ShareOutOfRange.
    Source: engine conventions 4 and 6 (range by low and high per line).
    """
    parts = (
        estimate.volume,
        estimate.minutes_before,
        estimate.minutes_after,
        estimate.adoption_share,
    )
    corners = [freed_hours(*ends) for ends in product(*((part.low, part.high) for part in parts))]
    likely = freed_hours(
        estimate.volume.likely,
        estimate.minutes_before.likely,
        estimate.minutes_after.likely,
        estimate.adoption_share.likely,
    )
    return HoursRange(min(corners), likely, max(corners))


def value_of_hours(hours: Decimal, dkk_per_hour: Decimal) -> Decimal:
    """Return what freed hours are worth (kr.): a value, not proceeds.

    Formula: value = hours · kr/hour; negative for lost hours. Raises AmountOutOfRange.
    Source: engine convention 4: frigjort tid and provenu are different measures.
    """
    if not dkk_per_hour.is_finite() or dkk_per_hour < 0:
        raise AmountOutOfRange("dkk_per_hour", None, dkk_per_hour)
    return HOURS.multiply(hours, dkk_per_hour)


def value_range(hours: HoursRange, low_dkk: Decimal, high_dkk: Decimal) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest value (kr.) of a range of hours and of hourly costs.

    Formula: the least and the greatest of hours · kr/hour over the ends of both.
    Raises AmountOutOfRange.
    Source: engine convention 6 (range by low and high).
    """
    corners = [
        value_of_hours(amount, price)
        for amount in (hours.low, hours.high)
        for price in (low_dkk, high_dkk)
    ]
    return min(corners), max(corners)


def hours_a_year(total_hours: Decimal, years: int) -> Decimal:
    """Return the hours a year of hours freed over several years.

    Formula: h = H / n. Hours a year. Raises YearsNotPositive.
    Source: Ringkøbing-Skjern (videncenter.kl.dk 07.12.2022): 37,400 hours over 3 years.
    """
    if years < 1:
        raise YearsNotPositive(years)
    return HOURS.divide(total_hours, Decimal(years))


def net_per_hour(net_dkk: Decimal, hours: Decimal) -> Decimal | None:
    """Return the net amount (kr.) for each freed hour; None when no hours were freed.

    Formula: kr/hour = net / hours, hours > 0.
    Source: Ringkøbing-Skjern (videncenter.kl.dk 07.12.2022): 8.4 m kr. and 37,400 hours.
    """
    return HOURS.divide(net_dkk, hours) if hours > 0 else None
