"""The shape of `mandates.yaml`: up to which amount which roles may approve a business case.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
Until a municipality's mandates are kept in Høst itself, a role stands for the body.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .schema import ContentFault, Text, entries_of, string_of, strings_of

FILE = "mandates.yaml"
KNOWN = {"up_to_dkk", "roles", "reason_da", "reason_en", "source"}


@dataclass(frozen=True, slots=True)
class MandateEntry:
    """One mandate as the file has it: its end (None for the last), roles, reason and source."""

    name: str
    up_to_dkk: Decimal | None
    roles: tuple[str, ...]
    reason: Text
    source: str


def read_mandates(file: str, raw: Any, roles: Collection[str]) -> tuple[MandateEntry, ...]:
    """Check and build the mandates, in the order of the file.

    Errors: `ContentFault` for an unknown role or field, amounts that do not rise, or a last mandate
    that has an end.
    """
    found = tuple(_entry(file, name, fields, roles) for name, fields in entries_of(file, raw))
    before = Decimal(-1)
    for one in found[:-1]:
        if one.up_to_dkk is None or one.up_to_dkk <= before:
            raise ContentFault(
                f"{file}: 'up_to_dkk' i '{one.name}' skal være større end i linjen før."
            )
        before = one.up_to_dkk
    if found[-1].up_to_dkk is not None:
        raise ContentFault(
            f"{file}: den sidste, '{found[-1].name}', må ikke have 'up_to_dkk'. Nogen skal kunne "
            "godkende det største beløb."
        )
    return found


def _entry(file: str, name: str, fields: dict[str, Any], roles: Collection[str]) -> MandateEntry:
    for field in fields:
        if field not in KNOWN:
            raise ContentFault(f"{file}: kender ikke feltet '{field}' i '{name}'.")
    chosen = strings_of(file, name, fields, "roles")
    if not chosen:
        raise ContentFault(f"{file}: '{name}' skal nævne mindst én rolle.")
    for role in chosen:
        if role not in roles:
            raise ContentFault(f"{file}: rollen '{role}' i '{name}' findes ikke.")
    reach = fields.get("up_to_dkk")
    if reach is not None and (isinstance(reach, bool) or not isinstance(reach, int) or reach < 0):
        raise ContentFault(f"{file}: 'up_to_dkk' i '{name}' skal være hele kroner uden minus.")
    return MandateEntry(
        name=name,
        up_to_dkk=None if reach is None else Decimal(reach),
        roles=chosen,
        reason=Text(
            string_of(file, name, fields, "reason_da"), string_of(file, name, fields, "reason_en")
        ),
        source=string_of(file, name, fields, "source"),
    )
