"""A reassurance sheet to take away: one page as a tagged PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.domain.trust import queries
from hoest.domain.trust.rules.sheets import VersionState
from hoest.domain.trust.web.papers import PDF, box_words, download, paper
from hoest.domain.trust.web.sheets import shown
from hoest.domain.trust.web.sheets.views import chosen
from hoest.foundation.access.actor import Actor
from hoest.foundation.clock import DANISH_TIME
from hoest.foundation.documents import pdf
from hoest.foundation.documents.tree import Block, Heading, Items, Paragraph, Tone
from hoest.foundation.faults import NotFound
from hoest.ui import formats


@require_safe
def as_pdf(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Give the sheet the page shows as a PDF; what is not approved says so on every page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    about = queries.sheet_of(actor, initiative_id)
    version, statements = chosen(actor, about, request.GET.get("udgave", ""))
    if statements is None:
        raise NotFound(_("Der er ikke et godkendt tryghedsblad endnu."))
    is_approved = version is not None and version.state == VersionState.APPROVED
    blocks: list[Block] = []
    if is_approved and version is not None and version.decided_at is not None:
        day = formats.long_date(
            version.decided_at.astimezone(DANISH_TIME).date(), get_language() or "da"
        )
        words = _("Godkendt %(day)s, udgave %(number)s.")
        blocks.append(Paragraph(words % {"day": day, "number": version.number}, Tone.NOTE))
    for one in shown.asked(statements):
        blocks.append(Heading(one.heading))
        blocks.append(Items(tuple(text for text, _missing in one.statements)))
    title = version.title if version else about.initiative.title
    unit = version.unit_name if version else about.initiative.unit.name
    made = paper(
        actor,
        title,
        f"{actor.organisation_name} · {unit}",
        _("Tryghedsblad"),
        tuple(blocks),
        marking="" if is_approved else _("Kladde"),
    )
    body = pdf.written(made, box_words=box_words())
    return download(f"tryghedsblad-{title}", "pdf", PDF, body)
