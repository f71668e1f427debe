"""How each active initiative stands, for the order and the counts of a long list.

The status and what the facts say of it are rules in Python over every benefit. They are kept for
each initiative, and made afresh where the initiative, its lead's word or a benefit of it has
changed since, so an answer is the same as if all had been read (decision 13).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from hoest.domain.benefits import queries as benefits
from hoest.domain.portfolio import queries as portfolio
from hoest.domain.reporting.models import KeptStanding
from hoest.domain.reporting.queries.evidence import beside_active
from hoest.domain.reporting.queries.kept import stale_ids
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.lists.beside import Standing


class Seen(NamedTuple):
    """What an initiative's standing depends on beside its benefits and the day."""

    changed_at: dt.datetime
    word_id: int


class Kept(NamedTuple):
    """How an initiative stood on a day, and what was seen then."""

    standing: Standing
    made_on: dt.date
    seen: Seen


def seen_now(actor: Actor) -> dict[int, Seen]:
    """Return what is there of each active initiative the actor may see; two queries."""
    words = portfolio.last_word_ids(actor.organisation_id)
    return {
        pk: Seen(changed_at, words.get(pk, 0)) for pk, changed_at in portfolio.changed_at_of(actor)
    }


def outdated(actor: Actor, seen: dict[int, Seen], kept: dict[int, Kept]) -> set[int]:
    """Return the initiatives whose kept standing may be wrong, or that have none."""
    today = clock.today()
    found = {
        pk
        for pk, now in seen.items()
        if pk not in kept or kept[pk].made_on != today or kept[pk].seen != now
    }
    marked = stale_ids(actor.organisation_id)
    if marked:
        rows = benefits.in_organisation(actor.organisation_id).filter(pk__in=marked)
        found |= seen.keys() & set(rows.order_by().values_list("initiative_id", flat=True))
    return found


def kept_standings(organisation_id: int) -> dict[int, Kept]:
    """Return what is kept, by initiative; one query, without making a model of each row."""
    rows = KeptStanding.objects.filter(organisation_id=organisation_id).order_by()
    fields = ("status", "is_disputed", "made_on", "seen_changed_at", "seen_word_id")
    return {
        pk: Kept(Standing(status, is_disputed), made_on, Seen(changed_at, word_id))
        for pk, status, is_disputed, made_on, changed_at, word_id in rows.values_list(
            "initiative_id", *fields
        )
    }


def standings_of(actor: Actor) -> dict[int, Standing]:
    """Return how each active initiative the actor may see stands, by initiative.

    When more has changed than can be read while somebody waits, what is kept is used where there
    is something; the worker makes it anew within a minute.
    """
    seen = seen_now(actor)
    kept = kept_standings(actor.organisation_id)
    late = outdated(actor, seen, kept)
    if len(late) > content.limit("kept_fresh_most"):
        late -= kept.keys()
    found = {pk: kept[pk].standing for pk in seen.keys() - late}
    return found | made_of(actor, late)


def made_of(actor: Actor, ids: Collection[int]) -> dict[int, Standing]:
    """Return how some active initiatives stand, read afresh."""
    if not ids:
        return {}
    disputed = {pk for pk, said in beside_active(actor, ids).items() if said.disagrees}
    return {
        pk: Standing(str(status), pk in disputed)
        for pk, status in portfolio.statuses(portfolio.visible_to(actor).filter(pk__in=ids))
    }
