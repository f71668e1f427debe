"""Where ideas, needs and experiments are met: the rooms, other pages, search, similar things."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from hoest.domain.organisations.queries import people_of
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.permissions import (
    ANSWER_IDEAS,
    GIVE_IDEAS,
    VIEW_INITIATIVES,
    WRITE_NEEDS,
)
from hoest.domain.portfolio.queries import experiments as experiment_queries
from hoest.domain.portfolio.queries import ideas as queries
from hoest.domain.portfolio.queries import needs as need_queries
from hoest.domain.portfolio.rules.experiments import carries_too_much
from hoest.domain.portfolio.rules.needs import NeedStanding
from hoest.domain.portfolio.web.experiments.words import limit_in_words
from hoest.domain.portfolio.web.ideas.lists import SEARCHED
from hoest.foundation import content, panels, rooms
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed
from hoest.foundation.search import finders


def register() -> None:
    """Put ideas, needs and experiments where they are met."""
    for url_name, label, about, order, permission in (
        (
            "ideas:ideas",
            gettext_lazy("Idéer"),
            gettext_lazy("Det, medarbejderne ser i hverdagen, og svaret de får."),
            10,
            GIVE_IDEAS,
        ),
        (
            "needs:needs",
            gettext_lazy("Behov"),
            gettext_lazy("Hvem der har brug for hvad, og hvad vi ved det fra."),
            20,
            VIEW_INITIATIVES,
        ),
        (
            "experiments:experiments",
            gettext_lazy("Små forsøg"),
            gettext_lazy("Idéer, der afprøves med en grænse for penge og uger."),
            30,
            VIEW_INITIATIVES,
        ),
    ):
        rooms.register(
            "portfolio", url_name, label, about, group="start", order=order, permission=permission
        )
    panels.register("initiative", "portfolio.lineage", lineage, order=60)
    panels.register("unit", "portfolio.champions", champions, order=70)
    finders.register("ideas", gettext_lazy("Idéer"), found_ideas, order=20)
    finders.register("experiments", gettext_lazy("Forsøg"), found_experiments, order=25)
    finders.register("needs", gettext_lazy("Behov"), found_needs, order=26)


def lineage(request: HttpRequest, initiative: Initiative) -> str:
    """Show on an initiative what it came from, and how well its needs are known."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    tried = experiment_queries.experiments_behind(initiative.pk, initiative.organisation_id)
    ideas = queries.ideas_behind(initiative.pk, initiative.organisation_id)
    visible = (
        set(
            queries.ideas_visible_to(actor)
            .filter(pk__in=[one.pk for one in ideas])
            .values_list("pk", flat=True)
        )
        if ideas
        else set()
    )
    needs = need_queries.needs_of_initiative(initiative)
    believed = sum(one.standing is NeedStanding.UNTESTED for one in needs)
    may_write = allowed(actor, WRITE_NEEDS, initiative.unit_id)
    if not (tried or ideas or needs or may_write):
        return ""
    return render_to_string(
        "ideas/lineage.html",
        {
            "ideas": [one for one in ideas if one.pk in visible],
            "experiments": tried,
            "needs": needs,
            "believed": believed,
            "initiative": initiative,
            "may_write": may_write,
        },
        request,
    )


def champions(request: HttpRequest, unit: Any) -> str:
    """Show the leader of a unit who there carries more than is wise; nobody else sees it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if "unit_leader" not in actor.roles or not allowed(actor, ANSWER_IDEAS, unit.pk):
        return ""
    names = dict(people_of(actor).filter(unit_id=unit.pk).values_list("pk", "name"))
    most = content.limit("champion_roles")
    carried = experiment_queries.roles_carried(actor.organisation_id, list(names))
    heavy = [(names[pk], count) for pk, count in carried.items() if carries_too_much(count, most)]
    if not heavy:
        return ""
    return render_to_string("ideas/champions.html", {"heavy": heavy, "most": most}, request)


def found_ideas(actor: Actor, text: str) -> finders.Finds:
    """Return the ideas that fit, with where they stand."""
    rows = queries.ideas_visible_to(actor).select_related("unit").order_by("title", "pk")
    best, has_more = finders.best_of(rows, text, ("title",), SEARCHED)
    found = [
        finders.Find(
            url=reverse("ideas:idea", args=[one.pk]),
            title=one.title,
            about=f"{content.label('idea_state', one.state)} · {one.unit.name}",
        )
        for one in best
    ]
    return finders.Finds(found, _more("ideas:ideas", text) if has_more else "")


def found_experiments(actor: Actor, text: str) -> finders.Finds:
    """Return the experiments that fit, with how they stand against their limit."""
    rows = experiment_queries.experiments_visible_to(actor).order_by("title", "pk")
    best, has_more = finders.best_of(rows, text, ("title",), ("hypothesis", "measure"))
    found = [
        finders.Find(
            url=reverse("experiments:experiment", args=[one.pk]),
            title=one.title,
            about=limit_in_words(one),
        )
        for one in best
    ]
    return finders.Finds(found, _more("experiments:experiments", text) if has_more else "")


def found_needs(actor: Actor, text: str) -> finders.Finds:
    """Return the needs that fit, with how well they are known."""
    rows = need_queries.with_tests(need_queries.needs_visible_to(actor)).order_by("statement", "pk")
    best, has_more = finders.best_of(rows, text, ("statement",), ("evidence_told",))
    found = [
        finders.Find(
            url=reverse("needs:need", args=[one.pk]),
            title=one.statement,
            about=content.label("need_standing", need_queries.standing_of(one)),
        )
        for one in best
    ]
    return finders.Finds(found, _more("needs:needs", text) if has_more else "")


def _more(name: str, text: str) -> str:
    return reverse(name) + "?" + urlencode({"q": text})
