"""Pages of roll-outs: place by place, plan and change one, and what is not worked in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, VIEW_INITIATIVES
from hoest.domain.portfolio.rules import Implementation, RolloutState
from hoest.domain.portfolio.web.delivery.early import stage_before
from hoest.domain.portfolio.web.delivery.stages import stage_parts
from hoest.domain.portfolio.web.rollout_forms import NewRolloutForm, RolloutForm, StagedRolloutForm
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.clock import today
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui import formats
from hoest.ui.messages import tell

ON_A_PAGE = 25


@require_GET
def rollouts(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show an initiative place by place, with the degree and what is left."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    places = queries.places_of(found)
    may_change = allowed(actor, CHANGE_INITIATIVES, found.unit_id)
    facts = {
        "initiative": found,
        "point": degree_in_words(found, queries.implementation_of(found)),
        "columns": _columns(),
        "rows": [_row(place, may_change) for place in places if place.facts.is_own],
        "others": [_row(place, may_change) for place in places if not place.facts.is_own],
        "may_change": may_change,
        "agreed_share": queries.agreed_share(found),
        **stage_parts(found, places, may_change),
    }
    return render(request, "portfolio/rollouts.html", facts)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Plan a roll-out."""
    actor, found = _changeable(request, initiative_id)

    def write(cleaned: dict[str, Any]) -> str:
        made = actions.add_rollout(actor=actor, initiative_id=found.pk, fields=cleaned)  # type: ignore[arg-type]
        return _("Udrulningen til %(place)s er planlagt.") % {"place": made}

    form = NewRolloutForm(posted(request), actor=actor)
    return _page(request, found, form, write, _("Planlæg en udrulning"), 0)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, rollout_id: int) -> HttpResponse:
    """Change the facts of a roll-out."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rollout = queries.rollout_of(actor, rollout_id)
    found = rollout.initiative
    require(actor, CHANGE_INITIATIVES, found.unit_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.change_rollout(
            actor=actor,
            rollout_id=rollout.pk,
            version=posted_version(request),
            fields=cleaned,  # type: ignore[arg-type]
        )
        return _("Udrulningen til %(place)s er gemt.") % {"place": rollout}

    asks_why, shut = stage_before(actor, rollout)
    is_sent = request.method == "POST" and rollout.stage_id is not None
    kind = StagedRolloutForm if asks_why or is_sent else RolloutForm
    standing = {name: getattr(rollout, name) for name in kind.base_fields}
    form = kind(posted(request), initial=standing)
    title = _("Udrulning til %(place)s") % {"place": rollout}
    begun = rollout.live_on is not None or rollout.users_in_use is not None
    remove_url = "" if begun else reverse("portfolio:remove_rollout", args=[rollout.pk])
    return _page(request, found, form, write, title, rollout.version, remove_url, shut)


@require_POST
def remove(request: HttpRequest, rollout_id: int) -> HttpResponse:
    """Take a planned place off."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rollout = queries.rollout_of(actor, rollout_id)
    actions.remove_rollout(actor=actor, rollout_id=rollout.pk, version=posted_version(request))
    tell(request, _("Den planlagte udrulning er fjernet."))
    return redirect("portfolio:rollouts", rollout.initiative_id)


