"""The pages of one idea: give it, see every step of it, and its photo."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.portfolio.actions import ideas as actions
from hoest.domain.portfolio.models import Idea
from hoest.domain.portfolio.permissions import (
    ASSESS_IDEAS,
    CREATE_INITIATIVES,
    GIVE_IDEAS,
    RUN_EXPERIMENTS,
    VIEW_INITIATIVES,
    WRITE_NEEDS,
)
from hoest.domain.portfolio.queries import experiments as experiment_queries
from hoest.domain.portfolio.queries import ideas as queries
from hoest.domain.portfolio.queries import needs as need_queries
from hoest.domain.portfolio.queries.candidates import candidates_of_idea
from hoest.domain.portfolio.queries.initiatives import visible_to
from hoest.domain.portfolio.rules.ideas import OPEN_STATES, IdeaState, may_become
from hoest.domain.portfolio.web.candidates.words import sum_in_words
from hoest.domain.portfolio.web.ideas.forms import GiveForm, scale_words
from hoest.domain.portfolio.web.ideas.questions import question_parts
from hoest.domain.portfolio.web.ideas.words import predicate, steps_in_words, thanks
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.forms import drafts
from hoest.foundation.forms.interrupted import writing_token
from hoest.foundation.photos import MEDIA_TYPE
from hoest.ui.messages import tell

FORM = "ideas.idea"
KEPT = ("problem", "for_whom", "how_often", "suggestion", "unit", "is_shared")
# A photo is only ever a picture: no script runs in it, and no other page may frame it.
PHOTO_POLICY = "default-src 'none'; sandbox"


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Give an idea; what is being written is kept as a draft, also when the session ends."""
    actor = _giver(request)
    draft = drafts.find(actor, FORM)
    if request.method == "POST":
        form = GiveForm(request.POST, request.FILES, actor=actor)
        if form.is_valid():
            fields = {name: form.cleaned_data[name] for name in KEPT}
            made = actions.give_idea(
                actor=actor,
                fields=fields,  # type: ignore[arg-type]
                photo=form.cleaned_data["photo"],
            )
            drafts.drop(actor=actor, form_name=FORM)
            tell(request, thanks(made))
            return redirect("ideas:idea", made.pk)
        return _give_page(request, actor, form, None, 422)
    initial = dict(draft.fields) if draft else None
    return _give_page(request, actor, GiveForm(initial=initial, actor=actor), draft, 200)


@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Keep what is being written; the photo is chosen again."""
    actor = _giver(request)
    drafts.keep(actor=actor, form_name=FORM, posted=request.POST, names=list(KEPT))
    return HttpResponse(status=204)


@require_POST
def drop_draft(request: HttpRequest) -> HttpResponse:
    """Throw one's own draft away."""
    actor = _giver(request)
    drafts.drop(actor=actor, form_name=FORM)
    tell(request, _("Kladden er smidt væk."), level="info")
    return redirect("ideas:give")


@require_safe
def idea(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Show an idea: where it stands, what happened, and what may be done now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.idea_of(actor, idea_id)
    state = IdeaState(found.state)
    is_giver = actor.person_id is not None and actor.person_id == found.giver_id
    facts = {
        "idea": found,
        "predicate": predicate(found),
        "steps": steps_in_words(queries.steps_of(found)),
        "photo": queries.photo_size(found),
        "stuck": queries.stuck_groups(found),
        "is_open": state in OPEN_STATES,
        "is_giver": is_giver,
        "scores": _scores(found),
        "needs": _needs(found) if _sees_needs(actor, found) else [],
        "experiments": experiment_queries.experiments_of_idea(found.pk, found.organisation_id),
        "initiative": _initiative(actor, found),
        "candidates": _candidates(actor, found),
        **question_parts(actor, found),
        **_may(actor, found, state, is_giver),
    }
    return render(request, "ideas/idea.html", facts)


@require_safe
def photo(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Give the photo of an idea to those who may see the idea."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.photo_of(actor, idea_id)
    response = HttpResponse(bytes(found.content), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="ide-{idea_id}.jpg"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = PHOTO_POLICY
    return response


def _may(actor: Actor, found: Idea, state: IdeaState, is_giver: bool) -> dict[str, bool]:
    unit_id = found.unit_id
    answers = queries.may_answer(actor, found)
    return {
        "may_answer": answers and state in (IdeaState.WAITING, IdeaState.DECLINED),
        "may_decline": answers and state is IdeaState.SPONSORED,
        "may_change_sponsor": answers and found.sponsor_id is not None,
        "may_assess": allowed(actor, ASSESS_IDEAS, unit_id) and state in OPEN_STATES,
        "may_try": allowed(actor, RUN_EXPERIMENTS, unit_id) and may_become(state, IdeaState.TRIED),
        "may_adopt": allowed(actor, CREATE_INITIATIVES, unit_id)
        and may_become(state, IdeaState.ADOPTED),
        "may_write_needs": allowed(actor, WRITE_NEEDS, unit_id),
        "may_share": is_giver and found.sponsor_id is None,
        "may_remove_photo": is_giver or answers,
    }


def _initiative(actor: Actor, found: Idea) -> Any:
    if found.initiative_id is None:
        return None
    return visible_to(actor).filter(pk=found.initiative_id).first()


def _candidates(actor: Actor, found: Idea) -> list[dict[str, str]]:
    opens = allowed_somewhere(actor, VIEW_INITIATIVES)
    return [
        {
            "title": one.title,
            "sum": sum_in_words(one),
            "how": one.measured_how,
            "url": reverse("candidates:candidate", args=[one.pk]) if opens else "",
        }
        for one in candidates_of_idea(found)
    ]


def _sees_needs(actor: Actor, found: Idea) -> bool:
    return need_queries.needs_visible_to(actor).exists()


def _needs(found: Idea) -> list[dict[str, Any]]:
    return [
        {"need": one.need, "label": content.label("need_standing", one.standing)}
        for one in need_queries.needs_of_idea(found)
    ]


def _scores(found: Idea) -> list[dict[str, Any]]:
    latest = queries.scores_of(found)
    return [
        {"label": scale_words(scale), "score": latest[code]}
        for code, scale in content.idea_scales().items()
        if code in latest
    ]


def _giver(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, GIVE_IDEAS):
        require(actor, GIVE_IDEAS)
    return actor


def _give_page(
    request: HttpRequest, actor: Actor, form: GiveForm, draft: Any, status: int
) -> HttpResponse:
    facts = {
        "form": form,
        "draft": draft,
        "autosave_url": reverse("ideas:keep_draft"),
        "writing": writing_token(actor, FORM, 0, reverse("ideas:give")),
        "answer_days": content.limit("idea_answer_days"),
    }
    return render(request, "ideas/give.html", facts, status=status)
