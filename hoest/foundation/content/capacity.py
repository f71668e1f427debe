"""The shape of `capacity.yaml`: the roles of the ledger and the groups that change how they work.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
A municipality has its own roles and groups; a row written with a code that is gone shows the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .schema import ContentFault, Text, mapping_of, string_of

FILE = "capacity.yaml"
SECTIONS = ("roles", "professional_groups")
LONGEST = 40
MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class ScarceRole:
    """A role that hours are asked for and offered of."""

    code: str
    label: Text
    about: Text


@dataclass(frozen=True, slots=True)
class BusyWindow:
    """A time of the year when a group has no room for change: months 1 to 12."""

    label: Text
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProfessionalGroup:
    """A professional group, and what its own profile begins with."""

    code: str
    label: Text
    about: Text
    concerns: Text
    arguments: Text
    told: Text
    busy: tuple[BusyWindow, ...]


@dataclass(frozen=True, slots=True)
class CapacityContent:
    """The whole file."""

    roles: Mapping[str, ScarceRole]
    groups: Mapping[str, ProfessionalGroup]


def read_capacity(file: str, raw: Any) -> CapacityContent:
    """Check and build roles and groups in the order of the file.

    Errors: `ContentFault` for an unknown section, a missing text, or a month outside 1 to 12.
    """
    top = mapping_of(file, "", raw)
    if set(top) != set(SECTIONS):
        raise ContentFault(f"{file}: filen skal have afsnittene {' og '.join(SECTIONS)}.")
    roles, groups = (mapping_of(file, section, top[section]) for section in SECTIONS)
    if not roles or not groups:
        raise ContentFault(f"{file}: der skal være mindst én rolle og én faggruppe.")
    return CapacityContent(
        roles={code: _role(file, code, entry) for code, entry in roles.items()},
        groups={code: _group(file, code, entry) for code, entry in groups.items()},
    )


def _named(file: str, where: str, raw: Any, name: str = "") -> Text:
    entry = mapping_of(file, where, raw)
    parts = (f"{name}_{end}" if name else end for end in ("da", "en"))
    return Text(*(string_of(file, where, entry, part) for part in parts))


def _role(file: str, code: str, raw: Any) -> ScarceRole:
    _short(file, code)
    return ScarceRole(code, _named(file, code, raw), _named(file, code, raw, "about"))


def _group(file: str, code: str, raw: Any) -> ProfessionalGroup:
    _short(file, code)
    entry = mapping_of(file, code, raw)
    where = f"{code}.proposal"
    proposal = mapping_of(file, where, entry.get("proposal"))
    return ProfessionalGroup(
        code=code,
        label=_named(file, code, raw),
        about=_named(file, code, raw, "about"),
        concerns=_named(file, where, proposal, "concerns"),
        arguments=_named(file, where, proposal, "arguments"),
        told=_named(file, where, proposal, "told"),
        busy=tuple(_window(file, f"{where}.busy", one) for one in proposal.get("busy", ())),
    )


def _window(file: str, where: str, raw: Any) -> BusyWindow:
    months = mapping_of(file, where, raw).get("months")
    if not isinstance(months, list) or not months or any(one not in MONTHS for one in months):
        raise ContentFault(f"{file}: 'months' i '{where}' skal være måneder fra 1 til 12.")
    return BusyWindow(_named(file, where, raw), tuple(months))


def _short(file: str, code: str) -> None:
    if len(code) > LONGEST:
        raise ContentFault(f"{file}: navnet '{code}' må højst være på {LONGEST} tegn.")
