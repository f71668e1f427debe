"""Reads of evidence, beginning at what the actor may see."""

from hoest.domain.evidence.queries.data import Start, StudyData, data_of, starts_of
from hoest.domain.evidence.queries.estimates import (
    estimate_of,
    estimates_of,
    latest_of,
    latest_of_benefits,
    run_of,
    runs_of,
)
from hoest.domain.evidence.queries.planning import (
    PlanPlace,
    PlanRecord,
    history_of,
    order_of,
    orders_of_benefit,
    plan_places,
    plan_record,
    results_of_others,
)
from hoest.domain.evidence.queries.series import (
    breaks_of,
    loads_of,
    place_named,
    places_here,
    points_of,
    series_here,
    series_of,
)
from hoest.domain.evidence.queries.studies import (
    happenings_of,
    orders_of,
    primary_of,
    studies_of_benefit,
    study_of,
    visible_to,
)

__all__ = [
    "PlanPlace",
    "PlanRecord",
    "Start",
    "StudyData",
    "breaks_of",
    "data_of",
    "estimate_of",
    "estimates_of",
    "happenings_of",
    "history_of",
    "latest_of",
    "latest_of_benefits",
    "loads_of",
    "order_of",
    "orders_of",
    "orders_of_benefit",
    "place_named",
    "places_here",
    "plan_places",
    "plan_record",
    "points_of",
    "primary_of",
    "results_of_others",
    "run_of",
    "runs_of",
    "series_here",
    "series_of",
    "starts_of",
    "studies_of_benefit",
    "study_of",
    "visible_to",
]
