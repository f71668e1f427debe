"""Writing what is uncertain in a draft: ranges of all lines, one risk at a time, the ground."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hoest.domain.business_cases import actions, queries
from hoest.domain.business_cases.permissions import APPROVE_CASES, CHANGE_CASES
from hoest.domain.business_cases.rules import Aspect, VersionState
from hoest.domain.business_cases.web.editing import act_page, open_version
from hoest.domain.business_cases.web.forms import YesForm
from hoest.domain.business_cases.web.grounding import crumbs
from hoest.domain.business_cases.web.sum.forms import GroundForm, RangesForm, RiskForm
from hoest.domain.business_cases.web.sum.gathered import gathered
from hoest.domain.business_cases.web.sum.page import sum_context
from hoest.foundation import content
from hoest.foundation.access.permissions import allowed
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui.messages import tell


@require_http_methods(["GET", "POST"])
def ranges(request: HttpRequest, version_id: int) -> HttpResponse:
    """Write how far every line can go, and see what it does to the case."""
    actor, version = open_version(request, version_id, CHANGE_CASES)
    form = RangesForm(posted(request), lines=queries.figures_of(version))

    def write(cleaned: dict[str, Any]) -> str:
        actions.set_ranges(
            actor=actor,
            version_id=version.pk,
            version=posted_version(request),
            ranges=form.ranges(),
        )
        return _("Spændene er gemt.")

    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        if request.POST.get("trin"):
            return redirect("business_cases:step", version.pk, "risici")
        return redirect("business_cases:ranges", version.pk)
    context = {
        **sum_context(actor, gathered(actor, version)),
        "form": form,
        "version": version,
        "initiative": version.case.initiative,
        "read_version": posted_version(request) or version.version,
        "crumbs": crumbs(version.case.initiative, _("Usikkerhed")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "business_cases/sum/ranges.html", context, status=status)


@require_GET
def risks(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show the risks of a draft and the pool they ask for."""
    actor, version = open_version(request, version_id, CHANGE_CASES, APPROVE_CASES)
    initiative = version.case.initiative
    context = {
        **sum_context(actor, gathered(actor, version)),
        "version": version,
        "initiative": initiative,
        "crumbs": crumbs(initiative, _("Risici")),
        "most": content.limit("most_risks"),
        "editable": version.state == VersionState.DRAFT
        and allowed(actor, CHANGE_CASES, initiative.unit_id),
    }
    return render(request, "business_cases/sum/risks.html", context)


def risks_url(request: HttpRequest, version_id: int) -> str:
    """Return where the risks are listed: the step of the guide for who came from there."""
    if request.GET.get("trin"):
        return reverse("business_cases:step", args=[version_id, "risici"])
    return reverse("business_cases:risks", args=[version_id])


@require_http_methods(["GET", "POST"])
def risk(request: HttpRequest, version_id: int, risk_id: int | None = None) -> HttpResponse:
    """Write one risk."""
    actor, version = open_version(request, version_id, CHANGE_CASES)
    standing = next((x for x in queries.risks_of(version) if x.risk_id == risk_id), None)
    if risk_id is not None and standing is None:
        raise NotFound(_("Risikoen findes ikke længere i udkastet."))
    form = RiskForm(
        posted(request),
        cost_keys=queries.cost_keys(version),
        initial=vars(standing) if standing else {},
    )

    def write(cleaned: dict[str, Any]) -> str:
        made = actions.set_risk(
            actor=actor,
            version_id=version.pk,
            version=posted_version(request),
            risk=form.risk(),
            risk_id=risk_id,
        )
        return _("Risikoen »%(title)s« er gemt.") % {"title": made.title}

    return act_page(
        request,
        version,
        form,
        write,
        _("Ret risikoen") if standing else _("Skriv en risiko"),
        template="business_cases/sum/risk.html",
        after_url=risks_url(request, version.pk),
        back_url=risks_url(request, version.pk),
        standing=standing,
    )


@require_http_methods(["GET", "POST"])
def remove_risk(request: HttpRequest, version_id: int, risk_id: int) -> HttpResponse:
    """Take a risk out of the pool, after a yes."""
    actor, version = open_version(request, version_id, CHANGE_CASES)
    standing = next((x for x in queries.risks_of(version) if x.risk_id == risk_id), None)
    if standing is None:
        return redirect("business_cases:risks", version.pk)

    def write(cleaned: dict[str, Any]) -> str:
        actions.remove_risk(
            actor=actor, version_id=version.pk, version=posted_version(request), risk_id=risk_id
        )
        return _("Risikoen »%(title)s« er taget ud af puljen.") % {"title": standing.title}

    about = _("Risikoen »%(title)s« tages ud. Godkendte versioner bliver, som de er.") % {
        "title": standing.title
    }
    url = reverse("business_cases:risks", args=[version.pk])
    return act_page(
        request,
        version,
        YesForm(posted(request)),
        write,
        _("Fjern risikoen"),
        about=about,
        after_url=url,
        back_url=url,
    )


@require_http_methods(["GET", "POST"])
def ground(request: HttpRequest, version_id: int, aspect: str) -> HttpResponse:
    """Write one aspect of what the case protects."""
    actor, version = open_version(request, version_id, CHANGE_CASES)
    if aspect not in list(Aspect):
        raise NotFound(_("Det kan et grundlag ikke handle om."))
    standing = queries.grounds_of(version).get(aspect)
    form = GroundForm(posted(request), aspect=aspect, initial=vars(standing) if standing else {})

    def write(cleaned: dict[str, Any]) -> str:
        actions.set_ground(
            actor=actor,
            version_id=version.pk,
            version=posted_version(request),
            ground=form.ground(),
        )
        return _("»%(aspect)s« er gemt.") % {"aspect": content.label("ground_aspect", aspect)}

    url = reverse("business_cases:sum", args=[version.case.initiative_id])
    url = f"{url}?version={version.pk}#grundlag"
    return act_page(
        request,
        version,
        form,
        write,
        content.label("ground_aspect", aspect),
        template="business_cases/sum/ground.html",
        about=content.explanation("ground_aspect", aspect),
        after_url=url,
        back_url=url,
    )
