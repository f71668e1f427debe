"""What the effect page reads: the benefit, its studies, the latest answer and whether it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from hoest.domain.benefits import queries as benefits
from hoest.domain.evidence import queries
from hoest.domain.evidence.calculations import ENGINE_VERSION
from hoest.domain.evidence.models import Estimate, Happening, Study
from hoest.domain.evidence.permissions import ESTIMATE, PLAN_STUDY, VIEW_EVIDENCE
from hoest.domain.evidence.queries import Start, StudyRows
from hoest.domain.evidence.rules import UnhandledBreak
from hoest.domain.evidence.rules.among_many import AMONG
from hoest.domain.evidence.web.effect.refusals import Refusal, not_calculated, refusal_of
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require


@dataclass(frozen=True)
class Standing:
    """One study as it stands: its answers, what they rest on now, and what may be done.

    `is_stale` when the data have changed since the latest answer; `refusal` why there is none.
    """

    study: Study
    estimates: Sequence[Estimate]
    happenings: Sequence[Happening]
    starts: Sequence[Start]
    data: StudyRows | None
    refusal: Refusal | None

    @property
    def latest(self) -> Estimate | None:
        """The newest answer."""
        return self.estimates[0] if self.estimates else None

    @property
    def is_stale(self) -> bool:
        """Whether the data, the question or the engine is another than the answer's."""
        if self.latest is None or self.data is None:
            return False
        return (
            self.latest.data_hash != self.data.sha256
            or self.latest.engine_version != ENGINE_VERSION
            or (self.study.answer_was_known and AMONG not in self.latest.answer)
        )


def benefit_read(request: HttpRequest, benefit_id: int) -> tuple[Actor, Any]:
    """Return who asks and the benefit. Raises NotAllowed, NotFound."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_EVIDENCE):
        require(actor, VIEW_EVIDENCE)
    return actor, benefits.benefit_of(actor, benefit_id)


def study_read(request: HttpRequest, study_id: int) -> tuple[Actor, Study]:
    """Return who asks and the study. Raises NotAllowed, NotFound."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_EVIDENCE):
        require(actor, VIEW_EVIDENCE)
    return actor, queries.study_of(actor, study_id)


def may_plan(actor: Actor, benefit: Any) -> bool:
    """Tell whether an actor may begin and change studies of a benefit."""
    return allowed(actor, PLAN_STUDY, benefit.unit_id or benefit.initiative.unit_id)


def may_estimate(actor: Actor, benefit: Any) -> bool:
    """Tell whether an actor may calculate the effect of a benefit."""
    return allowed(actor, ESTIMATE, benefit.unit_id or benefit.initiative.unit_id)


def chosen(studies: Sequence[Study], wanted: str) -> Study | None:
    """Return the study an address names, else the one that speaks for the benefit."""
    for study in studies:
        if str(study.pk) == wanted:
            return study
    return studies[0] if studies else None


def standing_of(study: Study) -> Standing:
    """Return a study as it stands now; a constant number of queries."""
    estimates = list(queries.estimates_of(study))
    happenings = list(queries.happenings_of(study))
    data: StudyRows | None = None
    refusal: Refusal | None = None
    try:
        data = queries.data_of(study)
        starts = data.starts
        if not data.rows:
            refusal = refusal_of("NoValues", {})
        elif not any(row[3] is not None for row in data.rows):
            refusal = refusal_of("NobodyStarted", {})
        elif not estimates:
            refusal = not_calculated()
    except UnhandledBreak as fault:
        refusal = refusal_of("UnhandledBreak", {"on": fault.on})
        starts = tuple(queries.starts_of(study))
    return Standing(study, estimates, happenings, starts, data, refusal)
