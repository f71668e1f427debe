"""The figures of a quarter's follow-up: what was taken, what has come, the gap, what moved.

Made of plain values, so that a published report keeps them as they were. Amounts are written as
decimal text in their measure and price level; codes are put into words when the page is shown.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from hoest.domain.benefits.models import (
    FollowUpReport,
    Measurement,
    TakeoutAgreement,
    TakeoutExperience,
    TakeoutStep,
)
from hoest.domain.benefits.queries.taken import TakenFrom, TakenRows, taken_rows
from hoest.domain.benefits.rules.gap import Gap, Taken, gap_of
from hoest.domain.benefits.rules.takeout import COUNTING
from hoest.domain.organisations.queries import units_of
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import NotFound

Figures = dict[str, Any]
AMOUNTS = ("taken", "realised", "unmeasured", "gap", "surplus", "unit", "treasury", "unagreed")


def quarter_of(day: dt.date) -> tuple[int, int]:
    """Return the year and quarter of a day."""
    return day.year, (day.month - 1) // 3 + 1


def days_of(year: int, quarter: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a quarter."""
    first = dt.date(year, 3 * quarter - 2, 1)
    after = dt.date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return first, after - dt.timedelta(days=1)


def reports_of(actor: Actor) -> list[FollowUpReport]:
    """Return the published reports, newest first, without their figures."""
    rows = FollowUpReport.objects.filter(organisation_id=actor.organisation_id)
    return list(rows.defer("figures"))


def report_of(
    actor: Actor, year: int, quarter: int, edition: int | None = None
) -> FollowUpReport | None:
    """Return a published report, the newest edition unless one is named. Raises NotFound."""
    rows = FollowUpReport.objects.filter(
        organisation_id=actor.organisation_id, year=year, quarter=quarter
    )
    if edition is None:
        return rows.order_by("-edition").first()
    found = rows.filter(edition=edition).first()
    if found is None:
        raise NotFound("Den udgave findes ikke.")
    return found


def report_before(actor: Actor, year: int, quarter: int) -> FollowUpReport | None:
    """Return the last report that was published of an earlier quarter."""
    rows = FollowUpReport.objects.filter(organisation_id=actor.organisation_id)
    earlier = [one for one in rows if (one.year, one.quarter) < (year, quarter)]
    return max(earlier, key=lambda one: (one.year, one.quarter, one.edition), default=None)


def figures_of_quarter(actor: Actor, year: int, quarter: int) -> Figures:
    """Return the figures of a quarter as they are now, for the budget year it is in."""
    taken = taken_rows(actor)
    names = dict(units_of(actor).values_list("pk", "name"))
    tables = _tables(actor, taken, year, names)
    before = report_before(actor, year, quarter)
    first, last = days_of(year, quarter)
    agreements = TakeoutAgreement.objects.filter(
        organisation_id=actor.organisation_id, withdrawn_on__range=(first, last)
    ).select_related("benefit", "unit")
    return {
        "year": year,
        "quarter": quarter,
        "as_of": clock.today().isoformat(),
        "tables": tables,
        "before": {"year": before.year, "quarter": before.quarter} if before else None,
        "moved": _moved(tables, before.figures["tables"]) if before else [],
        "steps": _steps(actor, first, last),
        "withdrawn": [
            {
                "title": one.benefit.title,
                "unit": one.unit.name,
                "on": str(one.withdrawn_on),
                "reason": one.withdrawn_reason,
            }
            for one in agreements
        ],
        "measured": _measured(actor, taken.benefits, first, last),
        "lacking": _lacking(actor, year),
        "experience": _experience(actor, first, last),
        "index": [
            {"year": one.year, "change": str(one.change_share), "source": one.source_text}
            for one in taken.index.years
        ],
    }


def _tables(actor: Actor, taken: TakenRows, year: int, names: Mapping[int, str]) -> list[Figures]:
    groups: dict[tuple[str, int], list[Taken]] = {}
    for row in taken.rows:
        if row.year == year:
            groups.setdefault((row.measure, row.price_level or 0), []).append(row)
    labels = _labels(actor, taken.rows)
    return [
        {
            "measure": measure,
            "price_level": level or None,
            "total": _amounts(gap_of(rows)),
            "units": _parts(rows, lambda row: names.get(row.unit_id, "")),
            "bodies": _parts(rows, lambda row: taken.benefits[row.benefit_id].body_name or ""),
            "rows": [_row(row, taken.benefits[row.benefit_id], names, labels) for row in rows],
        }
        for (measure, level), rows in sorted(
            groups.items(), key=lambda one: (one[0][0], -one[0][1])
        )
    ]


