"""Reads of phase models: those the municipality has, and the one an initiative follows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from hoest.domain.portfolio.models import Course, Initiative, PhaseModelVersion
from hoest.domain.portfolio.rules import ACTIVE_PHASES, phase_now
from hoest.foundation import content
from hoest.foundation.content import ModelPhase, PhaseModel
from hoest.foundation.faults import NotFound


@dataclass(frozen=True)
class ModelInUse:
    """A phase model with the version it stands in; None: Høst's own, never written over here."""

    model: PhaseModel
    version: PhaseModelVersion | None
    is_default: bool = False

    @property
    def number(self) -> int:
        """The number of the version; 0 for Høst's own."""
        return self.version.number if self.version else 0


@dataclass(frozen=True)
class PlaceInModel:
    """Where an initiative is in its model: the phase it is in and the one behind its gate."""

    used: ModelInUse
    now: ModelPhase | None
    next: ModelPhase | None
    is_kept: bool


def models_in_use(organisation_id: int) -> list[ModelInUse]:
    """Return the models a new initiative can follow, the default first; one query."""
    newest: dict[str, PhaseModelVersion] = {}
    default = ""
    for row in _taken(organisation_id).order_by("in_use_since", "pk"):
        newest[row.code] = row
        default = row.code if row.is_default else default
    shipped = content.shipped_phase_models()
    default = default or next(iter(shipped))
    codes = dict.fromkeys((default, *shipped, *newest))
    return [
        ModelInUse(
            content.phase_model_in_use(newest[code].text) if code in newest else shipped[code],
            newest.get(code),
            code == default,
        )
        for code in codes
        if code in newest or code in shipped
    ]


def model_in_use(organisation_id: int, code: str) -> ModelInUse:
    """Return one of the models a new initiative can follow. Raises NotFound."""
    for one in models_in_use(organisation_id):
        if one.model.code == code:
            return one
    raise NotFound("Fasemodellen findes ikke.")


def place_of(initiative: Initiative) -> PlaceInModel:
    """Return the model an initiative follows and its phase; one or two queries."""
    course = (
        Course.objects.filter(organisation_id=initiative.organisation_id, initiative=initiative)
        .select_related("model_version")
        .first()
    )
    if course is None:
        used = models_in_use(initiative.organisation_id)[0]
        return _place(used, initiative, "", is_kept=False)
    version = course.model_version
    used = ModelInUse(content.phase_model_in_use(version.text), version)
    return _place(used, initiative, course.phase_code, is_kept=True)


def places_of(organisation_id: int, initiatives: Collection[Initiative]) -> dict[int, PlaceInModel]:
    """Return where each initiative is in the model it follows; two queries for all."""
    if not initiatives:
        return {}
    courses = {
        row.initiative_id: row
        for row in Course.objects.filter(
            organisation_id=organisation_id, initiative__in=[one.pk for one in initiatives]
        ).select_related("model_version")
    }
    current = models_in_use(organisation_id)[0]
    found = {}
    for one in initiatives:
        course = courses.get(one.pk)
        if course is None:
            found[one.pk] = _place(current, one, "", is_kept=False)
            continue
        version = course.model_version
        used = ModelInUse(content.phase_model_in_use(version.text), version)
        found[one.pk] = _place(used, one, course.phase_code, is_kept=True)
    return found


def phase_words(organisation_id: int, initiatives: Collection[Initiative]) -> dict[int, str]:
    """Return what each initiative's own model calls its phase; two queries for all."""
    places = places_of(organisation_id, initiatives)
    return {
        one.pk: now.label.in_language(content.active_language())
        for one in initiatives
        if (now := places[one.pk].now) is not None and one.phase in ACTIVE_PHASES
    }


def versions_of(organisation_id: int) -> list[PhaseModelVersion]:
    """Return every version the municipality has written, by name, newest first."""
    rows = PhaseModelVersion.objects.filter(organisation_id=organisation_id, is_shipped=False)
    return list(rows.order_by("code", "-number"))


def version_of(organisation_id: int, version_id: int) -> PhaseModelVersion:
    """Return one version. Raises NotFound."""
    found = PhaseModelVersion.objects.filter(organisation_id=organisation_id, pk=version_id).first()
    if found is None:
        raise NotFound("Fasemodellen findes ikke.")
    return found


def _taken(organisation_id: int) -> QuerySet[PhaseModelVersion]:
    return PhaseModelVersion.objects.filter(
        organisation_id=organisation_id, in_use_since__isnull=False, is_shipped=False
    )


def _place(used: ModelInUse, initiative: Initiative, chosen: str, *, is_kept: bool) -> PlaceInModel:
    now = phase_now(used.model, initiative.phase, chosen)
    return PlaceInModel(used, now, used.model.after(now.code) if now else None, is_kept)
