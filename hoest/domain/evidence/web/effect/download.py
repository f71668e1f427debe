"""Downloads: the numbers an effect is made from, and a short script that makes it again.

The script needs the engine alone. It checks the fingerprint of the numbers, so a reader knows
whether they are the ones the answer on the page was made from.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.domain.evidence import queries
from hoest.domain.evidence.calculations import ENGINE_VERSION, SEASONS
from hoest.domain.evidence.models import Estimate, Study
from hoest.domain.evidence.permissions import VIEW_EVIDENCE
from hoest.domain.evidence.rules import UnhandledBreak
from hoest.domain.evidence.rules.asked import AskedRows
from hoest.domain.evidence.web.effect.reading import study_read
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.lists.exports import harmless
from hoest.ui.messages import tell

COLUMNS = ("sted", "periode", "vaerdi", "begyndte", "ligner")
SCRIPT = Path(__file__).with_name("script.txt")


@require_safe
def data(request: HttpRequest, study_id: int) -> HttpResponse:
    """Send the numbers as they stand today as CSV: one line for each place and period."""
    _actor, study = study_read(request, study_id)
    found = _data(study)
    if found is None:
        return _refused(request, study, _("Der er ingen tal at hente, før de kan regnes sammen."))
    return _file(as_csv(found), f"effekt-{study.pk}.csv", "text/csv")


@require_safe
def script(request: HttpRequest, study_id: int) -> HttpResponse:
    """Send the script that makes the figure again from the numbers of today."""
    _actor, study = study_read(request, study_id)
    found = _data(study)
    if found is None:
        return _refused(request, study, _("Der er ingen tal at hente, før de kan regnes sammen."))
    text = as_script(f"effekt-{study.pk}", found, queries.latest_of(study))
    return _file(text, f"effekt-{study.pk}.py", "text/x-python")


@require_safe
def old_data(request: HttpRequest, estimate_id: int) -> HttpResponse:
    """Send the numbers that one answer was made from, also when they have changed since."""
    estimate, found = _answer(request, estimate_id)
    if found is None:
        return _refused(request, estimate.study, _not_kept())
    return _file(as_csv(found), f"{_name(estimate)}.csv", "text/csv")


@require_safe
def old_script(request: HttpRequest, estimate_id: int) -> HttpResponse:
    """Send the script that makes one answer again from its own numbers."""
    estimate, found = _answer(request, estimate_id)
    if found is None:
        return _refused(request, estimate.study, _not_kept())
    text = as_script(_name(estimate), found, estimate)
    return _file(text, f"{_name(estimate)}.py", "text/x-python")


def as_csv(found: AskedRows) -> str:
    """Write the rows of an answer: comma between, dot before the decimals, ISO dates."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for place, period, value, start, stratum in found.rows:
        writer.writerow(
            [
                harmless(place),
                period.isoformat(),
                repr(value),
                start.isoformat() if start else "",
                harmless(stratum),
            ]
        )
    return out.getvalue()


def as_script(name: str, found: AskedRows, estimate: Estimate | None) -> str:
    """Write the script: the question as it was asked of these rows, and the answer on the page."""
    facts = {
        "@FILE@": f"{name}.csv",
        "@METHOD@": repr(found.method),
        "@CONTROL@": repr(found.control),
        "@SEED@": str(found.seed),
        "@STEP@": repr(found.step),
        "@SEASON@": str(SEASONS[found.step]),
        "@DRAWN@": repr(found.was_drawn),
        "@ENGINE@": estimate.engine_version if estimate else ENGINE_VERSION,
        "@HASH@": estimate.data_hash if estimate else found.sha256,
        "@ESTIMATE@": repr(estimate.estimate) if estimate else "None",
        "@COMMAND@": _command(name, found),
    }
    text = SCRIPT.read_text(encoding="utf-8")
    for mark, value in facts.items():
        text = text.replace(mark, value)
    return text


def _command(name: str, found: AskedRows) -> str:
    return " ".join(
        [
            f"hoest effect {name}.csv --unit sted --time periode --value vaerdi",
            f"--treated begyndte --method {found.method} --control {found.control}",
            f"--seed {found.seed}",
            *(["--drawn"] if found.was_drawn else []),
            f"--season {SEASONS[found.step]}",
            "--json",
        ]
    )


def _name(estimate: Estimate) -> str:
    return f"effekt-{estimate.study_id}-svar-{estimate.number}"


def _answer(request: HttpRequest, estimate_id: int) -> tuple[Estimate, AskedRows | None]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_EVIDENCE):
        require(actor, VIEW_EVIDENCE)
    estimate = queries.estimate_of(actor, estimate_id)
    return estimate, queries.asked_of(estimate)


def _not_kept() -> str:
    return _("Svaret er regnet, før Høst gemte tallene bag hvert svar. De kan ikke hentes.")


def _data(study: Study) -> AskedRows | None:
    try:
        found = queries.data_of(study)
    except UnhandledBreak:
        return None
    return found.asked if found.rows else None


def _refused(request: HttpRequest, study: Study, why: str) -> HttpResponse:
    tell(request, why, level="info")
    return redirect("evidence:effect", study.benefit_id)


def _file(text: str, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
