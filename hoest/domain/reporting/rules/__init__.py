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
    "latest",
    "share",
    "whole_kroner",
]
