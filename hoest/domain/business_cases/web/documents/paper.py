"""What the documents of a business case are made from: the same figures as its page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.calculations import KeyFigures
from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.rules import OPEN_STATES, CaseLineFigures, VersionState
from hoest.domain.business_cases.web.grounding import figures_of
from hoest.domain.business_cases.web.prices import Prices, prices_of
from hoest.domain.business_cases.web.views import asked_horizon
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import NotFound


@dataclass(frozen=True)
class CasePaper:
    """A version of a case as it is to be printed, for one reader at one moment.

    `written` are the lines as they were written, `lines` the same in the price level shown.
    """

    actor: Actor
    found: queries.CasePage
    version: CaseVersion
    written: list[CaseLineFigures]
    lines: list[CaseLineFigures]
    original_lines: list[CaseLineFigures]
    figures: KeyFigures | None
    prices: Prices
    at: dt.datetime

    @property
    def initiative(self) -> Any:
        """The initiative whose case it is."""
        return self.found.initiative

    @property
    def is_draft(self) -> bool:
        """Tell whether nobody has approved the figures."""
        return self.version.state in OPEN_STATES

    @property
    def name(self) -> str:
        """What the version is called."""
        if self.version.state == VersionState.DRAFT:
            return _("udkast")
        if self.version.state == VersionState.SUBMITTED:
            return _("indsendt, ikke godkendt")
        return _("version %(number)s") % {"number": self.version.number}


def paper_of(request: HttpRequest, initiative_id: int) -> CasePaper:
    """Return what is to be printed: the version that holds, or the one the address asks for.

    The address may ask for a version (`version`), a price level (`priser`) and a last year
    (`til`), as the page does. Raises NotFound, also when there is no version.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.case_of(actor, initiative_id)
    asked = request.GET.get("version", "")
    version = next((v for v in found.versions if str(v.pk) == asked), None)
    if asked and version is None:
        raise NotFound(_("Versionen findes ikke, eller du kan ikke se den."))
    version = version or found.latest or found.draft
    if version is None:
        raise NotFound(_("Der er ingen business case at hente endnu."))
    lines_of = queries.figures_by_version(found.versions)
    prices = prices_of(actor.organisation_id, version.price_level, request.GET.get("priser", ""))
    lines = prices.lines(lines_of[version.pk])
    original = found.original
    first = lines_of[original.pk] if original and original != version else []
    return CasePaper(
        actor=actor,
        found=found,
        version=version,
        written=lines_of[version.pk],
        lines=lines,
        original_lines=prices.lines(first),
        figures=figures_of(version, lines, asked_horizon(request)),
        prices=prices,
        at=clock.now(),
    )
