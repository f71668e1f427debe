"""Writing a draft: one line at a time, the price level, approval, throwing it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hoest.domain.business_cases import actions, queries
from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.permissions import APPROVE_CASES, CHANGE_CASES
from hoest.domain.business_cases.rules import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_KEY,
    OPEN_STATES,
    CaseLineFigures,
    CostType,
    Duration,
    LineKind,
    Measure,
    VersionIsFinal,
    VersionState,
)
from hoest.domain.business_cases.web import shown, words
from hoest.domain.business_cases.web.forms import (
    ApproveForm,
    LineForm,
    PriceLevelForm,
    YesForm,
    percent_of,
)
from hoest.domain.business_cases.web.grounding import crumbs, figures_of
from hoest.domain.business_cases.web.guide.frame import rows
from hoest.domain.business_cases.web.guide.reading import reading_of
from hoest.domain.business_cases.web.sum.approving import covers, mandate_words
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import Permission, allowed, require
from hoest.foundation.faults import Conflict, Fault, NotAllowed, NotFound
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui.messages import tell

Write = Callable[[dict[str, Any]], str]
YEARS_AHEAD = 5
MOST_YEARS = 30
# The steps of the guide that open a line and are come back to.
LINE_STEPS = ("udgifter", "gevinster", "forudsaetninger")


@require_POST
def start(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Begin a draft, or go on with the one there is; a first one is written step by step."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    draft = actions.start_draft(actor=actor, initiative_id=initiative_id)
    is_first = draft.number == 1 and draft.state == VersionState.DRAFT
    return redirect("business_cases:guide" if is_first else "business_cases:draft", draft.pk)


@require_GET
def draft(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show a draft: its lines with their years, and what they add up to."""
    actor, version = open_version(request, version_id, CHANGE_CASES, APPROVE_CASES)
    lines = queries.figures_of(version)
    figures = figures_of(version, lines)
    initiative = version.case.initiative
    waits = version.state == VersionState.SUBMITTED
    steps = rows(queries.parts_of(version))
    return render(
        request,
        "business_cases/draft.html",
        {
            "initiative": initiative,
            "crumbs": crumbs(initiative, _("Udkast")),
            "version": version,
            "tables": shown.line_tables(lines, figures),
            "figures": figures,
            "lead": words.lead(figures),
            "waits": waits,
            "take_away_query": f"?version={version.pk}",
            "steps": steps,
            "answered": sum(row.is_answered for row in steps),
            "reading": reading_of(version, lines),
            "editable": None if waits else version,
            "may_take_back": waits and allowed(actor, CHANGE_CASES, initiative.unit_id),
            "may_change": not waits and allowed(actor, CHANGE_CASES, initiative.unit_id),
            "may_approve": allowed(actor, APPROVE_CASES, initiative.unit_id)
            and covers(actor, initiative.unit_id, lines),
            "mandate": mandate_words(lines),
        },
    )


@require_http_methods(["GET", "POST"])
def line(request: HttpRequest, version_id: int, line_id: int | None = None) -> HttpResponse:
    """Write one line with its years; usable with one thumb."""
    actor, version = open_version(request, version_id, CHANGE_CASES)
    lines = queries.figures_of(version)
    standing = next((one for one in lines if one.line_id == line_id), None)
    if line_id is not None and standing is None:
        raise NotFound(_("Posten findes ikke længere i udkastet."))
    years = years_of(request, lines, version)
    form = LineForm(posted(request), years=years, initial=initial_of(standing) | preset(request))
    if form.is_valid():
        try:
            actions.set_line(
                actor=actor,
                version_id=version.pk,
                version=posted_version(request),
                line=form.line(standing),
                line_id=line_id,
            )
        except (Conflict, NotAllowed, NotFound):
            raise
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            tell(request, _("Posten »%(key)s« er gemt.") % {"key": form.cleaned_data["key"]})
            return redirect(back_url(request, version))
    initiative = version.case.initiative
    context = {
        "form": form,
        "initiative": initiative,
        "crumbs": crumbs(initiative, _("Udkast")),
        "version": version,
        "read_version": posted_version(request) or version.version,
        "line": standing,
        "back_url": back_url(request, version),
        "is_derived": bool(standing and standing.line_id in queries.tree_of(version).lines),
        "earlier": _with_years(request, years[0] - 1, years[-1]),
        "later": _with_years(request, years[0], years[-1] + 1),
        "has_room": len(years) < MOST_YEARS,
    }
    status = 422 if form.is_bound else 200
    return render(request, "business_cases/line.html", context, status=status)


