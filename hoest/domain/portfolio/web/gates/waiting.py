"""Looking again at what waits: until another day, or no longer."""

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
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.clock import today
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address


class ReviewForm(AskingForm):
    """Wait on until another day, or not any more."""

    needed_for = {"review_on": gettext_lazy("skal skrives, hvis det stadig skal vente")}

    answer = forms.ChoiceField(
        label=gettext_lazy("Skal det stadig vente?"),
        widget=forms.RadioSelect,
        choices=[
            ("wait", gettext_lazy("Ja, til en ny dag")),
            ("end", gettext_lazy("Nej, nu går vi i gang igen")),
        ],
    )
    review_on = DanishDateField(label=gettext_lazy("Ses på igen"), required=False)
    because = forms.CharField(
        label=gettext_lazy("Hvad har ændret sig, siden I så på det sidst?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the day when it waits on."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("answer") == "wait" and not said.get("review_on"):
            self.add_error("review_on", _("Skriv, hvornår I ser på det igen."))
        return said


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, waiting_id: int) -> HttpResponse:
    """Show what waits, for how long and at what cost, and let it wait on or end."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.waiting_item_of(actor, waiting_id)
    initiative = found.initiative
    is_sponsor = actor.person_id is not None and actor.person_id == initiative.sponsor_id
    may_review = is_sponsor or allowed(actor, CHANGE_INITIATIVES, initiative.unit_id)
    if request.method == "POST" and not may_review:
        require(actor, CHANGE_INITIATIVES, initiative.unit_id)
    form = ReviewForm(posted(request))
    leave_url = back_address(request, reverse("gates:gate", args=[initiative.pk]))

    def write(said: dict[str, Any]) -> str:
        is_over = said["answer"] == "end"
        actions.review_waiting(
            actor=actor,
            waiting_id=found.pk,
            version=posted_version(request),
            review_on=None if is_over else said["review_on"],
            because=said["because"],
        )
        return _("Det venter ikke mere.") if is_over else _("Den nye dag er gemt.")

    done = carried_out(form, write)
    if done is not None:
        tell(request, done)
        return redirect(leave_url)
    context = {
        "waiting": found,
        "initiative": initiative,
        "kind": content.label("waiting_kind", found.kind),
        "is_overdue": found.ended_on is None and found.review_on < today(),
        "days": (today() - found.since).days,
        "form": form if may_review and found.ended_on is None else None,
        "version": posted_version(request) or found.version,
        "leave_url": leave_url,
    }
    status = 422 if form.errors else 200
    return render(request, "portfolio/gates/waiting.html", context, status=status)
