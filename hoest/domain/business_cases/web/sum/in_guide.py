"""Steps 6, 7 and 9 of the guide: how far the numbers can go, what may happen, the sum."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.queries import Parts, Written
from hoest.domain.business_cases.web.guide import frame, steps
from hoest.domain.business_cases.web.guide.steps import Standing, Step, Visit
from hoest.domain.business_cases.web.sum.forms import RangesForm, size_of
from hoest.domain.business_cases.web.sum.gathered import gathered
from hoest.domain.business_cases.web.sum.page import sum_context
from hoest.foundation import content

MOST_NAMES = 3


def where_ranges(parts: Parts) -> Standing:
    """Tell how many lines say how far they can go."""
    lines = [line for line in parts.lines if size_of(line)]
    bare = [line.line_key for line in lines if line.low_share is None or line.high_share is None]
    said = ""
    if bare:
        shown = ", ".join(f"»{name}«" for name in bare[:MOST_NAMES])
        said = gettext("Skriv, hvor langt tallet kan gå: %(names)s.") % {"names": shown}
    done: list[tuple[bool, Any]] = [
        (bool(lines), _("Skriv først, hvad det koster og giver.")),
        (not bare, said),
    ]
    begun = len(bare) < len(lines)
    return steps.standing(parts, "usikkerhed", [*done] if lines else done[:1], begun=begun)


def where_risks(parts: Parts) -> Standing:
    """Tell whether somebody has written what may happen."""
    risks = queries.risks_of(parts.version)
    written = [Written(one.written_by_name, one.written_at) for one in risks if one.written_at]
    done = [(bool(risks), _("Skriv mindst én ting, der kan koste ekstra."))]
    return steps.standing(parts, "risici", done, begun=bool(risks), written=written)


def where_sum(parts: Parts) -> Standing:
    """Tell whether there is anything to add up."""
    done = [(bool(parts.lines), _("Summen skriver sig selv, når der er poster."))]
    return steps.standing(parts, "sum", done)


def ranges(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for the ends of every line; they are saved at an address of their own."""
    form = RangesForm(lines=visit.parts.lines)
    return frame.page(
        request,
        visit,
        "business_cases/guide/uncertainty.html",
        {**_sum(visit), "ranges_form": form},
    )


def risks(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the risks and the pool, and ask for the next one."""
    more = {"editable": True, "most": content.limit("most_risks")}
    return frame.page(request, visit, "business_cases/guide/risks.html", {**_sum(visit), **more})


def whole(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the sum in short, with what is still missing."""
    return frame.page(request, visit, "business_cases/guide/sum.html", _sum(visit))


def _sum(visit: Visit) -> dict[str, Any]:
    return sum_context(visit.actor, gathered(visit.actor, visit.version))


def register() -> None:
    """Put the three steps in the guide."""
    for step in (
        Step(
            "usikkerhed",
            6,
            _("Usikkerhed"),
            _("hvor langt tallene kan gå"),
            _("Det dårligste og det bedste for hver post, så casen får et spænd."),
            where_ranges,
            ranges,
        ),
        Step(
            "risici",
            7,
            _("Risici"),
            _("hvad der kan ske"),
            _("Det, der kan koste ekstra, hvor sandsynligt det er, og hvad I gør ved det."),
            where_risks,
            risks,
        ),
        Step(
            "sum",
            9,
            _("Summen"),
            _("det hele på én side"),
            _("Hvad casen giver og koster, hvad der bærer den, og hvad der mangler."),
            where_sum,
            whole,
        ),
    ):
        steps.register(step)
