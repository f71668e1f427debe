"""The questions of the first day at an idea: answer them, and show what was answered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hoest.domain.portfolio.actions import idea_facts as actions
from hoest.domain.portfolio.models import Idea
from hoest.domain.portfolio.queries import AskedFact, asked_of_idea
from hoest.domain.portfolio.queries.ideas import idea_of
from hoest.domain.portfolio.rules import FactAnswer
from hoest.domain.portfolio.rules.ideas import IdeaState
from hoest.domain.portfolio.web.gates.facts import FactsForm, saved_in_words
from hoest.domain.portfolio.web.gates.words import text
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.forms.posting import carried_out, posted
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Answer the questions of the first day of an idea."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = idea_of(actor, idea_id)
    actions.require_answering(actor, found)
    here = reverse("ideas:idea", args=[found.pk])
    asked = asked_of_idea(found)
    form = FactsForm(posted(request), facts=asked)
    leave_url = back_address(request, here)

    def write(_cleaned: dict[str, Any]) -> str:
        made = actions.answer_idea_facts(actor=actor, idea_id=found.pk, answers=form.answers())
        return saved_in_words(len(made))

    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    context = {
        "thing": found.title,
        "thing_url": here,
        "list_url": reverse("ideas:ideas"),
        "list_label": _("Idéer"),
        "note": _(
            "Idéen kan prøves i et forsøg, når hvert spørgsmål har et ja eller et nej. Ved du det "
            "ikke, så vælg »Ved ikke«, og spørg en, der ved det."
        ),
        "form": form,
        "title": _("Spørgsmål"),
        "point": _heading(asked),
        "button": _("Gem svarene"),
        "leave_url": leave_url,
        "version": found.version,
    }
    return render(request, "ideas/act.html", context, status=422 if form.errors else 200)


def question_parts(actor: Actor, idea: Idea) -> dict[str, Any]:
    """Return what a page shows of the questions of an idea, and where they are answered."""
    asked = asked_of_idea(idea)
    is_answerable = idea.state in actions.ANSWERABLE
    may_answer = is_answerable and actions.may_answer_for(actor, idea)
    still = [one for one in asked if one.answer is FactAnswer.UNKNOWN]
    return {
        "questions": [_shown(one) for one in asked]
        if may_answer or any(one.last for one in asked)
        else [],
        "questions_point": _point(len(still), len(asked)) if is_answerable else "",
        "all_answered": not still,
        "any_answered": any(one.last for one in asked),
        "questions_url": reverse("ideas:questions", args=[idea.pk]) if may_answer else "",
        "questions_moved": idea.state == IdeaState.ADOPTED,
    }


def _shown(one: AskedFact) -> dict[str, Any]:
    return {
        "ask": text(one.question.ask),
        "answer": content.label("fact_answer", one.answer.value) if one.last else "",
        "last": one.last,
    }


def _heading(asked: list[AskedFact]) -> str:
    """Say how many questions there are before the idea can be tried, and how many are open."""
    still = len([one for one in asked if one.answer is FactAnswer.UNKNOWN])
    if not still:
        return _point(still, len(asked))
    every = ngettext(
        "%(count)s spørgsmål, før idéen kan prøves",
        "%(count)s spørgsmål, før idéen kan prøves",
        len(asked),
    ) % {"count": len(asked)}
    lacks = ngettext("%(count)s mangler et svar", "%(count)s mangler et svar", still)
    return f"{every}; {lacks % {'count': still}}"


def _point(still: int, asked: int) -> str:
    if not still:
        return _("Alle %(count)s spørgsmål er besvaret") % {"count": asked}
    return ngettext(
        "%(count)s af %(all)s spørgsmål mangler et ja eller et nej, før idéen kan prøves",
        "%(count)s af %(all)s spørgsmål mangler et ja eller et nej, før idéen kan prøves",
        still,
    ) % {"count": still, "all": asked}
