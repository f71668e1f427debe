"""Where something stands in a file, two lines that do not agree, and what an unknown name is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, ngettext

from hoest.ui import formats


def twice(one: dict[str, Any]) -> str:
    """Say which lines do not agree, with both values and what to do."""
    twin = one["twin"]
    facts = {"line": one["line"], "first": twin["line"], "here": stands_in(one)}
    facts |= {"value": twin["value"], "again": twin["again"]}
    if twin["line"] == one["line"] and twin["sheet"] == one["sheet"]:
        said = gettext("%(here)s har to værdier (%(value)s og %(again)s). Slet den forkerte.")
    elif one["sheet"]:
        facts["there"] = stands_in(twin)
        said = gettext(
            "%(there)s og %(here)s har hver sin værdi (%(value)s og %(again)s). Slet den forkerte."
        )
    else:
        said = gettext(
            "Linje %(first)s og %(line)s har hver sin værdi (%(value)s og %(again)s). Slet den "
            "forkerte."
        )
    return said % facts


def stands_in(one: dict[str, Any]) -> str:
    """Say where something stands: the line, or the sheet and its row."""
    if not one["line"]:
        return gettext("Hele filen")
    if not one["sheet"]:
        return gettext("Linje %(line)s") % {"line": one["line"]}
    return gettext("%(sheet)s, række %(line)s") % {"sheet": one["sheet"], "line": one["line"]}


def question(one: dict[str, Any]) -> str:
    """Ask what a name is, with how many values it has and where the first stands."""
    facts = {"name": one["name"], "n": formats.number(one["lines"]), "where": ""}
    if one.get("line"):
        where = stands_in({"line": one["line"], "sheet": one.get("sheet", "")})
        facts["where"] = f"{where[:1].lower()}{where[1:]}" if not one.get("sheet") else where
        said = ngettext(
            "Hvad er »%(name)s«? (%(n)s værdi, %(where)s)",
            "Hvad er »%(name)s«? (%(n)s værdier, første gang %(where)s)",
            one["lines"],
        )
    else:
        said = ngettext(
            "Hvad er »%(name)s«? (%(n)s værdi)", "Hvad er »%(name)s«? (%(n)s værdier)", one["lines"]
        )
    return said % facts
