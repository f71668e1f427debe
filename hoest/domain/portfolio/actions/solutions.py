"""Writing how far the municipality is with a solution of the catalogue (D-06)."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions.initiatives import InTheFuture
from hoest.domain.portfolio.models import LocalSolution
from hoest.domain.portfolio.permissions import KEEP_SOLUTIONS
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import today
from hoest.foundation.faults import Fault, NotFound
from hoest.foundation.forms.versions import check_version


class SolutionFields(TypedDict):
    """What a person writes about a solution here; `owner` and `initiative` are rows or None."""

    status: str
    owner: Any
    initiative: Any
    planned_users: int | None
    users_in_use: int | None
    counted_on: dt.date | None
    note: str


class CountNotWhole(Fault):
    """A count has a day, and how many should use it."""


@transaction.atomic
def write_local_solution(
    *, actor: Actor, code: str, version: int, fields: SolutionFields
) -> LocalSolution:
    """Write where a solution stands here; version 0 for the first time.

    Raises CountNotWhole, InTheFuture, ChangedMeanwhile, NotAllowed, NotFound.
    """
    require(actor, KEEP_SOLUTIONS)
    if code not in content.shared_solutions():
        raise NotFound("Løsningen findes ikke i kataloget.")
    values: dict[str, Any] = {**fields, "note": " ".join(fields["note"].split())[:300]}
    if values["users_in_use"] is not None:
        if values["counted_on"] is None or not values["planned_users"]:
            raise CountNotWhole(_("Skriv, hvor mange der skal bruge den, og hvornår I talte."))
        if values["counted_on"] > today():
            raise InTheFuture(_("Datoen ligger ude i fremtiden. Skriv den dag, det skete."))
    initiative = values["initiative"]
    if initiative is not None:
        queries.initiative_of(actor, initiative.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('portfolio.solutions'), %s)",
            [actor.organisation_id],
        )
    rows = LocalSolution.objects.filter(organisation_id=actor.organisation_id, code=code)
    standing = rows.select_for_update().first()
    if standing is None:
        standing = LocalSolution.objects.create(
            organisation_id=actor.organisation_id, code=code, **values
        )
    else:
        changes = {n: value for n, value in values.items() if getattr(standing, n) != value}
        check_version(standing, version, changes)
        for name, value in changes.items():
            setattr(standing, name, value)
        standing.version += 1
        standing.save(update_fields=[*changes, "version", "changed_at"])
    record(actor, "portfolio.write_local_solution", standing, code=code, status=values["status"])
    return standing
