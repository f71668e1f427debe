"""The track record: the point, the groups, the cases behind every figure, and the files."""

from __future__ import annotations

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.domain.reporting import queries
from hoest.domain.reporting.calculations import completed, needed_cases, record_from
from hoest.domain.reporting.permissions import VIEW_ACCOUNT
from hoest.domain.reporting.queries.kept_cases import ANY, KeptCases
from hoest.domain.reporting.rules.track_record import ANSWERED, STATES, Values
from hoest.domain.reporting.web import track_record_files as files
from hoest.domain.reporting.web import track_record_shown as shown
from hoest.domain.reporting.web import track_record_words as words
from hoest.domain.reporting.web.shown import language
from hoest.domain.reporting.web.track_record_choice import GROUPS, IN_HOURS, Choice, least
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.ui.pictures.shares import share_picture

CASES_ON_A_PAGE = 200


def _read(request: HttpRequest) -> tuple[Choice, KeptCases, dict[str, int]]:
    """Count the cases once, and settle on a measure that has any."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_ACCOUNT):
        require(actor, VIEW_ACCOUNT)
    given = request.GET
    grouped_by, state = given.get("opdelt", ""), given.get("tilstand", "")
    cases = KeptCases(actor)
    counts = cases.measures()
    measure = "hours" if given.get("maal") == IN_HOURS else "dkk"
    if "maal" not in given and counts and not counts.get("dkk"):
        measure = "hours"
    choice = Choice(
        measure=measure,
        grouped_by=grouped_by if grouped_by in GROUPS else "enhed",
        group=given.get("gruppe", ""),
        state=state if state in STATES else "",
    )
    return choice, cases, counts


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what the promises of one measure gave, in range and time, group for group."""
    choice, cases, counts = _read(request)
    choice = replace(choice, group="", state="")
    if not counts:
        return render(request, "reporting/track_record_empty.html", {"limits": _limits()})
    found = completed(cases.groups(choice.measure, choice.grouping))
    every = Values()
    for one in found:
        every = every.plus(one.values)
    record = record_from(every, least())
    groups = shown.groups_of(found, choice)
    all_href = choice.url("reporting:track_record_rows")
    return render(
        request,
        "reporting/track_record.html",
        {
            "choice": choice,
            "record": record,
            "point": words.point(record, choice.measure),
            "time_told": words.time_told(record),
            "range_told": words.range_told(record),
            "has_range": record.in_range is not None,
            "measures": shown.measure_tabs(counts, choice),
            "group_tabs": shown.group_tabs(choice),
            "groups": groups,
            "whole": shown.group_of(_("I alt"), every, all_href),
            "picture": share_picture(shown.drawn(record, groups, choice), language=language()),
            "states": shown.states_of(cases.states(choice.measure), choice),
            "all_href": all_href,
            "xlsx_url": choice.url("reporting:track_record_download", format="xlsx"),
            "csv_url": choice.url("reporting:track_record_download", format="csv"),
            "limits": _limits(),
            "waiting": cases.ground.waiting,
            "made_at": cases.ground.made_at,
        },
    )


def _limits() -> dict[str, int]:
    return {
        "months": content.limit("track_record_live_months"),
        "needed": needed_cases(least()),
    }


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Show the cases behind a figure: what was promised, what came, and where it is from."""
    choice, cases, _counts = _read(request)
    found = completed(cases.groups(choice.measure, choice.grouping))
    group = next((one for one in found if shown.address_of(one) == choice.group), None)
    if group is not None and shown.is_small(group, choice.grouping):
        group = None
    if choice.group and group is None:
        ids: list[int] = []
    else:
        key = group.key if group else ANY
        ids = cases.ids(choice.measure, choice.grouping, key, choice.state)
    paged = Paginator(ids, CASES_ON_A_PAGE).get_page(request.GET.get("side"))
    values = Values()
    for one in [group] if group else found:
        values = values.plus(one.values)
    title = shown.title_of(choice, group)
    of_page = cases.cases(choice.measure, list(paged))
    labels = words.state_words()
    return render(
        request,
        "reporting/track_record_rows.html",
        {
            "choice": choice,
            "title": title,
            "page": paged,
            "rows": [shown.row_of(case, labels[case.state][0]) for case in of_page],
            "counted": len(ids) if choice.state in ANSWERED else 0 if choice.state
            else len(values.shares),
            "group": shown.group_of(title, values, ""),
            "is_one_kind": bool(choice.state),
            "in_hours": choice.measure == "hours",
            "back": choice.url(group="", state=""),
        },
    )  # fmt: skip


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Give the track record as a workbook or as CSV: the same figures as the page."""
    choice, kept, _counts = _read(request)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    cases = [case for case in queries.cases_of(actor) if case.measure == choice.measure]
    groups = completed(kept.groups(choice.measure, choice.grouping))
    as_csv = request.GET.get("format") == "csv"
    return files.answer(actor, choice, cases, groups, as_csv=as_csv)
