"""What an initiative promised and what came of it, told to whoever writes a lesson down.

Facts, never a judgement: the indicator with baseline and target, the last measurement by the
agreed method, and how much of the way it is. Kroner and hours are told by the benefit's own page.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.benefits import queries
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.queries import achievement_of
from hoest.domain.benefits.web.graded import Graded
from hoest.domain.benefits.web.words import value_with_unit
from hoest.domain.portfolio.queries.lessons import Told, tell_of_promises
from hoest.foundation.access.actor import Actor
from hoest.ui import formats

MOST = 5


def register() -> None:
    """Let lessons begin with what the benefits say."""
    tell_of_promises(told)


def told(actor: Actor, initiative_id: int) -> list[Told]:
    """Return what the visible gains of an initiative promised and gave; at most two queries."""
    rows = queries.gains_of(actor).filter(initiative_id=initiative_id)
    found = rows.select_related("initiative").prefetch_related("measurements").order_by("pk")
    return [
        Told(_promised(one), _came(one), reverse("benefits:benefit", args=[one.pk]))
        for one in found[:MOST]
    ]


def _promised(benefit: Benefit) -> str:
    if benefit.target_value is None:
        return _("%(title)s: intet mål.") % {"title": benefit.title}
    if benefit.baseline_value is None:
        return _("%(title)s: til %(target)s.") % {
            "title": benefit.title,
            "target": value_with_unit(benefit.target_value, benefit.measure_unit),
        }
    return _("%(title)s: fra %(baseline)s til %(target)s.") % {
        "title": benefit.title,
        "baseline": value_with_unit(benefit.baseline_value, ""),
        "target": value_with_unit(benefit.target_value, benefit.measure_unit),
    }


def _came(benefit: Benefit) -> str:
    last = achievement_of(benefit)
    if last is None:
        return _("%(title)s: ikke målt.") % {"title": benefit.title}
    facts = {
        "title": benefit.title,
        "value": value_with_unit(last.value, benefit.measure_unit),
        "day": formats.short_date(last.on),
        "graded": Graded(queries.proof_of(benefit)).said,
    }
    if last.share is None:
        return _("%(title)s: målt %(value)s den %(day)s (%(graded)s).") % facts
    facts["share"] = formats.percent(last.share)
    return _("%(title)s: målt %(value)s den %(day)s, %(share)s af vejen (%(graded)s).") % facts
