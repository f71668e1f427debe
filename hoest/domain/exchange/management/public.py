"""The public figures that ship with Høst, loaded at the first start.

Copenhagen's own published figures: what was promised and adopted. The files and their sources are
in hoest/content/public.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from django.db import transaction

from hoest.domain.exchange.management.workbooks import import_as_operator
from hoest.domain.exchange.rules import parse
from hoest.domain.exchange.rules.stated import stated_beside
from hoest.domain.organisations.queries import find_organisation, system_actor
from hoest.domain.reporting.actions import note_stated_totals
from hoest.foundation import content
from hoest.foundation.faults import Fault
from hoest.foundation.imports.reader import read_workbook
from hoest.foundation.provenance.actions import source_of_file
from hoest.foundation.tenancy.context import acting_for

DISPLAY_NAME = "København (offentlige tal)"


class PublicFileIsBroken(Fault):
    """A public workbook that ships with Høst (or replaces one) cannot be read."""


def load_public_figures(say: Callable[[str], None] = lambda text: None) -> list[dict[str, Any]]:
    """Import every public workbook; one that is already there changes nothing."""
    folder = content.path("public")
    stated = yaml.safe_load((folder / "stated_totals.yaml").read_text(encoding="utf-8"))
    outcomes = []
    for file in sorted(folder.glob("*.xlsx")):
        body = file.read_bytes()
        parsed = parse(read_workbook(body))
        if parsed.workbook is None:
            raise PublicFileIsBroken(f"{file.name} kan ikke læses: {parsed.faults[0]}")
        outcome = import_as_operator(
            workbook=parsed.workbook,
            file_name=file.name,
            content=body,
            display_name=DISPLAY_NAME,
        )
        if file.name in stated:
            _note_stated(parsed.workbook.municipality, body, stated[file.name])
        counts = outcome.get("made", {})
        say(f"{outcome['organisation']}: {file.name}, {counts.get('benefit', 0)} gevinster.")
        outcomes.append(outcome)
    return outcomes


def _note_stated(municipality: str, body: bytes, entry: dict[str, Any]) -> None:
    organisation = find_organisation(municipality)
    assert organisation is not None
    totals = stated_beside(entry)
    with acting_for(organisation.pk), transaction.atomic():
        actor = system_actor(organisation.pk, "Første start")
        source = source_of_file(actor, body)
        if source is not None:
            note_stated_totals(
                actor=actor,
                source=source,
                price_level=totals.price_level,
                totals_dkk=totals.totals_dkk,
                rounding_unit_dkk=totals.rounding_unit_dkk,
            )
