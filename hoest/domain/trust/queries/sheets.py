"""Reads of reassurance sheets, beginning at what the actor may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from hoest.domain.organisations.queries import people_of
from hoest.domain.portfolio.queries import initiative_of
from hoest.domain.portfolio.queries import visible_to as initiatives_visible_to
from hoest.domain.trust.models import PublicPage, PublicSheet, Sheet, SheetVersion
from hoest.domain.trust.permissions import APPROVE_SHEETS, VIEW_SHEETS, WRITE_SHEETS
from hoest.domain.trust.queries.registered import statements_of
from hoest.domain.trust.rules.sheets import SheetState
from hoest.domain.trust.rules.statements import Statement, fingerprint, missing
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require, units_where
from hoest.foundation.faults import NotFound


@dataclass(frozen=True)
class OfInitiative:
    """Everything the page of a sheet needs: what it says now, what stands and what waits."""

    initiative: Any
    sheet: Sheet | None
    statements: tuple[Statement, ...]
    may_write: bool
    may_approve: bool

    @property
    def standing(self) -> SheetVersion | None:
        """The approved version that stands."""
        return self.sheet.standing if self.sheet else None

    @property
    def waiting(self) -> SheetVersion | None:
        """The version that waits for an answer."""
        return self.sheet.waiting if self.sheet else None

    @property
    def is_changed(self) -> bool:
        """Tell whether the facts say something else than the version that stands."""
        return self.standing is not None and self.standing.fingerprint != self.print_now

    @property
    def print_now(self) -> str:
        """The fingerprint of what the sheet says now."""
        return fingerprint(self.statements)

    @property
    def lacks(self) -> int:
        """How many of the questions are not answered."""
        return len(missing(self.statements))

    @property
    def sees_unfinished(self) -> bool:
        """Tell whether the reader may see what is not approved."""
        return self.may_write or self.may_approve


def sheets_visible_to(actor: Actor) -> QuerySet[Sheet]:
    """Return the sheets of initiatives the actor may see.

    Those who neither write nor approve see only the ones with an approved version.
    """
    if not allowed_somewhere(actor, VIEW_SHEETS):
        return Sheet.objects.none()
    rows = Sheet.objects.filter(
        organisation_id=actor.organisation_id,
        initiative_id__in=initiatives_visible_to(actor).values("pk"),
    )
    if allowed_somewhere(actor, APPROVE_SHEETS):
        return rows
    units = units_where(actor, WRITE_SHEETS)
    if units is None:
        return rows
    return rows.filter(Q(standing__isnull=False) | Q(initiative__unit_id__in=units))


def sheet_of(actor: Actor, initiative_id: int) -> OfInitiative:
    """Return the sheet of an initiative as it stands. Raises NotFound, NotAllowed."""
    initiative = initiative_of(actor, initiative_id)
    if not allowed_somewhere(actor, VIEW_SHEETS):
        require(actor, VIEW_SHEETS)
    sheet = (
        Sheet.objects.filter(organisation_id=actor.organisation_id, initiative_id=initiative.pk)
        .select_related("standing", "waiting")
        .first()
    )
    return OfInitiative(
        initiative,
        sheet,
        statements_of(initiative),
        allowed(actor, WRITE_SHEETS, initiative.unit_id),
        allowed(actor, APPROVE_SHEETS, initiative.unit_id),
    )


def versions_of(initiative: Any) -> list[SheetVersion]:
    """Return the versions of a sheet, newest first."""
    rows = SheetVersion.objects.filter(
        organisation_id=initiative.organisation_id, initiative_id=initiative.pk
    )
    return list(rows.order_by("-number"))


def version_of(actor: Actor, initiative_id: int, number: int) -> SheetVersion:
    """Return an approved version, or any for those who write or approve. Raises NotFound."""
    about = sheet_of(actor, initiative_id)
    found = next((v for v in versions_of(about.initiative) if v.number == number), None)
    if found is None or not (about.sees_unfinished or found == about.standing):
        raise NotFound("Udgaven findes ikke, eller du kan ikke se den.")
    return found


def waiting_sheets(actor: Actor) -> list[SheetVersion]:
    """Return the versions that wait for this actor's answer, oldest first; one query."""
    if not allowed_somewhere(actor, APPROVE_SHEETS):
        return []
    rows = Sheet.objects.filter(
        organisation_id=actor.organisation_id, state=SheetState.WAITING, waiting__isnull=False
    ).exclude(waiting__written_by_id=actor.person_id)
    found = rows.select_related("waiting", "initiative").order_by("waiting__written_at", "pk")
    return [_with_initiative(sheet) for sheet in found]


def _with_initiative(sheet: Sheet) -> SheetVersion:
    version = sheet.waiting
    assert version is not None, "asked for in the query"
    version.initiative = sheet.initiative
    return version


def changed_sheets(actor: Actor) -> list[Sheet]:
    """Return the sheets whose source has changed, led by this actor; one query."""
    rows = Sheet.objects.filter(
        organisation_id=actor.organisation_id,
        state=SheetState.CHANGED,
        initiative__lead_id=actor.person_id,
    )
    return list(rows.select_related("initiative").order_by("changed_at", "pk"))


def public_page(organisation_id: int) -> PublicPage | None:
    """Return the open page of a municipality; None when it has none."""
    return PublicPage.objects.filter(organisation_id=organisation_id).first()


def public_sheets(organisation_id: int) -> QuerySet[PublicSheet]:
    """Return the public sheets of a municipality by unit and title."""
    rows = PublicSheet.objects.filter(organisation_id=organisation_id)
    return rows.order_by("unit_name", "title", "number")


def registered_people(actor: Actor) -> tuple[list[str], list[str]]:
    """Return names and mailboxes of the people in the municipality: they stand on no sheet."""
    rows = list(people_of(actor).values_list("name", "email"))
    return [name for name, _mail in rows], [mail for _name, mail in rows]
