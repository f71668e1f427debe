"""Records where figures come from."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.provenance.models import Source, SourceKind


def entered_by(actor: Actor, title: str) -> Source:
    """Record that a person entered the figures herself; `title` says what and from where.

    In a demo municipality every source says that its figures are invented.
    """
    if actor.is_demo:
        title = f"{_('Demotal – opdigtede')}: {title}"
    return Source.objects.create(
        organisation_id=actor.organisation_id,
        kind=SourceKind.ENTRY,
        title=title[:300],
        entered_by_name=actor.name,
        entered_at=clock.now(),
    )


def read_from_file(actor: Actor, *, title: str, dated: str, file_name: str, sha256: str) -> Source:
    """Record a file the figures were read from; the same file twice is the same source."""
    source, _created = Source.objects.get_or_create(
        organisation_id=actor.organisation_id,
        kind=SourceKind.FILE,
        sha256=sha256,
        defaults={
            "title": title[:300],
            "dated": dated[:40],
            "file_name": file_name[:200],
            "entered_by_name": actor.name,
            "entered_at": clock.now(),
        },
    )
    return source


def source_of_file(actor: Actor, body: bytes) -> Source | None:
    """Return the source of a file that was read before, or None."""
    return Source.objects.filter(
        organisation_id=actor.organisation_id,
        kind=SourceKind.FILE,
        sha256=hashlib.sha256(body).hexdigest(),
    ).first()
