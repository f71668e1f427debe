"""The checked-in table of what each address needs; what a visitor may expect follows from it.

`matrix.yaml` has one entry per address, by name:

    portfolio:initiative:
      methods: [GET, POST]   # of GET and POST; HEAD goes with GET, any other method is refused
      see: portfolio.view    # who may GET: a permission, or everybody | signed-in | member
      do: portfolio.change   # who may POST; the same as `see` when left out
      answers: [302]         # what an allowed GET answers, when that is not a page (200)
      empty_post: [404]      # what an allowed POST without fields answers, when that is neither
                             # done (302), a form with faults (422) nor a lost update (409)
      but_not: [executive]   # roles with the permission that still may not: say why beside it
      query: {unit: "organisations:unit pk"}   # what must stand after the ?: a thing from the
                             # address named, found as it is found there

Two permissions that each are enough stand as `one or another`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("matrix.yaml")
OPEN_WORDS = ("everybody", "signed-in", "member")
LISTS = ("methods", "answers", "empty_post", "but_not")


@dataclass(frozen=True)
class Entry:
    """What one address needs."""

    name: str
    see: str
    methods: tuple[str, ...] = ("GET",)
    do: str = ""
    answers: tuple[int, ...] = (200,)
    empty_post: tuple[int, ...] = ()
    but_not: tuple[str, ...] = ()
    query: dict[str, str] = field(default_factory=dict)

    def needs(self, method: str) -> list[str]:
        """Return who may use a method: codes of permissions, or one of OPEN_WORDS."""
        return ((self.do or self.see) if method == "POST" else self.see).split(" or ")

    def permits(self, method: str, role: str) -> bool:
        """Tell whether a role may use a method here, by the declared permissions."""
        from hoest.foundation.access.permissions import all_permissions

        needs = self.needs(method)
        if set(needs) & set(OPEN_WORDS):
            return role not in self.but_not
        permissions = {one.code: one.roles for one in all_permissions()}
        return role not in self.but_not and any(role in permissions[code] for code in needs)

    def done(self, method: str) -> tuple[int, ...]:
        """Return the statuses a permitted visitor may get."""
        return self.empty_post or (302, 422, 409) if method == "POST" else self.answers


def entries() -> dict[str, Entry]:
    """Return the table by the name of the address."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8")) or {}
    return {
        name: Entry(name=name, **{k: tuple(v) if k in LISTS else v for k, v in facts.items()})
        for name, facts in raw.items()
    }
