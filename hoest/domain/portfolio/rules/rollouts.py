"""Facts about roll-outs: how far an initiative is worked in, and what keeps it from closing.

The degree is users in use over planned users, place by place, so a large unit weighs as the many
it is. Only the municipality's own units count; other municipalities are shown beside. No Django.
Source: requirement G-04 (an initiative is not closed at 100 % delivered and 60 % used).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

THOUSANDTH = Decimal("0.001")


class RolloutState(StrEnum):
    """Where a roll-out stands, in the order of its life; late is a matter of its planned day."""

    PLANNED = "planned"
    LATE = "late"
    LIVE = "live"
    OLD_WAY_OPEN = "old_way_open"
    EMBEDDED = "embedded"


class Hindrance(StrEnum):
    """What keeps an initiative from being closed as done."""

    OLD_WAY_OPEN = "old_way_open"
    ADOPTION_UNKNOWN = "adoption_unknown"
    ADOPTION_LOW = "adoption_low"


@dataclass(frozen=True)
class RolloutFacts:
    """One place. `users_in_use` is None until somebody has counted."""

    planned_users: int
    planned_on: dt.date | None = None
    live_on: dt.date | None = None
    users_in_use: int | None = None
    counted_on: dt.date | None = None
    old_way_closes_on: dt.date | None = None
    old_way_closed_on: dt.date | None = None
    is_own: bool = True

    def is_live(self, today: dt.date) -> bool:
        """Tell whether the new way is there."""
        return self.live_on is not None and self.live_on <= today

    @property
    def use_share(self) -> Decimal | None:
        """The share of the planned users that use it, 0 to 1; None before a count."""
        if self.users_in_use is None:
            return None
        share = Decimal(self.users_in_use) / Decimal(self.planned_users)
        return min(Decimal(1), share.quantize(THOUSANDTH, ROUND_HALF_UP))


@dataclass(frozen=True)
class Implementation:
    """How far an initiative is worked in over its own units.

    `share` is None until a unit has counted; units without a count weigh as nobody using it.
    """

    places: int
    live: int
    counted: int
    closed: int
    late: int
    planned_users: int
    users_in_use: int
    share: Decimal | None
    counted_on: dt.date | None
    old_way_closed_on: dt.date | None


def rollout_state(facts: RolloutFacts, agreed_share: Decimal, today: dt.date) -> RolloutState:
    """Return where a roll-out stands."""
    if not facts.is_live(today):
        late = facts.planned_on is not None and facts.planned_on < today
        return RolloutState.LATE if late else RolloutState.PLANNED
    closed = facts.old_way_closed_on is not None and facts.old_way_closed_on <= today
    if not closed:
        overdue = facts.old_way_closes_on is None or facts.old_way_closes_on < today
        return RolloutState.OLD_WAY_OPEN if overdue else RolloutState.LIVE
    share = facts.use_share
    return (
        RolloutState.EMBEDDED
        if share is not None and share >= agreed_share
        else (RolloutState.LIVE)
    )


def implementation(places: Iterable[RolloutFacts], today: dt.date) -> Implementation | None:
    """Return how far the own units are; None when no unit is named.

    The count is as old as its oldest part. The old way is closed when it is in every unit, on the
    last of the days.
    """
    own = [one for one in places if one.is_own]
    if not own:
        return None
    counts = [one for one in own if one.users_in_use is not None]
    closed = [one.old_way_closed_on for one in own if one.old_way_closed_on is not None]
    planned = sum(one.planned_users for one in own)
    # A unit with more users than planned does not make up for one with fewer.
    used = sum(min(one.users_in_use or 0, one.planned_users) for one in counts)
    share = (Decimal(used) / Decimal(planned)).quantize(THOUSANDTH, ROUND_HALF_UP)
    return Implementation(
        places=len(own),
        live=sum(one.is_live(today) for one in own),
        counted=len(counts),
        closed=len(closed),
        late=sum(
            not one.is_live(today) and one.planned_on is not None and one.planned_on < today
            for one in own
        ),
        planned_users=planned,
        users_in_use=used,
        share=share if counts else None,
        counted_on=min((one.counted_on for one in counts if one.counted_on), default=None),
        old_way_closed_on=max(closed) if len(closed) == len(own) else None,
    )


def closing_hindrances(
    *,
    adoption_share: float | None,
    agreed_adoption_share: float,
    old_way_closed_on: dt.date | None,
    today: dt.date,
) -> tuple[Hindrance, ...]:
    """Return what keeps an initiative from being closed as done; empty when nothing does."""
    found = []
    if old_way_closed_on is None or old_way_closed_on > today:
        found.append(Hindrance.OLD_WAY_OPEN)
    if adoption_share is None:
        found.append(Hindrance.ADOPTION_UNKNOWN)
    elif adoption_share < agreed_adoption_share:
        found.append(Hindrance.ADOPTION_LOW)
    return tuple(found)
