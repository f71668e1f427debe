"""The account as one reader asked for it: from what is kept, or as it stood on a day.

`Reading` answers what the pages ask. The present one is added in the database (`queries.kept`),
whatever the size of the municipality; the one of a day gone by is made of the records of that day.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from hoest.domain.benefits.rules import Proof
from hoest.domain.reporting import queries
from hoest.domain.reporting.queries.kept import Ground
from hoest.domain.reporting.queries.kept_joined import joined_sums
from hoest.domain.reporting.rules import Account, BenefitFigures, accounts_of
from hoest.domain.reporting.rules.sums import Sums, accounts_from, sums_of
from hoest.domain.reporting.web.choices import Choice
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor

SINCE_DAYS = 90
# How a group is called in the address → the columns of its key and its name.
GROUP_COLUMNS = {
    "enhed": ("unit_id", "unit_name"),
    "udvalg": ("body_id", "body_name"),
    "formaal": ("purpose_type",),
}


@dataclass
class Reading(ABC):
    """The figures as one reader asked for them, with a choice that exists."""

    actor: Actor
    choice: Choice
    accounts: list[Account] = field(default_factory=list)
    joined: queries.Joined | None = None

    @property
    def present(self) -> Account | None:
        """The account on the page: one price level's, or all of them joined."""
        if self.choice.joined and self.joined:
            return self.joined.account
        level = self.choice.price_level
        return next((a for a in self.accounts if a.price_level == level), None)

    @property
    def counted(self) -> list[Account]:
        """The accounts whose rows stand behind the figures on the page."""
        return [self.present] if self.choice.joined and self.present else self.accounts

    @property
    @abstractmethod
    def counts(self) -> dict[str, int]:
        """How many benefits there are of each type in what was chosen."""

    def settle(self) -> None:
        """Choose a benefit type and a price level that exist, and make their accounts."""
        if self.choice.benefit_type not in self.counts:
            codes = content.codes("benefit_type")
            first = next((code for code in codes if code in self.counts), "")
            self.choice = replace(self.choice, benefit_type=first)
        self.accounts, self.joined = self.read()
        if self.choice.since is None:
            since = (self.choice.as_of or clock.today()) - dt.timedelta(days=SINCE_DAYS)
            self.choice = replace(self.choice, since=since)
        self.choice = _settled(self.choice, self.accounts, self.joined)

    @abstractmethod
    def read(self) -> tuple[list[Account], queries.Joined | None]:
        """Return the accounts of the chosen type, and the one that joins them."""

    @abstractmethod
    def moved(self) -> list[queries.Moved]:
        """Return what moved since the chosen day, whatever its type."""

    def counts_move(self, move: queries.Moved) -> bool:
        """Tell whether a benefit that moved is counted in the account on the page."""
        if move.benefit_type != self.choice.benefit_type:
            return False
        level = self.choice.price_level
        newest = self.accounts[0].price_level if self.accounts else None
        return (
            self.choice.joined
            or level is None
            or move.price_level == level
            or (move.price_level is None and level == newest)
        )

    @abstractmethod
    def titles(self, benefit_ids: Sequence[int]) -> dict[int, str]:
        """Return the titles of some benefits."""

    @abstractmethod
    def groups(self) -> dict[tuple[Any, ...], Account]:
        """Return the present account divided as chosen, by key and name."""

    @abstractmethod
    def known(self) -> Iterable[Proof]:
        """Return the grade and verdict of every measured benefit of the present account."""

    @abstractmethod
    def sources(self) -> list[str]:
        """Return where what was promised comes from."""

    @abstractmethod
    def checks(self) -> list[Any]:
        """Return what sources state beside the sum of their rows."""


