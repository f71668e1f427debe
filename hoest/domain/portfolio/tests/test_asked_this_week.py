"""Min uge really asks: each kind comes through what is registered, not only from its teller."""

import datetime as dt
from decimal import Decimal

import pytest

from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.actions.purchases import ask_purchase
from hoest.domain.portfolio.models import CoreTask, Initiative
from hoest.domain.portfolio.tests.gating import SOON, wait
from hoest.foundation import asks
from hoest.foundation.clock import today

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowing")]


def _deviation(actor, robots):
    return actions.ask_deviation(
        actor=actor("portfolio_manager"),
        initiative_id=robots.pk,
        code="legal_basis",
        reason="Juristen er syg",
        ends_on=today() + SOON,
    )


def _gate_decision(actor, robots):
    actions.ask_decision(actor=actor("portfolio_manager"), initiative_id=robots.pk)
    return "executive", robots.pk, today()


def _deviation_answer(actor, robots):
    return "executive", _deviation(actor, robots).pk, today()


def _deviation_ends(actor, robots):
    asked = _deviation(actor, robots)
    actions.answer_deviation(
        actor=actor("executive"), deviation_id=asked.pk, version=1, approve=True, reason="Ja"
    )
    return "executive", asked.pk, asked.ends_on - dt.timedelta(days=10)


def _waiting_due(actor, robots):
    wait(actor("executive"), robots)
    row = queries.open_waiting(robots)
    return "executive", row.pk, row.review_on


def _small_purchase(actor, robots):
    made = ask_purchase(
        actor=actor("portfolio_manager"),
        fields={
            "title": "12 tablets",
            "solves": "Fejl på vejen bliver meldt med det samme",
            "value_for_citizens": "Huller bliver lukket samme uge",
            "value_for_staff": "",
            "core_task": CoreTask.objects.filter(retired_on__isnull=True).first(),
            "unit": Initiative.objects.get(title__startswith="Digital hjemmetræning").unit,
            "amount_dkk": Decimal(36_000),
        },
    )
    return "unit_leader", made.pk, today()


def _lesson(actor, robots):
    ended = Initiative.objects.get(title__startswith="Stemmestyret journal")
    Initiative.objects.filter(pk=ended.pk).update(lead_id=actor("unit_leader").person_id)
    return "unit_leader", ended.pk, today()


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("gate_decision", _gate_decision),
        ("deviation_answer", _deviation_answer),
        ("deviation_ends", _deviation_ends),
        ("waiting_due", _waiting_due),
        ("small_purchase", _small_purchase),
        ("lesson", _lesson),
    ],
)
def test_it_is_asked_of_the_one_it_belongs_to(actor, robots, kind, made):
    role, subject_id, day = made(actor, robots)
    asked = {(one.kind, one.subject_id): one for one in asks.asked_of(actor(role), day)}
    assert (kind, subject_id) in asked
    assert asked[kind, subject_id].act_url
