"""Every public function of the engine states its formula and its source."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator

import pytest

import hoest.engine.cash_flow as engine


def public_functions() -> Iterator[tuple[str, Callable[..., object]]]:
    for found in pkgutil.iter_modules(engine.__path__):
        if found.name == "tests":
            continue
        module = importlib.import_module(f"{engine.__name__}.{found.name}")
        for name, member in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and member.__module__ == module.__name__:
                yield f"{found.name}.{name}", member


FUNCTIONS = dict(public_functions())


def test_the_engine_has_the_functions_this_test_looks_at() -> None:
    assert {"present_value.npv", "internal_rate.irr", "payback.payback"} <= FUNCTIONS.keys()


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_public_function_states_formula_and_source(name: str) -> None:
    text = inspect.getdoc(FUNCTIONS[name]) or ""
    assert "Formula:" in text
    assert "Source:" in text


def test_every_name_offered_exists_and_is_offered_once() -> None:
    assert len(engine.__all__) == len(set(engine.__all__))
    assert all(hasattr(engine, name) for name in engine.__all__)
