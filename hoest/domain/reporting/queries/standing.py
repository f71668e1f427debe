"""How each active initiative stands, for the order and the counts of a long list.

The status and what the facts say of it are rules in Python over every benefit. They are kept for
each initiative, and made afresh where the initiative, its lead's word or a benefit of it has
changed since, so an answer is the same as if all had been read (decision 13).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q, TextField
from django.db.models.functions import Cast

from hoest.domain.benefits import queries as benefits
from hoest.domain.portfolio import queries as portfolio
from hoest.domain.reporting.models import KeptStanding
from hoest.domain.reporting.queries.evidence import beside_active
from hoest.domain.reporting.queries.kept import stale_ids
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.lists.beside import Standing


class Kept(NamedTuple):
    """How an initiative stood, whether that was today, and what was seen then."""

    status: str
    is_disputed: bool
    is_of_today: bool
    seen: str
    word_id: int


def seen_now(actor: Actor) -> dict[int, tuple[str, int]]:
    """Return what each active initiative the actor may see is now: its change and its last word.

    Two queries. The change is a text, because a thousand days and hours take time to read.
    """
    words = portfolio.last_word_ids(actor.organisation_id)
    return {pk: (mark, words.get(pk, 0)) for pk, mark in portfolio.change_marks_of(actor)}


def outdated(actor: Actor, seen: dict[int, tuple[str, int]], kept: dict[int, Kept]) -> set[int]:
    """Return the initiatives whose kept standing may be wrong, or that have none."""
    fresh = {pk for pk, one in kept.items() if one.is_of_today and seen.get(pk) == one[3:]}
    found = seen.keys() - fresh
    marked = stale_ids(actor.organisation_id)
    if marked:
        rows = benefits.in_organisation(actor.organisation_id).filter(pk__in=marked)
        found |= seen.keys() & set(rows.order_by().values_list("initiative_id", flat=True))
    return found


def kept_standings(organisation_id: int) -> dict[int, Kept]:
    """Return what is kept, by initiative; one query, without making a model of each row."""
    rows = KeptStanding.objects.filter(organisation_id=organisation_id).order_by()
    is_of_today = ExpressionWrapper(Q(made_on=clock.today()), output_field=BooleanField())
    told = rows.values_list(
        "initiative_id",
        "status",
        "is_disputed",
        is_of_today,
        Cast("seen_changed_at", TextField()),
        "seen_word_id",
    )
    return {pk: Kept._make(rest) for pk, *rest in told}


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
    found = {pk: Standing._make(kept[pk][:2]) for pk in seen.keys() - late}
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
