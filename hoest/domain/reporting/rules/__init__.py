"""Facts and decisions of reporting: the harvest account, and what needs a person this week."""

from hoest.domain.reporting.rules.account import (
    COLUMNS,
    RUNGS,
    ZERO,
    Account,
    BenefitFigures,
    LineFigures,
    RungLine,
    StatedCheck,
    accounts_of,
    latest,
    share,
    whole_kroner,
)
from hoest.domain.reporting.rules.joined import in_one_level, levels_in

__all__ = [
    "COLUMNS",
    "RUNGS",
    "ZERO",
    "Account",
    "BenefitFigures",
    "LineFigures",
    "RungLine",
    "StatedCheck",
    "accounts_of",
    "in_one_level",
    "latest",
    "levels_in",
    "share",
    "whole_kroner",
]
