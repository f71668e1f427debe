"""Reading KITOS' answers into plain values. No Django, no network.

Why: the answers come in lower or upper camel case depending on version, carry far more than we
show, and may lack things. So a row is folded to small letters, unknown fields are passed by, an
unknown code is "not known", and only a row without an id or a name is refused, alone.
Source: KITOS API v2, it-system-usages, it-contracts, data-processing-registrations (2025).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hoest.domain.trust.rules.register import Kind, deadline

NAME = 300
ID = 160
TEXT = 4000


@dataclass(frozen=True)
class RowFault:
    """A row that cannot be taken: which, and what it lacks."""

    name: str
    lacks: str


@dataclass(frozen=True)
class Party:
    """A company that a contract or a processing names."""

    external_id: str
    name: str
    cvr: str = ""


@dataclass(frozen=True)
class Taken:
    """A row as values by field, its company, and the systems it is about by their ids."""

    kind: Kind
    external_id: str
    values: dict[str, Any]
    party: Party | None = None
    systems: tuple[str, ...] = field(default=())


def folded(found: Any) -> Any:
    """Return an answer with the names of all fields in small letters."""
    if isinstance(found, dict):
        return {str(name).lower(): folded(value) for name, value in found.items()}
    if isinstance(found, list):
        return [folded(one) for one in found]
    return found


def rows_of(answer: Any) -> list[Any] | None:
    """Return the rows of a page: a list, or the list inside `items`, `value` or `data`."""
    if isinstance(answer, list):
        return answer
    inner = folded(answer)
    if isinstance(inner, dict):
        for name in ("items", "value", "data"):
            if isinstance(inner.get(name), list):
                found: list[Any] = inner[name]
                return found
    return None


def taken(kind: Kind, row: Any) -> Taken | RowFault:
    """Return one row of a resource as values, or what it lacks."""
    small = folded(row)
    if not isinstance(small, dict):
        return RowFault("?", "row")
    read = {Kind.SYSTEM: _system, Kind.CONTRACT: _contract, Kind.PROCESSING: _processing}[kind]
    name_at = "systemcontext.name" if kind is Kind.SYSTEM else "name"
    name = _text(small, name_at, NAME)
    external_id = _text(small, "uuid", ID)
    if not external_id:
        return RowFault(name or "?", "uuid")
    if not name:
        return RowFault(external_id, name_at)
    return read(small, external_id, name)


def _system(row: dict[str, Any], external_id: str, name: str) -> Taken:
    values = {
        "name": name,
        "local_name": _text(row, "general.localcallname", NAME),
        "local_id": _text(row, "general.localsystemid", 100),
        "main_contract_id": _text(row, "general.maincontract.uuid", ID),
        "life": _code(row, "general.validity.lifecyclestatus", 16),
        "is_valid": _bool(row, "general.validity.valid"),
        "valid_from": _day(row, "general.validity.validfrom"),
        "valid_to": _day(row, "general.validity.validto"),
        "users_from": _count(row, "general.numberofexpectedusers.lowerbound"),
        "users_to": _count(row, "general.numberofexpectedusers.upperbound"),
        "purpose": _text(row, "gdpr.purpose", TEXT),
        "kle": _names(row, "localkledeviations.addedkle", 40),
        "responsible_unit": _text(row, "organizationusage.responsibleorganizationunit.name", NAME),
        "using_units": _names(row, "organizationusage.usingorganizationunits", NAME),
        "critical": _code(row, "gdpr.businesscritical", 12),
        "hosting": _code(row, "gdpr.hostedat", 12),
        "data_levels": _codes(row, "gdpr.datasensitivitylevels"),
        "special_data": _codes(row, "gdpr.specificpersonaldata"),
        "precautions": _codes(row, "gdpr.technicalprecautionsapplied"),
        "has_ai": _code(row, "general.containsaitechnology", 12),
        "web_access": _code(row, "general.webaccessibilitycompliance", 12),
        "web_access_on": _day(row, "general.lastwebaccessibilitycheck"),
        "archive_duty": _code(row, "archiving.archiveduty", 40),
        "risk": _code(row, "gdpr.riskassessmentconducted", 12),
        "risk_on": _day(row, "gdpr.riskassessmentconducteddate"),
        "risk_result": _code(row, "gdpr.riskassessmentresult", 12),
        "risk_planned_on": _day(row, "gdpr.plannedriskassessmentdate"),
        "dpia": _code(row, "gdpr.dpiaconducted", 12),
        "dpia_on": _day(row, "gdpr.dpiadate"),
        "deletion_on": _day(row, "gdpr.nextdataretentionevaluationdate"),
    }
    return Taken(Kind.SYSTEM, external_id, values)


def _contract(row: dict[str, Any], external_id: str, name: str) -> Taken:
    ends_on = _day(row, "general.validity.validto")
    terminated_on = _day(row, "termination.terminatedat")
    irrevocable = _day(row, "agreementperiod.irrevocableuntil")
    continuous = _bool(row, "agreementperiod.iscontinuous")
    notice = _months(_at(row, "termination.terms.noticeperiodmonths"))
    by_end_of = _code(row, "termination.terms.noticebyendof", 20)
    runs_from = _code(row, "termination.terms.noticeperiodextendscurrent", 20)
    due = deadline(
        ends_on=ends_on,
        terminated_on=terminated_on,
        irrevocable_until=irrevocable,
        is_continuous=continuous,
        notice_months=notice,
        notice_by=(by_end_of, runs_from),
    )
    values = {
        "name": name,
        "is_valid": _bool(row, "general.validity.valid"),
        "starts_on": _day(row, "general.validity.validfrom"),
        "ends_on": ends_on,
        "is_continuous": continuous,
        "irrevocable_until": irrevocable,
        "terminated_on": terminated_on,
        "notice_months": notice,
        "notice_by_end_of": by_end_of,
        "notice_runs_from": runs_from,
        "leaves_on": due.leaves_on,
        "decide_by": due.decide_by,
        "yearly_dkk": _yearly(_at(row, "payments.external")),
    }
    party = _party(_at(row, "supplier.organization"))
    return Taken(Kind.CONTRACT, external_id, values, party, _ids(row, "systemusages"))


def _processing(row: dict[str, Any], external_id: str, name: str) -> Taken:
    processors = _at(row, "general.dataprocessors")
    dates = [
        day
        for one in (_at(row, "oversight.oversightdates") or [])
        if isinstance(one, dict) and (day := _day(one, "completedat"))
    ]
    values = {
        "name": name,
        "agreement": _code(row, "general.isagreementconcluded", 12),
        "agreement_on": _day(row, "general.agreementconcludedat"),
        "transfers": _code(row, "general.transfertoinsecurethirdcountries", 12),
        "processors": sorted(
            {
                party.name
                for one in (processors if isinstance(processors, list) else [])
                if (party := _party(one))
            }
        ),
        "sub_processors": _code(row, "general.hassubdataprocessors", 12),
        "oversight": _code(row, "oversight.isoversightcompleted", 12),
        "oversight_on": max(dates, default=None),
        "is_valid": _bool(row, "general.valid"),
    }
    return Taken(Kind.PROCESSING, external_id, values, None, _ids(row, "systemusages"))


def _yearly(payments: Any) -> Decimal | None:
    """Add what is paid each year to others: operation and other. Acquisition is paid once."""
    if not isinstance(payments, list):
        return None
    found = [
        Decimal(str(one[part]))
        for one in payments
        if isinstance(one, dict)
        for part in ("operation", "other")
        if isinstance(one.get(part), int | float) and not isinstance(one[part], bool)
    ]
    total = sum(found, Decimal(0))
    return total.quantize(Decimal("0.01")) if total > 0 else None


def _party(found: Any) -> Party | None:
    if not isinstance(found, dict):
        return None
    name = _text(found, "name", NAME)
    if not name:
        return None
    return Party(
        _text(found, "uuid", ID) or f"navn:{name.lower()}"[:ID], name, _text(found, "cvr", 20)
    )


def _at(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = row.get(name) if isinstance(row, dict) else None
    return row


def _text(row: Any, path: str, longest: int) -> str:
    found = _at(row, path)
    if not isinstance(found, str | int) or isinstance(found, bool):
        return ""
    return str(found).replace("\x00", "").strip()[:longest]


def _code(row: Any, path: str, longest: int) -> str:
    """Return a code in small letters; a number of an enumeration says nothing and is left out."""
    found = _at(row, path)
    if isinstance(found, dict):
        found = found.get("name")
    return found.strip().lower()[:longest] if isinstance(found, str) else ""


def _codes(row: Any, path: str) -> list[str]:
    found = _at(row, path)
    if not isinstance(found, list):
        return []
    names = [one.get("name") if isinstance(one, dict) else one for one in found]
    return sorted({name.strip().lower()[:40] for name in names if isinstance(name, str)})


def _names(row: Any, path: str, longest: int) -> list[str]:
    found = _at(row, path)
    if not isinstance(found, list):
        return []
    return sorted({name for one in found if (name := _text(one, "name", longest))})


def _ids(row: Any, path: str) -> tuple[str, ...]:
    found = _at(row, path)
    if not isinstance(found, list):
        return ()
    return tuple(dict.fromkeys(one for each in found if (one := _text(each, "uuid", ID))))


def _bool(row: Any, path: str) -> bool | None:
    found = _at(row, path)
    return found if isinstance(found, bool) else None


def _count(row: Any, path: str) -> int | None:
    found = _at(row, path)
    is_number = isinstance(found, int) and not isinstance(found, bool)
    return found if is_number and 0 <= found < 2_000_000_000 else None


def _day(row: Any, path: str) -> dt.date | None:
    """Return the day of a moment; what is no day is not known."""
    found = _at(row, path)
    if not isinstance(found, str):
        return None
    try:
        day = dt.date.fromisoformat(found[:10])
    except ValueError:
        return None
    return day if day.year >= 1900 else None


def _months(found: Any) -> int | None:
    """Return months of notice: a number, or the number an option's name begins with."""
    if isinstance(found, dict):
        found = found.get("name")
    if isinstance(found, bool):
        return None
    if isinstance(found, str):
        digits = found.strip().split(" ")[0]
        found = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else None
    return found if isinstance(found, int) and 0 <= found <= 240 else None
