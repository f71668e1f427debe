"""Pages of dependencies: of one initiative, one dependency, the map outside, and influence."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hoest.domain.portfolio import queries as portfolio_queries
from hoest.domain.portfolio.actions import dependencies as actions
from hoest.domain.portfolio.models import Dependency, Influence
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, VIEW_INITIATIVES
from hoest.domain.portfolio.queries import dependencies as queries
from hoest.domain.portfolio.rules.dependencies import URGENT, Response, Scope
from hoest.domain.portfolio.web.delivery.drawn_map import outside_picture
from hoest.domain.portfolio.web.delivery.forms import (
    DependencyForm,
    InfluenceForm,
    InfluenceStepForm,
    ResolvedForm,
)
from hoest.domain.portfolio.web.delivery.pages import changeable, form_page
from hoest.domain.portfolio.web.delivery.words import (
    age,
    clash_in_words,
    day,
    number,
    waited_for,
    who_acts,
)
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.clock import today
from hoest.foundation.forms.posting import posted, posted_version


@require_GET
def of_initiative(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show what an initiative waits for, and what waits for it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = portfolio_queries.initiative_of(actor, initiative_id)
    rows = queries.dependencies_of_initiative(found)
    context = {
        "initiative": found,
        "point": point_of(found.title, rows),
        "waits": [shown(row) for row in rows],
        "others": [
            {"title": row.initiative.title, "url": _url(row), "needed": day(row.needed_by)}
            for row in queries.waiting_for(actor, found)
        ],
        "may_change": allowed(actor, CHANGE_INITIATIVES, found.unit_id),
    }
    return render(request, "portfolio/delivery/waits.html", context)


@require_GET
def dependency(request: HttpRequest, dependency_id: int) -> HttpResponse:
    """Show one dependency: its age, who can act, its dates, and what we do about it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = queries.dependency_of(actor, dependency_id)
    may_change = allowed(actor, CHANGE_INITIATIVES, row.initiative.unit_id)
    influences = queries.influences_of(row)
    is_outside = row.scope == Scope.EXTERNAL and row.resolved_on is None
    needs_work = row.response == Response.INFLUENCE and not any(
        one.ended_on is None for one in influences
    )
    context = {
        "row": row,
        "shown": shown(row),
        "initiative": row.initiative,
        "influences": influences,
        "may_change": may_change,
        "may_influence": may_change and is_outside,
        "needs_work": is_outside and needs_work,
    }
    return render(request, "portfolio/delivery/dependency.html", context)


