"""Records acts. Called inside the transaction of the action it tells about."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models

from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.models import Act


def record(actor: Actor, verb: str, thing: models.Model, *, called: str = "", **facts: Any) -> Act:
    """Append one act: `verb` is `subject.verb`, `facts` are what a reader needs to trust it.

    `called` is what the log calls the thing when its own name says too little.
    """
    return Act.objects.create(
        organisation_id=actor.organisation_id,
        at=clock.now(),
        account_id=actor.account_id,
        person_id=actor.person_id,
        actor_name=actor.name,
        via=actor.source,
        verb=verb,
        object_kind=thing._meta.label_lower,
        object_id=thing.pk,
        object_label=(called or str(thing))[:300],
        facts={key: _plain(value) for key, value in facts.items()},
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, models.Model):
        return {"id": value.pk, "label": str(value)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value
