"""Writing down a benefit: create it, and change what the ladder and the account read of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, TypedDict

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.held import (
    change,
    held,
    refuse_lapsed,
    require_there,
)
from hoest.domain.benefits.actions.standing import record_standing
from hoest.domain.benefits.models import Benefit, HarvestDecision, PoolClaim
from hoest.domain.benefits.permissions import CHANGE_BENEFITS
from hoest.domain.benefits.queries import next_key, promises_of
from hoest.domain.benefits.rules.faults import (
    LineIsCounted,
    ProfileNotSensible,
    PromiseIsFinal,
)
from hoest.domain.portfolio import queries as portfolio
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.forms.versions import check_version
from hoest.foundation.provenance.actions import entered_by

CHANGEABLE = (
    "title",
    "benefit_type",
    "is_disbenefit",
    "unit",
    "indicator",
    "measure_unit",
    "baseline_value",
    "baseline_on",
    "target_value",
    "target_on",
    "method",
    "frequency",
    "line_key",
)
"""What the form of a benefit changes; the owner and the life of it have acts of their own."""


class BenefitFields(TypedDict, total=False):
    """What a person writes about a benefit. Values are in the indicator's unit of measure."""

    title: str
    benefit_type: str
    is_disbenefit: bool
    unit: Any
    indicator: str
    measure_unit: str
    baseline_value: Decimal | None
    baseline_on: dt.date | None
    target_value: Decimal | None
    target_on: dt.date | None
    method: str
    frequency: str
    line_key: str


@transaction.atomic
def create_benefit(*, actor: Actor, initiative_id: int, fields: BenefitFields) -> Benefit:
    """Write down a benefit of an initiative; the key is the municipality's next one."""
    initiative = portfolio.initiative_of(actor, initiative_id)
    require(actor, CHANGE_BENEFITS, initiative.unit_id)
    values = _known(fields)
    if values.get("unit") is not None:
        require(actor, CHANGE_BENEFITS, values["unit"].pk)
    _check(values)
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('benefits.keys'), %s)", [actor.organisation_id]
        )
    _refuse_counted(actor, initiative.pk, values.get("line_key", ""))
    benefit = Benefit.objects.create(
        organisation_id=actor.organisation_id,
        initiative_id=initiative.pk,
        key=next_key(actor.organisation_id),
        source=entered_by(actor, _("Oprettet i Høst")),
        **values,
    )
    record(actor, "benefits.create", benefit, key=benefit.key, initiative=initiative)
    record_standing(actor=actor, benefit_ids=[benefit.pk], because="benefits.create")
    return benefit


@transaction.atomic
def change_benefit(
    *, actor: Actor, benefit_id: int, version: int, fields: BenefitFields
) -> Benefit:
    """Change some of the profile; what is not named stays.

    `version` is the one the person read. Raises ChangedMeanwhile with both versions when somebody
    else has changed it since, and PromiseIsFinal for another line than the promised one.
    """
    benefit = held(actor, benefit_id)
    require_there(actor, CHANGE_BENEFITS, benefit)
    refuse_lapsed(benefit)
    changes = {
        name: value for name, value in _known(fields).items() if getattr(benefit, name) != value
    }
    check_version(benefit, version, changes)
    if changes:
        write_changes(actor, benefit, changes)
    return benefit


def write_changes(actor: Actor, benefit: Benefit, changes: dict[str, Any]) -> None:
    """Write fields that differ from what stands, when they may and make sense; the row is held."""
    if "unit" in changes:
        unit = changes["unit"]
        require(actor, CHANGE_BENEFITS, unit.pk if unit else benefit.initiative.unit_id)
    if "line_key" in changes:
        keep_the_promise(benefit)
        _refuse_counted(actor, benefit.initiative_id, changes["line_key"])
    if changes.get("is_disbenefit"):
        _refuse_taken(benefit)
    before = {name: getattr(benefit, name) for name in changes}
    _check({**{name: getattr(benefit, name) for name in CHANGEABLE}, **changes})
    change(benefit, **changes)
    record(actor, "benefits.change", benefit, before=before, after=changes)
    record_standing(actor=actor, benefit_ids=[benefit.pk], because="benefits.change")


def _known(fields: BenefitFields) -> dict[str, Any]:
    unknown = set(fields) - set(CHANGEABLE)
    if unknown:
        raise ValueError(f"not fields of a benefit: {sorted(unknown)}")
    return dict(fields)


def keep_the_promise(benefit: Benefit) -> None:
    """Raise PromiseIsFinal when the benefit's line is promised: it is the promise for ever.

    A line that another benefit has as well may be let go, since the promise still stands there.
    """
    if _that_count(benefit.organisation_id, benefit.initiative_id, benefit.line_key) > 1:
        return
    promise = promises_of([benefit])[benefit.pk]
    if promise.original_dkk or promise.original_hours:
        raise PromiseIsFinal(
            _(
                "Gevinsten er lovet som posten »%(line)s«, og et løfte skifter ikke post. Ret i "
                "stedet postens tal i en ny version af business casen."
            )
            % {"line": benefit.line_key}
        )


def _refuse_taken(benefit: Benefit) -> None:
    """Raise ProfileNotSensible when something has been taken of what would be a dis-benefit."""
    own = {"organisation_id": benefit.organisation_id, "benefit_id": benefit.pk}
    if (
        HarvestDecision.objects.filter(**own, withdrawn_on__isnull=True).exists()
        or PoolClaim.objects.filter(**own, released_on__isnull=True).exists()
    ):
        raise ProfileNotSensible(
            _(
                "Gevinsten er taget hjem eller har en andel af en pulje og kan ikke blive en "
                "ulempe. Skriv ulempen ned for sig."
            )
        )


def _refuse_counted(actor: Actor, initiative_id: int, line_key: str) -> None:
    """Raise LineIsCounted when another benefit has the line, so that nothing counts twice."""
    if line_key and _that_count(actor.organisation_id, initiative_id, line_key):
        raise LineIsCounted(
            _("En anden gevinst tæller allerede posten »%(line)s«. Vælg en post for sig.")
            % {"line": line_key}
        )


def _that_count(organisation_id: int, initiative_id: int, line_key: str) -> int:
    return Benefit.objects.filter(
        organisation_id=organisation_id, initiative_id=initiative_id, line_key=line_key
    ).count()


def _check(values: dict[str, Any]) -> None:
    """Raise ProfileNotSensible for what cannot both be true."""
    if values.get("is_disbenefit") and values.get("line_key"):
        raise ProfileNotSensible(
            _(
                "En ulempe tæller ingen post i business casen. Koster den penge, står de som en "
                "udgift der."
            )
        )
    start, goal = values.get("baseline_value"), values.get("target_value")
    if start is not None and start == goal:
        raise ProfileNotSensible(
            _("Baseline og mål er det samme tal. Så er der ingen gevinst at måle.")
        )
    begun, due = values.get("baseline_on"), values.get("target_on")
    if begun is not None and due is not None and due <= begun:
        raise ProfileNotSensible(_("Måldatoen skal ligge efter baselinedatoen."))
    if begun is not None and begun > clock.today():
        raise ProfileNotSensible(_("Baseline er målt på en dag, der er gået. Ret datoen."))
