"""Workbooks in and out on behalf of the operator: the command line and the first start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from hoest.domain.exchange.actions.apply import (
    apply_workbook,
    preview_workbook,
    start_import,
)
from hoest.domain.exchange.rules import Workbook
from hoest.domain.organisations.actions import open_municipality
from hoest.domain.organisations.queries import find_organisation, system_actor
from hoest.foundation.tenancy.context import entering

Progress = Callable[[int, str], None]


class _Undone(Exception):
    """Rolls back what a dry run or a file without news did."""


def import_as_operator(
    *,
    workbook: Workbook,
    file_name: str,
    content: bytes,
    dry_run: bool = False,
    progress: Progress = lambda percent, step: None,
    display_name: str = "",
) -> dict[str, Any]:
    """Apply (or, as a dry run, only try) a workbook in the municipality it names.

    Returns state (applied, unchanged or preview), organisation, counts and the first changes.
    Raises UnknownMunicipality.
    """
    outcome: dict[str, Any] = {}
    try:
        # A municipality that is opened only for a dry run is rolled back with it.
        with transaction.atomic():
            organisation = find_organisation(workbook.municipality) or open_municipality(
                name_or_code=workbook.municipality, display_name=display_name
            )
            outcome |= {
                "organisation": organisation.name,
                "code": organisation.code,
                "price_level": workbook.price_level,
                "import_id": None,
            }
            with entering(organisation.pk), transaction.atomic():
                _import(outcome, organisation.pk, workbook, file_name, content, dry_run, progress)
    except _Undone:
        outcome["import_id"] = None
    return outcome


def _import(
    outcome: dict[str, Any],
    organisation_id: int,
    workbook: Workbook,
    file_name: str,
    content: bytes,
    dry_run: bool,
    progress: Progress,
) -> None:
    actor = system_actor(organisation_id, "Installationen")
    run = start_import(actor=actor, file_name=file_name, content=content)
    first = preview_workbook(actor=actor, run=run, workbook=workbook, progress=progress)
    state = "unchanged" if first.is_empty else "preview" if dry_run else "applied"
    outcome.update(state=state, import_id=run.pk, **first.summary())
    if state != "applied":
        raise _Undone
    apply_workbook(actor=actor, run=run, workbook=workbook, progress=progress)
