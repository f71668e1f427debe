"""The pages of an ethics screening, its forms, and the stances of committees."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.trust import actions, queries
from hoest.domain.trust.models import EthicsScreening
from hoest.domain.trust.permissions import (
    DECIDE_ETHICS,
    KEEP_STANCES,
    SCREEN_ETHICS,
    VIEW_ETHICS,
)
from hoest.domain.trust.rules.ethics import EthicsDecision, Outcome, ScreeningState
from hoest.domain.trust.web.acting import act_page
from hoest.domain.trust.web.ethics import shown
from hoest.domain.trust.web.ethics.forms import (
    ColourForm,
    ConsequenceForm,
    DecideForm,
    PeopleForm,
    StanceForm,
)
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.clock import today
from hoest.foundation.forms.posting import posted, posted_version


@require_safe
def screening(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show the screening of an initiative: the answers, who is affected, the decision."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    initiative, found = queries.screenings_of(actor, initiative_id)
    wanted = request.GET.get("nr", "")
    one = next((s for s in found if str(s.number) == wanted), found[0] if found else None)
    advised = queries.advised_by(initiative)
    is_draft = one is not None and one.state == ScreeningState.DRAFT
    may_screen = queries.may_screen(actor, initiative)
    lacks = queries.lacking_in(actor, one) if one and is_draft else ()
    context = {
        "initiative": initiative,
        "screening": one,
        "is_draft": is_draft,
        "point": shown.point(one, bool(advised)),
        "advised": shown.advised_because(advised),
        "may_screen": may_screen,
        "may_decide": is_draft and allowed(actor, DECIDE_ETHICS, initiative.unit_id),
        "lacking": shown.lacking(lacks),
        "others": [s for s in found if one and s.pk != one.pk],
        "has_stances": bool(queries.standing_stances(actor)),
    }
    if one is not None:
        context |= {
            "colours": shown.colours(one),
            "consequences": shown.consequences(one),
            "asks_consequences": queries.outcome_of(one) is Outcome.CONSEQUENCES,
            "stances": shown.stances(one),
            "affected": shown.affected(one),
            "asked_for": shown.asked_for(one),
            "counted": shown.counted(one),
        }
    return render(request, "trust/ethics/screening.html", context)


@require_http_methods(["GET", "POST"])
def colours(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Answer the questions with colours; the first answers begin the screening."""
    actor, initiative, draft = _read(request, initiative_id)
    form = ColourForm(posted(request), draft=draft)

    def write(cleaned: dict[str, Any]) -> str:
        begun = actions.begin_screening(actor=actor, initiative_id=initiative.pk)
        version = posted_version(request) if draft else begun.version
        actions.answer_screening(
            actor=actor, initiative_id=initiative.pk, version=version, answers=form.given()
        )
        return _("Svarene er gemt.")

    return _page(
        request,
        initiative,
        form,
        write,
        title=_("Svar med en farve"),
        button=_("Gem svarene"),
        version=draft.version if draft else 0,
        quiet=[_("Du kan gemme undervejs og svare på resten senere.")],
    )


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Say who is affected, the dilemma, and how it stands to the stances of committees."""
    actor, initiative, draft = _read(request, initiative_id)
    draft = draft or queries.open_screening(actor, initiative_id)
    form = PeopleForm(posted(request), draft=draft, stances=queries.standing_stances(actor))

    def write(cleaned: dict[str, Any]) -> str:
        actions.answer_screening(
            actor=actor,
            initiative_id=initiative.pk,
            version=posted_version(request),
            affected=cleaned["affected"],
            affected_note=cleaned["affected_note"],
            dilemma=cleaned["dilemma"],
            stances=form.given_to_stances(),
        )
        return _("Det er gemt.")

    return _page(
        request,
        initiative,
        form,
        write,
        title=_("Hvem berører det, og hvad er dilemmaet?"),
        button=_("Gem svarene"),
        version=draft.version,
    )


@require_http_methods(["GET", "POST"])
def consequences(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Answer the questions on consequences."""
    actor, initiative, draft = _read(request, initiative_id)
    draft = draft or queries.open_screening(actor, initiative_id)
    form = ConsequenceForm(posted(request), draft=draft)

    def write(cleaned: dict[str, Any]) -> str:
        actions.answer_screening(
            actor=actor,
            initiative_id=initiative.pk,
            version=posted_version(request),
            consequences=form.given(),
        )
        return _("Svarene er gemt.")

    return _page(
        request,
        initiative,
        form,
        write,
        title=_("Hvad kan det føre med sig?"),
        button=_("Gem svarene"),
        version=draft.version,
    )


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Decide the screening; from then on it is final."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    initiative, _found = queries.screenings_of(actor, initiative_id)
    require(actor, DECIDE_ETHICS, initiative.unit_id)
    draft = queries.open_screening(actor, initiative_id)
    form = DecideForm(posted(request), actor=actor)

    def write(cleaned: dict[str, Any]) -> str:
        actions.decide_screening(
            actor=actor,
            initiative_id=initiative.pk,
            version=posted_version(request),
            decided={
                "decision": EthicsDecision(cleaned["decision"]),
                "decision_text": cleaned["decision_text"],
                "body": cleaned["body"],
                "published_where": cleaned["published_where"],
                "unpublished_because": cleaned["unpublished_because"],
            },
        )
        return _("Beslutningen er skrevet ned.")

    return _page(
        request,
        initiative,
        form,
        write,
        title=_("Skriv beslutningen"),
        button=_("Gem beslutningen"),
        version=draft.version,
        lacking=shown.lacking(queries.lacking_in(actor, draft)),
        quiet=[_("Bagefter kan vurderingen ikke ændres. En ny kan altid begyndes.")],
    )


