"""The small acts on an idea: answer, change sponsor, assess, share, take further, say it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hoest.domain.organisations.queries import units_of
from hoest.domain.portfolio.actions import idea_answers
from hoest.domain.portfolio.actions import ideas as actions
from hoest.domain.portfolio.actions.idea_steps import NotYourAnswer
from hoest.domain.portfolio.models import Idea
from hoest.domain.portfolio.permissions import (
    ANSWER_IDEAS,
    ASSESS_IDEAS,
    CREATE_INITIATIVES,
    GIVE_IDEAS,
)
from hoest.domain.portfolio.queries import ideas as queries
from hoest.domain.portfolio.web.ideas.forms import (
    AdoptForm,
    AnswerForm,
    AssessForm,
    DaysForm,
    SponsorForm,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

Write = Callable[[dict[str, Any]], str]
COOKIE, COOKIE_DAYS, COOKIE_MOST = "stampe", 180, 60


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Answer an idea: yes with a sponsor, or not now with a reason."""
    actor, found = _found(request, idea_id)
    if not queries.may_answer(actor, found):
        require(actor, ANSWER_IDEAS, found.unit_id)
        raise NotYourAnswer(_("Du har selv givet idéen. En anden svarer på den."))

    def write(cleaned: dict[str, Any]) -> str:
        idea_answers.answer_idea(
            actor=actor,
            idea_id=found.pk,
            version=posted_version(request),
            reason=cleaned["reason"],
            sponsor=cleaned["sponsor"],
        )
        return _("Dit svar er sendt til %(name)s.") % {"name": found.giver_name}

    form = AnswerForm(posted(request), actor=actor)
    return _page(request, found, form, write, _("Svar på idéen"), _("Send svaret"))


@require_http_methods(["GET", "POST"])
def sponsor(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Let somebody else stand behind an idea."""
    actor, found = _found(request, idea_id)
    if not queries.may_answer(actor, found):
        require(actor, ANSWER_IDEAS, found.unit_id)

    def write(cleaned: dict[str, Any]) -> str:
        idea_answers.change_sponsor(
            actor=actor,
            idea_id=found.pk,
            version=posted_version(request),
            sponsor=cleaned["sponsor"],
            reason=cleaned["reason"],
        )
        return _("Idéen har fået en anden sponsor.")

    form = SponsorForm(posted(request), actor=actor)
    return _page(request, found, form, write, _("Skift sponsor"), _("Skift sponsor"))


@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Put an idea on the scales, each step with a reason."""
    actor, found = _found(request, idea_id)
    require(actor, ASSESS_IDEAS, found.unit_id)
    form = AssessForm(posted(request))

    def write(cleaned: dict[str, Any]) -> str:
        actions.assess_idea(actor=actor, idea_id=found.pk, scores=form.scores())
        return _("Vurderingen er gemt.")

    return _page(request, found, form, write, _("Vurdér idéen"), _("Gem vurderingen"))


@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Let an idea become an initiative, a new one or one that is there."""
    actor, found = _found(request, idea_id)
    require(actor, CREATE_INITIATIVES, found.unit_id)

    def write(cleaned: dict[str, Any]) -> str:
        into = actions.adopt_idea(
            actor=actor,
            idea_id=found.pk,
            version=posted_version(request),
            initiative=cleaned["initiative"],
        )
        return _("Idéen føres videre som »%(title)s«.") % {"title": into.title}

    form = AdoptForm(posted(request), actor=actor)
    return _page(request, found, form, write, _("Gør idéen til et initiativ"), _("Før den videre"))


@require_POST
def share(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Let everybody in the municipality read one's idea, or not any longer."""
    actor, found = _found(request, idea_id)
    wanted = request.POST.get("del") == "1"
    actions.share_idea(
        actor=actor, idea_id=found.pk, version=posted_version(request), is_shared=wanted
    )
    tell(request, _("Idéen er delt.") if wanted else _("Idéen er ikke længere delt."))
    return redirect("ideas:idea", found.pk)


@require_POST
def remove_photo(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Remove the photo for good."""
    actor, found = _found(request, idea_id)
    actions.remove_photo(actor=actor, idea_id=found.pk, version=posted_version(request))
    tell(request, _("Billedet er fjernet."))
    return redirect("ideas:idea", found.pk)


@require_POST
def stuck(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Say that an idea stands still, without anybody being able to find out who did.

    That one has said so is known to her own device alone, as a signed mark nobody else can read.
    The answer is the same whether she was counted or had said so before.
    """
    actor, found = _found(request, idea_id)
    marks = _marks(request)
    mark = _mark(actor, found)
    if mark not in marks:
        idea_answers.flag_stuck(actor=actor, idea_id=found.pk)
    tell(
        request,
        _("Tak. Det tælles med uden navn og vises, når mindst %(group)s har sagt det.")
        % {"group": content.limit("small_group")},
    )
    response = redirect("ideas:idea", found.pk)
    kept = [*(one for one in marks if one != mark), mark][-COOKIE_MOST:]
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=COOKIE, compress=True),
        max_age=COOKIE_DAYS * 86_400,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@require_http_methods(["GET", "POST"])
def answer_days(request: HttpRequest) -> HttpResponse:
    """Show how many days each unit has to answer, and let leaders choose."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, GIVE_IDEAS):
        require(actor, GIVE_IDEAS)
    may_choose = allowed_somewhere(actor, ANSWER_IDEAS)
    if request.method == "POST" and not may_choose:
        require(actor, ANSWER_IDEAS)

    def write(cleaned: dict[str, Any]) -> str:
        idea_answers.choose_answer_days(actor=actor, unit=cleaned["unit"], days=cleaned["days"])
        return _("Svarfristen er gemt. Idéer, der venter, beholder den frist, de fik.")

    form = DaysForm(posted(request), actor=actor)
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect("ideas:answer_days")
    own = queries.answer_days_of(actor.organisation_id)
    named = dict(units_of(actor).filter(pk__in=own).values_list("pk", "name"))
    facts = {
        "form": form if may_choose else None,
        "usual": content.limit("idea_answer_days"),
        "own": [(name, own[pk]) for pk, name in named.items()],
    }
    return render(request, "ideas/answer_days.html", facts, status=422 if form.errors else 200)


def _marks(request: HttpRequest) -> list[str]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE)
    except signing.BadSignature:
        return []
    return [str(one) for one in found] if isinstance(found, list) else []


def _mark(actor: Actor, idea: Idea) -> str:
    """Return what a device remembers of one person and one standing of an idea."""
    whose = f"{actor.organisation_id}:{actor.person_id}:{idea.pk}:{idea.moved_on}"
    return str(salted_hmac("hoest.ideas.stuck", whose, algorithm="sha256").hexdigest()[:16])


def _found(request: HttpRequest, idea_id: int) -> tuple[Actor, Idea]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor, queries.idea_of(actor, idea_id)


def _page(
    request: HttpRequest, found: Idea, form: forms.Form, write: Write, title: str, button: str
) -> HttpResponse:
    """Show the form, or write and return where one came from; a fault stands on the form."""
    leave_url = back_address(request, reverse("ideas:idea", args=[found.pk]))
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    facts = {
        "thing": found.title,
        "thing_url": reverse("ideas:idea", args=[found.pk]),
        "list_url": reverse("ideas:ideas"),
        "list_label": _("Idéer"),
        "told": found.problem,
        "form": form,
        "title": title,
        "button": button,
        "leave_url": leave_url,
        "version": posted_version(request) or found.version,
    }
    return render(request, "ideas/act.html", facts, status=422 if form.errors else 200)
