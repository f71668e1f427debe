"""The document of a business case: one page and its annex, with who made it, when and from what."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hoest.domain.business_cases.web import shown, words
from hoest.domain.business_cases.web.documents.annex import annex
from hoest.domain.business_cases.web.documents.front import front
from hoest.domain.business_cases.web.documents.paper import CasePaper
from hoest.foundation.documents.parts import Part
from hoest.foundation.documents.tree import Document
from hoest.ui import formats


def composed(paper: CasePaper, parts: Sequence[Part]) -> Document:
    """Return the document; PDF and DOCX are both written from it."""
    initiative = paper.initiative
    level = shown.price_level(paper.prices.shown)
    return Document(
        title=initiative.title,
        author=paper.actor.name,
        organisation=paper.actor.organisation_name,
        made_at=paper.at,
        top=(
            f"{paper.actor.organisation_name} · {initiative.unit.name}",
            _("Business case, %(version)s · %(level)s") % {"version": paper.name, "level": level},
        ),
        bottom=bottom(paper),
        front=front(paper, parts),
        annex_title=_("Bilag"),
        annex=annex(paper, parts),
        marking=marking(paper),
        notice=notice(paper),
        subject=_("Business case for %(title)s") % {"title": initiative.title},
        language="en-GB" if words.language().startswith("en") else "da-DK",
        page_words=_("Side {page} af {pages}"),
    )


def bottom(paper: CasePaper) -> str:
    """Say who took the file, and when."""
    day = formats.long_date(paper.at.date(), words.language())
    return _("Hentet %(day)s af %(who)s · Høst") % {"day": day, "who": paper.actor.name}


def marking(paper: CasePaper) -> str:
    """Say that nobody has approved the figures, if so."""
    return _("Kladde") if paper.is_draft else ""


def notice(paper: CasePaper) -> str:
    """Say that the figures are invented, if so."""
    return _("Demo – opdigtede tal") if paper.actor.is_demo else ""


def box_words() -> str:
    """Say what a box in the text stands for."""
    return _("Et tegn, som skrifttypen ikke har, er vist som □. I Word-filen står det, som det er.")
