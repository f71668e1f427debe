"""One requirement of an initiative: what shows it, by the form of the requirement."""

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
from hoest.domain.portfolio.models import RequirementAnswer
from hoest.domain.portfolio.permissions import KEEP_REQUIREMENTS
from hoest.domain.portfolio.queries import Item
from hoest.domain.portfolio.rules import RequirementState
from hoest.domain.portfolio.web.gates import words
from hoest.domain.portfolio.web.gates.words import text
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.content import Requirement, active_language
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

WRITABLE = ("missing", "in_progress", "present", "not_relevant")


WHEN_PRESENT = gettext_lazy("skal udfyldes, når kravet foreligger")
WHEN_PRESENT_OR_ASIDE = gettext_lazy("skal skrives, når kravet foreligger eller ikke er relevant")


class RequirementForm(AskingForm):
    """How far a requirement is, and what shows it."""

    needed_for = {
        "choice": WHEN_PRESENT,
        "link": WHEN_PRESENT,
        "dated_on": WHEN_PRESENT,
        "made_by": WHEN_PRESENT,
        "reason": gettext_lazy("skal skrives, hvis det ikke er relevant"),
    }

    state = forms.ChoiceField(label=gettext_lazy("Hvor langt er det?"), widget=forms.RadioSelect)
    choice = forms.ChoiceField(
        label=gettext_lazy("Hvem skal løse opgaven?"), required=False, widget=forms.RadioSelect
    )
    link = forms.CharField(
        label=gettext_lazy("Hvor ligger det?"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Et link eller et sagsnummer, så en anden kan finde det."),
    )
    dated_on = DanishDateField(label=gettext_lazy("Dato på dokumentet"), required=False)
    made_by = forms.CharField(
        label=gettext_lazy("Hvem har lavet det?"), max_length=160, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Begrundelse"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, requirement: Requirement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        may_be_aside = not requirement.is_statutory
        state.choices = [
            (code, content.label("requirement_state", code))
            for code in WRITABLE
            if may_be_aside or code != RequirementState.NOT_RELEVANT.value
        ]
        reason: Any = self.fields["reason"]
        if not may_be_aside:
            reason.needed_for = ""
        if requirement.form == "choice":
            choice = self.fields["choice"]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = [
                (code, f"{text(one.label)}. {text(one.about)}")
                for code, one in requirement.choices.items()
            ]
            reason.help_text = _("Skriv, hvorfor det passer bedst.")
            reason.needed_for = WHEN_PRESENT if not may_be_aside else WHEN_PRESENT_OR_ASIDE
        else:
            del self.fields["choice"]
        if requirement.form != "document":
            for name in ("link", "dated_on", "made_by"):
                del self.fields[name]
        for place, question in enumerate(requirement.questions(active_language())):
            self.fields[f"question_{place}"] = forms.CharField(
                label=question,
                max_length=600,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.fields[f"question_{place}"].needed_for = WHEN_PRESENT  # type: ignore[attr-defined]
        self.order_fields(
            [
                *(name for name in self.fields if name.startswith("question_")),
                *("choice", "state", "link", "dated_on", "made_by", "reason"),
            ]
        )

    def written(self) -> actions.RequirementFields:
        """Return what was written."""
        said = self.cleaned_data
        questions = [name for name in self.fields if name.startswith("question_")]
        return actions.RequirementFields(
            state=RequirementState(said["state"]),
            choice=said.get("choice", ""),
            link=said.get("link", ""),
            dated_on=said.get("dated_on"),
            made_by=said.get("made_by", ""),
            reason=said["reason"],
            answers=tuple(said[name] for name in questions),
        )


@require_http_methods(["GET", "POST"])
def requirement(request: HttpRequest, initiative_id: int, code: str) -> HttpResponse:
    """Show one requirement, and let those who may write how far it is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    known = queries.requirement_of(code)
    may_write = allowed(actor, KEEP_REQUIREMENTS, found.unit_id)
    if request.method == "POST":
        require(actor, KEEP_REQUIREMENTS, found.unit_id)
    item = queries.gate_of(found).item(code)
    standing = item.answer if item else None
    leave_url = back_address(request, reverse("gates:gate", args=[found.pk]))
    if known.form == "principle":
        return redirect(reverse("gates:principles", args=[found.pk]) + f"#{known.code}")
    told_url = _told_url(actor, item)
    initial = _initial(standing, item, request.build_absolute_uri(told_url) if told_url else "")
    form = RequirementForm(posted(request), requirement=known, initial=initial)

    def write(_cleaned: dict[str, Any]) -> str:
        actions.write_requirement(
            actor=actor,
            initiative_id=found.pk,
            code=code,
            version=posted_version(request),
            fields=form.written(),
        )
        return _("»%(requirement)s« er gemt.") % {"requirement": text(known.label)}

    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    context = {
        "initiative": found,
        "requirement": known,
        "label": text(known.label),
        "asks": text(known.asks),
        "why": text(known.why),
        "who": words.in_a_sentence(text(known.who)),
        "law": words.law_words(known) if known.law else "",
        "item": item,
        "told_url": told_url,
        "shown": words.item_shown(found, item) if item else None,
        "detail": _detail(item),
        "form": form if may_write and known.form != "told" else None,
        "may_deviate": may_write and item is not None and item.is_open and item.asked is None,
        "may_answer_asked": item is not None and item.asked is not None,
        "version": posted_version(request) or (standing.version if standing else 0),
        "leave_url": leave_url,
    }
    status = 422 if form.errors else 200
    return render(request, "portfolio/gates/requirement.html", context, status=status)


def _detail(item: Item | None) -> str:
    """Say what shows a requirement; what is only told stands on a line of its own."""
    if item is None:
        return ""
    said = words.detail(item)
    is_told = item.told is not None and said.startswith(item.told.source)
    return "" if is_told and item.requirement.form != "told" else said


def _told_url(actor: Actor, item: Item | None) -> str:
    """Return where what is told stands, when the reader may open it."""
    told = item.told if item else None
    if told is None or (told.permission and not allowed_somewhere(actor, told.permission)):
        return ""
    return told.url


def _initial(
    standing: RequirementAnswer | None, item: Item | None, told_link: str
) -> dict[str, Any]:
    """Return what stands in the form: what was written, else what is told, ready to confirm."""
    if standing is None:
        told = item.told if item else None
        if told is None:
            return {"state": RequirementState.MISSING.value}
        if told.state == RequirementState.MISSING:
            return {"state": told.state}
        return {
            "state": told.state,
            "link": told_link,
            "dated_on": told.on,
            "made_by": told.name,
        }
    questions = {f"question_{place}": said for place, said in enumerate(standing.answers)}
    names = ("state", "choice", "link", "dated_on", "made_by", "reason")
    return {**{name: getattr(standing, name) for name in names}, **questions}
