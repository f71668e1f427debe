"""Recording a whole series at once, as somebody pasted it; a correction keeps the old value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.held import held, refuse_lapsed, require_there
from hoest.domain.benefits.actions.reminding import measured_now
from hoest.domain.benefits.actions.standing import record_standing
from hoest.domain.benefits.models import Benefit, Measurement
from hoest.domain.benefits.permissions import MEASURE
from hoest.domain.benefits.queries import values_by_day
from hoest.domain.benefits.rules.faults import SeriesNotWhole
from hoest.domain.benefits.rules.series import Series, SeriesRow, read_series
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record
from hoest.foundation.provenance.actions import entered_by


@dataclass(frozen=True)
class Recorded:
    """What became of a series: how many values were new, corrected, or stood already."""

    new: int
    corrected: int
    same: int
    series: Series


@transaction.atomic
def record_series(
    *,
    actor: Actor,
    benefit_id: int,
    text: str,
    origin: str = "",
    reason: str = "",
    seen: str | None = None,
) -> Recorded:
    """Record every value of a pasted series, or none.

    A value that stands already is left; another value for a day withdraws the standing one with
    the reason, and both can be read. `seen` is what the person was shown as corrections (see
    `corrections_as_text`): another value that came meanwhile is not withdrawn unseen. Raises
    SeriesNotWhole, BenefitHasLapsed, NotAllowed, NotFound.
    """
    benefit = held(actor, benefit_id)
    require_there(actor, MEASURE, benefit, or_owner=True)
    refuse_lapsed(benefit)
    why = " ".join(reason.split())[:300]
    series = whole(read_series(text, clock.today(), values_by_day(benefit)), why)
    corrections = series.having("corrects")
    if seen is not None and seen != corrections_as_text(series):
        raise SeriesNotWhole(
            _("Andre har skrevet målinger imens. Se rettelserne igennem igen, og gem så.")
        )
    Measurement.objects.filter(
        organisation_id=actor.organisation_id,
        benefit=benefit,
        withdrawn_at__isnull=True,
        on__in=[row.on for row in corrections],
    ).update(withdrawn_at=clock.now(), withdrawn_reason=why)
    wanted = [*series.having("new"), *corrections]
    _write(actor, benefit, wanted, origin)
    done = Recorded(len(series.having("new")), len(corrections), len(series.having("same")), series)
    if wanted:
        days = sorted(row.on for row in wanted)
        record(
            actor,
            "benefits.measure_series",
            benefit,
            new=done.new,
            corrected=done.corrected,
            first=days[0],
            last=days[-1],
            reason=why,
        )
        measured_now(actor, benefit.pk)
        record_standing(actor=actor, benefit_ids=[benefit.pk], because="benefits.measure_series")
    return done


def _write(actor: Actor, benefit: Benefit, rows: Sequence[SeriesRow], origin: str) -> None:
    source = entered_by(actor, _("Serie indsat i Høst"))
    Measurement.objects.bulk_create(
        Measurement(
            organisation_id=actor.organisation_id,
            benefit=benefit,
            on=row.on,
            value=row.value,
            origin=" ".join(origin.split())[:300],
            measured_by=actor.name[:160],
            recorded_by_name=actor.name[:160],
            recorded_at=clock.now(),
            source=source,
            source_place=_("linje %(line)s") % {"line": row.line},
        )
        for row in rows
    )


def corrections_as_text(series: Series) -> str:
    """Write the corrections of a series so that two readings of it can be told apart."""
    return ";".join(f"{row.on}:{row.standing}" for row in series.having("corrects"))


def whole(series: Series, why: str) -> Series:
    """Return the series, or raise SeriesNotWhole with what keeps it from being saved."""
    if series.faults:
        raise SeriesNotWhole(
            _("Intet er gemt: %(count)s linjer kan ikke læses.") % {"count": len(series.faults)}
        )
    if not series.rows:
        raise SeriesNotWhole(
            _("Der er ingen værdier at gemme. Indsæt en dato og en værdi på hver linje.")
        )
    corrections = series.having("corrects")
    if corrections and not why:
        raise SeriesNotWhole(
            _("%(count)s dage har allerede en anden værdi. Skriv, hvorfor de rettes.")
            % {"count": len(corrections)}
        )
    return series
