"""Keeping, finding and dropping a person's draft of a form."""

from __future__ import annotations

from django.db import transaction
from django.http import QueryDict

from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import Fault
from hoest.foundation.forms.models import Draft

LONGEST_VALUE = 20_000


class DraftTooLarge(Fault):
    """More text than a form of ours can hold."""


@transaction.atomic
def keep(
    *,
    actor: Actor,
    form_name: str,
    posted: QueryDict,
    names: list[str],
    object_id: int = 0,
    base_version: int = 0,
) -> Draft | None:
    """Keep the named fields as they were typed, valid or not; the last one kept counts.

    Returns None for an actor who is no person. Raises DraftTooLarge.
    """
    if actor.person_id is None:
        return None
    fields = {name: str(posted[name]).replace("\x00", "") for name in names if name in posted}
    if any(len(value) > LONGEST_VALUE for value in fields.values()):
        raise DraftTooLarge("Teksten er for lang til at gemme.")
    draft, _created = Draft.objects.update_or_create(
        organisation_id=actor.organisation_id,
        person_id=actor.person_id,
        form_name=form_name,
        object_id=object_id,
        defaults={"fields": fields, "base_version": base_version, "saved_at": clock.now()},
    )
    return draft


def find(actor: Actor, form_name: str, object_id: int = 0) -> Draft | None:
    """Return the actor's own draft of a form, or None."""
    return Draft.objects.filter(
        organisation_id=actor.organisation_id,
        person_id=actor.person_id or 0,
        form_name=form_name,
        object_id=object_id,
    ).first()


@transaction.atomic
def drop(*, actor: Actor, form_name: str, object_id: int = 0) -> bool:
    """Drop the actor's own draft; return whether there was one."""
    deleted, _by_model = Draft.objects.filter(
        organisation_id=actor.organisation_id,
        person_id=actor.person_id or 0,
        form_name=form_name,
        object_id=object_id,
    ).delete()
    return bool(deleted)