@require_safe
def stances(request: HttpRequest) -> HttpResponse:
    """Show the stances of the committees; each is a criterion in every later screening."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_ETHICS):
        require(actor, VIEW_ETHICS)
    found = list(queries.stances_of(actor))
    standing = [one for one in found if one.retired_on is None]
    point = (
        _("Udvalgene har taget stilling til %(count)s spørgsmål") % {"count": len(standing)}
        if standing
        else _("Udvalgene har ikke taget stilling endnu")
    )
    context = {
        "point": point,
        "standing": standing,
        "retired": [one for one in found if one.retired_on is not None],
        "may_keep": allowed(actor, KEEP_STANCES),
    }
    return render(request, "trust/ethics/stances.html", context)


@require_http_methods(["GET", "POST"])
def write_stance(request: HttpRequest) -> HttpResponse:
    """Write a stance of a committee down."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, KEEP_STANCES)

    def write(cleaned: dict[str, Any]) -> str:
        actions.write_stance(actor=actor, **cleaned)
        return _("Holdningen er skrevet ned. Den bliver spurgt om i nye vurderinger.")

    form = StanceForm(posted(request), actor=actor, initial={"decided_on": today()})
    return act_page(
        request,
        form,
        write,
        title=_("Skriv en holdning ned"),
        button=_("Gem holdningen"),
        crumbs=_trail(),
        leave_url=reverse("ethics:stances"),
    )


@require_http_methods(["GET", "POST"])
def retire_stance(request: HttpRequest, stance_id: int) -> HttpResponse:
    """Say that a stance does not hold any more."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.stance_of(actor, stance_id)
    require(actor, KEEP_STANCES)

    def write(cleaned: dict[str, Any]) -> str:
        actions.retire_stance(actor=actor, stance_id=found.pk, version=posted_version(request))
        return _("Holdningen gælder ikke længere.")

    return act_page(
        request,
        forms.Form(posted(request)),
        write,
        title=_("Holdningen gælder ikke længere"),
        button=_("Lad den ophøre"),
        crumbs=_trail(),
        leave_url=reverse("ethics:stances"),
        version=found.version,
        told=[f"»{found.principle}«"],
        quiet=[_("Vurderinger, der er holdt op mod den, beholder den.")],
    )


def _read(request: HttpRequest, initiative_id: int) -> tuple[Actor, Any, EthicsScreening | None]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    initiative, found = queries.screenings_of(actor, initiative_id)
    require(actor, SCREEN_ETHICS, initiative.unit_id)
    draft = next((one for one in found if one.state == ScreeningState.DRAFT), None)
    return actor, initiative, draft


def _trail() -> tuple[tuple[str, str], ...]:
    return (
        (_("Portefølje"), reverse("portfolio:initiatives")),
        (_("Dataetik"), reverse("ethics:screenings")),
        (_("Holdninger"), reverse("ethics:stances")),
    )


def _page(
    request: HttpRequest, initiative: Any, form: forms.Form, write: Any, **more: Any
) -> HttpResponse:
    url = reverse("ethics:screening", args=[initiative.pk])
    crumbs = (
        (_("Portefølje"), reverse("portfolio:initiatives")),
        (initiative.title, reverse("portfolio:initiative", args=[initiative.pk])),
        (_("Dataetik"), url),
    )
    return act_page(request, form, write, crumbs=crumbs, leave_url=url, **more)
