"""What the page of a benefit shows of its further indicators: picture, last value, table."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from hoest.domain.benefits.models import Benefit, Indicator, IndicatorValue
from hoest.domain.benefits.queries.indicators import indicators_of
from hoest.domain.benefits.rules.achievement import achieved_share
from hoest.domain.benefits.web import words
from hoest.domain.benefits.web.chart import Chart, chart_of


@dataclass(frozen=True)
class Beside:
    """One further indicator: its words, its picture and its values, the newest first."""

    pk: int
    name: str
    unit: str
    baseline: str
    target: str
    chart: Chart | None
    rows: list[IndicatorValue]


def beside(benefit: Benefit) -> list[Beside]:
    """Return the further indicators of a benefit; two queries, however many there are."""
    return [_shown(benefit, one) for one in indicators_of(benefit)]


def _shown(benefit: Benefit, indicator: Indicator) -> Beside:
    rows = list(indicator.measurements.all())
    stand = [row for row in rows if row.withdrawn_at is None]
    last = stand[-1].value if stand else None
    share = achieved_share(indicator.baseline_value, indicator.target_value, last)
    # The picture reads a benefit's names; an indicator has the same, and the go-live is shared.
    like = SimpleNamespace(
        measurements=indicator.measurements,
        baseline_value=indicator.baseline_value,
        target_value=indicator.target_value,
        target_on=benefit.target_on,
        indicator=indicator.indicator,
        is_disbenefit=False,
        initiative=benefit.initiative,
    )
    return Beside(
        pk=indicator.pk,
        name=indicator.indicator,
        unit=indicator.measure_unit,
        baseline=_number(indicator.baseline_value),
        target=_number(indicator.target_value),
        chart=chart_of(like, share),  # type: ignore[arg-type]
        rows=rows[::-1],
    )


def _number(value: object) -> str:
    return "–" if value is None else words.plain_number(value)  # type: ignore[arg-type]