@require_GET
def not_embedded(request: HttpRequest) -> HttpResponse:
    """List what is delivered but not worked in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        require(actor, VIEW_INITIATIVES)
    page = Paginator(queries.not_embedded_ids(actor), ON_A_PAGE).get_page(request.GET.get("side"))
    columns = [
        {"label": _("Initiativ")},
        {"label": _("Enhed")},
        {"label": _("I drift")},
        {"label": _("Mangler")},
        {"label": _("Bruger det"), "number": True},
        {"label": _("Lukket i"), "number": True},
    ]
    shown = [
        {
            "href": reverse("portfolio:rollouts", args=[one.initiative.pk]),
            "title": one.initiative.title,
            "cells": [
                {"text": one.initiative.unit.name, "only_wide": True},
                {"text": formats.long_date(one.initiative.live_on)},
                {"text": actions.missing_in_words(one.hindrances)},
                {"text": _share(one.initiative.adoption_share), "number": True},
                {"text": _closed(one.implementation), "number": True, "only_wide": True},
            ],
        }
        for one in queries.not_embedded(actor, list(page.object_list))
    ]
    facts = {"count": page.paginator.count, "columns": columns, "rows": shown, "page": page}
    return render(request, "portfolio/not_embedded.html", facts)


def degree_in_words(initiative: Initiative, degree: Implementation | None) -> str:
    """Say how far an initiative is worked in, in one sentence."""
    if degree is None:
        return _("Udrulningen af »%(title)s« er ikke planlagt endnu") % {"title": initiative.title}
    live = ngettext(
        "%(live)s af %(places)s enhed er i drift",
        "%(live)s af %(places)s enheder er i drift",
        degree.places,
    ) % {"live": degree.live, "places": degree.places}
    if degree.share is None:
        return _("%(live)s; ingen har talt, hvor mange der bruger det") % {"live": live}
    use = _("%(share)s bruger det; den gamle arbejdsgang er lukket i %(closed)s af %(places)s") % {
        "share": formats.percent(degree.share),
        "closed": degree.closed,
        "places": degree.places,
    }
    return _("%(live)s, og %(use)s") % {"live": live, "use": use}


def _columns() -> list[dict[str, Any]]:
    return [
        {"label": _("Sted")},
        {"label": _("Stand")},
        {"label": _("Planlagt")},
        {"label": _("Gik i drift")},
        {"label": _("Bruger det")},
        {"label": _("Gammel arbejdsgang")},
    ]


def _row(place: queries.Place, may_change: bool) -> dict[str, Any]:
    rollout = place.rollout
    if may_change:
        href = reverse("portfolio:change_rollout", args=[rollout.pk])
    elif rollout.unit_id:
        href = reverse("organisations:unit", args=[rollout.unit_id])
    else:
        href = reverse("portfolio:initiative", args=[rollout.initiative_id])
    return {
        "href": href,
        "title": str(rollout),
        "cells": [
            {"text": state_in_words(place.state)},
            {"text": formats.long_date(rollout.planned_on), "only_wide": True},
            {"text": _live(rollout)},
            {"text": _use(place)},
            {"text": _old_way(rollout)},
        ],
    }


def state_in_words(state: RolloutState) -> str:
    """Say where a roll-out stands."""
    return {
        RolloutState.PLANNED: _("Planlagt"),
        RolloutState.LATE: _("Forsinket"),
        RolloutState.LIVE: _("I drift"),
        RolloutState.OLD_WAY_OPEN: _("I drift, men den gamle arbejdsgang er åben"),
        RolloutState.EMBEDDED: _("Indarbejdet"),
    }[state]


def _use(place: queries.Place) -> str:
    rollout = place.rollout
    if rollout.users_in_use is None:
        planned = formats.number(rollout.planned_users)
        return _("ikke talt; %(planned)s skal bruge det") % {"planned": planned}
    return _("%(used)s af %(planned)s bruger det, talt %(day)s") % {
        "used": formats.number(rollout.users_in_use),
        "planned": formats.number(rollout.planned_users),
        "day": formats.long_date(rollout.counted_on),
    }


def _live(rollout: Any) -> str:
    if rollout.live_on is None:
        return _("ikke i drift endnu")
    day = formats.long_date(rollout.live_on)
    if rollout.early_because:
        return _("%(day)s, før etapen blev åbnet") % {"day": day}
    return day


def _old_way(rollout: Any) -> str:
    if rollout.old_way_closed_on:
        return _("den gamle lukket %(day)s") % {"day": formats.long_date(rollout.old_way_closed_on)}
    if rollout.old_way_closes_on:
        day = formats.long_date(rollout.old_way_closes_on)
        if rollout.old_way_closes_on < today():
            return _("den gamle skulle være lukket %(day)s") % {"day": day}
        return _("den gamle lukker %(day)s") % {"day": day}
    return _("den gamle åben, ingen dato")


def _share(share: Any) -> str:
    return "–" if share is None else formats.percent(share)


def _closed(degree: Implementation | None) -> str:
    if degree is None:
        return "–"
    return _("%(closed)s af %(places)s") % {"closed": degree.closed, "places": degree.places}


def _changeable(request: HttpRequest, initiative_id: int) -> tuple[Actor, Initiative]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, found.unit_id)
    return actor, found


def _page(
    request: HttpRequest,
    found: Initiative,
    form: forms.Form,
    write: Any,
    title: str,
    version: int,
    remove_url: str = "",
    shut: str = "",
) -> HttpResponse:
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect("portfolio:rollouts", found.pk)
    facts = {
        "initiative": found,
        "form": form,
        "title": title,
        "version": posted_version(request) or version,
        "remove_url": remove_url,
        "shut": shut,
    }
    status = 422 if form.errors else 200
    return render(request, "portfolio/rollout_form.html", facts, status=status)
