"""What can hardly be in a profile: the numbers gathered, and each doubt in calm words."""

from __future__ import annotations

from hoest.domain.benefits import queries
from hoest.domain.benefits.calculations import valuation_of
from hoest.domain.benefits.models import Benefit, Profile
from hoest.domain.benefits.rules.plausibility import DoubtLimits, Stated, Suspicion, doubts_about
from hoest.foundation import content


def doubt_limits() -> DoubtLimits:
    """Return the limits of plausibility as the municipality's content has them."""
    return DoubtLimits(
        year_one_share=content.limit_decimal("plausibility_year_one_share"),
        promise_apart_share=content.limit_decimal("plausibility_promise_apart_share"),
    )


def doubts_of(
    benefit: Benefit, profile: Profile, promise: queries.Promise | None = None
) -> tuple[Suspicion, ...]:
    """Return what can hardly be in a profile, most serious first; at most nine queries."""
    if benefit.lapsed_on is not None:
        return ()
    promised = queries.promises_of([benefit])[benefit.pk] if promise is None else promise
    worth, claims = valuation_of(profile), queries.claims_of(benefit)
    dkk, hours = promised.latest_dkk, promised.latest_hours
    line = dkk or hours
    return doubts_about(
        Stated(
            benefit_type=benefit.benefit_type,
            is_disbenefit=benefit.is_disbenefit,
            indicator=benefit.indicator,
            measure_unit=benefit.measure_unit,
            baseline=benefit.baseline_value,
            target=benefit.target_value,
            live_on=benefit.initiative.live_on,
            dkk=worth.dkk_a_year,
            promised_dkk=dkk.full_year_effect if dkk else None,
            cost_base_dkk=worth.cost_base_dkk,
            hours=worth.hours_a_year,
            promised_hours=hours.full_year_effect if hours else None,
            task_hours=worth.time.base_hours if worth.time else None,
            claimed_dkk=queries.claimed_by(claims, "dkk"),
            claimed_hours=queries.claimed_by(claims, "hours"),
            by_year=line.amounts if line and line.is_recurring else {},
            neighbours=queries.neighbours_of(benefit),
        ),
        doubt_limits(),
    )
