"""Phase models: see them as a picture, write one's own, take it into use, choose one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.permissions import (
    CHANGE_INITIATIVES,
    KEEP_PHASE_MODELS,
    VIEW_INITIATIVES,
)
from hoest.domain.portfolio.queries import ModelInUse
from hoest.domain.portfolio.web.gates.words import Step, steps, text
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

LARGEST_FILE = 100_000


@dataclass(frozen=True)
class ModelShown:
    """A model as the page shows it."""

    used: ModelInUse
    label: str
    about: str
    steps: list[Step]
    begin_url: str


class TextForm(AskingForm):
    """The model as text, or as a file."""

    text = forms.CharField(
        label=gettext_lazy("Fasemodellen som tekst"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "yaml"}),
        help_text=gettext_lazy("Indryk med mellemrum. Fejl vises med linjenummer."),
    )
    file = forms.FileField(label=gettext_lazy("Eller hent den fra en fil"), required=False)

    def clean(self) -> dict[str, Any]:
        """Take the file where there is one; the text must say something."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        file = said.get("file")
        if file is not None:
            if file.size > LARGEST_FILE:
                raise forms.ValidationError(_("Filen er for stor til at være en fasemodel."))
            try:
                said["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise forms.ValidationError(_("Filen skal være gemt som UTF-8.")) from error
        if not said.get("text", "").strip():
            self.add_error("text", _("Skriv modellen, eller vælg en fil."))
        return said


class TakeForm(AskingForm):
    """Whether the model is for all new initiatives."""

    for_all_new = forms.BooleanField(
        label=gettext_lazy("Brug den til alle nye initiativer"), required=False
    )


class ChooseForm(AskingForm):
    """Which of the current models an initiative follows."""

    model = forms.ChoiceField(label=gettext_lazy("Fasemodel"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, found: list[ModelInUse], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model = self.fields["model"]
        assert isinstance(model, forms.ChoiceField)
        model.choices = [
            (one.model.code, f"{text(one.model.label)}. {text(one.model.about)}") for one in found
        ]


@require_GET
def models(request: HttpRequest) -> HttpResponse:
    """Show the models a new initiative can follow, and the versions the municipality wrote."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        require(actor, VIEW_INITIATIVES)
    found = queries.models_in_use(actor.organisation_id)
    context = {
        "models": [_shown(one) for one in found],
        "point": _("Nye initiativer følger »%(label)s«") % {"label": text(found[0].model.label)},
        "versions": queries.versions_of(actor.organisation_id),
        "may_write": allowed_somewhere(actor, KEEP_PHASE_MODELS),
    }
    return render(request, "portfolio/gates/models.html", context)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write a model, beginning from one there is (`?fra=`); faults are shown by line."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, KEEP_PHASE_MODELS)
    files = request.FILES if request.method == "POST" else None
    form = TextForm(posted(request), files, initial={"text": _beginning(actor, request)})
    faults: tuple[content.LineFault, ...] = ()
    if form.is_bound and form.is_valid():
        try:
            made = actions.write_phase_model(actor=actor, text=form.cleaned_data["text"])
        except content.PhaseModelFault as fault:
            faults = fault.faults
            form.add_error(None, _("Modellen er ikke gemt. Ret linjerne herunder."))
        except actions.TextTooLong as fault:
            form.add_error("text", str(fault))
        else:
            tell(request, _("Udkastet er gemt. Se det igennem, og tag det i brug."))
            return redirect("gates:take_model", made.pk)
    context = {"form": form, "faults": faults, "leave_url": reverse("gates:models")}
    status = 422 if form.errors else 200
    return render(request, "portfolio/gates/write_model.html", context, status=status)


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show a version as a picture and as text, and take a draft into use."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, KEEP_PHASE_MODELS)
    found = queries.version_of(actor.organisation_id, version_id)
    form = TakeForm(posted(request), initial={"for_all_new": True})

    def save(said: dict[str, Any]) -> str:
        actions.take_phase_model(
            actor=actor,
            version_id=found.pk,
            version=posted_version(request),
            for_all_new=said["for_all_new"],
        )
        return _("Modellen er taget i brug. Initiativer, der er i gang, beholder deres egen.")

    done = carried_out(form, save)
    if done is not None:
        tell(request, done)
        return redirect("gates:models")
    model = content.phase_model_in_use(found.text)
    context = {
        "version_row": found,
        "label": text(model.label),
        "about": text(model.about),
        "steps": steps(model),
        "form": form if found.in_use_since is None else None,
        "version": posted_version(request) or found.version,
        "leave_url": reverse("gates:models"),
    }
    status = 422 if form.errors else 200
    return render(request, "portfolio/gates/take_model.html", context, status=status)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Let an initiative follow another model, until the first decision at a gate."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    initiative = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, initiative.unit_id)
    found = queries.models_in_use(actor.organisation_id)
    now = queries.place_of(initiative).used.model.code
    form = ChooseForm(posted(request), found=found, initial={"model": now})
    leave_url = back_address(request, reverse("gates:gate", args=[initiative.pk]))

    def save(said: dict[str, Any]) -> str:
        actions.choose_phase_model(actor=actor, initiative_id=initiative.pk, code=said["model"])
        return _("Fasemodellen er valgt.")

    done = carried_out(form, save)
    if done is not None:
        tell(request, done)
        return redirect(leave_url)
    context = {"initiative": initiative, "form": form, "leave_url": leave_url}
    status = 422 if form.errors else 200
    return render(request, "portfolio/gates/choose_model.html", context, status=status)


def _shown(used: ModelInUse) -> ModelShown:
    return ModelShown(
        used=used,
        label=text(used.model.label),
        about=text(used.model.about),
        steps=steps(used.model),
        begin_url=reverse("gates:write_model") + f"?fra={used.model.code}",
    )


def _beginning(actor: Actor, request: HttpRequest) -> str:
    """Return the text one begins from: one's own newest, else Høst's, else the plain one."""
    wanted = request.GET.get("fra", "")
    for row in queries.versions_of(actor.organisation_id):
        if row.code == wanted:
            return row.text
    shipped = content.shipped_phase_models()
    return content.phase_model_text(wanted if wanted in shipped else next(iter(shipped)))
