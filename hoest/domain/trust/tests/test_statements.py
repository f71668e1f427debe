"""A sheet says what registered facts give, word for word, and nothing else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.trust.queries.registered import questions, templates
from hoest.domain.trust.rules.statements import (
    NOT_TOLD,
    Fact,
    Section,
    Statement,
    StatementWithoutFact,
    as_kept,
    composed,
    fingerprint,
    from_kept,
    refuse_unbacked,
    unbacked,
)
from hoest.foundation import content
from hoest.foundation.plain_danish import lix_of_lines

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1)
DAY = dt.date(2026, 11, 2)


def _values(code: str) -> st.SearchStrategy[str]:
    whens = sorted({one.when for one in templates() if one.fact == code})
    return TEXT if whens == [""] else st.sampled_from([*whens, "unknown"])


@st.composite
def fact_sets(draw):
    """Draw facts of codes the sheet knows and of codes it does not."""
    known = sorted({one.fact for one in templates()} | {"never_heard_of"})
    codes = draw(st.lists(st.sampled_from(known), max_size=12))
    return [Fact(code, draw(_values(code)), draw(TEXT), DAY, "/her/") for code in codes]


@given(fact_sets())
def test_every_sentence_of_a_random_sheet_comes_from_its_facts(facts):
    said = composed(questions(), templates(), facts)
    assert unbacked(said, templates(), facts) == []
    for one in said:
        if one.is_missing:
            assert one.da == NOT_TOLD[0]
        else:
            assert one.facts
            assert all(fact in facts for fact in one.facts)


@given(fact_sets())
def test_a_sentence_goes_when_its_fact_goes(facts):
    for one in composed(questions(), templates(), facts):
        without = [fact for fact in facts if fact not in one.facts]
        again = composed(questions(), templates(), without)
        assert one.is_missing or one not in again


@given(fact_sets(), TEXT)
def test_text_added_without_a_fact_is_refused(facts, claim):
    said = list(composed(questions(), templates(), facts))
    added = Statement(Section.WHY, "why_said", claim, claim, ())
    with pytest.raises(StatementWithoutFact):
        refuse_unbacked([*said, added], templates(), facts)
    unregistered = Fact("sheet_why", claim, "ukendt", DAY, "/andet/")
    borrowed = Statement(Section.WHY, "why_said", claim, claim, (unregistered,))
    with pytest.raises(StatementWithoutFact):
        refuse_unbacked([*said, borrowed], templates(), facts)


@given(fact_sets(), TEXT)
def test_a_changed_word_is_refused_although_its_fact_is_registered(facts, more):
    for one in composed(questions(), templates(), facts):
        changed = Statement(one.section, one.template, one.da + more, one.en, one.facts)
        assert unbacked([changed], templates(), facts) == [changed]


@given(fact_sets())
def test_every_question_is_answered_or_says_that_it_is_not_told(facts):
    said = composed(questions(), templates(), facts)
    assert {one.section for one in said} == set(Section)
    codes = {fact.code for fact in facts if fact.value != "unknown"}
    for question in questions():
        mine = [one for one in said if one.section is question.section]
        assert any(one.is_missing for one in mine) == (not codes & set(question.needs))


@given(fact_sets())
def test_what_is_kept_is_read_back_unchanged(facts):
    said = composed(questions(), templates(), facts)
    assert from_kept(as_kept(said)) == said


@given(fact_sets(), TEXT)
def test_the_same_fact_said_by_another_is_the_same_source(facts, who):
    later = [Fact(one.code, one.value, who, DAY, one.url) for one in facts]
    said = composed(questions(), templates(), facts)
    assert fingerprint(said) == fingerprint(composed(questions(), templates(), later))


def test_what_nobody_knows_gives_no_sentence():
    said = composed(questions(), templates(), [Fact("personal_data", "unknown")])
    assert all(one.is_missing for one in said)


def test_the_fullest_sheet_the_content_gives_is_plain_danish():
    found = content.sheet_content()
    for when in ("yes", "no"):
        lines = [one.text.da for one in found.sentences if one.when == when]
        assert lix_of_lines(lines) <= content.limit("sheet_lix")
    for choices in (found.data_kinds, found.protections):
        lines = [one.text.da for one in choices.values()]
        assert lix_of_lines(lines) <= content.limit("sheet_lix")


@pytest.mark.parametrize(
    ("fact", "when", "da", "en"),
    [
        (
            "processor",
            "yes",
            "En leverandør ser eller gemmer oplysningerne for os.",
            "A supplier sees or stores the data for us.",
        ),
        (
            "third_country",
            "no",
            "Oplysningerne kan ikke nås fra lande uden for EU og EØS.",
            "The data cannot be reached from countries outside the EU and EEA.",
        ),
    ],
)
def test_a_sentence_says_no_more_than_its_fact_asks(fact, when, da, en):
    said = composed(questions(), templates(), [Fact(fact, when)])
    assert [(one.da, one.en) for one in said if one.facts] == [(da, en)]


def test_every_fact_a_sentence_reads_is_one_the_municipality_asks():
    asked = set(content.initiative_questions())
    for one in content.sheet_content().sentences:
        assert one.fact in asked or one.fact.startswith("sheet_"), one.code
