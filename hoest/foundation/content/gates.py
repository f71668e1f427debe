"""Answers on facts, requirements and phase models, read once per folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from . import files, initiative_facts, lookup, phase_models, requirements, schema
from .initiative_facts import InitiativeQuestion
from .phase_models import PhaseModel
from .requirements import Requirement


def initiative_questions() -> Mapping[str, InitiativeQuestion]:
    """Return the facts that are asked about an initiative, by code, in the order of the file."""
    return _facts(files.own_folder())


def gate_requirements() -> Mapping[str, Requirement]:
    """Return what a gate can ask for, by code, in the order of the file."""
    return _requirements(files.own_folder())


def shipped_phase_models() -> Mapping[str, PhaseModel]:
    """Return the phase models of the file by code; new initiatives follow the first."""
    return _phase_models(files.own_folder())


def phase_model_text(code: str) -> str:
    """Return one model of the file as a municipality would write it. KeyError: unknown."""
    raw = files.read_yaml(files.locate(phase_models.FILE, files.own_folder()))
    return phase_models.model_text(code, raw[code])


def read_phase_model(text: str) -> PhaseModel:
    """Build the model a municipality wrote. Errors: `PhaseModelFault`, every fault by line."""
    known = gate_requirements()
    return phase_models.read_model(text, requirements=known, statutory=_statutory(known))


@lru_cache(maxsize=64)
def phase_model_in_use(text: str) -> PhaseModel:
    """Build a model that was sound when it was taken into use, whatever is asked for since."""
    return phase_models.read_model(text, requirements=phase_models.ANYTHING, statutory=())


def _statutory(known: Mapping[str, Requirement]) -> set[str]:
    return {code for code, one in known.items() if one.is_statutory}


@lru_cache(maxsize=8)
def _facts(folder: str | None) -> Mapping[str, InitiativeQuestion]:
    path = files.locate(initiative_facts.FILE, folder)
    found = initiative_facts.read_facts(path.name, files.read_yaml(path))
    if folder is not None:
        schema.require_same(path.name, set(_facts(None)), set(found), may_add=True)
    return found


@lru_cache(maxsize=8)
def _requirements(folder: str | None) -> Mapping[str, Requirement]:
    path = files.locate(requirements.FILE, folder)
    found = requirements.read_requirements(
        path.name,
        files.read_yaml(path),
        facts=_facts(folder),
        roles=lookup.codes("role"),
        groups=lookup.codes("requirement_group"),
    )
    if folder is not None:
        shipped = _requirements(None)
        schema.require_same(path.name, set(shipped), set(found), may_add=True)
        requirements.require_as_strict(path.name, shipped, found)
    return found


@lru_cache(maxsize=8)
def _phase_models(folder: str | None) -> Mapping[str, PhaseModel]:
    path = files.locate(phase_models.FILE, folder)
    known = _requirements(folder)
    return phase_models.read_phase_models(
        path.name, files.read_yaml(path), requirements=known, statutory=_statutory(known)
    )


lookup.also_read(_facts, _requirements, _phase_models)
