"""Acts on committees and boards: add, change, close, open again."""

from __future__ import annotations

from django.db import transaction

from hoest.domain.organisations.actions.changing import NameTaken, change, cleaned_name
from hoest.domain.organisations.models import Body
from hoest.domain.organisations.permissions import CHANGE_UNITS
from hoest.domain.organisations.rules import BodyKind, body_kind_from_name
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record


@transaction.atomic
def add_body(*, actor: Actor, name: str, kind: str = "") -> Body:
    """Add a committee or board; without a kind it is read from the name. Raises NameTaken."""
    require(actor, CHANGE_UNITS)
    name = cleaned_name(name, "Udvalget")
    _refuse_taken(actor, name)
    body = Body.objects.create(
        organisation_id=actor.organisation_id,
        name=name,
        kind=BodyKind(kind) if kind else body_kind_from_name(name),
    )
    record(actor, "organisations.add_body", body)
    return body


@transaction.atomic
def change_body(*, actor: Actor, body: Body, name: str, kind: str, version: int) -> Body:
    """Give a committee another name or kind. Raises NameTaken or Conflict."""
    require(actor, CHANGE_UNITS)
    name = cleaned_name(name, "Udvalget")
    _refuse_taken(actor, name, but=body)
    before = body.name
    body = change(body, version, name=name, kind=BodyKind(kind))
    record(actor, "organisations.change_body", body, before=before, after=name)
    return body


@transaction.atomic
def close_body(*, actor: Actor, body: Body, version: int) -> Body:
    """Close a committee today; what it decided stays. Raises Conflict."""
    require(actor, CHANGE_UNITS)
    body = change(body, version, closed_on=clock.today())
    record(actor, "organisations.close_body", body)
    return body


@transaction.atomic
def reopen_body(*, actor: Actor, body: Body, version: int) -> Body:
    """Open a closed committee again. Raises Conflict."""
    require(actor, CHANGE_UNITS)
    body = change(body, version, closed_on=None)
    record(actor, "organisations.reopen_body", body)
    return body


def _refuse_taken(actor: Actor, name: str, but: Body | None = None) -> None:
    others = Body.objects.filter(organisation_id=actor.organisation_id, name__iexact=name)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise NameTaken(f"Der er allerede et udvalg, der hedder {name}.")
