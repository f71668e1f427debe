"""Systems on the page of a unit: those its initiatives use or replace, in one sentence."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.organisations.queries import UnitTree
from hoest.domain.trust.permissions import VIEW_SYSTEMS
from hoest.domain.trust.queries.systems import count_in_units
from hoest.foundation import panels
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.ui import formats


def register() -> None:
    """Put the panel on the page of a unit."""
    panels.register("unit", "trust.systems", of_unit, order=60)


def of_unit(request: HttpRequest, unit: Any) -> str:
    """Say what systems the initiatives of a unit, and of those below it, use or replace."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_SYSTEMS):
        return ""
    count, critical = count_in_units(actor, UnitTree.of(actor.organisation_id).below(unit.pk))
    if not count:
        return ""
    said = ngettext(
        "Initiativerne her bruger eller erstatter %(n)s system",
        "Initiativerne her bruger eller erstatter %(n)s systemer",
        count,
    ) % {"n": formats.number(count)}
    if critical:
        said = ngettext(
            "%(said)s; %(n)s er kritisk for driften",
            "%(said)s; %(n)s er kritiske for driften",
            critical,
        ) % {"said": said, "n": formats.number(critical)}
    facts = {
        "sentence": _("%(said)s.") % {"said": said},
        "url": f"{reverse('systems:systems')}?unit={unit.pk}",
    }
    return render_to_string("trust/unit_panel.html", facts, request)
