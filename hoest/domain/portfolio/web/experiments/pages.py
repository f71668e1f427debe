"""The pages of one experiment, and its acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.portfolio.actions import experiments as actions
from hoest.domain.portfolio.models import Experiment, Idea
from hoest.domain.portfolio.permissions import RUN_EXPERIMENTS
from hoest.domain.portfolio.queries import asked_of_idea
from hoest.domain.portfolio.queries import experiments as queries
from hoest.domain.portfolio.queries.ideas import idea_of, ideas_visible_to
from hoest.domain.portfolio.queries.initiatives import visible_to
from hoest.domain.portfolio.rules.experiments import Way, ways
from hoest.domain.portfolio.web.experiments.forms import (
    BeginForm,
    ExtendForm,
    ScaleForm,
    SpendingForm,
    StopForm,
)
from hoest.domain.portfolio.web.experiments.words import limit_in_words
from hoest.domain.portfolio.web.ideas.questions import question_parts
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.clock import today
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

Write = Callable[[dict[str, Any]], str]


@require_safe
def experiment(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Show an experiment against its limits, and what may be decided."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.experiment_of(actor, experiment_id)
    facts = queries.experiment_facts(found)
    past = queries.breaches_of(found)
    may_decide = actions.may_decide(actor, found) and facts.is_running
    idea = found.idea_id and ideas_visible_to(actor).filter(pk=found.idea_id).first()
    into = found.initiative_id and visible_to(actor).filter(pk=found.initiative_id).first()
    context = {
        "experiment": found,
        "predicate": limit_in_words(found),
        "is_past": bool(past),
        "is_running": facts.is_running,
        "may_decide": may_decide,
        "may_extend": may_decide and Way.EXTEND in ways(facts),
        "may_tell": facts.is_running and _may_tell(actor, found),
        "extension": queries.extension_of(found),
        "decision": queries.decision_on(found),
        "idea": idea or None,
        "into": into or None,
        **(question_parts(actor, found.idea) if found.idea is not None else {}),
    }
    return render(request, "experiments/experiment.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin an experiment; `?ide=` says which idea it tries."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, RUN_EXPERIMENTS):
        require(actor, RUN_EXPERIMENTS)
    idea = _idea_to_try(request, actor)
    first: dict[str, Any] = {"starts_on": today(), "weeks_ceiling": 6}
    if idea is not None:
        first |= {"title": idea.title, "unit": idea.unit_id, "owner": idea.giver_id}
    asked = asked_of_idea(idea) if idea is not None else []
    form = BeginForm(posted(request), initial=first, actor=actor, asked=asked)
    made: list[Experiment] = []

    def write(cleaned: dict[str, Any]) -> str:
        made.append(
            actions.begin_experiment(
                actor=actor,
                fields=cleaned,  # type: ignore[arg-type]
                idea=idea,
                answers=form.answers(),
            )
        )
        return _("Forsøget er i gang. Det slutter senest, når ugerne er gået.")

    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        _say_load(request, made[0])
        return redirect("experiments:experiment", made[0].pk)
    note = _("Forsøget afprøver idéen »%(title)s«.") % {"title": idea.title} if idea else ""
    return _form(request, None, form, _("Begynd et forsøg"), _("Begynd forsøget"), note)


@require_http_methods(["GET", "POST"])
def spending(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Tell how much is spent so far."""
    actor, found = _found(request, experiment_id)
    if not _may_tell(actor, found):
        require(actor, RUN_EXPERIMENTS, found.unit_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.tell_spending(
            actor=actor,
            experiment_id=found.pk,
            version=posted_version(request),
            spent_dkk=cleaned["spent_dkk"],
            on=cleaned["on"],
        )
        return _("Forbruget er gemt.")

    form = SpendingForm(posted(request), initial={"spent_dkk": found.spent_dkk, "on": today()})
    return _act(request, found, form, write, _("Skriv, hvad der er brugt"), _("Gem forbruget"))


@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Give an experiment more time or money, once."""
    actor, found = _decidable(request, experiment_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.extend_experiment(
            actor=actor,
            experiment_id=found.pk,
            version=posted_version(request),
            ends_on=cleaned["ends_on"],
            limit_dkk=cleaned["limit_dkk"],
            reason=cleaned["reason"],
        )
        return _("Forsøget er forlænget. Det kan kun ske én gang.")

    first = {"ends_on": found.limit_on, "limit_dkk": found.limit_dkk}
    form = ExtendForm(posted(request), initial=first)
    return _act(request, found, form, write, _("Forlæng forsøget"), _("Forlæng én gang"))


@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Stop an experiment, with what was learnt."""
    actor, found = _decidable(request, experiment_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.stop_experiment(
            actor=actor,
            experiment_id=found.pk,
            version=posted_version(request),
            reason=cleaned["reason"],
            learnt=cleaned["learnt"],
        )
        return _("Forsøget er stoppet, og det, I lærte, er gemt.")

    form = StopForm(posted(request))
    return _act(request, found, form, write, _("Stop forsøget"), _("Stop forsøget"))


@require_http_methods(["GET", "POST"])
def scale(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Scale an experiment to an initiative."""
    actor, found = _decidable(request, experiment_id)

    def write(cleaned: dict[str, Any]) -> str:
        made = actions.scale_experiment(
            actor=actor,
            experiment_id=found.pk,
            version=posted_version(request),
            reason=cleaned["reason"],
            learnt=cleaned["learnt"],
            initiative=cleaned["initiative"],
        )
        return _("Forsøget føres videre som »%(title)s«.") % {"title": made.initiative}

    form = ScaleForm(posted(request), actor=actor)
    return _act(request, found, form, write, _("Skalér forsøget"), _("Skalér forsøget"))


def _say_load(request: HttpRequest, made: Experiment) -> None:
    """Tell, without stopping anything, that the person now carries more than is wise."""
    carried = queries.is_overloaded(made.organisation_id, made.owner_id)
    if carried:
        said = ngettext(
            "%(name)s har nu %(count)s aktiv rolle. Tal om, hvad der kan vente.",
            "%(name)s har nu %(count)s aktive roller. Tal om, hvad der kan vente.",
            carried,
        ) % {"name": made.owner.name, "count": carried}
        tell(request, said, level="warning")


def _idea_to_try(request: HttpRequest, actor: Actor) -> Idea | None:
    wanted = request.GET.get("ide", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 10:
        return idea_of(actor, int(wanted))
    return None


def _may_tell(actor: Actor, found: Experiment) -> bool:
    is_owner = actor.person_id is not None and actor.person_id == found.owner_id
    return is_owner or allowed(actor, RUN_EXPERIMENTS, found.unit_id)


def _found(request: HttpRequest, experiment_id: int) -> tuple[Actor, Experiment]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor, queries.experiment_of(actor, experiment_id)


def _decidable(request: HttpRequest, experiment_id: int) -> tuple[Actor, Experiment]:
    actor, found = _found(request, experiment_id)
    actions.require_decision(actor, found)
    return actor, found


def _act(
    request: HttpRequest, found: Experiment, form: forms.Form, write: Write, title: str, button: str
) -> HttpResponse:
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect("experiments:experiment", found.pk)
    return _form(request, found, form, title, button, "")


def _form(
    request: HttpRequest,
    found: Experiment | None,
    form: forms.Form,
    title: str,
    button: str,
    note: str,
) -> HttpResponse:
    list_url = reverse("experiments:experiments")
    here = reverse("experiments:experiment", args=[found.pk]) if found else list_url
    facts = {
        "thing": found.title if found else "",
        "thing_url": here,
        "list_url": list_url,
        "list_label": _("Forsøg"),
        "told": found.hypothesis if found else "",
        "note": note,
        "form": form,
        "own_fields": form.own_fields() if isinstance(form, BeginForm) else None,
        "asked_fields": form.asked_fields() if isinstance(form, BeginForm) else None,
        "asked_before": isinstance(form, BeginForm) and form.was_answered,
        "kroner_fields": ("money_ceiling_dkk", "spent_dkk", "limit_dkk"),
        "title": title,
        "button": button,
        "leave_url": back_address(request, here),
        "version": posted_version(request) or (found.version if found else 0),
    }
    return render(request, "ideas/act.html", facts, status=422 if form.errors else 200)
