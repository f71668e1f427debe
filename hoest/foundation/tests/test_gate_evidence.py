"""What other subjects tell of a gate: one teller for one requirement, or one read for several."""

import pytest

from hoest.foundation import gate_evidence
from hoest.foundation.gate_evidence import Told, told_of


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch):
    """Only the tellers of the test."""
    monkeypatch.setattr(gate_evidence, "_tellers", {})
    monkeypatch.setattr(gate_evidence, "_several", {})


def test_several_are_told_from_one_read_and_only_what_is_asked():
    reads = []

    def both(_organisation, ids):
        reads.append(list(ids))
        return {pk: {"a": Told("present", "x"), "b": Told("missing", "y")} for pk in ids}

    gate_evidence.register_several(["a", "b"], both)
    assert set(told_of(["a"], 1, [7])[7]) == {"a"}
    assert set(told_of(["a", "b", "c"], 1, [7, 8])[8]) == {"a", "b"}
    assert reads == [[7], [7, 8]]


def test_the_last_teller_of_a_requirement_holds():
    gate_evidence.register_several(
        ["a", "b"], lambda _o, ids: {pk: dict.fromkeys("ab", Told("present", "x")) for pk in ids}
    )
    gate_evidence.register("a", lambda _o, ids: {pk: Told("missing", "n") for pk in ids})
    found = told_of(["a", "b"], 1, [7])[7]
    assert (found["a"].state, found["b"].state) == ("missing", "present")


def test_an_initiative_nobody_asked_about_is_left_out():
    gate_evidence.register("a", lambda _o, _ids: {9: Told("present", "x")})
    assert told_of(["a"], 1, [7]) == {7: {}}
