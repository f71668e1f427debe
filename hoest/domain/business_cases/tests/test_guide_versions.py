"""The guide follows its version: into the next draft and a file's, and final when approved."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from hoest.domain.business_cases import actions, queries
from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.rules import LineInput, VersionIsFinal, VersionWaits
from hoest.domain.business_cases.rules.guide import EffectForCitizensMissing, Question
from hoest.domain.business_cases.tests.test_guide_actions import (
    NEED,
    _amounts,
    _assume,
    _fill,
    _standing,
    controller,
    draft,
    fresh,
)
from hoest.domain.portfolio.models import Initiative
from hoest.foundation.access.actor import Actor
from hoest.foundation.provenance.actions import entered_by

__all__ = ["controller", "draft", "fresh"]


def test_every_part_follows_into_the_next_draft_and_stays_as_it_was(
    controller: Actor, draft: CaseVersion, fresh: Initiative
) -> None:
    _fill(controller, draft)
    actions.approve(actor=controller, version_id=draft.pk, version=_standing(draft))
    following = actions.start_draft(actor=controller, initiative_id=fresh.pk)
    was, now = queries.parts_of(draft), queries.parts_of(following)
    assert {q: (a.text, a.answered_by_name, a.answered_at) for q, a in was.answers.items()} == {
        q: (a.text, a.answered_by_name, a.answered_at) for q, a in now.answers.items()
    }
    assert [a.name for a in now.alternatives] == ["Som i dag", "Fælles printcentral"]
    assert following.horizon_year == 2032
    letters = next(a for a in now.assumptions if a.name == "Breve")
    assert (letters.source_text, letters.dated_on) == ("Postbogen", dt.date(2026, 1, 5))
    actions.set_assumption(
        actor=controller,
        version_id=following.pk,
        version=following.version,
        assumption_id=letters.pk,
        assumption=actions.AssumptionInput("Breve", value=Decimal(5_000)),
    )
    assert _amounts(following)["Færre breve"][2027] == Decimal(300_000)
    assert _amounts(draft)["Færre breve"][2027] == Decimal(600_000)


GUIDE = "business_cases_"


@pytest.mark.parametrize(
    "statement",
    [
        f"update {GUIDE}answer set text = 'Andet' where case_version_id = %(v)s",
        f"delete from {GUIDE}answer where case_version_id = %(v)s",
        f"update {GUIDE}alternative set why = '' where case_version_id = %(v)s",
        f"delete from {GUIDE}alternative where case_version_id = %(v)s",
        f"update {GUIDE}assumption set value = 1 where case_version_id = %(v)s",
        f"delete from {GUIDE}factor where case_version_id = %(v)s",
        f"update {GUIDE}factor set divides = true where case_version_id = %(v)s",
        f"update {GUIDE}rampyear set share = 0 where case_version_id = %(v)s",
        f"update {GUIDE}caseversion set horizon_year = 2060 where id = %(v)s",
        f"insert into {GUIDE}answer (organisation_id, case_version_id, question, text,"
        " answered_by_name, answered_at, version)"
        " values (%(o)s, %(v)s, 'behov.ny', 'x', 'x', now(), 1)",
    ],
)
@pytest.mark.parametrize("end", ["submit", "approve"])
def test_plain_sql_cannot_change_the_guide_of_a_version_that_was_handed_over(
    controller: Actor, draft: CaseVersion, end: str, statement: str
) -> None:
    _fill(controller, draft)
    act = getattr(actions, end)
    act(actor=controller, version_id=draft.pk, version=_standing(draft))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, {"v": draft.pk, "o": draft.organisation_id})
    with pytest.raises((VersionIsFinal, VersionWaits)):
        _assume(controller, draft, "Ny", 1)


def test_plain_sql_cannot_join_factors_of_two_versions(
    controller: Actor, draft: CaseVersion, here: int
) -> None:
    _fill(controller, draft)
    other = Initiative.objects.get(organisation_id=here, title__startswith="Digital")
    second = actions.start_draft(actor=controller, initiative_id=other.pk)
    theirs = _assume(controller, second, "Andet", 3)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"update {GUIDE}factor set factor_id = %s where case_version_id = %s",
            [theirs.pk, draft.pk],
        )


def test_a_version_from_a_file_keeps_what_was_answered(
    controller: Actor, draft: CaseVersion, fresh: Initiative
) -> None:
    _fill(controller, draft)
    actions.approve(actor=controller, version_id=draft.pk, version=_standing(draft))
    adopted, made = actions.adopt_version(
        actor=controller,
        initiative=fresh,
        price_level=2026,
        lines=[LineInput("Fra filen", "benefit", amounts={2026: Decimal(9)})],
        source=entered_by(controller, "Kataloget"),
        source_place="Økonomi",
        reason="Indlæst",
        approved_by_name="Byrådet",
        approved_on=None,
        import_id=7,
    )
    assert made
    parts = queries.parts_of(adopted)
    assert parts.text(Question.CHANGE) == NEED[Question.CHANGE]
    assert [one.name for one in parts.alternatives] == ["Som i dag", "Fælles printcentral"]
    # Its lines are its own, so nothing is reckoned of numbers the file does not know.
    assert not parts.assumptions
    assert parts.tree.lines == {}


@pytest.mark.parametrize("verb", ["submit", "approve"])
def test_a_case_is_not_handed_over_before_the_effect_is_told_or_argued_away(
    controller: Actor, draft: CaseVersion, verb: str
) -> None:
    actions.set_line(
        actor=controller,
        version_id=draft.pk,
        version=1,
        line=LineInput("Licens", "operation", amounts={2026: Decimal(5)}),
    )
    act = getattr(actions, verb)
    half = {Question.USER_GROUP: "Alle", Question.CHANGE: "Noget"}
    actions.write_answers(
        actor=controller, version_id=draft.pk, slug="behov", version=0, texts=half
    )
    with pytest.raises(EffectForCitizensMissing):
        act(actor=controller, version_id=draft.pk, version=_standing(draft))
    none = {**dict.fromkeys(half, ""), Question.NO_EFFECT: "Kun servere mærker det"}
    actions.write_answers(
        actor=controller, version_id=draft.pk, slug="behov", version=2, texts=none
    )
    done = act(actor=controller, version_id=draft.pk, version=_standing(draft))
    assert done.state in ("submitted", "approved")
