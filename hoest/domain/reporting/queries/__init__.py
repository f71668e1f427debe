"""Reads of reporting: the harvest account, and what needs a person this week."""

from hoest.domain.reporting.queries.account import (
    Moved,
    account_facts,
    accounts,
    moved_since,
    stated_checks,
    stated_sentence,
)
from hoest.domain.reporting.queries.figures import AccountFilter, figures_of
from hoest.domain.reporting.queries.track_record import cases_of

__all__ = [
    "AccountFilter",
    "Moved",
    "account_facts",
    "accounts",
    "cases_of",
    "figures_of",
    "moved_since",
    "stated_checks",
    "stated_sentence",
]
