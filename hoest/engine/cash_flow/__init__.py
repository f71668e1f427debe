"""Cash flow: yearly profiles, net present value, internal rate, payback, price levels, ranges.

Pure functions over frozen dataclasses. Money is exact `Decimal` from the lines to the yearly
sums; it becomes float once (`as_floats`), for discounting and rates. One unit, one price level and
one view (treasury or society) per cash flow. Method page: docs/reference/methods/cash-flow.md.

Source: Statens business case-model; Finansministeriet's discount rates (see `rates`).
"""

from .caveats import Caveat, CaveatCode, Fact
from .errors import (
    AmountOutOfRange,
    AmountOutsideYears,
    CashFlowError,
    EstimateOutOfOrder,
    NoLines,
    NoRateScheduleOn,
    PriceIndexLacksYear,
    PriceIndexNotPositive,
    PriceLevelsMixed,
    RateOutOfRange,
    ShareOutOfRange,
    UnknownRateSchedule,
    ViewsMixed,
    YearsDiffer,
    YearsOutOfRange,
)
from .flows import CashFlow, as_floats, by_view, cash_flow, combined
from .freed_time import cash_of_hours, freed_hours
from .internal_rate import InternalRate, irr, sign_changes
from .lines import (
    LARGEST_AMOUNT,
    MOST_YEARS,
    Kind,
    Line,
    View,
    exact_sum,
    ramped_amounts,
    yearly_amounts,
)
from .payback import Payback, annual_full_effect, payback, simple_payback
from .present_value import npv, present_values
from .prices import (
    PriceIndex,
    by_price_level,
    converted_amount,
    converted_line,
    on_one_price_level,
)
from .rates import (
    DK_1999,
    DK_2009,
    DK_2013,
    DK_2021,
    RATE_SCHEDULES,
    RateSchedule,
    RateStep,
    annuity_factor,
    discount_factor,
    discount_factors,
    flat_rate,
    schedule_named,
    schedule_on,
)
from .roll_up import RollUp, roll_up
from .three_point import LineRange, lichtenberg_mean, line_range, pert_mean, triangular_mean
from .valuation import RangeEnd, Valuation, ValueRange, value, value_range

__all__ = [
    "DK_1999",
    "DK_2009",
    "DK_2013",
    "DK_2021",
    "LARGEST_AMOUNT",
    "MOST_YEARS",
    "RATE_SCHEDULES",
    "AmountOutOfRange",
    "AmountOutsideYears",
    "CashFlow",
    "CashFlowError",
    "Caveat",
    "CaveatCode",
    "EstimateOutOfOrder",
    "Fact",
    "InternalRate",
    "Kind",
    "Line",
    "LineRange",
    "NoLines",
    "NoRateScheduleOn",
    "Payback",
    "PriceIndex",
    "PriceIndexLacksYear",
    "PriceIndexNotPositive",
    "PriceLevelsMixed",
    "RangeEnd",
    "RateOutOfRange",
    "RateSchedule",
    "RateStep",
    "RollUp",
    "ShareOutOfRange",
    "UnknownRateSchedule",
    "Valuation",
    "ValueRange",
    "View",
    "ViewsMixed",
    "YearsDiffer",
    "YearsOutOfRange",
    "annual_full_effect",
    "annuity_factor",
    "as_floats",
    "by_price_level",
    "by_view",
    "cash_flow",
    "cash_of_hours",
    "combined",
    "converted_amount",
    "converted_line",
    "discount_factor",
    "discount_factors",
    "exact_sum",
    "flat_rate",
    "freed_hours",
    "irr",
    "lichtenberg_mean",
    "line_range",
    "npv",
    "on_one_price_level",
    "payback",
    "pert_mean",
    "present_values",
    "ramped_amounts",
    "roll_up",
    "schedule_named",
    "schedule_on",
    "sign_changes",
    "simple_payback",
    "triangular_mean",
    "value",
    "value_range",
    "yearly_amounts",
]