@require_GET
def outside(request: HttpRequest) -> HttpResponse:
    """Show who outside the municipality can act, with what waits there (D-05)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        require(actor, VIEW_INITIATIVES)
    found = queries.by_outside_actor(actor)
    waits = sum(one.count for one in found)
    context = {
        "actors": [
            {
                "name": one.name,
                "more": one.count - len(one.waits),
                "more_url": reverse("delivery:dependencies") + "?" + urlencode({"q": one.name}),
                "waits": [
                    {**shown(row), "title": row.initiative.title, "influence": _next(row)}
                    for row in one.waits
                ],
            }
            for one in found
        ],
        "picture": outside_picture(found),
        "point": ngettext(
            "%(waits)s ting venter på %(actors)s uden for kommunen",
            "%(waits)s ting venter på %(actors)s uden for kommunen",
            waits,
        )
        % {"waits": number(waits), "actors": number(len(found))}
        if found
        else _("Intet venter på nogen uden for kommunen"),
    }
    return render(request, "portfolio/delivery/outside.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Write down what an initiative waits for."""
    actor, found = changeable(request, initiative_id)

    def write(cleaned: dict[str, Any]) -> str:
        made = actions.add_dependency(actor=actor, initiative_id=found.pk, fields=cleaned)  # type: ignore[arg-type]
        return _("Afhængigheden »%(what)s« er skrevet ned.") % {"what": waited_for(made)}

    initial = {"since": today()}
    form = DependencyForm(posted(request), actor=actor, initiative=found, initial=initial)
    return form_page(
        request,
        form,
        write,
        title=_("Hvad venter »%(title)s« på?") % {"title": found.title},
        submit=_("Gem afhængigheden"),
        leave_url=reverse("delivery:of_initiative", args=[found.pk]),
        crumbs=((found.title, reverse("portfolio:initiative", args=[found.pk])),),
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, dependency_id: int) -> HttpResponse:
    """Change a dependency."""
    actor, row = _changeable(request, dependency_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.change_dependency(
            actor=actor,
            dependency_id=row.pk,
            version=posted_version(request),
            fields=cleaned,  # type: ignore[arg-type]
        )
        return _("Afhængigheden er rettet.")

    initial = {name: getattr(row, name) for name in DependencyForm.base_fields}
    form = DependencyForm(posted(request), actor=actor, initiative=row.initiative, initial=initial)
    return _page(request, row, form, write, _("Ret afhængigheden"), _("Gem afhængigheden"))


@require_http_methods(["GET", "POST"])
def resolve(request: HttpRequest, dependency_id: int) -> HttpResponse:
    """Say that what was waited for has come."""
    actor, row = _changeable(request, dependency_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.resolve_dependency(
            actor=actor, dependency_id=row.pk, version=posted_version(request), **cleaned
        )
        return _("Afhængigheden er løst.")

    form = ResolvedForm(posted(request), initial={"on": today()})
    title = _("»%(what)s« er løst") % {"what": waited_for(row)}
    return _page(request, row, form, write, title, _("Gem, at det er løst"))


@require_http_methods(["GET", "POST"])
def influence(request: HttpRequest, dependency_id: int) -> HttpResponse:
    """Begin to influence what is not ours alone."""
    actor, row = _changeable(request, dependency_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.begin_influence(actor=actor, dependency_id=row.pk, fields=cleaned)  # type: ignore[arg-type]
        return _("Påvirkningen er begyndt. Det næste skridt står i Min uge, når dagen kommer.")

    form = InfluenceForm(posted(request), actor=actor)
    title = _("Påvirk det, der ikke er vores alene")
    facts = [_("%(who)s kan løse det: %(what)s") % {"who": who_acts(row), "what": waited_for(row)}]
    return _page(request, row, form, write, title, _("Begynd påvirkningen"), facts)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, influence_id: int) -> HttpResponse:
    """Log a step of influence work, with the next one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    work = queries.influence_of(actor, influence_id)
    row = work.dependency
    require(actor, CHANGE_INITIATIVES, row.initiative.unit_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.take_step(
            actor=actor, influence_id=work.pk, version=posted_version(request), **cleaned
        )
        return _("Skridtet er skrevet ned.")

    form = InfluenceStepForm(posted(request), initial={"on": today()})
    facts = [
        work.aim,
        _("Næste skridt var: %(step)s, senest %(day)s.")
        % {"step": work.next_step, "day": day(work.next_on)},
    ]
    return _page(
        request, row, form, write, _("Skriv et skridt ned"), _("Gem skridtet"), facts, work.version
    )


def shown(row: Dependency) -> dict[str, Any]:
    """Return one dependency as the pages show it."""
    clashes = queries.clashes_of(row)
    return {
        "pk": row.pk,
        "what": waited_for(row),
        "who": who_acts(row),
        "age": age(row),
        "since": day(row.since),
        "consequence": row.consequence,
        "response": row.response,
        "is_external": row.scope == Scope.EXTERNAL,
        "url": _url(row),
        "clashes": [
            {"text": clash_in_words(one, row), "is_urgent": one in URGENT} for one in clashes
        ],
        "needed": day(row.needed_by) if row.needed_by else "",
        "ready": day(getattr(row, "ready", None)) if getattr(row, "ready", None) else "",
    }


def point_of(title: str, rows: list[Dependency]) -> str:
    """Say in one sentence what an initiative waits for."""
    if not rows:
        return _("»%(title)s« venter ikke på noget") % {"title": title}
    external = sum(row.scope == Scope.EXTERNAL for row in rows)
    oldest = min(rows, key=lambda row: row.since)
    said = ngettext(
        "»%(title)s« venter på én ting", "»%(title)s« venter på %(n)s ting", len(rows)
    ) % {"title": title, "n": number(len(rows))}
    if len(rows) > 1 and external:
        said = _("%(said)s, heraf %(external)s uden for kommunen") % {
            "said": said,
            "external": number(external),
        }
    if len(rows) == 1:
        return _("%(said)s; det har varet i %(age)s") % {"said": said, "age": age(oldest)}
    return _("%(said)s; den ældste har varet i %(age)s") % {"said": said, "age": age(oldest)}


def _next(row: Dependency) -> str:
    """Say the next step of the influence work, or that there is none although it is wanted."""
    works: list[Influence] = getattr(row, "open_influences", [])
    if works:
        first = works[0]
        return _("%(step)s, senest %(day)s (%(owner)s)") % {
            "step": first.next_step,
            "day": day(first.next_on),
            "owner": first.owner,
        }
    return _("Mangler et næste skridt") if row.response == Response.INFLUENCE else ""


def _url(row: Dependency) -> str:
    return reverse("delivery:dependency", args=[row.pk])


def _changeable(request: HttpRequest, dependency_id: int) -> tuple[Actor, Dependency]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = queries.dependency_of(actor, dependency_id)
    require(actor, CHANGE_INITIATIVES, row.initiative.unit_id)
    return actor, row


def _page(
    request: HttpRequest,
    row: Dependency,
    form: django_forms.Form,
    write: Any,
    title: str,
    submit: str,
    facts: list[str] | None = None,
    version: int = 0,
) -> HttpResponse:
    back = reverse("delivery:dependency", args=[row.pk])
    list_url = reverse("delivery:dependencies")
    return form_page(
        request,
        form,
        write,
        title=title,
        submit=submit,
        leave_url=back,
        crumbs=((_("Afhængigheder"), list_url), (waited_for(row), back)),
        facts=facts or (),
        version=version or row.version,
    )
