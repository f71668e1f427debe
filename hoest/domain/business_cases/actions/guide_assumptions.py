"""Assumptions of a draft, and the lines that derive from them: a change recomputes every line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.actions.drafts import place_line
from hoest.domain.business_cases.actions.held import grow, held_draft, named, write_amounts
from hoest.domain.business_cases.calculations import derived_amounts, full_amount
from hoest.domain.business_cases.models import (
    Assumption,
    CaseLine,
    CaseVersion,
    Factor,
    LineAmount,
    RampYear,
)
from hoest.domain.business_cases.rules import LineInput
from hoest.domain.business_cases.rules.assumptions import (
    VALUE_PLACES,
    AssumptionExists,
    AssumptionInUse,
    AssumptionNotWhole,
    Used,
    check_circle,
    check_factors,
    check_value,
)
from hoest.domain.business_cases.rules.guide import LONGEST_NAME, LONGEST_SOURCE, LONGEST_UNIT
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record


@dataclass(frozen=True)
class AssumptionInput:
    """An assumption as somebody writes it: a value with its source, or a product of others."""

    name: str
    unit: str = ""
    value: Decimal | None = None
    source_text: str = ""
    dated_on: dt.date | None = None
    factors: Sequence[Used] = ()


@transaction.atomic
def set_assumption(
    *,
    actor: Actor,
    version_id: int,
    version: int,
    assumption: AssumptionInput,
    assumption_id: int | None = None,
) -> Assumption:
    """Write an assumption of a draft and recompute every line that rests on it.

    Raises AssumptionNotWhole, AssumptionExists, AssumptionsGoInCircle, NothingToDivideBy, Conflict.
    """
    draft = held_draft(actor, version_id, version)
    row = _place(actor, draft, assumption, assumption_id)
    recomputed = _recompute(draft)
    grow(draft)
    record(
        actor,
        "business_cases.set_assumption",
        draft,
        called=named(draft),
        assumption=row.name,
        value=row.value,
        lines=recomputed,
    )
    return row


def _place(
    actor: Actor, draft: CaseVersion, assumption: AssumptionInput, assumption_id: int | None = None
) -> Assumption:
    """Write an assumption where it stands, or a new one last."""
    rows = Assumption.objects.filter(case_version=draft)
    row = rows.filter(pk=assumption_id).first() if assumption_id else None
    name = " ".join(assumption.name.split())
    if rows.filter(name=name).exclude(pk=row.pk if row else 0).exists():
        raise AssumptionExists(
            _("Der er allerede en forudsætning, der hedder »%(name)s«.") % {"name": name}
        )
    value = _checked(assumption, name)
    if row is None:
        row = Assumption(
            organisation_id=draft.organisation_id, case_version=draft, position=rows.count()
        )
    row.name, row.unit = name, " ".join(assumption.unit.split())
    row.value, row.dated_on = value, assumption.dated_on
    row.source_text = " ".join(assumption.source_text.split())
    row.written_by_name, row.written_at = actor.name[:160], clock.now()
    row.save()
    row.factors.all().delete()
    if value is None:
        tree = queries.tree_of(draft)
        check_factors(tree, assumption.factors)
        check_circle(tree, row.pk, assumption.factors)
        _write_factors(draft, assumption.factors, product=row)
    return row


def _checked(assumption: AssumptionInput, name: str) -> Decimal | None:
    """Return the value as it is kept; None for a product."""
    if not name or len(name) > LONGEST_NAME:
        raise AssumptionNotWhole(_("Giv forudsætningen et navn, så den kan kendes igen."))
    if len(assumption.unit) > LONGEST_UNIT:
        raise AssumptionNotWhole(_("Enheden er for lang. Skriv den kort, for eksempel »min«."))
    if len(assumption.source_text) > LONGEST_SOURCE:
        raise AssumptionNotWhole(_("Kilden er for lang. Skriv den kortere."))
    if assumption.factors:
        return None
    if assumption.value is None:
        raise AssumptionNotWhole(_("Skriv forudsætningens værdi."))
    check_value(assumption.value)
    return assumption.value.quantize(Decimal(1).scaleb(-VALUE_PLACES), ROUND_HALF_UP)


@transaction.atomic
def remove_assumption(
    *, actor: Actor, version_id: int, version: int, assumption_id: int
) -> CaseVersion:
    """Take an assumption out of a draft. Raises AssumptionInUse when something is made of it."""
    draft = held_draft(actor, version_id, version)
    row = Assumption.objects.filter(case_version=draft, pk=assumption_id).first()
    if row is None:
        return draft
    used = Factor.objects.filter(factor=row).select_related("line", "product").first()
    if used is not None:
        name = used.line.key if used.line else used.product.name if used.product else ""
        raise AssumptionInUse(
            _("»%(name)s« bygger på forudsætningen. Ret den først.") % {"name": name}
        )
    row.delete()
    grow(draft)
    record(
        actor,
        "business_cases.remove_assumption",
        draft,
        called=named(draft),
        assumption=row.name,
    )
    return draft


@transaction.atomic
def set_derived_line(
    *,
    actor: Actor,
    version_id: int,
    version: int,
    line: LineInput,
    factors: Sequence[Used],
    ramp: Mapping[int, Decimal],
    new: Sequence[AssumptionInput] = (),
    line_id: int | None = None,
) -> CaseLine:
    """Write a line whose amounts derive from assumptions; `line` has no amounts of its own.

    `ramp` is year → share of the full amount; `new` are assumptions written with it, which are
    multiplied with the `factors`. Raises as `set_line`, and AssumptionNotWhole,
    RampNotWhole, NothingToDivideBy.
    """
    draft = held_draft(actor, version_id, version)
    made_now = [_place(actor, draft, one) for one in new]
    factors = (*factors, *(Used(one.pk) for one in made_now))
    tree = queries.tree_of(draft)
    shares = {
        year: share.quantize(Decimal("0.0001"), ROUND_HALF_UP) for year, share in ramp.items()
    }
    amounts = derived_amounts(tree, factors, shares)
    made = place_line(actor, draft, replace(line, amounts=amounts), line_id)
    _write_factors(draft, factors, line=made)
    RampYear.objects.bulk_create(
        RampYear(
            organisation_id=draft.organisation_id,
            case_version=draft,
            line=made,
            year=year,
            share=share,
        )
        for year, share in shares.items()
    )
    grow(draft)
    record(
        actor,
        "business_cases.set_derived_line",
        draft,
        called=named(draft),
        line=made.key,
        full=full_amount(tree, factors),
        amounts=amounts,
    )
    return made


def _write_factors(
    draft: CaseVersion,
    factors: Sequence[Used],
    *,
    line: CaseLine | None = None,
    product: Assumption | None = None,
) -> None:
    Factor.objects.bulk_create(
        Factor(
            organisation_id=draft.organisation_id,
            case_version=draft,
            line=line,
            product=product,
            factor_id=used.assumption_id,
            divides=used.divides,
            position=place,
        )
        for place, used in enumerate(factors)
    )


def _recompute(draft: CaseVersion) -> list[str]:
    """Write the amounts of every derived line anew and return the lines that changed."""
    tree = queries.tree_of(draft)
    changed = []
    for product in tree.products.values():
        full_amount(tree, product)
    for line in queries.derived_lines(draft):
        ramp = {one.year: one.share for one in line.ramp.all()}
        amounts = derived_amounts(tree, tree.lines[line.pk], ramp)
        standing = dict(LineAmount.objects.filter(line=line).values_list("year", "amount"))
        if standing != amounts:
            LineAmount.objects.filter(line=line).delete()
            write_amounts(draft, [(line, amounts)])
            changed.append(line.key)
    return changed
