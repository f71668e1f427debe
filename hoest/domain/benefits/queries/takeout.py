"""Reads of take-out agreements: those one may see, their chains, and what surrounds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Max, Q, QuerySet

from hoest.domain.benefits.models import (
    Benefit,
    StaffInvolvement,
    TakeoutAgreement,
    TakeoutExperience,
)
from hoest.domain.benefits.queries.figures import (
    achievement_of,
    last_estimate_year,
    promises_of,
)
from hoest.domain.benefits.queries.seen import visible_to
from hoest.domain.benefits.rules.takeout import (
    COUNTING,
    Basis,
    Layer,
    ProposedYear,
    TakeoutKind,
    Terms,
    Yearly,
    propose,
    whole_oere,
)
from hoest.domain.business_cases.calculations import PriceIndex
from hoest.domain.business_cases.rules import CaseLineFigures
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.content import TakeoutModel
from hoest.foundation.faults import NotFound


def years_asked(first_year: int) -> range:
    """Return the years a form asks for: a budget year and its estimate years."""
    return range(first_year, first_year + content.limit("budget_estimate_years") + 1)


def agreements_seen(actor: Actor) -> QuerySet[TakeoutAgreement]:
    """Return the agreements of the benefits the actor may see."""
    return TakeoutAgreement.objects.filter(
        organisation_id=actor.organisation_id, benefit__in=visible_to(actor).order_by()
    )


def with_agreement_rows(rows: QuerySet[TakeoutAgreement]) -> QuerySet[TakeoutAgreement]:
    """Read with the agreements what a page says of them: three queries more."""
    return rows.select_related(
        "benefit__initiative__unit", "benefit__initiative__body", "unit", "body", "base", "source"
    ).prefetch_related("amounts", "steps", "decisions")


def agreement_of(actor: Actor, agreement_id: int) -> TakeoutAgreement:
    """Return one agreement with its rows. Raises NotFound."""
    found = with_agreement_rows(agreements_seen(actor)).filter(pk=agreement_id).first()
    if found is None:
        raise NotFound("Aftalen findes ikke, eller du kan ikke se den.")
    return found


def chain_of(agreement: TakeoutAgreement) -> list[TakeoutAgreement]:
    """Return the agreement a chain began with and the layers upon it, oldest first."""
    root = agreement.base_id or agreement.pk
    return list(
        TakeoutAgreement.objects.filter(organisation_id=agreement.organisation_id)
        .filter(Q(pk=root) | Q(base_id=root))
        .select_related("unit")
        .prefetch_related("amounts")
        .order_by("number")
    )


def stands(agreement: TakeoutAgreement) -> bool:
    """Tell whether an agreement counts: decided or booked, and not withdrawn."""
    return agreement.status in COUNTING and agreement.withdrawn_on is None


def layer_of(agreement: TakeoutAgreement) -> Layer:
    """Return what an agreement changes year by year."""
    amounts = {
        one.year: one.hours if one.amount_dkk is None else one.amount_dkk
        for one in agreement.amounts.all()
    }
    return Layer(
        {year: amount for year, amount in amounts.items() if amount is not None},
        agreement.is_lasting,
    )


def measure_of(agreement: TakeoutAgreement) -> str:
    """Return the measure of an agreement: `dkk`, `hours`, or empty."""
    return TakeoutKind(agreement.kind).measure


def layer_in_level(
    layer: Layer, from_level: int | None, to_level: int | None, index: PriceIndex
) -> Layer:
    """Return a layer of kroner in another price level, rounded to whole øre."""
    if from_level is None or to_level is None:
        return layer
    return Layer(
        {y: whole_oere(index.convert(a, from_level, to_level)) for y, a in layer.amounts.items()},
        layer.is_lasting,
    )


def effect_years(layers: Iterable[Layer]) -> list[int]:
    """Return the years layers have an effect in, to the end of the budget's estimate years."""
    rows = list(layers)
    filled = {year for layer in rows for year in layer.amounts}
    if not filled:
        return []
    last = max(filled)
    if any(layer.is_lasting for layer in rows):
        last = max(last, last_estimate_year())
    return list(range(min(filled), last + 1))


def standing_layers(chain: Iterable[TakeoutAgreement]) -> list[Layer]:
    """Return the layers of a chain that count."""
    return [layer_of(one) for one in chain if stands(one)]


