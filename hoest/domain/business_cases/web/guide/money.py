"""Steps 3 and 4: what it costs, kind by kind, and what it gives, kroner and hours apart."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hoest.domain.business_cases.queries import Parts, Written
from hoest.domain.business_cases.rules import CaseLineFigures, CostType, LineKind, Measure
from hoest.domain.business_cases.rules.guide import (
    Question,
    reason_against,
    unanswered_costs,
)
from hoest.domain.business_cases.web import shown
from hoest.domain.business_cases.web import words as said
from hoest.domain.business_cases.web.grounding import figures_of
from hoest.domain.business_cases.web.guide.answering import AnswerForm, answer, words
from hoest.domain.business_cases.web.guide.steps import Standing, Step, Visit, standing
from hoest.foundation import content

COSTS = "udgifter"
GIVES = "gevinster"
# What a cost of a type most often is, for the page that writes it.
KIND_OF = {
    CostType.ACQUISITION: LineKind.INVESTMENT,
    CostType.RUNNING: LineKind.OPERATION,
    CostType.INTERNAL_HOURS: LineKind.INVESTMENT,
    CostType.CHANGE: LineKind.INVESTMENT,
    CostType.TRAINING: LineKind.INVESTMENT,
}


class NoCostForm(AnswerForm):
    """Why a case has no cost of a kind, kind by kind."""

    asks = {one.value: Question(reason_against(one)) for one in CostType}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in CostType:
            label = content.label("cost_type", one).lower()
            self.fields[one.value] = words(
                _("Ingen udgift til %(what)s? Skriv hvorfor") % {"what": label}, rows=2
            )


def _kinds(form: NoCostForm, parts: Parts) -> list[dict[str, Any]]:
    """Return each kind of cost the guide asks for: its lines, where to write one, why none."""
    version_id = parts.version.pk
    new_url = reverse("business_cases:new_line", args=[version_id])
    derived_url = reverse("business_cases:new_derived_line", args=[version_id])
    found = []
    for one in CostType:
        asked = urlencode({"trin": COSTS, "art": KIND_OF[one], "til-hvad": one.value})
        by_hours = one is CostType.INTERNAL_HOURS
        names = {"navn": _("Egne timer"), "antal": _("Timer"), "pris": _("Timepris")}
        hours = f"&{urlencode(names)}" if by_hours else ""
        found.append(
            {
                "code": one.value,
                "label": content.label("cost_type", one),
                "about": content.explanation("cost_type", one),
                "rows": line_rows(parts, tuple(x for x in parts.costs if x.cost_type == one)),
                "field": form[one.value],
                "by_hours": by_hours,
                "new_url": f"{new_url}?{asked}",
                "derived_url": f"{derived_url}?{asked}{hours}",
            }
        )
    return found


def costs_standing(parts: Parts) -> Standing:
    """Tell where the costs are: every kind has a line or a reason."""
    lacking = unanswered_costs((line.cost_type for line in parts.costs), parts.answered)
    names = ", ".join(content.label("cost_type", one).lower() for one in lacking)
    rest = _("Skriv en udgift, eller hvorfor der ingen er: %(names)s.") % {"names": names}
    done: list[tuple[bool, Any]] = [(not lacking, rest)]
    loose = [line for line in parts.costs if not line.cost_type]
    if loose:
        done.append((False, _("Vælg, hvad udgiften går til, ved de poster, der mangler det.")))
    return standing(
        parts, COSTS, done, begun=bool(parts.costs), written=_writers(parts, parts.costs)
    )


def _writers(parts: Parts, lines: tuple[CaseLineFigures, ...]) -> list[Written]:
    mine = {line.line_id for line in lines}
    return [one for line_id, one in parts.line_writers.items() if line_id in mine]


def line_rows(parts: Parts, lines: tuple[CaseLineFigures, ...]) -> list[dict[str, Any]]:
    """Return lines as a step lists them: name, size, whether derived, where to change them."""
    version_id = parts.version.pk
    return [
        {
            "label": line.line_key,
            "size": said.kroner(shown.size_of(line)),
            "unit": shown.unit_of(line),
            "is_derived": line.line_id in parts.tree.lines,
            "kind": content.label("line_kind", line.kind),
            "first_year": min(line.amounts),
            "url": reverse("business_cases:line", args=[version_id, line.line_id]),
        }
        for line in lines
    ]


def costs(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for every kind of cost, with what stands."""
    parts = visit.parts
    return answer(
        request,
        visit,
        NoCostForm,
        "business_cases/guide/costs.html",
        from_form=lambda form: {"kinds": _kinds(form, parts)},
        loose=line_rows(parts, tuple(line for line in parts.costs if not line.cost_type)),
        figures=figures_of(visit.version, list(parts.lines)),
    )


class NoBenefitForm(AnswerForm):
    """What stands instead of benefits in figures."""

    asks = {"none": Question.NO_BENEFITS}
    none = words(
        _("Er der ingen gevinst i tal? Skriv, hvad initiativet så er til for"),
        _("For eksempel at loven kræver det, eller at driften ellers ikke er sikker."),
    )


def gives_standing(parts: Parts) -> Standing:
    """Tell where the benefits are: at least one line, or what the case is for without."""
    there = bool(parts.benefits) or Question.NO_BENEFITS in parts.answered
    done = [(there, _("Skriv mindst én gevinst, eller hvad initiativet er til for uden tal."))]
    return standing(parts, GIVES, done, begun=there, written=_writers(parts, parts.benefits))


def gives(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the benefits, kroner and hours apart, and the benefits the initiative follows."""
    parts = visit.parts
    return answer(
        request,
        visit,
        NoBenefitForm,
        "business_cases/guide/gives.html",
        kroner=line_rows(parts, tuple(x for x in parts.benefits if x.measure == Measure.DKK)),
        hours=line_rows(parts, tuple(x for x in parts.benefits if x.measure == Measure.HOURS)),
    )


COSTS_STEP = Step(
    COSTS,
    3,
    _("Udgifter"),
    _("hvad det koster"),
    _("Tag alt med: også egne timer, undervisning og den tid, omstillingen tager."),
    costs_standing,
    costs,
)
GIVES_STEP = Step(
    GIVES,
    4,
    _("Gevinster"),
    _("hvad det giver"),
    _("Én gevinst ad gangen. Kroner og timer står hver for sig og lægges aldrig sammen."),
    gives_standing,
    gives,
)
