"""The measurements a person can type without cover: her own, due now or soon."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.benefits import queries
from hoest.domain.benefits.web import shown, words
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.offline import small_forms

MOST = 20


def register() -> None:
    """Offer the due measurements to the device."""
    small_forms.register("benefits", due_measurements)


def due_measurements(actor: Actor) -> list[small_forms.SmallForm]:
    """Return a form for each own measurement that is due, the longest waiting first."""
    until = clock.today() + dt.timedelta(days=content.limit("measurement_due_soon_days"))
    own = queries.visible_to(actor).filter(owner_id=actor.person_id).select_related("initiative")
    found = []
    for _due, benefit in queries.due_among(own, until)[:MOST]:
        last = shown.last_measurement(benefit)
        known = []
        if last:
            value = words.value_with_unit(last.value, benefit.measure_unit)
            known.append(_("Sidst målt: %(value)s") % {"value": value})
        if benefit.target_value is not None:
            value = words.value_with_unit(benefit.target_value, benefit.measure_unit)
            known.append(_("Mål: %(value)s") % {"value": value})
        found.append(
            small_forms.SmallForm(
                reverse("benefits:measure", args=[benefit.pk]),
                benefit.title,
                benefit.measure_unit,
                tuple(known),
            )
        )
    return found