def next_agreement_number(benefit: Benefit) -> int:
    """Return the next number of a benefit's agreements; the caller holds the benefit."""
    rows = TakeoutAgreement.objects.filter(
        organisation_id=benefit.organisation_id, benefit_id=benefit.pk
    )
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def involvements_of(organisation_id: int, initiative_id: int) -> list[StaffInvolvement]:
    """Return how the staff were involved in an initiative, oldest first; withdrawn ones too."""
    return list(
        StaffInvolvement.objects.filter(
            organisation_id=organisation_id, initiative_id=initiative_id
        )
    )


def involved_days(organisation_id: int, initiative_ids: Iterable[int]) -> dict[int, list[dt.date]]:
    """Return the days the staff of some initiatives were involved; one query."""
    found: dict[int, list[dt.date]] = {}
    rows = StaffInvolvement.objects.filter(
        organisation_id=organisation_id,
        initiative_id__in=list(initiative_ids),
        withdrawn_on__isnull=True,
    )
    for initiative_id, on in rows.order_by("on").values_list("initiative_id", "on"):
        found.setdefault(initiative_id, []).append(on)
    return found


def involvement_of(actor: Actor, involvement_id: int) -> StaffInvolvement:
    """Return one involvement of an initiative whose benefits the actor may see. Raises NotFound."""
    found = StaffInvolvement.objects.filter(
        organisation_id=actor.organisation_id,
        pk=involvement_id,
        initiative_id__in=visible_to(actor).order_by().values("initiative_id"),
    ).first()
    if found is None:
        raise NotFound("Inddragelsen findes ikke, eller du kan ikke se den.")
    return found


def experience_of(organisation_id: int, unit_ids: Iterable[int]) -> list[TakeoutExperience]:
    """Return what some units learned when something was taken home there, newest first."""
    return list(
        TakeoutExperience.objects.filter(
            organisation_id=organisation_id, unit_id__in=list(unit_ids), withdrawn_on__isnull=True
        ).select_related("unit", "agreement__benefit")
    )


def experience_by_id(actor: Actor, experience_id: int) -> TakeoutExperience:
    """Return one experience of the municipality. Raises NotFound."""
    found = (
        TakeoutExperience.objects.filter(organisation_id=actor.organisation_id, pk=experience_id)
        .select_related("unit")
        .first()
    )
    if found is None:
        raise NotFound("Erfaringen findes ikke.")
    return found


def last_budget_place(benefit: Benefit) -> tuple[str, str]:
    """Return budget place and account of the benefit's last agreement or decision, for the form."""
    rows = TakeoutAgreement.objects.filter(
        organisation_id=benefit.organisation_id, benefit_id=benefit.pk
    ).exclude(budget_place="")
    found = rows.order_by("-number").values_list("budget_place", "account").first()
    if found is not None:
        return found
    single = [d.budget_place for d in benefit.harvest_decisions.all() if d.budget_place]
    return (single[-1][:120] if single else "", "")


def terms_of(agreement: TakeoutAgreement) -> Terms:
    """Return the terms an agreement keeps."""
    return Terms(
        Basis(agreement.basis),
        agreement.take_share,
        agreement.unit_carries_share,
        agreement.bank_share,
    )


def terms_of_model(model: TakeoutModel) -> Terms:
    """Return the terms of a model as the municipality's content has them."""
    return Terms(Basis(model.basis), model.take_share, model.unit_carries_share, model.bank_share)


def proposal_for(
    benefit: Benefit,
    measure: str,
    terms: Terms,
    *,
    first_year: int,
    expenditure: Decimal | None = None,
) -> tuple[ProposedYear, ...]:
    """Return what a model proposes to take of a benefit in the budget year and the estimate years.

    The benefit's initiative and measurements are read already. Kroner are in the price level of
    the approved line.
    """
    promise = promises_of([benefit])[benefit.pk]
    line = promise.latest_hours if measure == "hours" else promise.latest_dkk
    achieved = achievement_of(benefit)
    years = years_asked(first_year)
    return propose(
        terms,
        years,
        approved=approved_over(line, max(years)),
        measured_share=achieved.share if achieved else None,
        expenditure=expenditure if measure == "dkk" else None,
    )


def approved_over(line: CaseLineFigures | None, last_year: int) -> Yearly:
    """Return the approved amounts to a year; a recurring line goes on with its last one."""
    if line is None or not line.amounts:
        return {}
    if not line.is_recurring:
        return dict(line.amounts)
    filled: dict[int, Decimal] = {}
    present = Decimal(0)
    for year in range(min(line.amounts), max(last_year, max(line.amounts)) + 1):
        present = line.amounts.get(year, present)
        filled[year] = present
    return filled
