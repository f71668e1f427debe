"""The eight architecture principles of an initiative, answered on one page, with plain words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.models import RequirementAnswer
from hoest.domain.portfolio.permissions import KEEP_REQUIREMENTS
from hoest.domain.portfolio.rules import Stance
from hoest.domain.portfolio.web.gates.words import text
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.content import Requirement
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import carried_out, posted
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address


class PrinciplesForm(AskingForm):
    """Each principle: follows, deviates with a reason, not relevant; what is left open stays."""

    def __init__(
        self,
        *args: Any,
        principles: list[Requirement],
        answers: dict[str, RequirementAnswer],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.principles = principles
        for one in principles:
            standing = answers.get(one.code)
            self.fields[one.code] = forms.ChoiceField(
                label=text(one.label),
                required=False,
                choices=content.choices("principle_stance"),
                widget=forms.RadioSelect,
                help_text=f"{text(one.asks)} {text(one.why)}",
                initial=standing.stance if standing else "",
            )
            self.fields[f"{one.code}_why"] = forms.CharField(
                label=_("Begrundelse"),
                max_length=400,
                required=False,
                initial=standing.reason if standing else "",
            )
            self.fields[f"{one.code}_why"].needed_for = _("når løsningen ikke følger princippet")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason beside the principle it belongs to."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for one in self.principles:
            stance = said.get(one.code)
            if stance and stance != Stance.FOLLOWS and not said.get(f"{one.code}_why", "").strip():
                self.add_error(
                    f"{one.code}_why", _("Skriv, hvorfor løsningen ikke følger princippet.")
                )
        return said

    def pairs(self) -> list[tuple[str, Any, Any]]:
        """Return each principle with its two fields."""
        return [(one.code, self[one.code], self[f"{one.code}_why"]) for one in self.principles]


@require_http_methods(["GET", "POST"])
def principles(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show the principles, and let those who may take a stand on each."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    may_write = allowed(actor, KEEP_REQUIREMENTS, found.unit_id)
    if request.method == "POST":
        require(actor, KEEP_REQUIREMENTS, found.unit_id)
    known = [one for one in content.gate_requirements().values() if one.form == "principle"]
    answers = queries.answers_of(found)
    form = PrinciplesForm(posted(request), principles=known, answers=answers)
    leave_url = back_address(request, reverse("gates:gate", args=[found.pk]))

    def write(said: dict[str, Any]) -> str:
        for one in known:
            standing = answers.get(one.code)
            stance, why = said[one.code], said[f"{one.code}_why"]
            if not stance or (standing and (standing.stance, standing.reason) == (stance, why)):
                continue
            actions.write_requirement(
                actor=actor,
                initiative_id=found.pk,
                code=one.code,
                version=standing.version if standing else 0,
                fields=actions.RequirementFields(stance=Stance(stance), reason=why),
            )
        return _("Stillingen til principperne er gemt.")

    done = carried_out(form, write)
    if done is not None:
        tell(request, done)
        return redirect(leave_url)
    taken = len([one for one in known if one.code in answers])
    context = {
        "initiative": found,
        "form": form,
        "may_write": may_write,
        "stances": [_stance(one, answers.get(one.code)) for one in known],
        "point": _("%(count)s af %(all)s principper er der taget stilling til")
        % {"count": taken, "all": len(known)},
        "leave_url": leave_url,
    }
    status = 422 if form.errors else 200
    return render(request, "portfolio/gates/principles.html", context, status=status)


def _stance(principle: Requirement, standing: RequirementAnswer | None) -> dict[str, str]:
    """Return a principle with the stand that was taken on it, in words."""
    taken = standing if standing is not None and standing.stance else None
    return {
        "code": principle.code,
        "label": text(principle.label),
        "asks": text(principle.asks),
        "stance": content.label("principle_stance", taken.stance)
        if taken
        else _("Ingen har taget stilling endnu"),
        "reason": taken.reason if taken else "",
    }
