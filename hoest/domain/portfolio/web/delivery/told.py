"""The roll-out over time in sentences: what a phone has instead of the picture.

It tells each place's days and every count that the picture draws, in the same order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hoest.domain.portfolio.rules.stages import days_late
from hoest.domain.portfolio.web.delivery.words import day, percent, span
from hoest.ui.words import in_a_row

if TYPE_CHECKING:
    from hoest.domain.portfolio.web.delivery.drawn import Line


def told_place(line: Line, today: dt.date) -> str:
    """Say a place's days and counts: "I drift 1. marts 2026. 20 % brugte det 1. april 2026"."""
    days = _days(line, today)
    counts = [
        _("%(share)s %(day)s") % {"share": percent(share), "day": day(on)}
        for on, share in line.counts
    ]
    if not counts:
        return _("%(days)s.") % {"days": days}
    return _("%(days)s. Så mange bruger det: %(counts)s.") % {
        "days": days,
        "counts": in_a_row(counts),
    }


def _days(line: Line, today: dt.date) -> str:
    late = days_late(line.planned_on, line.live_on, today)
    if line.live_on is not None:
        live = _("I drift %(day)s") % {"day": day(line.live_on)}
        if line.planned_on is None or late <= 0:
            return live
        return _("%(live)s, %(days)s senere end planlagt") % {"live": live, "days": span(late)}
    planned = _("Planlagt %(day)s") % {"day": day(line.planned_on)}
    if late > 0:
        planned = _("%(planned)s, det er %(days)s siden") % {"planned": planned, "days": span(late)}
    if line.expected_on is None:
        return planned
    return _("%(planned)s. Ventes nu %(day)s") % {"planned": planned, "day": day(line.expected_on)}


def told_places(lines: Sequence[Line], today: dt.date) -> SafeString:
    """Return the places as a folded list, stage by stage, for the narrow format."""
    parts = [
        format_html(
            '{}<ul class="records">{}</ul>',
            format_html("<p><strong>{}</strong></p>", group) if group else "",
            format_html_join(
                "",
                "<li><p><strong>{}</strong>: {}</p></li>",
                ((one.label, told_place(one, today)) for one in those),
            ),
        )
        for group, those in _grouped(lines)
    ]
    return format_html(
        '<details class="why harvest-narrow"><summary>{}</summary>'
        '<div class="why-facts">{}</div></details>',
        _("Sted for sted, med datoer"),
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _grouped(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    found: list[tuple[str, list[Line]]] = []
    for line in lines:
        if not found or found[-1][0] != line.group:
            found.append((line.group, []))
        found[-1][1].append(line)
    return found
