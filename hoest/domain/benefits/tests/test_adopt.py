"""Rows of a file: the same twice is one, a changed decision takes the place of the former."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from hoest.domain.benefits import actions
from hoest.domain.benefits.models import Benefit, HarvestDecision
from hoest.domain.exchange.actions.recorder import Recorder
from hoest.domain.exchange.actions.undo import undo_import
from hoest.domain.exchange.models import ImportRun
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.provenance.actions import read_from_file

ROW = {
    "decided_on": dt.date(2026, 10, 1),
    "decision": "Byrådet, punkt 4",
    "year": 2027,
    "amount_dkk": Decimal(100),
    "price_level": 2026,
    "hours": None,
    "budget_place": "Vikarer",
    "named_use": "",
}


@pytest.fixture
def adopt(actor: Callable[[str], Actor], here: int) -> Callable[..., Any]:
    """Adopt a decision for one benefit from a file named by its letter."""
    controller = actor("controller")
    benefit = Benefit.objects.get(organisation_id=here, title__startswith="Lavere indkøb")

    def one(letter: str, **changes: Any) -> Any:
        source = read_from_file(
            controller, title=f"Fil {letter}", dated="", file_name="f.xlsx", sha256=letter
        )
        return actions.adopt_harvest(
            actor=controller,
            benefit=benefit,
            values={**ROW, **changes},
            source=source,
            source_place="Indhøstning, række 2",
        )

    return one


def _standing(here: int) -> list[Decimal | None]:
    rows = HarvestDecision.objects.filter(
        organisation_id=here, decision=ROW["decision"], withdrawn_on__isnull=True
    )
    return sorted(row.amount_dkk for row in rows)


def test_the_same_decision_twice_is_one(adopt: Callable[..., Any], here: int) -> None:
    assert adopt("a").was_made
    assert adopt("b").was_left
    assert _standing(here) == [100]


def test_a_changed_amount_takes_the_place_of_the_former(
    adopt: Callable[..., Any], here: int
) -> None:
    first = adopt("a").thing
    changed = adopt("b", amount_dkk=Decimal(120))
    assert changed.was_made
    assert _standing(here) == [120]
    first.refresh_from_db()
    assert first.withdrawn_reason == "Rettet i Fil b"
    assert first.amount_dkk == 100


def test_another_year_or_place_is_another_decision(adopt: Callable[..., Any], here: int) -> None:
    adopt("a")
    assert adopt("b", year=2028).also == ()
    assert adopt("b", budget_place="Indkøb").also == ()
    assert _standing(here) == [100, 100, 100]


def test_the_undo_puts_the_former_decision_back(
    adopt: Callable[..., Any], actor: Callable[[str], Actor], here: int
) -> None:
    adopt("a")
    run = ImportRun.objects.create(
        organisation_id=here,
        file_name="f.xlsx",
        sha256="b",
        content=b"",
        state="applied",
        created_at=clock.now(),
        created_by_name="Prøve",
    )
    recorder = Recorder(run)
    recorder.note(adopt("b", amount_dkk=Decimal(120)), "take_out", "Indhøstning, række 2")
    recorder.save()
    assert _standing(here) == [120]
    undo_import(actor=actor("controller"), run=run)
    assert _standing(here) == [100]
