"""The averages of an answer by date of start and by period, for the annex."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from hoest.domain.evidence.models import Estimate, Study
from hoest.domain.evidence.web import words
from hoest.domain.evidence.web.effect.chart import period_label
from hoest.ui import formats

AverageRow = tuple[str, str, str, str]


def averages_of(study: Study, estimate: Estimate) -> dict[str, list[AverageRow]]:
    """Return `waves` and `calendar` as (period, places, effect, standard error) in words.

    Empty for answers that hold none: other methods, missing values, or from before they were kept.
    """
    found = estimate.answer.get("averages") or {}
    return {name: [_row(study, estimate, one) for one in rows] for name, rows in found.items()}


def _row(study: Study, estimate: Estimate, row: list[Any]) -> AverageRow:
    on, places, effect, error = row
    step = estimate.answer.get("error")
    return (
        period_label(dt.date.fromisoformat(on), study.series.step),
        formats.number(places),
        _("ikke kendt") if effect is None else words.signed(effect, step),
        _("for få steder") if error is None else words.amount(error, step),
    )