@require_http_methods(["GET", "POST"])
def remove_line(request: HttpRequest, version_id: int, line_id: int) -> HttpResponse:
    """Take a line out of a draft, after a yes."""
    actor, version = open_version(request, version_id, CHANGE_CASES)
    standing = next((x for x in queries.figures_of(version) if x.line_id == line_id), None)
    if standing is None:
        return redirect("business_cases:draft", version.pk)

    def write(cleaned: dict[str, Any]) -> str:
        actions.remove_line(
            actor=actor, version_id=version.pk, version=posted_version(request), line_id=line_id
        )
        return _("Posten »%(key)s« er taget ud af udkastet.") % {"key": standing.line_key}

    about = _("Posten »%(key)s« tages ud af udkastet. Godkendte versioner bliver, som de er.") % {
        "key": standing.line_key
    }
    form = YesForm(posted(request))
    return act_page(request, version, form, write, _("Fjern posten"), about=about)


@require_http_methods(["GET", "POST"])
def price_level(request: HttpRequest, version_id: int) -> HttpResponse:
    """Say which year's money a draft counts in."""
    actor, version = open_version(request, version_id, CHANGE_CASES)

    def write(cleaned: dict[str, Any]) -> str:
        actions.set_price_level(
            actor=actor, version_id=version.pk, version=posted_version(request), **cleaned
        )
        return _("Udkastet står nu i %(level)s.") % {
            "level": shown.price_level(cleaned["price_level"])
        }

    form = PriceLevelForm(posted(request), initial={"price_level": version.price_level})
    return act_page(request, version, form, write, _("Vælg pris- og lønniveau"))


@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, version_id: int) -> HttpResponse:
    """Approve a draft: what is approved stands on the page, and the approver is named."""
    actor, version = open_version(request, version_id, APPROVE_CASES)
    found = queries.case_of(actor, version.case.initiative_id)

    def write(cleaned: dict[str, Any]) -> str:
        done = actions.approve(
            actor=actor,
            version_id=version.pk,
            version=posted_version(request),
            reason=cleaned["reason"],
        )
        return _("Version %(number)s er godkendt og kan ikke ændres.") % {"number": done.number}

    lines = queries.figures_of(version)
    figures = figures_of(version, lines)
    latest = queries.figures_of(found.latest) if found.latest else []
    form = ApproveForm(posted(request), is_first=found.latest is None)
    return act_page(
        request,
        version,
        form,
        write,
        _("Godkend tallene"),
        template="business_cases/approve.html",
        figures=figures,
        lead=words.lead(figures),
        tables=shown.line_tables(lines, figures),
        pairs=shown.pairs(latest, lines) if latest else [],
        latest=found.latest,
        approver=actor.name,
        mandate=mandate_words(lines),
        covers=covers(actor, version.case.initiative.unit_id, lines),
        day=clock.today(),
    )


@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, version_id: int) -> HttpResponse:
    """Throw a draft away, after a yes."""
    actor, version = open_version(request, version_id, CHANGE_CASES)

    def write(cleaned: dict[str, Any]) -> str:
        actions.discard_draft(actor=actor, version_id=version.pk, version=posted_version(request))
        return _("Udkastet er smidt væk. De godkendte tal er, som de var.")

    about = _("Udkastet og dets poster forsvinder. De godkendte versioner bliver stående.")
    form = YesForm(posted(request))
    return act_page(request, version, form, write, _("Smid udkastet væk"), about=about)


