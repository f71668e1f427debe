"""Rows of the registers that stand beside initiatives, many at a time.

Through the tables' own triggers, keys and policies, in the proportions of a large municipality;
the same rows at every run.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks import delivery_rows, idea_rows, system_rows

IDEAS, SYSTEMS, INITIATIVES = 5000, 2000, 1200
MAKERS: list[tuple[str, Callable[[int, int], None], int]] = [
    ("idéer", idea_rows.make_ideas, IDEAS),
    ("behov", idea_rows.make_needs, 2500),
    ("forsøg", idea_rows.make_experiments, 600),
    ("kandidater", idea_rows.make_candidates, 800),
    ("systemer", system_rows.make_systems, SYSTEMS),
    ("datasæt", system_rows.make_data_sets, 300),
    ("genbrug", system_rows.make_reuse, INITIATIVES),
    ("tryghedsblade", system_rows.make_sheets, INITIATIVES),
    ("kapacitet", delivery_rows.make_capacity, INITIATIVES),
    ("udrulninger", delivery_rows.make_rollouts, INITIATIVES),
    ("afhængigheder", delivery_rows.make_dependencies, INITIATIVES),
    ("porte", delivery_rows.make_gates, INITIATIVES),
    ("status og erfaringer", delivery_rows.make_words, INITIATIVES),
]
