"""Grade and verdict of a benefit's figure: the rule, the act that notes an estimate, the rung."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.benefits import actions, queries
from hoest.domain.benefits.models import Benefit, StandingRecord
from hoest.domain.benefits.rules import MethodGrade, NotedEffect, Rung, Verdict, proof_of
from hoest.domain.benefits.rules.faults import EffectNotSensible
from hoest.domain.benefits.rules.proof import allows
from hoest.domain.organisations.queries import system_actor
from hoest.engine.effects import verdict as engine
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.models import Act
from hoest.foundation.audit.words import say
from hoest.foundation.faults import NotAllowed

Actors = Callable[[str], Actor]
DAY = dt.timedelta(days=1)
days = st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31))
effects = st.builds(
    NotedEffect,
    grade=st.integers(-1, 6),
    verdict=st.sampled_from([*Verdict, "måske", ""]),
    on=days,
    shown_on=st.none() | days,
)


def test_grades_and_verdicts_are_the_engines_own() -> None:
    assert {g.name: int(g) for g in MethodGrade} == {g.name: int(g) for g in engine.Grade}
    assert {v.name: v.value for v in Verdict} == {v.name: v.value for v in engine.Verdict}


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_grade_and_verdict_has_its_words(language: Any) -> None:
    with override(language):
        for grade in MethodGrade:
            assert content.number("method_grade", grade.code) == grade
            for text in (
                content.label("method_grade", grade.code),
                content.explanation("method_grade", grade.code),
                content.lifts(grade.code, kind="method_grade"),
            ):
                assert text
        assert len({content.explanation("effect_verdict", v.code) for v in Verdict}) == 4
    for verdict in Verdict:
        assert content.label("effect_verdict", verdict.code, "da") == verdict.value


@given(st.none() | days, st.booleans())
def test_without_an_estimate_nothing_is_more_than_counted(
    measured_on: dt.date | None, has_baseline: bool
) -> None:
    proof = proof_of(measured_on=measured_on, has_baseline=has_baseline)
    counted = measured_on is not None and has_baseline
    assert proof.grade is (MethodGrade.COUNTED if counted else MethodGrade.CLAIMED)
    assert proof.on == (measured_on if counted else None)
    assert proof.verdict is Verdict.CANNOT
    assert not proof.is_shown
    assert not proof.is_estimated


@given(effects.filter(allows), st.none() | days, st.booleans())
def test_an_estimate_speaks_for_itself_and_lifts_only_what_is_shown_compared(
    effect: NotedEffect, measured_on: dt.date | None, has_baseline: bool
) -> None:
    proof = proof_of(measured_on=measured_on, has_baseline=has_baseline, effect=effect)
    assert (proof.grade, proof.verdict, proof.on) == (effect.grade, effect.verdict, effect.on)
    assert proof.is_shown == (effect.shown_on is not None)
    assert not proof.is_shown or (proof.verdict is Verdict.SHOWN and proof.grade >= 3)


@pytest.fixture
def measured(here: int, actor: Actors) -> Benefit:
    """Give a benefit that stands on Målt."""
    rungs = queries.rungs_in(queries.visible_to(actor("controller")))
    pk = min(pk for pk, rung in rungs.items() if rung is Rung.MEASURED)
    return Benefit.objects.get(organisation_id=here, pk=pk)


def _note(actor: Actor, benefit: Benefit, **changes: Any) -> Benefit:
    given = {"grade": 3, "verdict": "vist", "on": clock.today(), "shown_on": None, **changes}
    return actions.note_effect(actor=actor, benefit_id=benefit.pk, **given)


def _rung(actor: Actor, benefit: Benefit) -> Rung:
    seen = queries.visible_to(actor).filter(pk=benefit.pk)
    rung = queries.rungs_in(seen)[benefit.pk]
    assert queries.standings_of([*queries.with_rows(seen)])[benefit.pk].rung is rung
    return rung


def test_a_shown_effect_lifts_and_a_later_doubt_takes_the_rung_away_calmly(
    here: int, actor: Actors, measured: Benefit
) -> None:
    worker, reader = system_actor(here, "Effekter", "job"), actor("executive")
    before = measured.version
    found = _note(worker, measured, shown_on=clock.today() - DAY)
    assert found.effect_shown_on == clock.today() - DAY
    assert _rung(reader, measured) is Rung.PROVEN
    fact = queries.standing_of(queries.with_rows(queries.visible_to(reader)).get(pk=measured.pk))
    assert fact.facts[Rung.PROVEN][0].on == clock.today() - DAY
    _note(worker, measured, verdict="antydet")
    assert _rung(reader, measured) is Rung.MEASURED
    rows = StandingRecord.objects.filter(benefit=measured).order_by("-pk")
    assert [row.rung for row in rows[:2]] == ["measured", "proven"]
    acts = Act.objects.filter(organisation_id=here, verb__startswith="benefits.").order_by("-pk")
    assert [act.verb for act in acts[:2]] == [
        "benefits.effect_not_seen_now",
        "benefits.note_effect",
    ]
    assert acts[0].facts["after"] == "sammenlignet · antydet"
    assert "står igen på det" in say(acts[0].verb)
    measured.refresh_from_db()
    assert measured.version == before


def test_the_same_estimate_twice_is_one_act(here: int, actor: Actors, measured: Benefit) -> None:
    for _turn in range(2):
        _note(actor("controller"), measured, grade=2, verdict="antydet")
    noted = Act.objects.filter(organisation_id=here, verb="benefits.note_effect")
    assert noted.filter(object_id=measured.pk).count() == 1


def test_an_open_form_is_not_turned_away_by_an_estimate(
    here: int, actor: Actors, measured: Benefit
) -> None:
    open_version = measured.version
    _note(system_actor(here, "Effekter", "job"), measured, grade=1, verdict="kan ikke vises")
    changed = actions.change_benefit(
        actor=actor("controller"), benefit_id=measured.pk, version=open_version,
        fields={"title": "Et nyt navn"},
    )  # fmt: skip
    assert (changed.title, changed.effect_grade) == ("Et nyt navn", 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"grade": 2},
        {"grade": 6},
        {"grade": -1},
        {"verdict": "måske"},
        {"verdict": "antydet", "shown_on": dt.date(2026, 1, 1)},
        {"on": dt.date(2099, 1, 1)},
    ],
)
def test_what_no_estimate_can_give_is_refused(
    actor: Actors, measured: Benefit, wrong: dict[str, Any]
) -> None:
    with pytest.raises(EffectNotSensible):
        _note(actor("controller"), measured, **wrong)


@given(effects)
def test_the_rule_allows_nothing_shown_uncompared(effect: NotedEffect) -> None:
    if allows(effect):
        assert effect.verdict != "vist" or effect.grade >= 3
        assert effect.shown_on is None or (
            effect.verdict == "vist" and effect.shown_on <= effect.on
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"effect_grade": 3},
        {"effect_grade": 2, "effect_verdict": "vist", "effect_on": dt.date(2026, 1, 1)},
        {"effect_grade": 7, "effect_verdict": "antydet", "effect_on": dt.date(2026, 1, 1)},
        {"effect_shown_on": dt.date(2026, 1, 1)},
        {
            "effect_grade": 3,
            "effect_verdict": "antydet",
            "effect_on": dt.date(2026, 1, 1),
            "effect_shown_on": dt.date(2026, 1, 1),
        },
    ],
)
def test_the_database_holds_the_same_law(measured: Benefit, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Benefit.objects.filter(pk=measured.pk).update(**wrong)


@pytest.mark.parametrize("role", ["benefit_owner", "executive", "initiative_lead", "politician"])
def test_only_those_who_estimate_note_an_effect(
    actor: Actors, measured: Benefit, role: str
) -> None:
    if not queries.visible_to(actor(role)).filter(pk=measured.pk).exists():
        pytest.skip("does not see it at all")
    with pytest.raises(NotAllowed):
        _note(actor(role), measured)
