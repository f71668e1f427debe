"""Facts about what crosses departments: who is touched, and whether somebody owns the whole.

No Django. Source: requirement O-08 (the citizen should not notice where she enters).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Touch(StrEnum):
    """How an initiative reaches a unit, in the order it is told."""

    HOME = "home"
    ROLLOUT = "rollout"
    JOURNEY = "journey"
    BENEFIT = "benefit"


@dataclass(frozen=True)
class Crossing:
    """An initiative over several departments: each with how it is touched, in a fixed order."""

    initiative_id: int
    touched: tuple[tuple[int, tuple[Touch, ...]], ...]
    has_shared_owner: bool

    @property
    def departments(self) -> int:
        """How many departments are touched."""
        return len(self.touched)


def departments_of(units: Mapping[int, tuple[int | None, str]]) -> dict[int, int]:
    """Return the department of each unit.

    `units` holds (parent or None, kind) by unit. A unit's department is its highest ancestor of
    the kind "department", itself included; where there is none, its highest ancestor.
    """
    found: dict[int, int] = {}
    for unit in units:
        highest = department = None
        step: int | None = unit
        seen = set()
        while step is not None and step in units and step not in seen:
            seen.add(step)
            highest = step
            if units[step][1] == "department":
                department = step
            step = units[step][0]
        if highest is not None:
            found[unit] = department if department is not None else highest
    return found


def crossing(
    initiative_id: int,
    touches: Iterable[tuple[int, Touch]],
    departments: Mapping[int, int],
    owners: Collection[int | None],
    above: Mapping[int, Collection[int]],
    is_shared: bool,
) -> Crossing | None:
    """Return how an initiative crosses departments; None when it stays within one.

    `touches` are (unit, how); `owners` the units its sponsor and its lead are placed in, None
    for one who stands over the whole municipality. `above` holds, for a unit, every unit it
    covers. An owner is shared when chosen, or when placed above everything touched.
    """
    by_department: dict[int, set[Touch]] = {}
    for unit, how in touches:
        if unit in departments:
            by_department.setdefault(departments[unit], set()).add(how)
    if len(by_department) < 2:
        return None
    order = list(Touch)
    touched = tuple(
        (department, tuple(sorted(ways, key=order.index)))
        for department, ways in sorted(by_department.items())
    )
    covers = any(
        owner is None or set(by_department) <= set(above.get(owner, ())) for owner in owners
    )
    return Crossing(initiative_id, touched, is_shared or covers)
