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
from hoest.domain.reporting.queries.kept import Ground, ground_for
from hoest.domain.reporting.queries.kept_behind import (
    Wanted,
    figures_behind,
    ids_behind,
    moved_among,
    sources_of,
    stated_checks_kept,
    titles_of,
)
from hoest.domain.reporting.queries.known import known_among, known_of
from hoest.domain.reporting.queries.records import (
    first_record_day,
    last_record_day,
    recorded_figures,
)
from hoest.domain.reporting.queries.track_record import cases_of

__all__ = [
    "AccountFilter",
    "Ground",
    "Joined",
    "Moved",
    "Wanted",
    "account_facts",
    "accounts",
    "cases_of",
    "figures_behind",
    "figures_of",
    "first_record_day",
    "ground_for",
    "ids_behind",
    "joined_account",
    "known_among",
    "known_of",
    "last_record_day",
    "moved_among",
    "moved_since",
    "recorded_figures",
    "sources_of",
    "stated_checks",
    "stated_checks_kept",
    "stated_sentence",
    "titles_of",
]
