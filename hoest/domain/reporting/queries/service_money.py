"""Reads of the two axes: every active initiative with its service, its money and its net."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Func

from hoest.domain.benefits import queries as benefits
from hoest.domain.business_cases import queries as cases
from hoest.domain.portfolio import queries as portfolio
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.domain.reporting.rules.service_money import (
    NOTICED,
    Money,
    Net,
    Service,
    money_of,
    service_of,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor


@dataclass(frozen=True)
class Placed:
    """An initiative in its cell; `has_loss` when citizens are also to notice something worse."""

    initiative_id: int
    title: str
    service: Service
    money: Money
    net: Net | None
    has_loss: bool


def placed(actor: Actor) -> list[Placed]:
    """Return the active initiatives the actor may see, in Danish order; four queries."""
    rows = portfolio.visible_to(actor).filter(phase__in=ACTIVE_PHASES)
    ordered = rows.order_by(Func(F("title"), function="da_key"), "pk")
    titles = dict(ordered.values_list("pk", "title"))
    if not titles:
        return []
    gains, losses = _noticed(actor, titles)
    nets = {
        pk: Net(
            one.price_level,
            one.gained,
            one.spent,
            one.gained_low - one.spent_high,
            one.gained_high - one.spent_low,
        )
        for pk, one in cases.kroner_a_year(actor.organisation_id, titles).items()
    }
    even = content.limit_decimal("even_money_share")
    return [
        Placed(
            pk,
            title,
            service_of(pk in gains, pk in losses),
            money_of(nets.get(pk), even),
            nets.get(pk),
            pk in losses,
        )
        for pk, title in titles.items()
    ]


def _noticed(actor: Actor, initiative_ids: Collection[int]) -> tuple[set[int], set[int]]:
    """Return the initiatives with live benefits, and dis-benefits, that citizens notice."""
    rows = benefits.visible_to(actor).filter(
        initiative_id__in=list(initiative_ids), benefit_type__in=NOTICED, lapsed_on__isnull=True
    )
    found: tuple[set[int], set[int]] = (set(), set())
    for pk, is_loss in rows.order_by().values_list("initiative_id", "is_disbenefit").distinct():
        found[is_loss].add(pk)
    return found
