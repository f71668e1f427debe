"""Two views of one case: the municipality's treasury and society's welfare, never added.

The treasury view holds what moves the municipality's budget. The societal view holds everybody's
gains and losses and, in the years when the Ministry of Finance asked for it, the loss that the
taxes behind the treasury's net amount bring about (skatteforvridning). That loss is a line of the
societal view alone.

Not here: the net tax factor (nettoafgiftsfaktor), the value of a statistical life and shadow
prices; their dated values were not read in a source, and a municipal case does without them.

Sources of the distortion rate: 20 % from the guide of November 1999: ft.dk FIU 2015-16, answer 170
(17.03.2016). 10 % from 28.08.2017: Finansministeriet 28.08.2017. None from 22.06.2023 (the factor
is set to 1): Finansministeriet, "Ny vejledning i samfundsøkonomiske konsekvensvurderinger",
22.06.2023.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from .errors import NoDistortionRateOn
from .flows import by_view
from .lines import Line, View
from .rates import RateSchedule
from .valuation import Valuation, value


@dataclass(frozen=True, slots=True)
class DistortionRate:
    """The loss per krone of tax-financed net spending, a share, and the dates it was the rule."""

    share: float
    valid_from: date
    valid_to: date | None
    source: str


DISTORTION_RATES: tuple[DistortionRate, ...] = (
    DistortionRate(
        0.20, date(1999, 11, 1), date(2017, 8, 27), "ft.dk FIU 2015-16, svar 170 (17.03.2016)"
    ),
    DistortionRate(0.10, date(2017, 8, 28), date(2023, 6, 21), "Finansministeriet 28.08.2017"),
    DistortionRate(0.0, date(2023, 6, 22), None, "Finansministeriet 22.06.2023"),
)


@dataclass(frozen=True, slots=True)
class TwoViews:
    """One case seen from both sides; a view without lines is missing, never zero.

    `distortion_loss` is in the unit of the lines, positive when the treasury pays, negative when
    it gains; `society_after_distortion` is the societal net present value minus that loss, None
    when there is no societal line.
    """

    valuations: Mapping[View, Valuation]
    distortion: DistortionRate
    distortion_loss: float
    society_after_distortion: float | None


def distortion_rate_on(day: date) -> DistortionRate:
    """Return the tax-distortion rate that was the Ministry of Finance's rule on a date.

    Formula: the rate with valid_from <= day <= valid_to. Raises NoDistortionRateOn before
    November 1999.
    Source: the rates' own sources, see the module.
    """
    for rate in DISTORTION_RATES:
        if rate.valid_from <= day and (rate.valid_to is None or day <= rate.valid_to):
            return rate
    raise NoDistortionRateOn(day, DISTORTION_RATES[0].valid_from)


def distortion_loss(treasury_npv: float, rate: DistortionRate) -> float:
    """Return the tax-distortion loss of a treasury net present value.

    Formula: loss = share · (-NPV_treasury): a cost when taxes must pay, a gain when they need not.
    Unit: as the value.
    Source: guide of November 1999, quoted in ft.dk FIU 2015-16, answer 170: "20 pct. af
    nutidsværdien af det monetære netto-cash-flow".
    """
    return 0.0 - rate.share * treasury_npv


def two_views(
    lines: Sequence[Line], *, base_year: int, horizon: int, rate: RateSchedule, valued_on: date
) -> TwoViews:
    """Return the case valued from the treasury and from society, each on its own lines.

    Formula: `value` on each part of `by_view`; society after distortion = NPV_society - loss.
    Raises NoDistortionRateOn and what `value` raises.
    Source: Finansministeriet, vejledning i samfundsøkonomiske konsekvensvurderinger; rule that the
    two views are never mixed.
    """
    valuations = {
        view: value(part, base_year=base_year, horizon=horizon, rate=rate)
        for view, part in by_view(lines).items()
    }
    distortion = distortion_rate_on(valued_on)
    treasury = valuations.get(View.TREASURY)
    loss = 0.0 if treasury is None else distortion_loss(treasury.npv, distortion)
    society = valuations.get(View.SOCIETY)
    return TwoViews(
        valuations=MappingProxyType(valuations),
        distortion=distortion,
        distortion_loss=loss,
        society_after_distortion=None if society is None else society.npv - loss,
    )
