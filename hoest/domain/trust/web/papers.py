"""What every document of trust has in common: who took it, when, and the language."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.documents.tree import Block, Document
from hoest.ui import formats

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
DANISH_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})


def paper(
    actor: Actor, title: str, top: str, kind: str, front: tuple[Block, ...], **more: Any
) -> Document:
    """Return a document of one municipality; `top` says where from, `kind` what it is."""
    now = clock.now()
    language = get_language() or "da"
    day = formats.long_date(now.astimezone(clock.DANISH_TIME).date(), language)
    return Document(
        title=title,
        author=actor.organisation_name,
        organisation=actor.organisation_name,
        made_at=now,
        top=(top, kind),
        bottom=_("Hentet %(day)s · Høst") % {"day": day},
        front=front,
        notice=_("Demo – opdigtede tal") if actor.is_demo else "",
        subject=kind,
        language="en-GB" if language.startswith("en") else "da-DK",
        page_words=_("Side {page} af {pages}"),
        **more,
    )


def box_words() -> str:
    """Say what a box in the text stands for."""
    return _("Et tegn, som skrifttypen ikke har, er vist som □.")


def download(name: str, ending: str, kind: str, body: bytes) -> HttpResponse:
    """Return a download that is named for what it is and the day."""
    plain = slugify(name.translate(DANISH_LETTERS))[:80].strip("-")
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = (
        f'attachment; filename="{plain}-{clock.today().isoformat()}.{ending}"'
    )
    return response
