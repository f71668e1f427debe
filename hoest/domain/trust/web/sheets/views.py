"""The page of a reassurance sheet: what it says, where each sentence comes from, its versions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.domain.trust import queries
from hoest.domain.trust.models import SheetVersion
from hoest.domain.trust.rules.statements import Statement, from_kept
from hoest.domain.trust.web.sheets import shown
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import NotFound
from hoest.foundation.plain_danish import lix_of_lines

NOW = "nu"


@require_safe
def sheet(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show the sheet of an initiative: what waits, what stands, or what the facts give now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    about = queries.sheet_of(actor, initiative_id)
    versions = queries.versions_of(about.initiative) if about.sees_unfinished else []
    version, statements = chosen(actor, about, request.GET.get("udgave", ""))
    page = queries.public_page(actor.organisation_id)
    came, went = _changes(about)
    asked = shown.asked(statements) if statements is not None else []
    context = {
        "about": about,
        "initiative": about.initiative,
        "point": shown.point(about, page is not None),
        "version": version,
        "asked": asked,
        "facts": shown.all_facts(asked),
        "is_outdated": about.is_changed and about.standing and not about.sees_unfinished,
        "versions": [_line(one, about) for one in versions],
        "came": came,
        "went": went,
        "lix": version.lix if version else lix_of_lines(one.da for one in about.statements),
        "lix_limit": content.limit("sheet_lix"),
        "is_now": version is None,
        "may_answer": _may_answer(actor, about),
        "may_lay_forward": about.may_write
        and about.waiting is None
        and (about.standing is None or about.is_changed),
        "public_url": reverse("open:sheet", args=[page.slug, initiative_id])
        if page and about.standing
        else "",
        "query": f"?udgave={version.number if version else NOW}",
    }
    return render(request, "trust/sheets/sheet.html", context)


def chosen(
    actor: Actor, about: queries.OfInitiative, asked: str
) -> tuple[SheetVersion | None, tuple[Statement, ...] | None]:
    """Return the version to show (None for what the facts give now) and its statements.

    Readers see the approved version, or nothing. Raises NotFound for a version they may not see.
    """
    if asked.isascii() and asked.isdigit() and len(asked) < 5:
        version = queries.version_of(actor, about.initiative.pk, int(asked))
        return version, from_kept(version.statements)
    if not about.sees_unfinished:
        standing = about.standing
        return standing, from_kept(standing.statements) if standing else None
    if asked and asked != NOW:
        raise NotFound(_("Udgaven findes ikke, eller du kan ikke se den."))
    found = about.waiting or (None if about.is_changed else about.standing)
    if asked == NOW or found is None:
        return None, about.statements
    return found, from_kept(found.statements)


def _changes(about: queries.OfInitiative) -> tuple[list[str], list[str]]:
    """Return what came and went since the approved version, for those who can act on it."""
    if not (about.is_changed and about.sees_unfinished and about.standing):
        return [], []
    return shown.changes(from_kept(about.standing.statements), about.statements)


def _may_answer(actor: Actor, about: queries.OfInitiative) -> bool:
    waiting = about.waiting
    return (
        waiting is not None
        and about.may_approve
        and (waiting.written_by_id is None or waiting.written_by_id != actor.person_id)
    )


def _line(one: SheetVersion, about: queries.OfInitiative) -> dict[str, Any]:
    """Return a version as a line of the list of versions."""
    words = {
        "waiting": _("venter på svar"),
        "approved": _("godkendt"),
        "returned": _("sendt tilbage"),
        "dropped": _("erstattet, før den blev besvaret"),
    }
    return {
        "number": one.number,
        "url": f"?udgave={one.number}",
        "state": words[one.state],
        "written": one.written_at,
        "writer": one.written_by_name,
        "decided": one.decided_at,
        "decider": one.decided_by_name,
        "note": one.decision_note,
        "stands": about.standing is not None and about.standing.pk == one.pk,
    }
