"""The averages of an answer by date of start and by period, for the annex."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from hoest.domain.evidence.models import Estimate, Study
from hoest.domain.evidence.web import words
from hoest.domain.evidence.web.effect.chart import period_label
from hoest.ui import formats

GROUP_TIME = "cs"
AverageRow = tuple[str, str, str, str]


def averages_of(study: Study, estimate: Estimate) -> dict[str, list[AverageRow]]:
    """Return `waves` and `calendar` as (period, places, effect, standard error) in words.

    Empty for answers that hold none: other methods, missing values, or from before they were kept.
    """
    found = estimate.answer.get("averages") or {}
    return {name: [_row(study, estimate, one) for one in rows] for name, rows in found.items()}


def control_said(estimate: Estimate) -> str:
    """Say which method the averages are made with, where it is not the method of the answer."""
    if estimate.method == GROUP_TIME:
        return ""
    other, step = estimate.answer["checks"].get("other"), estimate.answer.get("error")
    if other is None or other["estimate"] is None or estimate.estimate is None:
        return _("Her er kontrolmetoden brugt (Callaway og Sant’Anna).")
    return _(
        "Her er kontrolmetoden brugt (Callaway og Sant’Anna). Den giver %(other)s i alt; svaret "
        "er %(ours)s."
    ) % {
        "other": words.signed(other["estimate"], step),
        "ours": words.signed(estimate.estimate, step),
    }


def _row(study: Study, estimate: Estimate, row: list[Any]) -> AverageRow:
    on, places, effect, error = row
    step = estimate.answer.get("error")
    return (
        period_label(dt.date.fromisoformat(on), study.series.step),
        formats.number(places),
        _("ikke kendt") if effect is None else words.signed(effect, step),
        _("for få steder") if error is None else words.amount(error, step),
    )
