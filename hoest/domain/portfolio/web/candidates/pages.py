"""Pages of one candidate: what it would free, what speaks for it, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.portfolio.actions import candidates as acts
from hoest.domain.portfolio.models import Candidate, Idea
from hoest.domain.portfolio.permissions import CREATE_INITIATIVES, GIVE_IDEAS, KEEP_CANDIDATES
from hoest.domain.portfolio.queries.candidates import candidate_of
from hoest.domain.portfolio.queries.ideas import ideas_visible_to
from hoest.domain.portfolio.rules.candidates import (
    CandidateSource,
    CandidateState,
    Suitability,
    frequency_of,
    hours_a_year,
    suits,
)
from hoest.domain.portfolio.rules.ideas import OPEN_STATES
from hoest.domain.portfolio.web.candidates.forms import (
    CandidateForm,
    CandidateIdeaForm,
    ChooseForm,
    ReasonForm,
)
from hoest.domain.portfolio.web.candidates.words import sum_in_words
from hoest.domain.portfolio.web.ideas.words import thanks
from hoest.domain.portfolio.web.small_page import small_page
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.forms.posting import posted, posted_version


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Automatisering"), reverse("candidates:candidates")), *more]


def _url(candidate: Candidate) -> str:
    return reverse("candidates:candidate", args=[candidate.pk])


@require_safe
def candidate(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """Show a candidate with its sum, step by step."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = candidate_of(actor, candidate_id)
    verdict = suits(found.answers)
    return render(
        request,
        "portfolio/candidate.html",
        {
            "candidate": found,
            "hours": hours_a_year(found.times_per_year, found.minutes_each, found.automation_share),
            "sum": sum_in_words(found),
            "for_it": [_answer(found, one) for one in verdict.for_it],
            "against": [_answer(found, one) for one in verdict.against],
            "unknown": [content.label("suitability_question", one) for one in verdict.unknown],
            "may_keep": allowed(actor, KEEP_CANDIDATES, found.unit_id),
            "may_choose": allowed_somewhere(actor, CREATE_INITIATIVES),
            "may_give": allowed_somewhere(actor, GIVE_IDEAS),
            "idea": _idea(actor, found),
            "is_open": found.state == CandidateState.OPEN,
            "is_on_its_way": found.idea is not None and found.idea.state in OPEN_STATES,
            "is_read": found.source == CandidateSource.OS2AUTOPROCES,
        },
    )


def _answer(found: Candidate, question: Suitability) -> tuple[str, str]:
    return (
        content.label("suitability_question", question),
        content.label("suitability_level", found.answers[question.value]).lower(),
    )


