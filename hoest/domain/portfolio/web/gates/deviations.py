"""A deviation: ask that a requirement may wait, and answer what somebody else asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.permissions import ANSWER_DEVIATIONS, KEEP_REQUIREMENTS
from hoest.domain.portfolio.rules import DeviationState, may_answer_deviation
from hoest.domain.portfolio.web.gates import words
from hoest.domain.portfolio.web.gates.words import text
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address


class AskForm(AskingForm):
    """Why a requirement may wait, what is done meanwhile, and until when."""

    reason = forms.CharField(
        label=gettext_lazy("Hvorfor må det vente?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    measures = forms.CharField(
        label=gettext_lazy("Hvad gør I imens for at passe på?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ends_on = DanishDateField(
        label=gettext_lazy("Til og med"),
        help_text=gettext_lazy("Den dag kommer kravet igen af sig selv."),
    )


class AnswerForm(AskingForm):
    """Yes or no with a reason."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Må kravet vente?"),
        widget=forms.RadioSelect,
        choices=[
            ("approve", gettext_lazy("Ja, til den dag der står")),
            ("refuse", gettext_lazy("Nej, det skal være der først")),
        ],
    )
    reason = forms.CharField(
        label=gettext_lazy("Begrundelse"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Den kan læses af alle og kan ikke laves om."),
    )


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, initiative_id: int, code: str) -> HttpResponse:
    """Ask that a requirement may wait until a day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    known = queries.requirement_of(code)
    require(actor, KEEP_REQUIREMENTS, found.unit_id)
    form = AskForm(posted(request))
    leave_url = back_address(request, reverse("gates:gate", args=[found.pk]))

    def write(said: dict[str, Any]) -> str:
        actions.ask_deviation(actor=actor, initiative_id=found.pk, code=code, **said)
        return _("Der er bedt om, at »%(requirement)s« må vente.") % {
            "requirement": text(known.label)
        }

    done = carried_out(form, write)
    if done is not None:
        tell(request, done)
        return redirect(leave_url)
    who = ", ".join(content.label("role", role).lower() for role in known.approvers)
    context = {
        "initiative": found,
        "form": form,
        "title": _("Bed om, at »%(requirement)s« må vente") % {"requirement": text(known.label)},
        "who": who,
        "is_statutory": known.is_statutory,
        "law": words.law_words(known) if known.law else "",
        "leave_url": leave_url,
    }
    status = 422 if form.errors else 200
    return render(request, "portfolio/gates/ask_deviation.html", context, status=status)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, deviation_id: int) -> HttpResponse:
    """Show a deviation, and let somebody else than the asker answer it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.deviation_of(actor, deviation_id)
    known = queries.requirement_of(found.code)
    form = AnswerForm(posted(request))
    leave_url = back_address(request, reverse("gates:gate", args=[found.initiative_id]))
    if request.method == "POST":
        require(actor, ANSWER_DEVIATIONS, found.initiative.unit_id)

    def write(said: dict[str, Any]) -> str:
        actions.answer_deviation(
            actor=actor,
            deviation_id=found.pk,
            version=posted_version(request),
            approve=said["answer"] == "approve",
            reason=said["reason"],
        )
        return _("Dit svar er gemt.")

    done = carried_out(form, write)
    if done is not None:
        tell(request, done)
        return redirect(leave_url)
    is_asker = actor.person_id is None or actor.person_id == found.asked_by_id
    may_answer = allowed(actor, ANSWER_DEVIATIONS, found.initiative.unit_id) and (
        may_answer_deviation(known, actor.roles, is_asker)
    )
    context = {
        "deviation": found,
        "initiative": found.initiative,
        "label": text(known.label),
        "asks": text(known.asks),
        "law": words.law_words(known) if known.law else "",
        "state": content.label("deviation_state", found.state),
        "is_asked": found.state == DeviationState.ASKED,
        "is_asker": is_asker,
        "who": ", ".join(content.label("role", role).lower() for role in known.approvers),
        "form": form if may_answer and found.state == DeviationState.ASKED else None,
        "version": posted_version(request) or found.version,
        "leave_url": leave_url,
    }
    status = 422 if form.errors else 200
    return render(request, "portfolio/gates/deviation.html", context, status=status)
