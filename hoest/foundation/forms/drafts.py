"""Keeping, finding and dropping a person's draft of a form."""

from __future__ import annotations

from django.db import transaction
from django.http import QueryDict

from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import Fault
from hoest.foundation.forms.models import Draft

LONGEST_VALUE = 20_000
MOST_FIELDS = 200


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
    return keep_for(
        organisation_id=actor.organisation_id,
        person_id=actor.person_id,
        form_name=form_name,
        posted=posted,
        names=names,
        object_id=object_id,
        base_version=base_version,
    )


def keep_for(
    *,
    organisation_id: int,
    person_id: int,
    form_name: str,
    posted: QueryDict,
    names: list[str],
    object_id: int = 0,
    base_version: int = 0,
) -> Draft:
    """Keep the named fields for a person who need not be signed in. Raises DraftTooLarge."""
    if len(names) > MOST_FIELDS:
        raise DraftTooLarge("Formularen har for mange felter til at gemme.")
    fields = {name: str(posted[name]).replace("\x00", "") for name in names if name in posted}
    if any(len(value) > LONGEST_VALUE for value in fields.values()):
        raise DraftTooLarge("Teksten er for lang til at gemme.")
    draft, _created = Draft.objects.update_or_create(
        organisation_id=organisation_id,
        person_id=person_id,
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


def newest(actor: Actor, form_names: list[str], object_id: int) -> list[str]:
    """Return the names of the forms about a thing that the actor has a draft of, newest first."""
    rows = Draft.objects.filter(
        organisation_id=actor.organisation_id,
        person_id=actor.person_id or 0,
        form_name__in=form_names,
        object_id=object_id,
    )
    return list(rows.order_by("-saved_at", "pk").values_list("form_name", flat=True))


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
