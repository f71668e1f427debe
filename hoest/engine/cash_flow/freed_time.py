"""Freed time (frigjort tid): hours first, money only for the part that can be taken out.

Hours and proceeds (provenu) are two different measures and are never added.

Source: KL, gevinstrealisering & metodevejledning (time measurement); engine convention 4.
"""

from __future__ import annotations

from decimal import Context, Decimal

from .errors import AmountOutOfRange, ShareOutOfRange

HOURS = Context(prec=40)
MINUTES_PER_HOUR = Decimal(60)


def _share(name: str, share: Decimal) -> None:
    if not share.is_finite() or not 0 <= share <= 1:
        raise ShareOutOfRange(name, share)


def _not_negative(name: str, amount: Decimal) -> None:
    if not amount.is_finite() or amount < 0:
        raise AmountOutOfRange(name, None, amount)


def freed_hours(
    volume: Decimal, minutes_before: Decimal, minutes_after: Decimal, adoption_share: Decimal
) -> Decimal:
    """Return the hours freed a year; negative when the new way takes longer.

    Formula: hours = volume · (min_before - min_after) / 60 · adoption.
    `volume` is cases a year, minutes are per case, adoption a share 0-1 (ibrugtagningsgrad).
    Raises AmountOutOfRange, ShareOutOfRange.
    Source: engine convention 4; KL metodevejledning.
    """
    _not_negative("volume", volume)
    _not_negative("minutes_before", minutes_before)
    _not_negative("minutes_after", minutes_after)
    _share("adoption_share", adoption_share)
    minutes = HOURS.multiply(volume, HOURS.subtract(minutes_before, minutes_after))
    return HOURS.divide(HOURS.multiply(minutes, adoption_share), MINUTES_PER_HOUR)


def cash_of_hours(hours: Decimal, dkk_per_hour: Decimal, cashable_share: Decimal) -> Decimal:
    """Return the proceeds (kr.) of freed hours that there is an agreement to take out.

    Formula: cash = hours · kr/hour · cashable share. Without a take-out agreement the share is 0
    and the hours stay hours. Raises AmountOutOfRange, ShareOutOfRange.
    Source: engine convention 4 ("money only if a take-out agreement exists").
    """
    _not_negative("dkk_per_hour", dkk_per_hour)
    _share("cashable_share", cashable_share)
    return HOURS.multiply(HOURS.multiply(hours, dkk_per_hour), cashable_share)
