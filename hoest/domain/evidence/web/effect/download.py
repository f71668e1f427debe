"""Downloads: the numbers an effect is made from, and a short script that makes it again.

The script needs the engine alone. It checks the fingerprint of the numbers, so a reader knows
whether they are the ones the answer on the page was made from.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.domain.evidence import queries
from hoest.domain.evidence.calculations import ENGINE_VERSION, SEASONS
from hoest.domain.evidence.models import Study
from hoest.domain.evidence.queries import StudyRows
from hoest.domain.evidence.rules import UnhandledBreak
from hoest.domain.evidence.web.effect.reading import study_read
from hoest.foundation.lists.exports import harmless
from hoest.ui.messages import tell

COLUMNS = ("sted", "periode", "vaerdi", "begyndte", "ligner")
SCRIPT = Path(__file__).with_name("script.txt")


@require_safe
def data(request: HttpRequest, study_id: int) -> HttpResponse:
    """Send the numbers as CSV: one line for each place and period."""
    _actor, study = study_read(request, study_id)
    found = _data(study)
    if found is None:
        return _refused(request, study)
    return _file(as_csv(found), f"effekt-{study.pk}.csv", "text/csv")


@require_safe
def script(request: HttpRequest, study_id: int) -> HttpResponse:
    """Send the script that makes the figure again."""
    _actor, study = study_read(request, study_id)
    found = _data(study)
    if found is None:
        return _refused(request, study)
    latest = queries.latest_of(study)
    text = as_script(study, found, latest)
    return _file(text, f"effekt-{study.pk}.py", "text/x-python")


def as_csv(found: StudyRows) -> str:
    """Write the rows of a study: comma between, dot before the decimals, ISO dates."""
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


def as_script(study: Study, found: StudyRows, latest: Any) -> str:
    """Write the script: the question as it is asked now, and the answer on the page."""
    facts = {
        "@FILE@": f"effekt-{study.pk}.csv",
        "@METHOD@": repr(study.method),
        "@CONTROL@": repr(study.control),
        "@SEED@": str(study.seed),
        "@STEP@": repr(study.series.step),
        "@SEASON@": str(SEASONS[study.series.step]),
        "@DRAWN@": repr(found.was_drawn),
        "@ENGINE@": latest.engine_version if latest else ENGINE_VERSION,
        "@HASH@": latest.data_hash if latest else found.sha256,
        "@ESTIMATE@": repr(latest.estimate) if latest else "None",
        "@COMMAND@": _command(study, found),
    }
    text = SCRIPT.read_text(encoding="utf-8")
    for mark, value in facts.items():
        text = text.replace(mark, value)
    return text


def _command(study: Study, found: StudyRows) -> str:
    season = SEASONS[study.series.step]
    return " ".join(
        [
            f"hoest effect effekt-{study.pk}.csv --unit sted --time periode --value vaerdi",
            f"--treated begyndte --method {study.method} --control {study.control}",
            f"--seed {study.seed}",
            *(["--drawn"] if found.was_drawn else []),
            f"--season {season}",
            "--json",
        ]
    )


def _data(study: Study) -> StudyRows | None:
    try:
        found = queries.data_of(study)
    except UnhandledBreak:
        return None
    return found if found.rows else None


def _refused(request: HttpRequest, study: Study) -> HttpResponse:
    tell(request, _("Der er ingen tal at hente, før de kan regnes sammen."), level="info")
    return redirect("evidence:effect", study.benefit_id)


def _file(text: str, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