def _idea(actor: Actor, found: Candidate) -> Idea | None:
    if found.idea_id is None:
        return None
    return ideas_visible_to(actor).filter(pk=found.idea_id).first()


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Write a candidate down."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, KEEP_CANDIDATES):
        require(actor, KEEP_CANDIDATES)

    def write(_cleaned: Any) -> tuple[str, str]:
        made = acts.create_candidate(actor=actor, fields=form.candidate_fields())  # type: ignore[arg-type]
        return _("»%(title)s« er skrevet ned.") % {"title": made.title}, _url(made)

    form = CandidateForm(posted(request), actor=actor)
    return small_page(
        request,
        form,
        write,
        title=_("Skriv en kandidat ned"),
        crumbs=_crumbs(),
        leave_url=reverse("candidates:candidates"),
        label=_("Gem kandidaten"),
        lead=_("Kun opgaven skal udfyldes nu. Tallene kan komme, når nogen har talt."),
        similar="title,description",
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """Change a candidate that is not read from a file."""
    actor, found = _kept(request, candidate_id)

    def write(_cleaned: Any) -> tuple[str, str]:
        acts.change_candidate(
            actor=actor,
            candidate_id=found.pk,
            version=posted_version(request),
            fields=form.candidate_fields(),  # type: ignore[arg-type]
        )
        return _("Kandidaten er rettet."), _url(found)

    initial = {
        **{name: getattr(found, name) for name in CandidateForm.base_fields},
        **{f"answer_{code}": level for code, level in found.answers.items()},
    }
    form = CandidateForm(posted(request), actor=actor, initial=initial)
    if found.source == CandidateSource.OS2AUTOPROCES:
        for name in ("source", *acts.FROM_FILE):
            form.fields.pop(name, None)
        for question in Suitability:
            form.fields.pop(f"answer_{question.value}")
        form.candidate_fields = lambda: dict(form.cleaned_data)  # type: ignore[method-assign]
    return small_page(
        request,
        form,
        write,
        title=_("Ret kandidaten"),
        crumbs=_crumbs((found.title, _url(found))),
        leave_url=_url(found),
        label=_("Gem rettelserne"),
        version=found.version,
    )


@require_http_methods(["GET", "POST"])
def put_away(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """Put a candidate away with a reason."""
    actor, found = _kept(request, candidate_id)

    def write(cleaned: Any) -> tuple[str, str]:
        acts.put_candidate_away(
            actor=actor, candidate_id=found.pk, version=posted_version(request), **cleaned
        )
        return _("Kandidaten er lagt væk."), _url(found)

    return small_page(
        request,
        ReasonForm(posted(request)),
        write,
        title=_("Læg kandidaten væk"),
        crumbs=_crumbs((found.title, _url(found))),
        leave_url=_url(found),
        label=_("Læg den væk"),
        version=found.version,
    )


@require_http_methods(["POST"])
def take_up(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """Take a candidate up again."""
    from django.shortcuts import redirect

    from hoest.ui.messages import tell

    actor, found = _kept(request, candidate_id)
    acts.take_candidate_up(actor=actor, candidate_id=found.pk, version=posted_version(request))
    tell(request, _("Kandidaten er taget frem igen."))
    return redirect(_url(found))


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """Make an initiative of a candidate."""
    actor, found = _kept(request, candidate_id)
    if not allowed_somewhere(actor, CREATE_INITIATIVES):
        require(actor, CREATE_INITIATIVES)

    def write(cleaned: Any) -> tuple[str, str]:
        made = acts.choose_candidate(
            actor=actor, candidate_id=found.pk, version=posted_version(request), **cleaned
        )
        said = _("Initiativet »%(title)s« er oprettet.") % {"title": made.title}
        return said, reverse("portfolio:initiative", args=[made.pk])

    initial = {"title": found.title, "unit": found.unit_id}
    return small_page(
        request,
        ChooseForm(posted(request), actor=actor, initial=initial),
        write,
        title=_("Gør kandidaten til et initiativ"),
        crumbs=_crumbs((found.title, _url(found))),
        leave_url=_url(found),
        label=_("Opret initiativet"),
        version=found.version,
        lead=_("Initiativet husker, hvor det kom fra, og kandidaten viser, hvad den blev til."),
    )


@require_http_methods(["GET", "POST"])
def as_idea(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """Give a candidate as an idea, with what is known of it written already."""
    actor, found = _kept(request, candidate_id)
    if not allowed_somewhere(actor, GIVE_IDEAS):
        require(actor, GIVE_IDEAS)

    def write(cleaned: Any) -> tuple[str, str]:
        made = acts.give_candidate_as_idea(
            actor=actor, candidate_id=found.pk, version=posted_version(request), fields=cleaned
        )
        return thanks(made), reverse("ideas:idea", args=[made.pk])

    often = frequency_of(found.times_per_year)
    initial = {
        "problem": ". ".join(part for part in (found.title, found.description) if part)[:1000],
        "how_often": often.value if often else "",
        "unit": found.unit_id,
    }
    form = CandidateIdeaForm(posted(request), actor=actor, initial=initial)
    said = sum_in_words(found)
    return small_page(
        request,
        form,
        write,
        title=_("Giv kandidaten som en idé"),
        crumbs=_crumbs((found.title, _url(found))),
        leave_url=_url(found),
        label=_("Send idéen"),
        version=found.version,
        lead=_("Summen følger med: %(sum)s.") % {"sum": said}
        if said
        else _("En leder svarer med en begrundelse. Kandidaten følger idéen."),
    )


def _kept(request: HttpRequest, candidate_id: int) -> tuple[Actor, Candidate]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = candidate_of(actor, candidate_id)
    require(actor, KEEP_CANDIDATES, found.unit_id)
    return actor, found
