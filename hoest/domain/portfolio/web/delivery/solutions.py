"""The catalogue of national and shared solutions, with where each stands here (D-06)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hoest.domain.portfolio.actions import solutions as actions
from hoest.domain.portfolio.permissions import KEEP_SOLUTIONS
from hoest.domain.portfolio.queries.shared import BLOCK, shared_things
from hoest.domain.portfolio.queries.solutions import (
    SolutionHere,
    local_solution_of,
    solutions_of,
)
from hoest.domain.portfolio.rules.solutions import LocalStatus
from hoest.domain.portfolio.web.delivery.forms import SolutionForm
from hoest.domain.portfolio.web.delivery.pages import form_page
from hoest.domain.portfolio.web.delivery.words import day, language, number, percent
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.posting import posted, posted_version

# In which order the statuses stand: what moves first, what is not used last, then the unwritten.
ORDER = (
    LocalStatus.ROLLING_OUT,
    LocalStatus.PLANNED,
    LocalStatus.CONSIDERED,
    LocalStatus.IN_USE,
    LocalStatus.LEAVING,
    LocalStatus.NOT_USED,
)


@require_GET
def solutions(request: HttpRequest) -> HttpResponse:
    """Show the catalogue by how far we are with each solution."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = solutions_of(actor)
    things = shared_things(actor)
    plainly = {one.solution: one.about for one in things if one.kind == BLOCK}
    groups = [
        (
            content.label("local_status", status),
            [_shown(one, plainly) for one in found if _is(one, status)],
        )
        for status in ORDER
    ]
    unwritten = [_shown(one, plainly) for one in found if one.local is None]
    written = len(found) - len(unwritten)
    in_use = sum(_is(one, LocalStatus.IN_USE) for one in found)
    point = _("Ingen har skrevet, hvor langt vi er med de fælles løsninger")
    if written:
        point = ngettext(
            "Vi bruger %(used)s af de %(written)s fælles løsninger, vi har taget stilling til",
            "Vi bruger %(used)s af de %(written)s fælles løsninger, vi har taget stilling til",
            written,
        ) % {"used": number(in_use), "written": number(written)}
    context = {
        "point": point,
        "groups": [(label, rows) for label, rows in groups if rows],
        "unwritten": unwritten,
        "blocks": [one for one in things if one.kind == BLOCK and not one.solution],
        "may_keep": allowed(actor, KEEP_SOLUTIONS),
    }
    return render(request, "portfolio/delivery/solutions.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Write where a solution stands here."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, KEEP_SOLUTIONS)
    solution = content.shared_solutions().get(code)
    if solution is None:
        raise NotFound(_("Løsningen findes ikke i kataloget."))
    name = solution.label.in_language(_language())
    standing = local_solution_of(actor, code)

    def write(cleaned: dict[str, Any]) -> str:
        actions.write_local_solution(
            actor=actor,
            code=code,
            version=posted_version(request),
            fields=cleaned,  # type: ignore[arg-type]
        )
        return _("Vores brug af %(name)s er gemt.") % {"name": name}

    initial = (
        {
            "status": standing.status,
            "owner": standing.owner_id,
            "initiative": standing.initiative_id,
            "planned_users": standing.planned_users,
            "users_in_use": standing.users_in_use,
            "counted_on": standing.counted_on,
            "note": standing.note,
        }
        if standing
        else {}
    )
    back = reverse("delivery:solutions")
    return form_page(
        request,
        SolutionForm(posted(request), actor=actor, initial=initial),
        write,
        title=_("Hvor langt er vi med %(name)s?") % {"name": name},
        submit=_("Gem vores brug"),
        leave_url=back,
        crumbs=((_("Fælles løsninger"), back),),
        facts=[
            solution.about.in_language(_language()),
            _("Kilde: %(source)s.") % {"source": solution.source},
        ],
        version=standing.version if standing else 0,
    )


def _is(one: SolutionHere, status: LocalStatus) -> bool:
    return one.local is not None and one.local.status == status


def _shown(one: SolutionHere, plainly: Mapping[str, str]) -> dict[str, Any]:
    """Return a solution in words; one that is a building block in the block's plain words."""
    local, about = one.local, one.solution.about.in_language(_language())
    use = ""
    if one.implementation is not None and one.share is not None:
        use = _("%(share)s bruger den, talt enhed for enhed") % {"share": percent(one.share)}
    elif local is not None and one.share is not None:
        use = _("%(used)s af %(planned)s bruger den (%(share)s), talt %(day)s") % {
            "used": number(local.users_in_use),
            "planned": number(local.planned_users),
            "share": percent(one.share),
            "day": day(local.counted_on),
        }
    return {
        "code": one.solution.code,
        "name": one.solution.label.in_language(_language()),
        "about": plainly.get(one.solution.code, about),
        "keeper": one.solution.keeper,
        "source": one.solution.source,
        "link": one.solution.link,
        "read_on": one.solution.read_on,
        "is_confirmed": one.solution.is_confirmed,
        "owner": local.owner if local else None,
        "note": local.note if local else "",
        "use": use,
        "initiative": local.initiative if local and one.sees_initiative else None,
    }


def _language() -> Any:
    return "en" if language().startswith("en") else "da"
