"""The actor: a person in one municipality with her roles, as every action and query sees her."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Grant:
    """A role, either for the whole municipality or for one unit with all below it."""

    role: str
    unit_id: int | None = None
    unit_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Actor:
    """Who acts: account and person in one municipality, with her grants.

    `reaches_several` tells that the account may switch to another municipality; `is_demo` that
    the municipality is fictional and its figures invented.
    """

    organisation_id: int
    organisation_name: str
    person_id: int | None
    name: str
    account_id: int | None = None
    grants: tuple[Grant, ...] = ()
    is_system: bool = False
    is_demo: bool = False
    source: str = field(default="web", compare=False)
    reaches_several: bool = field(default=False, compare=False)

    @property
    def roles(self) -> frozenset[str]:
        """All roles the person has, wherever."""
        return frozenset(grant.role for grant in self.grants)
