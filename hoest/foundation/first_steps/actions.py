"""Writes of a person's own first steps. Not logged: learning is the learner's own."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import NotFound
from hoest.foundation.first_steps.models import Walk
from hoest.foundation.first_steps.paths import roles_of


def mark_seen(*, actor: Actor, code: str) -> None:
    """Note that the person has seen a step, or passed it by. Twice is the same as once."""

    def note(walk: Walk) -> None:
        if code not in walk.seen:
            walk.seen = [*walk.seen, code]

    _change(actor, note)


def put_away(*, actor: Actor) -> None:
    """Take the panel off the front page; the steps stay as they are."""

    def note(walk: Walk) -> None:
        walk.put_away_at = clock.now()

    _change(actor, note)


def take_up(*, actor: Actor) -> None:
    """Put the panel back on the front page and go on where the person was."""

    def note(walk: Walk) -> None:
        walk.put_away_at = None

    _change(actor, note)


def start_again(*, actor: Actor) -> None:
    """Begin from the first step; what the log tells was done stays done."""

    def note(walk: Walk) -> None:
        walk.seen = []
        walk.put_away_at = None

    _change(actor, note)


def follow_role(*, actor: Actor, role: str) -> None:
    """Follow the path of another of the person's own roles. Raises NotFound."""
    if role not in roles_of(actor):
        raise NotFound("Den rolle har du ikke.")

    def note(walk: Walk) -> None:
        if walk.role != role:
            walk.role = role
            walk.seen = []
        walk.put_away_at = None

    _change(actor, note)


@transaction.atomic
def _change(actor: Actor, note: Callable[[Walk], None]) -> None:
    """Change the person's row under a lock, so that two taps at once both count."""
    if actor.person_id is None or not roles_of(actor):
        raise NotFound("Der er ingen første skridt for dig her.")
    organisation, person = actor.organisation_id, actor.person_id
    Walk.objects.get_or_create(organisation_id=organisation, person_id=person)
    walk = Walk.objects.select_for_update().get(organisation_id=organisation, person_id=person)
    note(walk)
    walk.save()
