"""What municipalities have together: shared solutions and shared building blocks.

They come from content, so everybody who sees initiatives sees them; only what is written of our
own use is the municipality's. A block that stands in the catalogue of solutions too is one thing.
Source: requirement D-06; the content files name the source of each and the day it was read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from hoest.domain.portfolio.models import LocalSolution
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.content import BuildingBlock, SharedSolution, active_language

SOLUTION, BLOCK = "solution", "block"


@dataclass(frozen=True)
class SharedThing:
    """A shared solution or block in the reader's language.

    It is found by its title, by `names`, which weigh alike, and less by `words`. `solution` is its
    code in the catalogue, empty when it is not there; `is_confirmed` is False for a fact nobody
    has checked.
    """

    key: str
    kind: str
    title: str
    about: str
    names: str
    words: str
    keeper: str
    source: str
    link: str
    read_on: dt.date | None
    is_confirmed: bool
    solution: str
    url: str


def shared_things(actor: Actor) -> list[SharedThing]:
    """Return every shared solution and block once, the solutions first; no query.

    None for who may not see initiatives.
    """
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        return []
    blocks = content.building_blocks().values()
    told_as_blocks = {block.solution for block in blocks}
    solutions = (one for one in content.shared_solutions().values())
    return [
        *(_of_solution(one) for one in solutions if one.code not in told_as_blocks),
        *(_of_block(one) for one in blocks),
    ]


def standing_here(actor: Actor, codes: Collection[str]) -> dict[str, str]:
    """Return where some solutions of the catalogue stand here, as codes; one query, or none."""
    wanted = [code for code in codes if code]
    if not wanted:
        return {}
    rows = LocalSolution.objects.filter(organisation_id=actor.organisation_id, code__in=wanted)
    return dict(rows.values_list("code", "status"))


def _of_solution(one: SharedSolution) -> SharedThing:
    return SharedThing(
        key=f"{SOLUTION}-{one.code}",
        kind=SOLUTION,
        title=one.label.in_language(active_language()),
        about=one.about.in_language(active_language()),
        names=" ".join(one.words),
        words="",
        keeper=one.keeper,
        source=one.source,
        link=one.link,
        read_on=one.read_on,
        is_confirmed=one.is_confirmed,
        solution=one.code,
        url=_place(SOLUTION, one.code),
    )


def _of_block(one: BuildingBlock) -> SharedThing:
    return SharedThing(
        key=f"{BLOCK}-{one.code}",
        kind=BLOCK,
        title=one.label.in_language(active_language()),
        about=one.about.in_language(active_language()),
        names="",
        words=" ".join(one.words),
        keeper=one.owner,
        source=one.source,
        link=one.link,
        read_on=one.read_on,
        is_confirmed=True,
        solution=one.solution,
        url=_place(SOLUTION, one.solution) if one.solution else _place(BLOCK, one.code),
    )


def _place(kind: str, code: str) -> str:
    """Return where a thing stands on the page of shared solutions."""
    return f"{reverse('delivery:solutions')}#{kind}-{code}"
