"""The content file of mandates: what it must hold, and the faults when it does not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hoest.foundation import content
from hoest.foundation.content.mandates import read_mandates
from hoest.foundation.content.schema import ContentFault

ROLES = ("controller", "executive")
WORDS = {"reason_da": "Fordi", "reason_en": "Because", "source": "skøn"}
SMALL = {"up_to_dkk": 100, "roles": ["controller"], **WORDS}
LARGE = {"roles": ["executive"], **WORDS}


def test_the_shipped_mandates_rise_and_cover_everything() -> None:
    found = content.mandate_entries()
    assert found[-1].up_to_dkk is None
    assert found[0].up_to_dkk == Decimal(10_000_000)
    assert {role for one in found for role in one.roles} <= set(content.codes("role"))


def test_mandates_are_read_in_the_order_of_the_file() -> None:
    found = read_mandates("m.yaml", {"lille": SMALL, "stor": LARGE}, ROLES)
    assert [(one.name, one.up_to_dkk) for one in found] == [("lille", 100), ("stor", None)]
    assert found[0].reason.en == "Because"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"lille": SMALL}, "må ikke have 'up_to_dkk'"),
        ({"stor": LARGE, "lille": SMALL}, "større end"),
        ({"a": SMALL, "b": SMALL, "c": LARGE}, "større end"),
        ({"lille": {**SMALL, "roles": ["konge"]}, "stor": LARGE}, "rollen 'konge'"),
        ({"lille": {**SMALL, "roles": []}, "stor": LARGE}, "mindst én rolle"),
        ({"lille": {**SMALL, "up_to_dkk": "100"}, "stor": LARGE}, "hele kroner"),
        ({"lille": {**SMALL, "beløb": 100}, "stor": LARGE}, "kender ikke feltet 'beløb'"),
    ],
)
def test_a_fault_is_told_with_its_place(raw: dict[str, Any], said: str) -> None:
    with pytest.raises(ContentFault, match=said):
        read_mandates("m.yaml", raw, ROLES)
