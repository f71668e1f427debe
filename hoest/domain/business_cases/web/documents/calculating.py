"""What the workbook of a business case is made from, for one reader at one moment."""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext as _

from hoest.domain.business_cases.web import shown, words
from hoest.domain.business_cases.web.documents.annex import version_row
from hoest.domain.business_cases.web.documents.composed import bottom, marking, notice
from hoest.domain.business_cases.web.documents.paper import CasePaper
from hoest.domain.business_cases.web.documents.workbook import CaseBook


def book_of(paper: CasePaper) -> CaseBook:
    """Return the workbook's contents."""
    initiative = paper.initiative
    history = [version_row(paper, version).cells for version in reversed(paper.found.versions)]
    facts = [
        (_("Kommune"), paper.actor.organisation_name),
        (_("Enhed"), initiative.unit.name),
        (_("Business case"), paper.name),
        (_("Pris- og lønniveau"), shown.price_level(paper.prices.shown)),
        (_("Hentet"), bottom(paper)),
    ]
    return CaseBook(
        title=initiative.title,
        point=words.point(initiative.title, paper.figures, bool(paper.lines), paper.is_draft),
        author=paper.actor.name,
        made_at=paper.at,
        footer=bottom(paper),
        mark=" · ".join(part for part in (marking(paper), notice(paper)) if part),
        facts=tuple(facts),
        history=tuple(cast(tuple[str, str, str, str], row) for row in history),
        written=paper.written,
        lines=paper.lines,
        figures=paper.figures,
        own_level=paper.prices.own,
        shown_level=paper.prices.shown,
        index=paper.prices.index,
    )
