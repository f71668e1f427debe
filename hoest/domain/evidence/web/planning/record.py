"""What was planned, beside what came of it: the kept orders, and the sentence of the effect page.

`record_of` is what an effect page shows of the plan; it registers for the place "effect" as well.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.evidence import queries
from hoest.domain.evidence.models import Study
from hoest.domain.evidence.rules import Step
from hoest.domain.evidence.rules.planning import starts_on
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed
from hoest.ui import formats
from hoest.ui.words import in_a_row


def kept_rows(actor: Actor, benefit: Any) -> list[dict[str, Any]]:
    """Return the orders kept for a benefit, the newest first, each with its waves."""
    may_take_over = allowed(actor, CHANGE_INITIATIVES, benefit.initiative.unit_id)
    found = []
    for number, order in enumerate(queries.orders_of_benefit(actor, benefit.pk)):
        days = starts_on(
            order.first_on, order.every_periods, len(order.waves), Step(order.study.series.step)
        )
        found.append(
            {
                "order": order,
                "series": order.study.series.name,
                "waves": [
                    {"day": formats.long_date(day), "places": in_a_row(wave)}
                    for day, wave in zip(days, order.waves, strict=True)
                ],
                "take_over_url": reverse("planning:take_over", args=[benefit.pk, order.pk])
                if may_take_over and number == 0
                else "",
            }
        )
    return found


def record_of(study: Study) -> dict[str, str] | None:
    """Return what was planned and whether it went so, in two sentences; None without a plan."""
    found = queries.plan_record(study)
    if found is None:
        return None
    order = found.order
    facts = {
        "number": order.number,
        "waves": len(order.waves),
        "day": formats.long_date(order.drawn_at.date()),
        "seed": order.seed,
        "began": found.began,
        "planned": found.planned,
    }
    planned = (
        _("Rækkefølgen i %(waves)s bølger blev ønsket %(day)s: %(why)s")
        % {**facts, "why": order.why}
        if order.is_wish
        else _("Rækkefølgen i %(waves)s bølger blev trukket ved lod %(day)s med frø %(seed)s.")
        % facts
    )
    if found.was_followed is None:
        went = _("Ingen er begyndt endnu.")
    elif found.was_followed:
        went = _("Den er fulgt: %(began)s af %(planned)s steder er begyndt som planlagt.") % facts
    else:
        went = _("Den blev ikke fulgt. Derfor tæller sammenligningen ikke som lodtrukket.")
    return {"planned": planned, "went": went}
