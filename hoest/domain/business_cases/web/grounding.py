"""What every page of a case stands on: where the reader is, and the key figures of a version."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.business_cases import calculations
from hoest.domain.business_cases.models import CaseVersion
from hoest.foundation import clock


def crumbs(initiative: Any, here: str = "") -> list[dict[str, str]]:
    """Return where the reader is: portfolio, initiative, business case, page."""
    found = [
        {"label": _("Portefølje"), "url": reverse("portfolio:initiatives")},
        {"label": initiative.title, "url": reverse("portfolio:initiative", args=[initiative.pk])},
    ]
    case = {
        "label": _("Business case"),
        "url": reverse("business_cases:case", args=[initiative.pk]),
    }
    return [*found, case, {"label": here, "url": ""}] if here else [*found, case]


def figures_of(
    version: CaseVersion | None, lines: list[Any], horizon: int | None = None
) -> calculations.KeyFigures | None:
    """Return the key figures of a version, at the rate of the day it was approved.

    Recurring lines run to the horizon asked for, else to the one the version states.
    """
    if version is None:
        return None
    return calculations.key_figures(
        lines,
        valued_on=version.approved_on or clock.today(),
        horizon=horizon or version.horizon_year,
    )
