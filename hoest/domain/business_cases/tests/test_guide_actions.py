"""The guide writes: answers with their authors, assumptions that move their lines, new drafts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from hoest.domain.business_cases import actions, queries
from hoest.domain.business_cases.models import Answer, Assumption, CaseVersion, Factor, RampYear
from hoest.domain.business_cases.rules import (
    LineInput,
    PriceLevelNotSensible,
)
from hoest.domain.business_cases.rules.assumptions import (
    AssumptionExists,
    AssumptionInUse,
    AssumptionNotWhole,
    AssumptionsGoInCircle,
    Used,
)
from hoest.domain.business_cases.rules.guide import (
    AlternativeNotWhole,
    AnswerTooLong,
    Question,
    QuestionUnknown,
)
from hoest.domain.portfolio.models import Initiative
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import Conflict, NotAllowed, NotFound

NEED = {
    Question.SITUATION: "Brevene pakkes i hånden.",
    Question.NEED: "De skal sendes digitalt.",
    Question.USER_GROUP: "12.000 borgere",
    Question.CHANGE: "De får svar samme dag.",
    Question.MEASURED_BY: "Dage fra sag til svar, hver måned.",
}


@pytest.fixture
def fresh(here: int) -> Initiative:
    """An initiative without a business case."""
    return Initiative.objects.get(organisation_id=here, title__startswith="Robotter")


@pytest.fixture
def controller(actor: Callable[[str], Actor]) -> Actor:
    """Who writes."""
    return actor("controller")


@pytest.fixture
def draft(controller: Actor, fresh: Initiative) -> CaseVersion:
    """An empty draft."""
    return actions.start_draft(actor=controller, initiative_id=fresh.pk, price_level=2026)


def _standing(draft: CaseVersion) -> int:
    return CaseVersion.objects.values_list("version", flat=True).get(pk=draft.pk)


def _assume(by: Actor, draft: CaseVersion, name: str, value: Any = None, **more: Any) -> Assumption:
    given = actions.AssumptionInput(
        name=name, value=None if value is None else Decimal(str(value)), **more
    )
    return actions.set_assumption(
        actor=by, version_id=draft.pk, version=_standing(draft), assumption=given
    )


def _derive(by: Actor, draft: CaseVersion, *factors: Used, **more: Any) -> Any:
    given: dict[str, Any] = {
        "line": LineInput("Færre breve", "benefit", duration="recurring"),
        "ramp": {2026: Decimal("0.25"), 2027: Decimal(1)},
        **more,
    }
    return actions.set_derived_line(
        actor=by, version_id=draft.pk, version=_standing(draft), factors=factors, **given
    )


def _amounts(draft: CaseVersion) -> dict[str, dict[int, Decimal]]:
    return {line.line_key: line.amounts for line in queries.figures_of(draft)}


def test_an_answer_keeps_its_author_until_it_is_changed(
    actor: Callable[[str], Actor], controller: Actor, draft: CaseVersion
) -> None:
    write = {"version_id": draft.pk, "slug": "behov"}
    actions.write_answers(actor=controller, version=0, texts=NEED, **write)  # type: ignore[arg-type]
    second = actor("portfolio_manager")
    changed = {**NEED, Question.NEED: "De skal kun sendes digitalt."}
    actions.write_answers(actor=second, version=5, texts=changed, **write)  # type: ignore[arg-type]
    parts = queries.parts_of(draft)
    assert parts.answers[Question.NEED].answered_by_name == second.name
    assert parts.answers[Question.SITUATION].answered_by_name == controller.name
    assert parts.version_of_step("behov") == 6
    with pytest.raises(Conflict):
        actions.write_answers(actor=controller, version=5, texts=NEED, **write)  # type: ignore[arg-type]


def test_two_people_can_answer_two_steps_at_once(
    actor: Callable[[str], Actor], controller: Actor, draft: CaseVersion
) -> None:
    actions.write_answers(
        actor=controller, version_id=draft.pk, slug="behov", version=0, texts=NEED
    )
    owner = actor("unit_leader")
    actions.write_answers(
        actor=controller,
        version_id=draft.pk,
        slug="opfoelgning",
        version=0,
        texts={Question.FOLLOWED_BY: "På ledermødet hver måned."},
        persons={Question.CASE_OWNER: owner.person_id},
    )
    answers = queries.parts_of(draft).answers
    assert answers[Question.CASE_OWNER].person_id == owner.person_id
    assert len(answers) == 7


def test_what_no_step_asks_is_not_written(controller: Actor, draft: CaseVersion) -> None:
    for question in ("behov.andet", Question.FOLLOWED_BY):
        with pytest.raises(QuestionUnknown):
            actions.write_answers(
                actor=controller,
                version_id=draft.pk,
                slug="behov",
                version=0,
                texts={question: "x"},
            )
    with pytest.raises(AnswerTooLong):
        actions.write_answers(
            actor=controller,
            version_id=draft.pk,
            slug="behov",
            version=0,
            texts={Question.NEED: "x" * 4001},
        )
    with pytest.raises(NotFound):
        actions.write_answers(
            actor=controller,
            version_id=draft.pk,
            slug="opfoelgning",
            version=0,
            texts={},
            persons={Question.CASE_OWNER: 999_999},
        )
    assert not Answer.objects.filter(case_version=draft).exists()


def test_a_step_put_off_is_taken_up_by_answering_it(controller: Actor, draft: CaseVersion) -> None:
    actions.put_off_step(actor=controller, version_id=draft.pk, slug="behov")
    assert queries.parts_of(draft).text("behov.senere") == "senere"
    version = queries.parts_of(draft).version_of_step("behov")
    actions.write_answers(
        actor=controller, version_id=draft.pk, slug="behov", version=version, texts=NEED
    )
    assert queries.parts_of(draft).text("behov.senere") == ""


def test_a_changed_assumption_moves_every_line_that_rests_on_it(
    controller: Actor, draft: CaseVersion
) -> None:
    letters = _assume(controller, draft, "Breve om året", 10_000, unit="breve")
    price = _assume(controller, draft, "Pris pr. brev", 60, unit="kr.", source_text="Odense")
    bill = _assume(
        controller, draft, "Porto i alt", factors=(Used(letters.pk), Used(price.pk)), unit="kr."
    )
    _derive(controller, draft, Used(bill.pk))
    _derive(
        controller,
        draft,
        Used(letters.pk),
        line=LineInput("Pakketid", "benefit", measure="hours", duration="recurring"),
        ramp={2027: Decimal("0.1")},
    )
    typed = LineInput("Opstart", "investment", amounts={2026: Decimal(100)})
    actions.set_line(actor=controller, version_id=draft.pk, version=_standing(draft), line=typed)
    assert _amounts(draft)["Færre breve"] == {2026: Decimal(150_000), 2027: Decimal(600_000)}
    actions.set_assumption(
        actor=controller,
        version_id=draft.pk,
        version=_standing(draft),
        assumption_id=letters.pk,
        assumption=actions.AssumptionInput("Breve om året", "breve", Decimal(8_000)),
    )
    assert _amounts(draft) == {
        "Færre breve": {2026: Decimal(120_000), 2027: Decimal(480_000)},
        "Pakketid": {2027: Decimal(800)},
        "Opstart": {2026: Decimal(100)},
    }


def test_a_typed_line_no_longer_derives(controller: Actor, draft: CaseVersion) -> None:
    letters = _assume(controller, draft, "Breve", 100)
    line = _derive(controller, draft, Used(letters.pk))
    actions.set_line(
        actor=controller,
        version_id=draft.pk,
        version=_standing(draft),
        line=LineInput("Færre breve", "benefit", amounts={2026: Decimal(7)}),
        line_id=line.pk,
    )
    assert not Factor.objects.filter(case_version=draft).exists()
    assert not RampYear.objects.filter(case_version=draft).exists()
    assert queries.figures_of(draft)[0].line_id == line.pk


def test_assumptions_that_cannot_be_are_refused(controller: Actor, draft: CaseVersion) -> None:
    one = _assume(controller, draft, "Breve", 100)
    with pytest.raises(AssumptionExists):
        _assume(controller, draft, " Breve ", 5)
    for bad in ({"name": ""}, {"name": "X"}, {"name": "X", "value": -1}):
        with pytest.raises(AssumptionNotWhole):
            _assume(controller, draft, **bad)
    product = _assume(controller, draft, "Porto", factors=(Used(one.pk),))
    with pytest.raises(AssumptionsGoInCircle), transaction.atomic():
        actions.set_assumption(
            actor=controller,
            version_id=draft.pk,
            version=_standing(draft),
            assumption_id=product.pk,
            assumption=actions.AssumptionInput("Porto", factors=(Used(product.pk),)),
        )
    with pytest.raises(AssumptionInUse):
        actions.remove_assumption(
            actor=controller, version_id=draft.pk, version=_standing(draft), assumption_id=one.pk
        )
    for pk in (product.pk, one.pk):
        actions.remove_assumption(
            actor=controller, version_id=draft.pk, version=_standing(draft), assumption_id=pk
        )
    assert not Assumption.objects.filter(case_version=draft).exists()


def _fill(by: Actor, draft: CaseVersion) -> None:
    actions.write_answers(actor=by, version_id=draft.pk, slug="behov", version=0, texts=NEED)
    letters = _assume(
        by, draft, "Breve", 10_000, source_text="Postbogen", dated_on=dt.date(2026, 1, 5)
    )
    price = _assume(by, draft, "Pris", 60)
    _derive(by, draft, Used(letters.pk), Used(price.pk))
    for name, nothing in (("Som i dag", True), ("Fælles printcentral", False)):
        actions.set_alternative(
            actor=by,
            version_id=draft.pk,
            version=_standing(draft),
            alternative=actions.AlternativeInput(name, "x", Decimal(5), Decimal(6), None, "dyrt"),
            is_do_nothing=nothing,
        )
    actions.set_horizon(actor=by, version_id=draft.pk, version=_standing(draft), horizon_year=2032)


def test_an_alternative_needs_a_name_of_its_own(controller: Actor, draft: CaseVersion) -> None:
    _fill(controller, draft)
    for name, amount in (("", 1), ("Som i dag", 1), ("Ny", -1)):
        with pytest.raises(AlternativeNotWhole):
            actions.set_alternative(
                actor=controller,
                version_id=draft.pk,
                version=_standing(draft),
                alternative=actions.AlternativeInput(name, one_off_dkk=Decimal(amount)),
            )
    rows = queries.parts_of(draft).alternatives
    for row in rows:
        actions.remove_alternative(
            actor=controller, version_id=draft.pk, version=_standing(draft), alternative_id=row.pk
        )
    assert [row.is_do_nothing for row in queries.parts_of(draft).alternatives] == [True]


def test_the_horizon_reaches_at_least_the_last_filled_year(
    controller: Actor, draft: CaseVersion
) -> None:
    _fill(controller, draft)
    for year in (2026, 2090):
        with pytest.raises(PriceLevelNotSensible):
            actions.set_horizon(
                actor=controller, version_id=draft.pk, version=_standing(draft), horizon_year=year
            )
    done = actions.set_horizon(
        actor=controller, version_id=draft.pk, version=_standing(draft), horizon_year=None
    )
    assert done.horizon_year is None


def test_who_may_not_write_cases_may_not_answer(
    actor: Callable[[str], Actor], draft: CaseVersion
) -> None:
    with pytest.raises(NotAllowed):
        actions.write_answers(
            actor=actor("politician"), version_id=draft.pk, slug="behov", version=0, texts=NEED
        )
