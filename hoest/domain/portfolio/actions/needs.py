"""Writes of needs: state one, tie it, test what was assumed."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio.models import Need, NeedTest, NeedTie
from hoest.domain.portfolio.permissions import WRITE_NEEDS
from hoest.domain.portfolio.queries import ideas as idea_queries
from hoest.domain.portfolio.queries import initiatives as initiative_queries
from hoest.domain.portfolio.queries import needs as queries
from hoest.domain.portfolio.rules.needs import Evidence, NeedStanding, TestOutcome
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import today
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version


class NeedFields(TypedDict):
    """What is written about a need."""

    statement: str
    evidence: str
    evidence_told: str
    unit: Any


class NeedNotWhole(Fault):
    """A need says who needs what; what it rests on is told, unless it is assumed."""


class AssumptionIsUntested(Fault):
    """An assumption becomes evidence by a test, not by another word."""


class TestInTheFuture(Fault):
    """A test is registered when it has been made."""

    __test__ = False


@transaction.atomic
def state_need(
    *, actor: Actor, fields: NeedFields, idea: Any = None, initiative: Any = None
) -> Need:
    """Write a need down, and tie it to what it belongs to. Raises NeedNotWhole."""
    require(actor, WRITE_NEEDS, fields["unit"].pk)
    values = _whole(fields)
    made = Need.objects.create(
        organisation_id=actor.organisation_id,
        written_by_id=actor.person_id,
        written_by_name=actor.name,
        unit=fields["unit"],
        **values,
    )
    record(actor, "portfolio.state_need", made, evidence=made.evidence)
    if idea is not None or initiative is not None:
        _tie(actor, made, idea, initiative)
    return made


@transaction.atomic
def change_need(*, actor: Actor, need_id: int, version: int, fields: NeedFields) -> Need:
    """Change a need. An untested assumption cannot be called evidence.

    Raises AssumptionIsUntested, NeedNotWhole, ChangedMeanwhile.
    """
    need = _held(actor, need_id)
    require(actor, WRITE_NEEDS, fields["unit"].pk)
    values = {**_whole(fields), "unit_id": fields["unit"].pk}
    changes = {name: value for name, value in values.items() if getattr(need, name) != value}
    check_version(need, version, changes)
    if queries.standing_of(need) is NeedStanding.UNTESTED and "evidence" in changes:
        raise AssumptionIsUntested(
            _("Behovet er en antagelse. Registrér en afprøvning, så er det ikke det længere.")
        )
    if not changes:
        return need
    before = {name: getattr(need, name) for name in changes}
    for name, value in changes.items():
        setattr(need, name, value)
    need.version += 1
    need.save(update_fields=[*changes, "version", "changed_at"])
    record(actor, "portfolio.change_need", need, before=before, after=changes)
    return need


@transaction.atomic
def test_need(
    *, actor: Actor, need_id: int, tried: str, outcome: TestOutcome, result: str, on: dt.date
) -> NeedTest:
    """Register what was tried to test a need, and what it showed. It stays.

    Raises NeedNotWhole, TestInTheFuture.
    """
    need = _held(actor, need_id)
    if on > today():
        raise TestInTheFuture(_("Datoen ligger ude i fremtiden. Skriv den dag, I så det."))
    told, seen = " ".join(tried.split())[:400], " ".join(result.split())[:400]
    if not told or not seen:
        raise NeedNotWhole(_("Skriv, hvad I prøvede, og hvad I så."))
    made = NeedTest.objects.create(
        organisation_id=actor.organisation_id,
        need=need,
        tried=told,
        outcome=outcome.value,
        result=seen,
        on=on,
        by_id=actor.person_id,
        by_name=actor.name,
    )
    record(actor, "portfolio.test_need", need, outcome=outcome.value, on=on)
    return made


test_need.__test__ = False  # type: ignore[attr-defined]


@transaction.atomic
def tie_need(
    *, actor: Actor, need_id: int, idea: Any = None, initiative: Any = None
) -> NeedTie | None:
    """Tie a need to an idea or an initiative; twice is once."""
    need = _held(actor, need_id)
    return _tie(actor, need, idea, initiative)


def _tie(actor: Actor, need: Need, idea: Any, initiative: Any) -> NeedTie:
    values: dict[str, Any] = {"idea": None, "initiative": None}
    if initiative is not None:
        values["initiative"] = initiative_queries.initiative_of(actor, initiative.pk)
    else:
        values["idea"] = idea_queries.idea_of(actor, idea.pk)
    tie, is_new = NeedTie.objects.get_or_create(
        organisation_id=actor.organisation_id, need=need, **values
    )
    if is_new:
        record(actor, "portfolio.tie_need", need, to=values["initiative"] or values["idea"])
    return tie


def _held(actor: Actor, need_id: int) -> Need:
    need = queries.need_of(actor, need_id)
    require(actor, WRITE_NEEDS, need.unit_id)
    return Need.objects.select_for_update(of=("self",)).get(pk=need.pk)


def _whole(fields: NeedFields) -> dict[str, str]:
    statement = " ".join(fields["statement"].split())
    told = " ".join(fields["evidence_told"].split())
    if not statement:
        raise NeedNotWhole(_("Skriv, hvem der har brug for hvad."))
    if fields["evidence"] != Evidence.ASSUMPTION and not told:
        raise NeedNotWhole(_("Skriv, hvad I ved det fra. Ved I det ikke, er det en antagelse."))
    return {"statement": statement, "evidence": fields["evidence"], "evidence_told": told}
