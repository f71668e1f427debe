"""A business case to take away: as PDF, as a Word document, as a workbook that calculates."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from hoest.domain.business_cases.web.documents import workbook
from hoest.domain.business_cases.web.documents.calculating import book_of
from hoest.domain.business_cases.web.documents.composed import box_words, composed
from hoest.domain.business_cases.web.documents.paper import CasePaper, paper_of
from hoest.foundation.documents import docx, parts, pdf

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DANISH_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})


@require_GET
def as_pdf(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Give the case as a tagged PDF: one page and its annex."""
    paper = paper_of(request, initiative_id)
    made = composed(paper, parts.built("case", paper.actor, paper.initiative))
    return _file(paper, "pdf", "application/pdf", pdf.written(made, box_words=box_words()))


@require_GET
def as_docx(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Give the case as a Word document, from the same tree as the PDF."""
    paper = paper_of(request, initiative_id)
    made = composed(paper, parts.built("case", paper.actor, paper.initiative))
    return _file(paper, "docx", DOCX, docx.written(made))


@require_GET
def as_xlsx(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Give the case as a workbook in which every figure is a formula."""
    paper = paper_of(request, initiative_id)
    return _file(paper, "xlsx", XLSX, workbook.written(book_of(paper)))


def _file(paper: CasePaper, ending: str, kind: str, body: bytes) -> HttpResponse:
    """Return a download that is named for the initiative, the version and the day."""
    title = slugify(paper.initiative.title.translate(DANISH_LETTERS))[:60].strip("-")
    state = "kladde" if paper.is_draft else f"version-{paper.version.number}"
    name = f"business-case-{title}-{state}-{paper.at.date().isoformat()}.{ending}"
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
