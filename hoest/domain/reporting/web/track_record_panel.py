"""The municipality's own track record, where a new business case is written."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hoest.domain.business_cases import queries as business_cases
from hoest.domain.business_cases.rules import LineKind
from hoest.domain.reporting import queries
from hoest.domain.reporting.calculations import Record, needed_cases, record_of
from hoest.domain.reporting.permissions import VIEW_ACCOUNT
from hoest.domain.reporting.rules.track_record import alike
from hoest.domain.reporting.web.track_record_choice import GROUPS, Choice, least
from hoest.domain.reporting.web.track_record_words import benefits, share_words, too_few
from hoest.foundation import content, panels
from hoest.foundation.access.permissions import allowed_somewhere


def register() -> None:
    """Put the panel in its place."""
    panels.register("draft", "reporting.track_record", of_draft, order=10)
    panels.register("case_sum", "reporting.track_record", of_draft, order=10)


def of_draft(request: HttpRequest, version: Any) -> str:
    """Say what similar benefits gave of what they promised, or that there are too few."""
    actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_ACCOUNT):
        return ""
    promises = {
        line.measure for line in business_cases.figures_of(version) if line.kind == LineKind.BENEFIT
    }
    measure = "hours" if promises == {"hours"} else "dkk"
    initiative = version.case.initiative
    limit = least()
    grouping, cases = alike(
        [case for case in queries.cases_of(actor) if case.measure == measure],
        initiative_type=initiative.initiative_type,
        purpose_type=initiative.purpose_type,
        needed=needed_cases(limit),
    )
    code = getattr(initiative, grouping) if grouping else ""
    name = content.label(grouping, code) if code else ""
    by_address = next((key for key, inner in GROUPS.items() if inner == grouping), "enhed")
    choice = Choice(measure=measure, grouped_by=by_address)
    return render_to_string(
        "reporting/track_record_panel.html",
        {
            "said": sentence(record_of(cases, limit), name, measure),
            "rows_url": choice.url("reporting:track_record_rows", group=code),
            "page_url": choice.url(),
        },
        request,
    )


def sentence(record: Record, kind: str, measure: str) -> str:
    """Say in one sentence what similar benefits gave; `kind` is empty for all there are."""
    if record.share is None:
        return _("Hvad har jeres gevinster givet af det lovede? Der er %(too_few)s.") % {
            "too_few": too_few(record)
        }
    shown = {
        "who": _("Lignende gevinster hos jer (%(kind)s)") % {"kind": kind}
        if kind
        else _("Jeres gevinster"),
        "share": share_words(record.share),
        "count": benefits(record.counted),
    }
    if measure == "hours":
        return _("%(who)s har givet %(share)s af de lovede timer; %(count)s.") % shown
    return _("%(who)s har givet %(share)s af det lovede; %(count)s.") % shown
