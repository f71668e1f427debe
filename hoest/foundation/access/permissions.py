"""Permissions: declared once by the subject they belong to, with the roles that have them.

A permission is a fact: `VIEW = permission("benefits.view", "Se gevinster", roles={...})`. A role
granted for one unit gives the permission in that unit and below. 404 is for what one may not see
(`visible_to` in queries), 403 for what one may not do (`require`).
"""

from __future__ import annotations

from dataclasses import dataclass

from hoest.foundation.access.actor import Actor
from hoest.foundation.access.roles import ROLES
from hoest.foundation.faults import NotAllowed

_registry: dict[str, Permission] = {}


@dataclass(frozen=True)
class Permission:
    """What may be done, in words, and which roles may do it."""

    code: str
    label: str
    roles: frozenset[str]


def permission(code: str, label: str, *, roles: set[str] | frozenset[str]) -> Permission:
    """Declare a permission. Raises ValueError on an unknown role or a code used twice."""
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValueError(f"{code}: unknown roles {sorted(unknown)}")
    declared = Permission(code, label, frozenset(roles))
    if _registry.setdefault(code, declared) != declared:
        raise ValueError(f"{code} is declared twice")
    return declared


def all_permissions() -> list[Permission]:
    """List every declared permission by code."""
    return [_registry[code] for code in sorted(_registry)]


def allowed(actor: Actor, wanted: Permission, unit_id: int | None = None) -> bool:
    """Tell whether the actor has the permission, in a unit when one is given.

    A role granted for the whole municipality counts everywhere. One granted for a unit counts
    there and below, and nowhere else (so with `unit_id=None` it does not count).
    """
    if actor.is_system:
        return True
    return any(
        grant.role in wanted.roles
        and (grant.unit_id is None or (unit_id is not None and unit_id in grant.unit_ids))
        for grant in actor.grants
    )


def allowed_somewhere(actor: Actor, wanted: Permission) -> bool:
    """Tell whether the actor has the permission at least in one unit."""
    return actor.is_system or any(grant.role in wanted.roles for grant in actor.grants)


def units_where(actor: Actor, wanted: Permission) -> frozenset[int] | None:
    """Return the units in which the actor has the permission; None means all of them."""
    if actor.is_system or any(g.role in wanted.roles and g.unit_id is None for g in actor.grants):
        return None
    return frozenset().union(*(g.unit_ids for g in actor.grants if g.role in wanted.roles))


def require(actor: Actor, wanted: Permission, unit_id: int | None = None) -> None:
    """Raise `NotAllowed` with a Danish sentence unless the actor has the permission."""
    if not allowed(actor, wanted, unit_id):
        who = ", ".join(ROLES[code].label for code in sorted(wanted.roles))
        raise NotAllowed(
            f"Du kan ikke {wanted.label[0].lower()}{wanted.label[1:]}. Det kan: {who}."
        )
