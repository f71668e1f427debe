"""The table of effects: a figure never stands without its range, its grade and its verdict."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.rules import MethodGrade, Verdict
from hoest.domain.evidence.models import Estimate
from hoest.domain.evidence.web import words
from hoest.domain.evidence.web.effect import shown
from hoest.domain.evidence.web.effect.chart import period_label
from hoest.foundation.lists.columns import Column, DateColumn, NumberColumn
from hoest.foundation.lists.tables import ListTable


class NumberedColumn(Column):
    """Words that are sorted by the number behind them."""

    def sort_key(self, path: str) -> Any:
        """Return what rows are sorted by: the number."""
        return F(path)


class EffectTable(ListTable):
    """The latest answer of each benefit's primary series."""

    title = Column(_("Gevinst"), accessor="study__benefit__title")
    figure = Column(_("Effekt"), empty_values=(), orderable=False)
    verdict = Column(_("Påvist"), empty_values=())
    grade = NumberedColumn(_("Metodegrad"), empty_values=())
    last_period = NumberedColumn(_("Tal til og med"), empty_values=(), wide=True)
    unit = Column(_("Enhed"), accessor="study__benefit__unit__name", wide=True)
    sentence = Column(_("I én sætning"), empty_values=(), orderable=False, sheet=True)
    estimate = NumberColumn(_("Effekt som tal"), decimals=4, sheet=True)
    low = NumberColumn(_("Spændet fra"), decimals=4, sheet=True)
    high = NumberColumn(_("Spændet til"), decimals=4, sheet=True)
    measure_unit = Column(_("Måleenhed"), accessor="study__series__measure_unit", sheet=True)
    series = Column(_("Serie"), accessor="study__series__name", sheet=True)
    grade_number = NumberColumn(_("Metodegrad som tal"), accessor="grade", sheet=True)
    made_on = DateColumn(_("Regnet"), accessor="made_at", sheet=True)

    def href(self, record: Estimate) -> str:
        """Return the address of the effect page."""
        return reverse("evidence:effect", args=[record.study.benefit_id])

    def render_figure(self, record: Estimate) -> str:
        """Return the figure with its unit and range."""
        graded = shown.graded_of(record.study, record)
        return gettext("%(number)s %(unit)s (%(span)s)") % {
            "number": graded.number,
            "unit": graded.unit,
            "span": graded.span,
        }

    def render_verdict(self, record: Estimate) -> str:
        """Return what the figure may be called."""
        return words.verdict_label(record.verdict)

    def fact_verdict(self, record: Estimate) -> str:
        """Return the code of the verdict."""
        return Verdict(record.verdict).code

    def render_grade(self, record: Estimate) -> str:
        """Return how the figure was made."""
        return f"{record.grade}: {words.grade_label(record.grade)}"

    def fact_grade(self, record: Estimate) -> str:
        """Return the code of the grade."""
        return MethodGrade(record.grade).code

    def render_last_period(self, record: Estimate) -> str:
        """Return the last period with a value."""
        return period_label(record.last_period, record.study.series.step)

    def fact_last_period(self, record: Estimate) -> str:
        """Return the first day of the last period."""
        return record.last_period.isoformat()

    def render_sentence(self, record: Estimate) -> str:
        """Return the effect in one sentence."""
        return shown.sentence_of(record.study, record)

    def value_made_on(self, record: Estimate) -> dt.date:
        """Return the day it was calculated."""
        return record.made_at.date()

    value_figure = fact_figure = render_figure
    value_verdict = render_verdict
    value_grade = render_grade
    value_last_period = render_last_period
    value_sentence = fact_sentence = render_sentence
