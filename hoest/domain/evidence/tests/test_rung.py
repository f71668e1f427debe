"""The ladder's rung Påvist leads to the page where its missing fact is obtained."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from hoest.domain.benefits import queries
from hoest.domain.benefits.rules import Rung
from hoest.foundation.access.actor import Actor


def test_a_measured_benefit_offers_to_look_whether_it_worked(
    here: int, actor: Callable[[str], Actor], client_for: Callable[[str], Client]
) -> None:
    rungs = queries.rungs_in(queries.gains_of(actor("controller")))
    measured = min(pk for pk, rung in rungs.items() if rung is Rung.MEASURED)
    page = client_for("controller").get(reverse("benefits:benefit", args=[measured]))
    address = reverse("evidence:effect", args=[measured])
    assert page.status_code == 200
    assert f'class="button button-tertiary" href="{address}"' in page.content.decode()
