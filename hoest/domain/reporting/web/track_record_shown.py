"""The track record as its pages show it: groups by name, what is drawn, the cases behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from hoest.domain.benefits.web.graded import Graded
from hoest.domain.reporting.calculations import (
    Record,
    months_late_of,
    record_from,
    share_of,
)
from hoest.domain.reporting.queries.kept_cases import PEOPLE
from hoest.domain.reporting.rules.track_record import MEASURES, Case, GroupValues, Values
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

    @property
    def graded(self) -> Graded:
        """How well it is known what came of the promise."""
        return Graded(self.case.figures.proof)


def measure_tabs(counts: Mapping[str, int], choice: Choice) -> list[dict[str, Any]]:
    """Return a tab per measure that has cases; kroner and hours are never added."""
    labels = {"dkk": _("Kroner"), "hours": _("Timer")}
    return [
        {
            "url": choice.url(measure=code),
            "label": labels[code],
            "count": counts[code],
            "current": code == choice.measure,
        }
        for code in MEASURES
        if counts.get(code)
    ]


def group_tabs(choice: Choice) -> list[dict[str, Any]]:
    """Return the ways to divide the cases, for tabs."""
    labels = {
        "enhed": _("Enhed"),
        "ejer": _("Ejerens enhed"),
        "forfatter": _("Forfatterens enhed"),
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


def groups_of(found: Sequence[GroupValues], choice: Choice) -> list[Group]:
    """Return the groups by name: the record is no ranking.

    A group whose people are fewer than the small group of the house is named and counted, and
    nothing is said of it: its figures would be those of single persons.
    """
    groups = [
        group_of(
            _name(choice.grouping, one.key, one.name),
            one.values,
            choice.url("reporting:track_record_rows", group=address_of(one)),
            is_small=is_small(one, choice.grouping),
        )
        for one in found
    ]
    return sorted(groups, key=lambda group: group.name.casefold().translate(LAST_LETTERS))


def address_of(group: GroupValues) -> str:
    """Return what a group is called in the address."""
    return NOBODY if group.key is None else str(group.key)


def is_small(group: GroupValues, grouping: str) -> bool:
    """Tell whether a group of people's work is made of too few people to be shown."""
    return grouping in PEOPLE and len(group.people) < content.limit("small_group")


def group_of(name: str, values: Values, href: str, *, is_small: bool = False) -> Group:
    """Return some values as a group with its record in words."""
    if is_small:
        hidden = record_from(Values(), least())
        told = _("for få personer")
        return Group(name, replace(hidden, counted=len(values.shares)), "", told, told, told)
    record = record_from(values, least())
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
    return name if grouping.endswith("unit") else content.label(grouping, name)


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


def states_of(counts: Mapping[str, int], choice: Choice) -> list[dict[str, Any]]:
    """Return how many cases stand how, and what that means for the record."""
    return [
        {
            "label": label,
            "means": means,
            "count": counts[code],
            "href": choice.url("reporting:track_record_rows", state=code),
        }
        for code, (label, means) in words.state_words().items()
        if counts.get(code)
    ]


def title_of(choice: Choice, group: GroupValues | None) -> str:
    """Return what the cases behind a figure are called."""
    if choice.state:
        return words.state_words()[choice.state][0]
    if group is not None:
        return _name(choice.grouping, group.key, group.name)
    return _("Alle gevinster i træfsikkerheden")


def row_of(case: Case, label: str) -> Row:
    """Return one case as its list shows it."""
    share = share_of(case)
    late = months_late_of(case)
    if late is not None:
        time = words.months(late)
    else:
        time = _("målet er ikke nået endnu") if case.is_not_reached else ""
    return Row(case, label, "" if share is None else words.percent(share), time)
