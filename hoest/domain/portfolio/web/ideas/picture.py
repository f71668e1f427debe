"""The picture of ideas on two scales: one for the benefit, one for the doing; never a sum."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.domain.portfolio.permissions import GIVE_IDEAS
from hoest.domain.portfolio.queries import ideas as queries
from hoest.domain.portfolio.web.ideas.forms import scale_words
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.content import IdeaScale
from hoest.ui.pictures.two_axes import STEPS, GridCell, grid_picture

MOST = 100


@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """Show the open ideas on two scales that the reader chooses, with the table beside."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, GIVE_IDEAS):
        require(actor, GIVE_IDEAS)
    upwards = _chosen(request.GET.get("op", ""), "benefit")
    across = _chosen(request.GET.get("hen", ""), "doing")
    placed: dict[tuple[int, int], list[int]] = {}
    for idea_id, values in queries.latest_scores(actor, [upwards.code, across.code]).items():
        if len(values) == 2:
            place = (values[across.code], values[upwards.code])
            placed.setdefault(place, []).append(idea_id)
    wanted = _place(request.GET.get("celle", ""))
    count = sum(len(ids) for ids in placed.values())
    facts = {
        "count": count,
        "picture": _drawn(placed, across, upwards) if count else None,
        "rows": _rows(actor, placed, wanted, across, upwards),
        "is_narrowed": wanted in placed,
        "here": f"{reverse('ideas:picture')}?{_query(across, upwards)}",
        "point": _point(placed, upwards, across, count),
        "scales": [
            _choice("op", _("Op ad"), "benefit", upwards),
            _choice("hen", _("Hen ad"), "doing", across),
        ],
        "columns": [
            {"label": _("Idé")},
            {"label": scale_words(upwards)},
            {"label": scale_words(across)},
        ],
        "anchors": [_anchors(upwards), _anchors(across)],
    }
    return render(request, "ideas/picture.html", facts)


def _point(
    placed: dict[tuple[int, int], list[int]], upwards: IdeaScale, across: IdeaScale, count: int
) -> str:
    if not count:
        return _("Ingen idéer er vurderet på de to skalaer endnu")
    high = sum(len(ids) for (x, y), ids in placed.items() if x > 2 and y > 2)
    return ngettext(
        "%(high)s af %(count)s idé ligger højt på begge skalaer",
        "%(high)s af %(count)s idéer ligger højt på begge skalaer",
        count,
    ) % {"high": high, "count": count}


def _drawn(placed: dict[tuple[int, int], list[int]], across: IdeaScale, upwards: IdeaScale) -> Any:
    base = f"{reverse('ideas:picture')}?{_query(across, upwards)}"
    language = _language()
    cells = {
        (x, y): GridCell(
            len(ids),
            f"{base}&celle={x}-{y}#ideer",
            ngettext(
                "%(count)s idé: %(up)s; %(across)s", "%(count)s idéer: %(up)s; %(across)s", len(ids)
            )
            % {
                "count": len(ids),
                "up": upwards.anchors[y].in_language(language),
                "across": across.anchors[x].in_language(language),
            },
        )
        for (x, y), ids in placed.items()
    }
    return grid_picture(
        cells,
        across=scale_words(across),
        upwards=scale_words(upwards),
        conclusion=_("Tallet i et felt er antallet af idéer. Skalaerne lægges ikke sammen."),
    )


def _rows(
    actor: Actor,
    placed: dict[tuple[int, int], list[int]],
    wanted: tuple[int, int] | None,
    across: IdeaScale,
    upwards: IdeaScale,
) -> list[dict[str, Any]]:
    """Return the ideas of the chosen cell, or those furthest up and out, at most a hundred."""
    language = _language()
    order = sorted(placed, key=lambda place: (-place[1], -place[0]))
    where = [
        (idea_id, place)
        for place in ([wanted] if wanted in placed else order)
        if place is not None
        for idea_id in placed[place]
    ][:MOST]
    names = dict(
        queries.ideas_visible_to(actor)
        .filter(pk__in=[idea_id for idea_id, _place in where])
        .values_list("pk", "title")
    )
    return [
        {
            "href": reverse("ideas:idea", args=[idea_id]),
            "title": names[idea_id],
            "cells": [
                {"text": f"{y} · {upwards.anchors[y].in_language(language)}"},
                {"text": f"{x} · {across.anchors[x].in_language(language)}"},
            ],
        }
        for idea_id, (x, y) in where
    ]


def _anchors(scale: IdeaScale) -> dict[str, Any]:
    words = [(step, scale.anchors[step].in_language(_language())) for step in STEPS]
    return {"label": scale_words(scale), "steps": words}


def _choice(name: str, label: str, axis: str, chosen: IdeaScale) -> dict[str, Any]:
    options = [
        {"value": one.code, "label": scale_words(one), "selected": one.code == chosen.code}
        for one in content.idea_scales().values()
        if one.axis == axis
    ]
    return {"name": name, "label": label, "options": options}


def _chosen(code: str, axis: str) -> IdeaScale:
    scales = [one for one in content.idea_scales().values() if one.axis == axis]
    return next((one for one in scales if one.code == code), scales[0])


def _place(text: str) -> tuple[int, int] | None:
    parts = text.split("-")
    if len(parts) != 2 or not all(one in ("1", "2", "3", "4") for one in parts):
        return None
    return int(parts[0]), int(parts[1])


def _query(across: IdeaScale, upwards: IdeaScale) -> str:
    return urlencode({"op": upwards.code, "hen": across.code})


def _language() -> Any:
    return "en" if (get_language() or "da").startswith("en") else "da"
