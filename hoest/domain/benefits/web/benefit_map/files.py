"""The map as a file: SVG to draw on, PNG for a presentation, PDF for paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hoest.domain.benefits.queries import benefit_map as queries
from hoest.domain.benefits.rules.benefit_map import findings_of
from hoest.domain.benefits.web.benefit_map.picture import picture_of
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.documents.drawings import Drawing, as_pdf, as_png
from hoest.foundation.faults import NotFound
from hoest.ui import formats

TYPES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png", "pdf": "application/pdf"}


@require_GET
def download(request: HttpRequest, initiative_id: int, form: str) -> HttpResponse:
    """Send the map as a file; `form` is svg, png or pdf. Raises NotFound."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if form not in TYPES:
        raise NotFound(_("Diagrammet kan hentes som PDF, PNG eller SVG."))
    found = queries.read_map(actor, initiative_id)
    language = get_language() or "da"
    title = _("Gevinstdiagram for »%(title)s«") % {"title": found.initiative.title}
    about = f"{actor.organisation_name} · {formats.long_date(clock.today(), language)}"
    picture = picture_of(found, findings_of(found.facts), is_live=False, top_lines=(title, about))
    drawing = Drawing(
        svg=picture.svg,
        width=picture.width,
        height=picture.height,
        title=title,
        told=_told(found),
        language=language,
        made_at=clock.now(),
    )
    body: bytes | str
    match form:
        case "png":
            body = as_png(drawing)
        case "pdf":
            body = as_pdf(drawing)
        case _:
            body = picture.svg
    answer = HttpResponse(body, content_type=TYPES[form])
    name = f"gevinstdiagram-{slugify(found.initiative.title) or 'initiativ'}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _told(found: queries.ReadMap) -> str:
    """Return the arrows in words, for whoever hears the file read."""
    return " ".join(
        _("»%(source)s« fører til »%(target)s«.")
        % {"source": found.node[source].title, "target": found.node[target].title}
        for source, target in found.arrows
    )
