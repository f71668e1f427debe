"""The two municipalities of the tests have a benefit on every rung that facts can reach."""

from __future__ import annotations

from hoest.domain.benefits import queries
from tests.support.harvest import BENEFITS, title_of
from tests.support.world import HERE, MARKERS, actor_with_role


def test_every_benefit_of_the_world_stands_where_it_says(here: int) -> None:
    actor = actor_with_role(here, "executive")
    rows = list(queries.with_rows(queries.gains_of(actor)))
    standings = queries.standings_of(rows)
    found = {row.title: str(standings[row.pk].rung) for row in rows}
    assert found == {title_of(word, MARKERS[HERE]): rung for word, rung in BENEFITS.items()}
