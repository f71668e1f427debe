"""The security report in words a politician reads: from the registers, or as it was frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hoest.domain.trust.models import SecurityReport
from hoest.domain.trust.rules.security import DutyWord, ReportState
from hoest.foundation import content
from hoest.ui import formats

# The law is named last, as a source, and nothing is said about whether it is met.
LAW = "NIS 2-loven § 7 (lov nr. 434 af 6. maj 2025)"


@dataclass(frozen=True)
class Shown:
    """The parts of a report, each ready to be read."""

    risks: list[dict[str, Any]]
    deviations: list[dict[str, Any]]
    incidents: list[dict[str, Any]]
    duties: list[dict[str, Any]]
    decisions: list[str]


def language() -> str:
    """Return the reader's language."""
    return get_language() or "da"


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _long(text: str) -> str:
    return formats.long_date(_day(text), language())


def shown(facts: Mapping[str, Any]) -> Shown:
    """Return what a report says, in words."""
    return Shown(
        risks=[_risk(one) for one in facts["risks"]],
        deviations=[
            {**one, "line": _("Det gælder til og med %(day)s.") % {"day": _long(one["until"])}}
            for one in facts["deviations"]
        ],
        incidents=[_incident(one) for one in facts["incidents"]],
        duties=[duty(one) for one in facts["duties"]],
        decisions=list(facts["decisions"]),
    )


def _risk(one: Mapping[str, str]) -> dict[str, Any]:
    return {
        "what": one["what"],
        "consequence": one["consequence"],
        "words": _("%(bad)s. %(likely)s.")
        % {
            "bad": content.label("risk_consequence", one["consequence_word"]),
            "likely": content.label("risk_likelihood", one["likelihood"]),
        },
        "measure": one["measure"],
        "who": _("%(owner)s, senest %(day)s")
        % {"owner": one["owner"], "day": _long(one["ends_on"])},
        "initiative": one["initiative"],
    }


def _incident(one: Mapping[str, Any]) -> dict[str, Any]:
    reported = int(one["reported"])
    count = formats.number(int(one["count"]), 0, language())
    line = count
    if reported:
        line = _("%(count)s, heraf %(reported)s anmeldt") % {
            "count": count,
            "reported": formats.number(reported, 0, language()),
        }
    return {
        "kind": content.label("incident_kind", one["kind"]),
        "line": line,
        "lesson": one["lesson"],
        "period": formats.date_range(_day(one["starts_on"]), _day(one["ends_on"]), language()),
    }


def duty(one: Mapping[str, str]) -> dict[str, Any]:
    """Return a duty of the management body in words: what is registered, and when it is due."""
    label = content.label("management_step", one["kind"])
    if one["word"] == DutyWord.MISSING:
        return {
            "label": label,
            "line": _("Intet er registreret."),
            "due": "",
            "asked": _("intet er registreret."),
            "asks": True,
            "look": "asks",
        }
    line = _("%(who)s, %(day)s: %(what)s") % {
        "who": one["who"],
        "day": _long(one["on"]),
        "what": one["what"],
    }
    if one["reference"]:
        line = f"{line.rstrip('.')}. {one['reference']}"
    due = ""
    if one["due_on"]:
        due = (
            _("Skulle være gjort igen %(day)s.")
            if one["word"] == DutyWord.OVERDUE
            else _("Næste gang %(day)s.")
        ) % {"day": _long(one["due_on"])}
    asks = one["word"] in (DutyWord.OVERDUE, DutyWord.SOON)
    return {
        "label": label,
        "line": f"{line.rstrip('.')}.",
        "due": due,
        # After the name of the task and a colon.
        "asked": due[:1].lower() + due[1:],
        "asks": asks,
        "look": "asks" if asks else "muted",
    }


def title(report: SecurityReport) -> str:
    """Return what a report is called."""
    return _("Sikkerhedsrapport %(number)s") % {"number": report.number}


def period(report: SecurityReport) -> str:
    """Return the days a report is about."""
    return formats.date_range(report.starts_on, report.ends_on, language())


def point(report: SecurityReport, parts: Shown) -> str:
    """Say the report's point in one sentence: what there is to decide on."""
    if parts.decisions:
        return ngettext(
            "%(body)s skal tage stilling til %(count)s beslutning om sikkerhed",
            "%(body)s skal tage stilling til %(count)s beslutninger om sikkerhed",
            len(parts.decisions),
        ) % {
            "body": report.body.name,
            "count": formats.number(len(parts.decisions), 0, language()),
        }
    return ngettext(
        "%(count)s risiko er den vigtigste lige nu",
        "%(count)s risici er de vigtigste lige nu",
        len(parts.risks),
    ) % {"count": formats.number(len(parts.risks), 0, language())}


def state_words(report: SecurityReport) -> str:
    """Say where a report is, with the day."""
    if report.state == ReportState.APPROVED:
        return _("Godkendt %(day)s af %(who)s") % {
            "day": formats.moment(report.approved_at, language()),
            "who": report.approved_by_name,
        }
    if report.asked_at is not None:
        return _("Sendt til godkendelse %(day)s") % {
            "day": formats.moment(report.asked_at, language())
        }
    return _("Kladde skrevet af %(who)s") % {"who": report.written_by_name}
