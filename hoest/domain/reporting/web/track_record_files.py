"""The track record as files: the same figures as the page, with the cases they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from hoest.domain.benefits.web.graded import cells, headings
from hoest.domain.reporting.calculations import share_of, values_of
from hoest.domain.reporting.rules.track_record import Case, GroupValues
from hoest.domain.reporting.web.files import as_file
from hoest.domain.reporting.web.track_record_choice import Choice
from hoest.domain.reporting.web.track_record_shown import Group, group_of, groups_of
from hoest.domain.reporting.web.track_record_words import state_words
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.ui.formats import long_date


def answer(
    actor: Actor,
    choice: Choice,
    cases: Sequence[Case],
    groups: Sequence[GroupValues],
    *,
    as_csv: bool,
) -> HttpResponse:
    """Return the groups of a choice and the cases of its measure as a download."""
    whole = group_of(_("I alt"), values_of(cases), "")
    unit = _("timer om året") if choice.measure == "hours" else _("kr. om året")
    sheets: dict[str, list[list[Any]]] = {
        _("Om"): [
            [_("Træfsikkerhed"), actor.organisation_name],
            [_("Hentet"), long_date(clock.today())],
            [_("Af"), actor.name],
            [_("Opgjort i"), unit],
            [_("Færrest gevinster, der siges noget om"), whole.record.needed],
        ],
        _("Grupper"): [
            _group_headings(),
            *(_group_line(group) for group in (whole, *groups_of(groups, choice))),
        ],
        _("Gevinster"): [_case_headings(unit), *(_case_line(case) for case in cases)],
    }
    return as_file("traefsikkerhed", sheets, as_csv=as_csv)


def _group_headings() -> list[str]:
    return [
        _("Gruppe"),
        _("Gevinster med svar"),
        _("Kom af det lovede, %"),
        _("Lavt, %"),
        _("Højt, %"),
        _("Måneder senere"),
        _("Nåede målet"),
        _("Ikke nået endnu"),
        _("I det lovede spænd"),
        _("Med et lovet spænd"),
    ]


def _group_line(group: Group) -> list[Any]:
    record = group.record
    share, late, hits = record.share, record.late, record.in_range
    return [
        group.name,
        record.counted,
        *((_percent(v) for v in (share.median, share.low, share.high)) if share else (None,) * 3),
        late.median if late else None,
        record.reached,
        record.not_reached,
        hits.hits if hits else None,
        record.with_range,
    ]


def _case_headings(unit: str) -> list[str]:
    return [
        _("Gevinst"),
        _("Initiativ"),
        _("Enhed"),
        _("Hvad der skete"),
        _("Lovet, %(unit)s") % {"unit": unit},
        _("Gav, %(unit)s") % {"unit": unit},
        *headings(),
        _("Kom af det lovede, %"),
        _("Lovet til"),
        _("Nået"),
        _("Pris- og lønniveau"),
        _("Kilde"),
        _("Sted i kilden"),
    ]


def _case_line(case: Case) -> list[Any]:
    share = share_of(case)
    return [
        case.figures.title,
        case.figures.initiative_title,
        case.figures.unit_name,
        state_words()[case.state][0],
        case.promised,
        case.realised,
        *cells(case.figures.proof),
        None if share is None else _percent(share),
        case.promised_by.isoformat(),
        case.reached_on.isoformat() if case.reached_on else "",
        case.line.price_level if case.measure == "dkk" else None,
        case.line.source_title,
        case.line.source_place,
    ]


def _percent(share: float) -> Decimal:
    return Decimal(str(round(share * 100, 2)))