def _labels(actor: Actor, rows: Iterable[Taken]) -> dict[int, tuple[str, str]]:
    ids = {row.agreement_id for row in rows if row.agreement_id}
    found = TakeoutAgreement.objects.filter(organisation_id=actor.organisation_id, pk__in=ids)
    return {
        pk: (label, f"{by}, {reference}")
        for pk, label, by, reference in found.values_list(
            "pk", "model_label", "decided_by_name", "reference"
        )
    }


def _parts(rows: Iterable[Taken], key: Callable[[Taken], str]) -> list[Figures]:
    groups: dict[str, list[Taken]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return [{"name": name, **_amounts(gap_of(of_one))} for name, of_one in sorted(groups.items())]


def _amounts(gap: Gap) -> Figures:
    values = (
        *(gap.taken, gap.realised, gap.unmeasured, gap.gap, gap.surplus),
        *(gap.carried.unit, gap.carried.treasury, gap.carried.unagreed),
    )
    known = Counter((int(one.grade), one.verdict.value) for one in gap.proofs)
    found: Figures = {name: str(value) for name, value in zip(AMOUNTS, values, strict=True)}
    # How what came is known: (grade, verdict, benefits), so that no sum is kept without.
    return {**found, "known": [[*key, n] for key, n in sorted(known.items())]}


def _row(
    row: Taken,
    benefit: TakenFrom,
    names: Mapping[int, str],
    labels: Mapping[int, tuple[str, str]],
) -> Figures:
    label, source = labels.get(row.agreement_id or 0, ("", ""))
    return {
        "benefit": benefit.title,
        "benefit_id": benefit.pk,
        "initiative": benefit.initiative_title,
        "unit": names.get(row.unit_id, ""),
        "body": benefit.body_name or "",
        "agreement": label,
        "agreement_id": row.agreement_id,
        "source": source,
        "taken": str(row.taken),
        "realised": None if row.realised is None else str(row.realised),
        "grade": int(row.proof.grade),
        "verdict": row.proof.verdict.value,
        "gap": None if row.gap is None else str(row.gap),
        "why_not": row.why_not,
    }


def _moved(now: Iterable[Figures], before: Iterable[Figures]) -> list[Figures]:
    """Return what changed since the report before, per table and unit; nothing that stood still."""
    former = {(one["measure"], one["price_level"]): one for one in before}
    found = []
    for table in now:
        was = former.get((table["measure"], table["price_level"]))
        units = {one["name"]: one for one in (was["units"] if was else [])}
        is_now = {one["name"]: one for one in table["units"]}
        for name in sorted({*units, *is_now}):
            changes = {
                code: str(_amount(is_now.get(name), code) - _amount(units.get(name), code))
                for code in ("taken", "realised", "gap")
            }
            if any(Decimal(change) for change in changes.values()):
                found.append(
                    {
                        "measure": table["measure"],
                        "price_level": table["price_level"],
                        "unit": name,
                        **changes,
                    }
                )
    return found


def _amount(part: Figures | None, code: str) -> Decimal:
    return Decimal(part[code]) if part else Decimal(0)


def _steps(actor: Actor, first: dt.date, last: dt.date) -> list[Figures]:
    rows = (
        TakeoutStep.objects.filter(organisation_id=actor.organisation_id, on__range=(first, last))
        .exclude(status="undecided")
        .select_related("agreement__benefit", "agreement__unit")
        .order_by("on", "pk")
    )
    return [
        {
            "title": step.agreement.benefit.title,
            "agreement_id": step.agreement_id,
            "unit": step.agreement.unit.name,
            "status": step.status,
            "on": step.on.isoformat(),
            "by": step.by_name,
            "reference": step.agreement.reference if step.status in COUNTING else "",
            "is_layer": step.agreement.base_id is not None,
        }
        for step in rows
    ]


def _measured(
    actor: Actor, benefits: Mapping[int, TakenFrom], first: dt.date, last: dt.date
) -> int:
    return Measurement.objects.filter(
        organisation_id=actor.organisation_id,
        benefit_id__in=list(benefits),
        withdrawn_at__isnull=True,
        on__range=(first, last),
    ).count()


def _lacking(actor: Actor, year: int) -> list[Figures]:
    rows = (
        TakeoutStep.objects.filter(
            organisation_id=actor.organisation_id,
            on__year=year,
            status__in=COUNTING,
            agreement__withdrawn_on__isnull=True,
        )
        .exclude(lacked=[])
        .select_related("agreement__benefit")
        .order_by("on", "pk")
    )
    return [
        {"title": s.agreement.benefit.title, "agreement_id": s.agreement_id, "lacked": s.lacked}
        for s in rows
    ]


def _experience(actor: Actor, first: dt.date, last: dt.date) -> list[Figures]:
    rows = TakeoutExperience.objects.filter(
        organisation_id=actor.organisation_id, withdrawn_on__isnull=True, on__range=(first, last)
    ).select_related("unit")
    return [{"unit": one.unit.name, "on": one.on.isoformat(), "told": one.told} for one in rows]
