"""The municipality's own track record, where a new business case is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hoest.domain.business_cases import queries as business_cases
from hoest.domain.business_cases.rules import LineKind
from hoest.domain.reporting.calculations import Record, completed, needed_cases, record_from
from hoest.domain.reporting.permissions import VIEW_ACCOUNT
from hoest.domain.reporting.queries.kept_cases import KeptCases
from hoest.domain.reporting.rules.track_record import Values
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
    grouping, values = alike_values(
        KeptCases(actor),
        measure,
        {"initiative_type": initiative.initiative_type, "purpose_type": initiative.purpose_type},
        needed_cases(limit),
    )
    code = getattr(initiative, grouping) if grouping else ""
    name = content.label(grouping, code) if code else ""
    by_address = next((key for key, inner in GROUPS.items() if inner == grouping), "enhed")
    choice = Choice(measure=measure, grouped_by=by_address)
    return render_to_string(
        "reporting/track_record_panel.html",
        {
            "said": sentence(record_from(values, limit), name, measure),
            "rows_url": choice.url("reporting:track_record_rows", group=code),
            "page_url": choice.url(),
        },
        request,
    )


def alike_values(
    cases: KeptCases, measure: str, codes: Mapping[str, str], needed: int
) -> tuple[str, Values]:
    """Return the values of the cases most like a new one: (grouping, values).

    The same type of initiative, else the same purpose, else all of the municipality's (an empty
    grouping): the first that has as many answered cases as it takes to say anything.
    """
    every = Values()
    for grouping, code in codes.items():
        groups = completed(cases.groups(measure, grouping))
        found = next((one.values for one in groups if code and one.key == code), Values())
        if len(found.shares) >= needed:
            return grouping, found
        every = Values()
        for one in groups:
            every = every.plus(one.values)
    return "", every


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
