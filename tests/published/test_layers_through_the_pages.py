"""Copenhagen's catalogue of 2019 as take-out agreements, read as layers on their own page.

Effektiviseringsstrategi 2019, appendix 5 (1,000 kr., 2019 prices): nine units, the sums of their
rows, and the effect in 2019 with the earlier years' decisions, 373.8 m kr. The earlier layer is not
printed unit by unit; it is what the two printed totals leave: 373.8 − 178.5 = 195.3 m kr.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.test import Client
from django.urls import reverse

from hoest.domain.benefits.models import Benefit
from tests.published.test_copenhagen_roll_up import SUMS, UNITS, YEARS

Clients = Callable[..., Client]
TKR = 1_000
EARLIER = 195_300


def decided(client: Client, benefit: Benefit, place: str, amounts: dict[int, int], on: str) -> None:
    """Write an agreement in the form and decide it there; amounts in 1,000 kr."""
    url = reverse("benefits:harvest", args=[benefit.pk])
    told = {
        "unit": benefit.unit_id or benefit.initiative.unit_id,
        "budget_place": place,
        "price_level": "2019",
        "varig": "ja",
        "status": "decided",
        "decided_on": on,
        "by_name": "Borgerrepræsentationen",
        "reference": "Bilag 5, Effektiviseringsstrategi 2019",
        "sure": "on",
        **{f"aar_{year}": str(amount * TKR) for year, amount in amounts.items()},
    }
    asked = f"?slags=budget_cut&model=own&fra={min(amounts)}"
    answer = client.post(url + asked, told)
    assert answer.status_code == 302, answer.content.decode()[-3000:]


def layers(client: Client) -> dict[int, Decimal]:
    """Return the sum of all layers in 2019 prices by year, as the page prints them."""
    page = client.get(reverse("benefits:takeout_layers") + "?pl=2019")
    assert page.status_code == 200
    found = dict(zip(page.context["years"], page.context["totals"], strict=True))
    text = page.content.decode()
    assert all(f"<strong>{int(sum_):,}".replace(",", ".") in text for sum_ in found.values())
    return found


def test_the_efficiencies_of_copenhagen_are_layers_on_those_of_earlier_years(
    client_for: Clients, here: int
) -> None:
    client = client_for("controller")
    benefit = Benefit.objects.select_related("initiative").get(
        organisation_id=here, title__startswith="Lavere indkøb"
    )
    for unit, amounts in UNITS.items():
        decided(client, benefit, unit, dict(zip(YEARS, amounts, strict=True)), "2018-10-04")
    found = layers(client)
    assert [found[year] for year in YEARS] == [tkr * TKR for tkr in SUMS]
    decided(client, benefit, "Tidligere år", {2018: 100_000, 2019: EARLIER}, "2017-10-05")
    found = layers(client)
    assert round(found[2019] / 1_000_000, 1) == Decimal("373.8")
    assert [found[year] - EARLIER * TKR for year in YEARS] == [tkr * TKR for tkr in SUMS]
    assert found[2018] == 100_000 * TKR
