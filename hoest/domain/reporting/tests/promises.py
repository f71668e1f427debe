"""Promises that were made and kept in part: benefits whose day has come, for the track record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hoest.domain.benefits import actions as benefits
from hoest.domain.benefits.models import Benefit
from hoest.domain.business_cases import actions as cases
from hoest.domain.organisations.models import Unit
from hoest.domain.portfolio.models import Initiative
from hoest.foundation import clock
from tests.support.guided import has_effect
from tests.support.world import actor_with_role

PROMISED = Decimal(100_000)


def an_initiative(organisation: int, title: str, *, live_years: int = 3, **fields: Any) -> Any:
    """Make an initiative that has been live for some years."""
    unit = Unit.objects.filter(organisation_id=organisation, name="Hjemmepleje").get()
    return Initiative.objects.create(
        organisation_id=organisation,
        key=title,
        title=title,
        **{
            "unit": unit,
            "live_on": clock.today().replace(day=1, month=1) - dt.timedelta(days=365 * live_years),
            "initiative_type": "welfare_technology",
            "purpose_type": "relief",
            **fields,
        },
    )


def promise(
    organisation: int, initiative: Any, count: int, *, measure: str = "dkk", first_year: int = 0
) -> list[Benefit]:
    """Promise 100,000 a year on each of some lines, with a benefit for each; target 100."""
    controller = actor_with_role(organisation, "controller")
    year = first_year or clock.today().year - 2
    keys = [f"{initiative.title} {number}" for number in range(1, count + 1)]
    with clock.frozen_at(dt.date(year - 1, 6, 1)):
        draft = cases.start_draft(
            actor=controller, initiative_id=initiative.pk, price_level=year - 1
        )
        for key in keys:
            draft.refresh_from_db()
            cases.set_line(
                actor=controller,
                version_id=draft.pk,
                version=draft.version,
                line=cases.LineInput(
                    key=key,
                    kind="benefit",
                    measure=measure,
                    duration="recurring",
                    steering_area="service" if measure == "dkk" else "",
                    low_share=Decimal("0.4"),
                    high_share=Decimal("1.1"),
                    amounts={year: PROMISED},
                ),
            )
        draft.refresh_from_db()
        has_effect(draft)
        cases.approve(actor=controller, version_id=draft.pk, version=draft.version, reason="")
        return [_benefit(organisation, initiative, key, year) for key in keys]


def _benefit(organisation: int, initiative: Any, key: str, year: int) -> Benefit:
    manager = actor_with_role(organisation, "portfolio_manager")
    return benefits.create_benefit(
        actor=manager,
        initiative_id=initiative.pk,
        fields={
            "title": key,
            "benefit_type": "budget",
            "line_key": key,
            "indicator": "Andel",
            "measure_unit": "point",
            "baseline_value": Decimal(0),
            "baseline_on": dt.date(year - 1, 6, 1),
            "target_value": Decimal(100),
            "target_on": dt.date(year, 1, 1),
            "method": "Opgørelse",
            "frequency": "year",
        },
    )


def measured(organisation: int, found: Sequence[Benefit], values: Sequence[int]) -> None:
    """Measure each benefit once, seven months after its day."""
    owner = actor_with_role(organisation, "controller")
    for benefit, value in zip(found, values, strict=True):
        assert benefit.target_on is not None
        benefits.measure(
            actor=owner,
            benefit_id=benefit.pk,
            on=dt.date(benefit.target_on.year, 8, 1),
            value=Decimal(value),
            origin="Fagsystem",
        )
