"""What a reader has chosen to see of the account, read from the address and written back to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from hoest.domain.organisations.queries import UnitTree
from hoest.domain.reporting.queries import AccountFilter
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor

GROUPS = ("enhed", "udvalg", "formaal")
JOINED = "samlet"


@dataclass(frozen=True)
class Choice:
    """The filter of the page. Anything that cannot be understood counts as not chosen."""

    unit_id: int | None = None
    body_id: int | None = None
    purpose: str = ""
    benefit_type: str = ""
    price_level: int | None = None
    joined: bool = False
    since: dt.date | None = None
    as_of: dt.date | None = None
    grouped_by: str = "enhed"

    def filter(self, actor: Actor) -> AccountFilter:
        """Return the filter for the queries; a unit includes all below it."""
        units = None
        if self.unit_id is not None:
            units = UnitTree.of(actor.organisation_id).below(self.unit_id)
        return AccountFilter(units, self.body_id, self.purpose or None)

    @property
    def level(self) -> int | str | None:
        """The price level as the address has it: a year, or all of them joined."""
        return JOINED if self.joined else self.price_level

    def query(self, **changes: Any) -> str:
        """Return the address's query with changes; blanks are left out."""
        chosen = replace(self, **{k: v for k, v in changes.items() if hasattr(self, k)})
        extra = {k: v for k, v in changes.items() if not hasattr(self, k)}
        values = {
            "enhed": chosen.unit_id,
            "udvalg": chosen.body_id,
            "formaal": chosen.purpose,
            "type": chosen.benefit_type,
            "pl": chosen.level,
            "pr": chosen.as_of.isoformat() if chosen.as_of else None,
            "siden": chosen.since.isoformat() if chosen.since else None,
            "opdelt": chosen.grouped_by if chosen.grouped_by != "enhed" else None,
            **extra,
        }
        return urlencode({key: value for key, value in values.items() if value not in (None, "")})

    def url(self, name: str = "reporting:account", **changes: Any) -> str:
        """Return an address of the account with this choice and some changes."""
        query = self.query(**changes)
        return reverse(name) + (f"?{query}" if query else "")


def choice_of(request: HttpRequest) -> Choice:
    """Read the choice from the address."""
    given = request.GET
    grouped = given.get("opdelt", "")
    return Choice(
        unit_id=_number(given.get("enhed")),
        body_id=_number(given.get("udvalg")),
        purpose=_code("purpose_type", given.get("formaal")),
        benefit_type=_code("benefit_type", given.get("type")),
        price_level=_number(given.get("pl")),
        joined=given.get("pl") == JOINED,
        since=_day(given.get("siden")),
        as_of=day_gone_by(given.get("pr")),
        grouped_by=grouped if grouped in GROUPS else "enhed",
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _code(kind: str, text: str | None) -> str:
    return text if text and text in content.codes(kind) else ""


def _day(text: str | None) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text or "")
    except ValueError:
        return None
    return min(day, clock.today())


def day_gone_by(text: str | None) -> dt.date | None:
    """Return a day before today; today is the account as it is now."""
    day = _day(text)
    return day if day is not None and day < clock.today() else None
