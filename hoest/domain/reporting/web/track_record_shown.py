"""The track record as its pages show it: groups by name, what is drawn, the cases behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hoest.domain.reporting.calculations import Record, months_late_of, record_of, share_of
from hoest.domain.reporting.rules.track_record import MEASURES, Case, grouped
from hoest.domain.reporting.web import track_record_words as words
from hoest.domain.reporting.web.track_record_choice import NOBODY, Choice, least
from hoest.foundation import content
from hoest.ui.pictures.shares import GroupShare

# Danish order: æ, ø and å come last.
LAST_LETTERS = str.maketrans({"æ": "\uffc0", "ø": "\uffc1", "å": "\uffc2"})


@dataclass(frozen=True)
class Group:
    """A group of cases with its record and the address of its cases."""

    name: str
    record: Record
    href: str
    told: str
    range_told: str
    time_told: str


@dataclass(frozen=True)
class Row:
    """One case as the list behind a figure shows it."""

    case: Case
    state_label: str
    share: str
    time: str


def measure_tabs(cases: Sequence[Case], choice: Choice) -> list[dict[str, Any]]:
    """Return a tab per measure that has cases; kroner and hours are never added."""
    labels = {"dkk": _("Kroner"), "hours": _("Timer")}
    return [
        {
            "url": choice.url(measure=code),
            "label": labels[code],
            "count": sum(case.measure == code for case in cases),
            "current": code == choice.measure,
        }
        for code in MEASURES
        if any(case.measure == code for case in cases)
    ]


def group_tabs(choice: Choice) -> list[dict[str, Any]]:
    """Return the ways to divide the cases, for tabs."""
    labels = {
        "enhed": _("Enhed"),
        "ejer": _("Ejerens enhed"),
        "type": _("Gevinsttype"),
        "initiativtype": _("Initiativtype"),
        "formaal": _("Formålstype"),
    }
    return [
        {
            "url": choice.url(grouped_by=code) + "#opdelt",
            "label": label,
            "count": None,
            "current": code == choice.grouped_by,
        }
        for code, label in labels.items()
    ]


def groups_of(cases: Sequence[Case], choice: Choice) -> list[Group]:
    """Return the groups by name: the record is no ranking."""
    found = [
        group_of(
            _name(choice.grouping, key, name),
            members,
            choice.url("reporting:track_record_rows", group=NOBODY if key is None else str(key)),
        )
        for key, name, members in grouped(cases, choice.grouping)
    ]
    return sorted(found, key=lambda group: group.name.casefold().translate(LAST_LETTERS))


def group_of(name: str, cases: Sequence[Case], href: str) -> Group:
    """Return some cases as a group with its record in words."""
    record = record_of(cases, least())
    return Group(
        name,
        record,
        href,
        words.share_words(record.share) if record.share else words.too_few(record),
        words.range_told(record),
        words.time_cell(record),
    )


def _name(grouping: str, key: object, name: str) -> str:
    if key is None:
        return _("Uden ejer eller enhed") if grouping == "owner_unit" else _("Ikke angivet")
    return name if grouping in ("unit", "owner_unit") else content.label(grouping, name)


def drawn(record: Record, groups: Sequence[Group], choice: Choice) -> list[GroupShare]:
    """Return what the picture is drawn of: everything first, then the groups."""
    href = choice.url("reporting:track_record_rows")
    rows = [(_("I alt"), record, href)]
    rows += [(group.name, group.record, group.href) for group in groups]
    return [
        GroupShare(
            label=name,
            said=words.said(one),
            href=link,
            median=one.share.median if one.share else None,
            low=one.share.low if one.share else None,
            high=one.share.high if one.share else None,
        )
        for name, one, link in rows
    ]


def states_of(cases: Sequence[Case], choice: Choice) -> list[dict[str, Any]]:
    """Return how many cases stand how, and what that means for the record."""
    rows = []
    for code, (label, means) in words.state_words().items():
        count = sum(case.state == code for case in cases)
        if count:
            href = choice.url("reporting:track_record_rows", state=code)
            rows.append({"label": label, "means": means, "count": count, "href": href})
    return rows


def behind(cases: Sequence[Case], choice: Choice) -> tuple[list[Case], str]:
    """Return the cases behind the figure that was chosen, and what they are called."""
    found = [case for case in cases if case.measure == choice.measure]
    title = _("Alle gevinster i træfsikkerheden")
    if choice.group:
        found = [case for case in found if _key(case.group(choice.grouping)[0]) == choice.group]
        if found:
            title = _name(choice.grouping, *found[0].group(choice.grouping))
    if choice.state:
        found = [case for case in found if case.state == choice.state]
        title = words.state_words()[choice.state][0]
    return found, title


def _key(key: object) -> str:
    return NOBODY if key is None else str(key)


def row_of(case: Case, label: str) -> Row:
    """Return one case as its list shows it."""
    share = share_of(case)
    late = months_late_of(case)
    if late is not None:
        time = words.months(late)
    else:
        time = _("ikke nået endnu") if case.is_not_reached else ""
    return Row(case, label, "" if share is None else words.percent(share), time)
