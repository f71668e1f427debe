"""Many indicators: the same answers however the work is shared, stopped, resumed or broken."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.engine.effects import (
    Effect,
    Here,
    Indicator,
    MachinesLost,
    Memory,
    Method,
    NameRepeats,
    NotReadable,
    NumberOutOfRange,
    Panel,
    PrimaryRepeats,
    Processes,
    Question,
    Reason,
    RunStopped,
    TooFewPeriods,
    Verdict,
    as_text,
    benjamini_hochberg,
    effect_of,
    effects_of_many,
    from_text,
    input_hash,
    rollout_of,
)
from hoest.engine.effects.many import answered
from hoest.engine.effects.tests.worlds import noise, panel, staggered

ASKED = Question(method=Method.IMPUTATION, seed=5, permutations=199)


def table(count: int, size: int = 12, lift: float = 0.0, primary: int = -1) -> list[Indicator]:
    rollout = staggered(size)
    worlds = noise(np.random.default_rng(4), count, size) + lift * rollout.treated
    return [
        Indicator(f"tal {k}", panel(rollout, world), "tid", k == primary)
        for k, world in enumerate(worlds)
    ]


def test_a_primary_indicator_keeps_its_own_p_and_the_rest_share_the_chance() -> None:
    found = effects_of_many(table(6, lift=1.3, primary=2), ASKED)
    assert [one.q is None for one in found.found] == [k == 2 for k in range(6)]
    rest = [one for one in found.found if one.q is not None and one.effect is not None]
    p = np.array([one.effect.p for one in rest if one.effect])
    assert [one.q for one in rest] == benjamini_hochberg(p).tolist()
    assert found.looked_at == 5
    alone = effect_of(found.found[2].indicator.panel, ASKED)
    assert found.found[2].effect is not None
    assert found.found[2].effect.judgement == alone.judgement


def test_one_hit_among_many_is_not_shown_and_says_why() -> None:
    null = table(40)
    found = effects_of_many(null, ASKED)
    hits = [one for one in found.found if one.effect and one.effect.p <= 0.05]
    assert hits
    for one in hits:
        assert one.effect is not None
        assert one.q is not None
        assert one.effect.judgement.verdict is not Verdict.SHOWN
        assert one.effect.judgement.reasons[0] is Reason.MANY_LOOKED_AT


def test_a_refused_indicator_stands_beside_the_others() -> None:
    rollout = rollout_of(["a", "b", "c"], range(4), [1, 4, 4])
    short = Indicator("kort", Panel(rollout, np.arange(12.0).reshape(3, 4), ()))
    asked = Question(method=Method.SYNTHETIC)
    found = effects_of_many([short], asked).found[0]
    assert found.effect is None
    assert isinstance(found.refused, TooFewPeriods)
    assert (found.refused.found, found.refused.needed) == (1, 3)
    assert str(found.refused) == "1 periods, at least 3 are needed"


def test_what_is_in_the_store_is_not_made_again() -> None:
    store, many = Memory(), table(5)
    first = effects_of_many(many[:3], ASKED, store=store)
    steps: list[tuple[int, int]] = []
    again = effects_of_many(
        many, ASKED, store=store, progress=lambda *at: steps.append(at), chunk=1
    )
    assert (first.reused, again.reused) == (0, 3)
    assert steps == [(3, 5), (4, 5), (5, 5)]
    assert effects_of_many(many, Question(seed=6), store=store).reused == 0


def test_a_run_that_is_stopped_goes_on_where_it_was() -> None:
    store, many = Memory(), table(5)
    calls = iter([False, False, True])
    with pytest.raises(RunStopped) as stopped:
        effects_of_many(many, ASKED, store=store, stopped=lambda: next(calls), chunk=1)
    assert (stopped.value.done, stopped.value.total) == (2, 5)
    assert len(store.texts) == 2
    whole = effects_of_many(many, ASKED, store=store)
    assert whole.reused == 2
    clean = Memory()
    effects_of_many(many, ASKED, store=clean)
    assert store.texts == clean.texts


def test_a_text_that_was_cut_short_is_made_again() -> None:
    store, many = Memory(), table(1)
    key = input_hash(many[0].panel, ASKED)
    store.put(key, '{"effect": {"~"')
    assert effects_of_many(many, ASKED, store=store).reused == 0
    assert isinstance(from_text(store.texts[key]), Effect)


@pytest.mark.slow
def test_a_pool_of_processes_gives_the_same_answers_bit_for_bit() -> None:
    many, here, pool = table(7), Memory(), Memory()
    effects_of_many(many, ASKED, store=here, machines=Here())
    effects_of_many(many, ASKED, store=pool, machines=Processes(2), chunk=2)
    assert here.texts == pool.texts


def dies_once(mark: str, place: int) -> list[str]:
    """Kill the own process the first time, as when memory runs out; answer the second."""
    if place == 1:
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return ["1"]
        os.kill(os.getpid(), signal.SIGKILL)
    return [str(place)]


def dies(place: int) -> list[str]:
    os.kill(os.getpid(), signal.SIGKILL)
    return [str(place)]


@pytest.mark.slow
def test_a_process_that_is_killed_loses_only_its_own_work(tmp_path: Path) -> None:
    mark = str(tmp_path / "død")
    found = dict(Processes(2).run(dies_once, [(mark, place) for place in range(4)]))
    assert found == {place: [str(place)] for place in range(4)}
    with pytest.raises(MachinesLost):
        list(Processes(1).run(dies, [(0,)]))


def test_the_same_name_or_two_primaries_are_refused() -> None:
    two = table(2)
    with pytest.raises(NameRepeats):
        effects_of_many([two[0], two[0]])
    with pytest.raises(PrimaryRepeats):
        effects_of_many([Indicator(one.name, one.panel, "tid", True) for one in two])
    with pytest.raises(NumberOutOfRange):
        effects_of_many(two, chunk=0)


def same(left: object, right: object) -> bool:
    """Compare answers field by field, arrays bit by bit."""
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        return left.dtype == right.dtype and left.tobytes() == right.tobytes()
    if isinstance(left, float) and isinstance(right, float):
        return left.hex() == right.hex()
    names: Sequence[str] = getattr(type(left), "__slots__", ())
    if names and type(left) is type(right):
        return all(same(getattr(left, one), getattr(right, one)) for one in names)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return repr(left) == repr(right)


@pytest.mark.parametrize("method", list(Method))
def test_a_written_answer_comes_back_bit_for_bit(method: Method) -> None:
    one = rollout_of([f"k{k}" for k in range(8)], range(60), [30] + [60] * 7)
    many = method in (Method.IMPUTATION, Method.GROUP_TIME)
    rollout = staggered(12) if many else one
    world = noise(np.random.default_rng(2), 1, rollout.size)[0]
    asked = Question(method=method, permutations=99)
    found = effect_of(panel(rollout, world), asked)
    back = from_text(as_text(found, asked))
    assert isinstance(back, Effect)
    assert same(found, back)
    assert as_text(back, asked) == as_text(found, asked)


def test_dates_are_written_and_a_strange_period_is_refused() -> None:
    world = noise(np.random.default_rng(2), 1, 12)[0]
    days = [date(2020 + k // 12, k % 12 + 1, 1) for k in range(60)]
    starts = staggered(12).starts.tolist()
    dated = panel(rollout_of([f"k{k}" for k in range(12)], days, starts), world)
    found = effect_of(dated, ASKED)
    back = from_text(as_text(found, ASKED))
    assert isinstance(back, Effect)
    assert back.rollout.periods == tuple(days)
    strange = panel(rollout_of([f"k{k}" for k in range(12)], [frozenset([k]) for k in range(60)],
                               starts), world)  # fmt: skip
    with pytest.raises(NotReadable):
        input_hash(strange, ASKED)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"effect": 3}', '{"error": "Nobody"}'])
def test_a_text_that_nobody_wrote_is_refused(text: str) -> None:
    with pytest.raises(NotReadable):
        from_text(text)


@given(st.integers(0, 11), st.integers(0, 59), st.floats(-1e6, 1e6))
def test_the_hash_changes_with_every_value(unit: int, period: int, value: float) -> None:
    world = np.zeros((12, 60))
    other = world.copy()
    other[unit, period] = value
    rollout = staggered(12)
    same_hash = input_hash(panel(rollout, world), ASKED) == input_hash(panel(rollout, other), ASKED)
    assert same_hash == (other.tobytes() == world.tobytes())


def test_the_work_is_plain_text() -> None:
    world = noise(np.random.default_rng(2), 1, 12)[0]
    found = answered([panel(staggered(12), world)], ASKED)
    assert len(found) == 1
    assert "NaN" not in found[0]
    assert len(found[0]) < 100_000
