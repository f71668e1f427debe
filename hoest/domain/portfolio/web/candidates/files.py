"""Pages of the workbook from OS2autoproces: choose it, look at what it holds, take it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.portfolio.actions import candidates as acts
from hoest.domain.portfolio.models import Candidate
from hoest.domain.portfolio.permissions import READ_CANDIDATES
from hoest.domain.portfolio.queries.candidates import candidate_file_of, candidate_files_of
from hoest.domain.portfolio.rules.candidates import hours_a_year
from hoest.domain.portfolio.web.candidates.forms import UploadForm
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.forms.posting import carried_out, posted
from hoest.foundation.imports.places import address
from hoest.ui.messages import tell

SHOWN = 15
EXPECTED = {
    "column": gettext_lazy("Overskriften skal stå i første række, som OS2autoproces skriver den."),
    "one_column": gettext_lazy("Overskriften må kun stå én gang. Slet den ene kolonne."),
    "no_rows": gettext_lazy("Øverst skal overskrifterne stå, og under dem en proces i hver række."),
    "id": gettext_lazy("Her skal stå processens nummer, et helt tal over 0."),
    "title": gettext_lazy("Her skal stå en titel."),
    "number": gettext_lazy("Her skal stå et tal fra 0 og op, for eksempel 4.200 eller 12,5."),
    "per_cent": gettext_lazy("Her skal stå en procent fra 0 til 100, for eksempel 80."),
    "no_error": gettext_lazy("Cellen viser en fejl fra Excel. Skriv det, der skulle stå."),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    """Take a workbook, and list those that were read."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, READ_CANDIDATES)
    form = UploadForm(posted(request), request.FILES or None)
    made: list[int] = []

    def write(cleaned: dict[str, Any]) -> str:
        file = cleaned["file"]
        kept = acts.read_candidate_file(actor=actor, file_name=file.name or "", content=file.read())
        made.append(kept.pk)
        return ""

    if carried_out(form, write) is not None:
        return redirect("candidates:file", made[0])
    context = {"form": form, "files": list(candidate_files_of(actor)[:20])}
    return render(
        request, "portfolio/candidate_files.html", context, status=422 if form.is_bound else 200
    )


@require_safe
def file(request: HttpRequest, file_id: int) -> HttpResponse:
    """Show what a workbook holds: its faults, or what it would change here."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = candidate_file_of(actor, file_id)
    context: dict[str, Any] = {"file": found, "faults": [_fault(one) for one in found.faults]}
    if not found.faults and found.taken_at is None:
        made, changed, same = acts.sorted_rows(actor, found)
        context |= {
            "made": [_row(one) for one in made[:SHOWN]],
            "changed": [_row(one) for one in changed[:SHOWN]],
            "made_count": len(made),
            "changed_count": len(changed),
            "same_count": same,
            "more": max(0, len(made) - SHOWN) + max(0, len(changed) - SHOWN),
        }
    return render(request, "portfolio/candidate_file.html", context)


@require_http_methods(["POST"])
def take(request: HttpRequest, file_id: int) -> HttpResponse:
    """Take the candidates of a workbook; a fault is said on its page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = candidate_file_of(actor, file_id)
    try:
        done = acts.take_candidates(actor=actor, file_id=found.pk)
    except (acts.FileIsTaken, acts.FileHasFaults) as fault:
        tell(request, str(fault), level="info")
        return redirect("candidates:file", found.pk)
    tell(request, counts_in_words(done.counts))
    return redirect(reverse("candidates:candidates"))


def counts_in_words(counts: dict[str, int]) -> str:
    """Say what came of a file."""
    return (
        _("%(made)s nye kandidater, %(changed)s ført ajour, %(same)s stod der allerede.") % counts
    )


def _row(one: Candidate) -> dict[str, Any]:
    return {
        "title": one.title,
        "where": one.source_note,
        "hours": hours_a_year(one.times_per_year, one.minutes_each, one.automation_share),
    }


def _fault(one: dict[str, Any]) -> dict[str, str]:
    kind, _colon, first = one["expected"].partition(":")
    if kind == "once":
        expected = _("Nummeret står også i række %(row)s. Hver proces må kun stå én gang.") % {
            "row": first
        }
    elif kind == "level":
        words = ["I høj grad", "I nogen grad", "I mindre grad", "Slet ikke"]
        expected = _("Her skal stå %(words)s eller ingenting.") % {
            "words": ", ".join(f"»{word}«" for word in words)
        }
    else:
        expected = str(EXPECTED[kind])
    place = address(one["row"], one["column"]) if one["row"] and one["column"] else ""
    return {
        "place": place,
        "heading": one["heading"],
        "stands": one["stands"],
        "expected": expected,
        "is_missing": "ja" if kind == "column" else "",
    }
