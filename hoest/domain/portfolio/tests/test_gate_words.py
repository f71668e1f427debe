"""The words of a gate: names, roles and amounts in a sentence."""

from decimal import Decimal

import pytest

from hoest.domain.portfolio.actions.gate_words import (
    names_in_words,
    refused_in_words,
    roles_in_words,
)
from hoest.domain.portfolio.web.gates.words import in_a_sentence


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Eva", "Bo", "Ib"], "Eva, Bo og Ib"),
        (
            ["Direktør for Teknik, Plan og Miljø", "Bo", "Ib"],
            "Direktør for Teknik, Plan og Miljø; Bo samt Ib",
        ),
        (["Eva"], "Eva"),
    ],
)
def test_names_with_commas_are_kept_apart(names, said):
    assert names_in_words(names) == said


def test_a_role_has_its_article():
    assert roles_in_words(["executive"]) == "direktionen"
    assert roles_in_words(["controller", "executive"]) == "en controller eller direktionen"


@pytest.mark.parametrize(
    ("amount", "limit", "said"),
    [
        ("11240000", "10000000", "11,2 mio. kr. i alt. Det er over 10 mio. kr. Det afgør"),
        ("10000001", "10000000", "10.000.001 kr. i alt. Det er over 10 mio. kr. Det afgør"),
        ("12000000", "10050000", "12,0 mio. kr. i alt. Det er over 10.050.000 kr. Det afgør"),
    ],
)
def test_a_limit_is_written_exactly_and_two_amounts_never_look_alike(amount, limit, said):
    told = refused_in_words(Decimal(amount), Decimal(limit), ["executive"])
    assert said in told.replace("\xa0", " ")


def test_an_abbreviation_keeps_its_capitals():
    assert [in_a_sentence(one) for one in ("HR", "It-arkitekten", "EU")] == [
        "HR",
        "it-arkitekten",
        "EU",
    ]
