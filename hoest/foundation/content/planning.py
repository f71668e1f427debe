"""Answers on scarce roles, professional groups and the first year, read once per folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from . import capacity, files
from . import first_year as first_year_file
from .capacity import CapacityContent, ProfessionalGroup, ScarceRole
from .first_year import FirstYear


def scarce_roles() -> Mapping[str, ScarceRole]:
    """Return the roles of the capacity ledger by code, in the order of the file."""
    return _capacity(files.own_folder()).roles


def professional_groups() -> Mapping[str, ProfessionalGroup]:
    """Return the professional groups by code, in the order of the file."""
    return _capacity(files.own_folder()).groups


def first_year() -> FirstYear:
    """Return the milestones of a municipality that begins at zero."""
    return _first_year(files.own_folder())


@lru_cache(maxsize=8)
def _capacity(folder: str | None) -> CapacityContent:
    path = files.locate(capacity.FILE, folder)
    return capacity.read_capacity(path.name, files.read_yaml(path))


@lru_cache(maxsize=8)
def _first_year(folder: str | None) -> FirstYear:
    path = files.locate(first_year_file.FILE, folder)
    return first_year_file.read_first_year(path.name, files.read_yaml(path))


READERS = (_capacity, _first_year)
