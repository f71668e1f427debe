"""The questions about an initiative: five on the first day, all of them when one wants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.permissions import ANSWER_FACTS
from hoest.domain.portfolio.queries import AskedFact
from hoest.domain.portfolio.rules import FactAnswer
from hoest.domain.portfolio.web.gates.words import text
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.content import active_language
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import carried_out, posted
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address


class FactsForm(AskingForm):
    """Each question with ja, nej, ved ikke; what is left open is not written."""

    def __init__(self, *args: Any, facts: list[AskedFact], **kwargs: Any) -> None:
        initial = {one.question.code: one.last.answer for one in facts if one.last}
        super().__init__(*args, initial=initial, **kwargs)
        for one in facts:
            self.fields[one.question.code] = question_field(one)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one answer, so that nobody thinks that something was saved."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(said.values()):
            self.fault_heading = _("Intet svar er valgt")
            self.add_error(None, _("Vælg mindst ét svar."))
        return said

    def answers(self) -> dict[str, FactAnswer]:
        """Return what was answered, by code."""
        return {code: FactAnswer(said) for code, said in self.cleaned_data.items() if said}


def question_field(one: AskedFact, *, required: bool = False) -> forms.ChoiceField:
    """Return a question with what it means, and who answered it last beside it."""
    field = forms.ChoiceField(
        label=text(one.question.ask),
        required=required,
        choices=content.choices("fact_answer"),
        widget=forms.RadioSelect,
        help_text=_("%(about)s For eksempel: %(examples)s.")
        % {
            "about": text(one.question.about),
            "examples": ", ".join(one.question.examples(active_language())),
        },
    )
    field.needed_for = _when(one)  # type: ignore[attr-defined]
    return field


def _when(one: AskedFact) -> str:
    """Say who answered last, beside the question."""
    if one.last is None:
        return _("ikke besvaret endnu")
    return _("svaret af %(who)s") % {"who": one.last.said_by_name}


def saved_in_words(count: int) -> str:
    """Say how many answers were written; what stood already is not written again."""
    if not count:
        return _("Svarene er de samme som før.")
    said = ngettext("%(count)s svar er gemt.", "%(count)s svar er gemt.", count)
    return said % {"count": count}


@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Ask about an initiative; `?kort=1` asks the five of the first day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    may_answer = allowed(actor, ANSWER_FACTS, found.unit_id)
    if request.method == "POST":
        require(actor, ANSWER_FACTS, found.unit_id)
    every = queries.asked_facts(found)
    is_short = bool(request.GET.get("kort"))
    asked = [one for one in every if one.question.early or not is_short]
    form = FactsForm(posted(request), facts=asked)
    leave_url = back_address(request, reverse("gates:gate", args=[found.pk]))

    def write(_cleaned: dict[str, Any]) -> str:
        made = actions.answer_facts(actor=actor, initiative_id=found.pk, answers=form.answers())
        return saved_in_words(len(made))

    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    unknown = len(queries.unanswered(tuple(asked)))
    context = {
        "initiative": found,
        "form": form,
        "is_short": is_short,
        "may_answer": may_answer,
        "point": _point(unknown, len(asked)),
        "answered": [(one, text(one.question.ask)) for one in every if one.last],
        "before": [
            (row, text(content.initiative_questions()[row.code].label))
            for row in queries.answers_before(found)[:40]
            if row.code in content.initiative_questions()
        ],
        "leave_url": leave_url,
    }
    status = 422 if form.errors else 200
    return render(request, "portfolio/gates/facts.html", context, status=status)


def _point(unknown: int, asked: int) -> str:
    if not unknown:
        return _("Alle %(count)s spørgsmål er besvaret") % {"count": asked}
    return ngettext(
        "%(count)s af %(all)s spørgsmål er åbent",
        "%(count)s af %(all)s spørgsmål er åbne",
        unknown,
    ) % {"count": unknown, "all": asked}
