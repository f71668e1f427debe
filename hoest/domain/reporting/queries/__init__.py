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
from hoest.domain.reporting.queries.joined import Joined, joined_account
from hoest.domain.reporting.queries.track_record import cases_of

__all__ = [
    "AccountFilter",
    "Joined",
    "Moved",
    "account_facts",
    "accounts",
    "cases_of",
    "figures_of",
    "joined_account",
    "moved_since",
    "stated_checks",
    "stated_sentence",
]