def open_version(
    request: HttpRequest, version_id: int, *one_of: Permission
) -> tuple[Actor, CaseVersion]:
    """Return who asks and a draft she may write or approve. Raises NotFound, NotAllowed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    version = queries.version_of(actor, version_id)
    unit_id = version.case.initiative.unit_id
    if not any(allowed(actor, wanted, unit_id) for wanted in one_of):
        require(actor, one_of[0], unit_id)
    if version.state not in OPEN_STATES:
        raise VersionIsFinal(
            _("Versionen er godkendt og kan ikke ændres. Lav en ny version ved siden af.")
        )
    return actor, version


def back_url(request: HttpRequest, version: CaseVersion) -> str:
    """Return where a line was opened from: the step of the guide in the address, else the draft."""
    slug = request.GET.get("trin", "")
    if slug in LINE_STEPS:
        return reverse("business_cases:step", args=[version.pk, slug])
    return reverse("business_cases:draft", args=[version.pk])


def preset(request: HttpRequest) -> dict[str, Any]:
    """Return what a step asks for when it opens a new line."""
    found: dict[str, Any] = {}
    kind, cost_type = request.GET.get("art", ""), request.GET.get("til-hvad", "")
    if kind in set(LineKind):
        once = kind == LineKind.INVESTMENT
        found |= {"kind": kind, "duration": Duration.ONE_OFF if once else Duration.RECURRING}
    if cost_type in set(CostType):
        found["cost_type"] = cost_type
    if request.GET.get("navn"):
        found["key"] = request.GET["navn"][:LONGEST_KEY]
    if request.GET.get("i") == Measure.HOURS:
        found["measure"] = Measure.HOURS
    return found


def _with_years(request: HttpRequest, first: int, last: int) -> str:
    asked = request.GET.copy()
    asked["fra"], asked["til"] = str(first), str(last)
    return f"?{asked.urlencode()}"


def years_of(request: HttpRequest, lines: list[CaseLineFigures], version: CaseVersion) -> list[int]:
    """Return the years of the grid: those filled, some ahead, and what the address asks for."""
    filled = [year for one in lines for year in one.amounts]
    first = min([*filled, version.price_level])
    last = max([*filled, version.price_level + YEARS_AHEAD - 1])
    # Room is only taken from what is asked for: a year that is filled must be on the page, since
    # a line is saved as it was shown.
    room = max(0, MOST_YEARS - (last - first + 1))
    wanted = (request.GET.get("fra", ""), request.GET.get("til", ""))
    if wanted[0].isdecimal() and len(wanted[0]) == 4:
        earlier = max(0, first - max(int(wanted[0]), FIRST_YEAR))
        first -= min(earlier, room)
        room -= min(earlier, room)
    if wanted[1].isdecimal() and len(wanted[1]) == 4:
        last += min(max(0, min(int(wanted[1]), LAST_YEAR) - last), room)
    return list(range(max(first, FIRST_YEAR), min(last, LAST_YEAR) + 1))


def initial_of(standing: CaseLineFigures | None) -> dict[str, Any]:
    if standing is None:
        return {"kind": "benefit", "measure": "dkk", "duration": "recurring"}
    return {
        "key": standing.line_key,
        "kind": standing.kind,
        "measure": standing.measure,
        "duration": standing.duration,
        "steering_area": standing.steering_area,
        "cost_type": standing.cost_type,
        "low_percent": None if standing.low_share is None else percent_of(standing.low_share),
        "high_percent": None if standing.high_share is None else percent_of(standing.high_share),
        "basis": standing.basis,
        "life_years": standing.life_years,
        **{f"year_{year}": amount for year, amount in standing.amounts.items()},
    }


def act_page(
    request: HttpRequest,
    version: CaseVersion,
    form: forms.Form,
    write: Write,
    title: str,
    *,
    template: str = "business_cases/act.html",
    after_url: str = "",
    **context: Any,
) -> HttpResponse:
    """Show the form, or write and return (to `after_url` if given); a fault stands on the form."""
    initiative = version.case.initiative
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(after_url) if after_url else _after(version, initiative)
    found = {
        "form": form,
        "title": title,
        "initiative": initiative,
        "crumbs": crumbs(initiative, title),
        "version": version,
        "read_version": posted_version(request) or version.version,
        "back_url": reverse("business_cases:draft", args=[version.pk]),
        "save_label": title,
        **context,
    }
    return render(request, template, found, status=422 if form.is_bound else 200)


def _after(version: CaseVersion, initiative: Any) -> HttpResponse:
    """Go back to the draft while it is one, else to the case."""
    state = CaseVersion.objects.filter(pk=version.pk).values_list("state", flat=True).first()
    if state in OPEN_STATES:
        return redirect("business_cases:draft", version.pk)
    return redirect("business_cases:case", initiative.pk)
