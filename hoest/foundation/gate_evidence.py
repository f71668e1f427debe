"""Gate evidence: what other subjects already know of a requirement that a gate asks for.

A gate belongs to portfolio, but a baseline stands in benefits, an approved case in business cases,
a screening in trust, all above it. So a subject registers, once in its `AppConfig.ready`, who
tells of one requirement; the gate shows the state with its source instead of asking again.

    gate_evidence.register("baseline", baselines_of)
    gate_evidence.register_amount(expenditure_of)

A teller reads in a constant number of queries for many initiatives at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from hoest.foundation.access.permissions import Permission

STATES = ("missing", "in_progress", "present", "not_relevant")


@dataclass(frozen=True)
class Told:
    """What a subject says of a requirement of one initiative, in words in the reader's language.

    `state` is one of missing, in_progress, present, not_relevant; `source` says in a sentence what
    it was read from; `url` is where that stands, `on` and `name` when and by whom. `permission` is
    what one needs somewhere to open `url`; None: whoever sees the gate may.
    """

    state: str
    source: str
    url: str = ""
    on: dt.date | None = None
    name: str = ""
    permission: Permission | None = None


Several = Callable[[int, Collection[int]], Mapping[int, Mapping[str, Told]]]
Teller = Callable[[int, Collection[int]], Mapping[int, Told]]
Amounts = Callable[[int, Collection[int]], Mapping[int, Decimal]]

_tellers: dict[str, Teller] = {}
_several: dict[str, Several] = {}
_amounts: list[Amounts] = []


def register(requirement: str, teller: Teller) -> None:
    """Let a subject tell of a requirement; the same requirement replaces the former teller.

    `teller(organisation_id, initiative_ids)` answers for those initiatives it knows of.
    """
    _tellers[requirement] = teller
    _several.pop(requirement, None)


def register_several(requirements: Iterable[str], teller: Several) -> None:
    """Let a subject tell of several requirements from one read.

    `teller(organisation_id, initiative_ids)` answers by initiative and requirement.
    """
    for code in requirements:
        _several[code] = teller
        _tellers.pop(code, None)


def register_amount(teller: Amounts) -> None:
    """Let a subject tell how many kroner an initiative spends; the last registered holds."""
    _amounts[:] = [teller]


def told_of(
    requirements: Iterable[str], organisation_id: int, initiative_ids: Collection[int]
) -> dict[int, dict[str, Told]]:
    """Return what is told of some requirements, by initiative and requirement."""
    wanted = list(requirements)
    found: dict[int, dict[str, Told]] = {pk: {} for pk in initiative_ids}
    for code in wanted:
        if code in _tellers:
            for pk, told in _tellers[code](organisation_id, initiative_ids).items():
                if pk in found:
                    found[pk][code] = told
    together: dict[Several, list[str]] = {}
    for code in wanted:
        if code in _several:
            together.setdefault(_several[code], []).append(code)
    for teller, codes in together.items():
        for pk, several in teller(organisation_id, initiative_ids).items():
            if pk in found:
                found[pk].update({code: several[code] for code in codes if code in several})
    return found


def amounts_of(organisation_id: int, initiative_ids: Collection[int]) -> Mapping[int, Decimal]:
    """Return how many kroner each initiative spends, where somebody knows."""
    return _amounts[0](organisation_id, initiative_ids) if _amounts else {}