class KeptReading(Reading):
    """The account as it is now."""

    @cached_property
    def ground(self) -> Ground:
        """What is kept, and what was read afresh."""
        return queries.ground_for(self.actor)

    @cached_property
    def wanted(self) -> queries.AccountFilter:
        """Which benefits the reader wants."""
        return self.choice.filter(self.actor)

    @cached_property
    def counts(self) -> dict[str, int]:  # type: ignore[override]
        """How many benefits there are of each type."""
        return self.ground.types(self.wanted, GROUP_COLUMNS[self.choice.grouped_by])

    @cached_property
    def sums(self) -> Sums:
        """What the benefits of the chosen type add up to."""
        return self.ground.sums(self.wanted, self.choice.benefit_type)

    def read(self) -> tuple[list[Account], queries.Joined | None]:
        """Return the accounts from sums."""
        accounts = accounts_from(self.sums)
        joined = joined_sums(
            self.ground, self.wanted, self.choice.benefit_type, self.sums, accounts
        )
        return accounts, joined

    def moved(self) -> list[queries.Moved]:
        """Return what moved, as it was noted and as it stands."""
        assert self.choice.since is not None
        return queries.moved_among(self.ground, self.wanted, self.choice.since)

    def titles(self, benefit_ids: Sequence[int]) -> dict[int, str]:
        """Return the titles of some benefits; one query."""
        return queries.titles_of(self.actor, benefit_ids)

    def groups(self) -> dict[tuple[Any, ...], Account]:
        """Return the present account divided; one query."""
        columns = GROUP_COLUMNS[self.choice.grouped_by]
        odd = self.joined.odd if self.choice.joined and self.joined else ()
        found = self.ground.groups(
            self.wanted, self.choice.benefit_type, columns, [row.benefit_id for row in odd]
        )
        if not (self.choice.joined and self.joined):
            return _divided(self, found)
        carried = {group: self.joined.carried(sums) for group, sums in found.items()}
        for row in odd:
            group = tuple(getattr(row, name) for name in columns)
            carried.setdefault(group, Sums()).add(sums_of([row]))
        return _divided(self, carried)

    def known(self) -> Iterable[Proof]:
        """Return how the measured benefits are known; one query."""
        level = self.present.price_level if self.present and not self.choice.joined else None
        newest = self.accounts[0].price_level if self.accounts else None
        return queries.known_among(
            self.ground,
            self.wanted,
            self.choice.benefit_type,
            level,
            takes_unplaced=level == newest,
        )

    def sources(self) -> list[str]:
        """Return the titles of the sources; one query."""
        return queries.sources_of(self.ground, self.wanted, self.choice.benefit_type)

    def checks(self) -> list[Any]:
        """Return the stated totals beside the sums of their rows."""
        level = self.present.price_level if self.present else None
        return queries.stated_checks_kept(self.ground, level)


class RowsReading(Reading):
    """The account of rows that have been read: as it stood on a day, or for a file."""

    def __init__(self, actor: Actor, choice: Choice, everything: Iterable[BenefitFigures]) -> None:
        super().__init__(actor, choice)
        self.everything = list(everything)

    @cached_property
    def counts(self) -> dict[str, int]:  # type: ignore[override]
        """How many benefits there are of each type."""
        found: dict[str, int] = {}
        for row in self.everything:
            found[row.benefit_type] = found.get(row.benefit_type, 0) + 1
        return found

    @property
    def of_type(self) -> list[BenefitFigures]:
        """The benefits of the chosen type."""
        return [row for row in self.everything if row.benefit_type == self.choice.benefit_type]

    def read(self) -> tuple[list[Account], queries.Joined | None]:
        """Return the accounts of the rows."""
        accounts = accounts_of(self.of_type)
        joined = queries.joined_account(self.actor.organisation_id, self.of_type, accounts)
        return accounts, joined

    def moved(self) -> list[queries.Moved]:
        """Return what moved until the day of the rows."""
        assert self.choice.since is not None
        return queries.moved_since(self.everything, self.actor, self.choice.since)

    def titles(self, benefit_ids: Sequence[int]) -> dict[int, str]:
        """Return the titles of some benefits."""
        wanted = set(benefit_ids)
        return {row.benefit_id: row.title for row in self.everything if row.benefit_id in wanted}

    def groups(self) -> dict[tuple[Any, ...], Account]:
        """Return the present account divided."""
        columns = GROUP_COLUMNS[self.choice.grouped_by]
        found: dict[tuple[Any, ...], Sums] = {}
        rows = self.present.rows if self.present else ()
        for row in rows:
            key = tuple(getattr(row, name) for name in columns)
            found.setdefault(key, Sums()).add(sums_of([row]))
        return _divided(self, found)

    def known(self) -> Iterable[Proof]:
        """Return how the measured benefits are known."""
        return queries.known_of(self.present.rows if self.present else ())

    def sources(self) -> list[str]:
        """Return the titles of the sources."""
        rows = self.present.rows if self.present else ()
        return sorted({row.promised.source_title for row in rows if row.promised})

    def checks(self) -> list[Any]:
        """Say nothing of stated totals: they are of today's sources."""
        return []


def _divided(read: Reading, found: dict[tuple[Any, ...], Sums]) -> dict[tuple[Any, ...], Account]:
    """Return an account per group, in the price level of the one on the page."""
    present, parts = read.present, {}
    if present is None:
        return {}
    for key, sums in found.items():
        for part in accounts_from(sums):
            if part.price_level == present.price_level:
                parts[key] = part
    return parts


def _settled(choice: Choice, accounts: list[Account], joined: queries.Joined | None) -> Choice:
    """Return the choice with a price level there is; joined, where it can be and none is named."""
    levels = [account.price_level for account in accounts]
    if joined and joined.account and (choice.joined or choice.price_level not in levels):
        return replace(choice, joined=True, price_level=joined.price_level)
    if choice.price_level not in levels:
        # The newest level in which any benefit stands; one may hold decisions alone.
        counted = [account.price_level for account in accounts if account.count]
        choice = replace(choice, price_level=next(iter(counted or levels), None))
    return replace(choice, joined=False)
