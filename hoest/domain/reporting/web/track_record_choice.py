"""What a reader has chosen to see of the track record, read from the address and written back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from hoest.domain.reporting.rules.track_record import GROUPINGS
from hoest.foundation import content

NOBODY = "ingen"
# What is in the address → what it is called inside.
IN_HOURS = "timer"
GROUPS = dict(
    zip(("enhed", "ejer", "forfatter", "type", "initiativtype", "formaal"), GROUPINGS, strict=True)
)


@dataclass(frozen=True)
class Choice:
    """What a reader has chosen to see; anything that cannot be understood counts as not chosen."""

    measure: str = "dkk"
    grouped_by: str = "enhed"
    group: str = ""
    state: str = ""

    def url(self, name: str = "reporting:track_record", **changes: Any) -> str:
        """Return an address with this choice and some changes."""
        other = {key: value for key, value in changes.items() if not hasattr(self, key)}
        chosen = replace(self, **{k: v for k, v in changes.items() if k not in other})
        values = {
            "maal": IN_HOURS if chosen.measure == "hours" else "",
            "opdelt": chosen.grouped_by if chosen.grouped_by != "enhed" else "",
            "gruppe": chosen.group,
            "tilstand": chosen.state,
            **other,
        }
        query = urlencode({key: value for key, value in values.items() if value})
        return reverse(name) + (f"?{query}" if query else "")

    @property
    def grouping(self) -> str:
        """The name of the grouping inside."""
        return GROUPS[self.grouped_by]


def least() -> int:
    """Return the named limit: the fewest cases of which anything is said."""
    return content.limit("track_record_fewest")
