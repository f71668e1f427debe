"""What is done on the effect page: begin, calculate, change, say a place, note a happening."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.models import Place, Study
from hoest.domain.evidence.permissions import PLAN_STUDY
from hoest.domain.evidence.web import words
from hoest.domain.evidence.web.effect.forms import BeginForm, ChangeForm, HappeningForm, PlaceForm
from hoest.domain.evidence.web.effect.pages import crumbs, effect_page
from hoest.domain.evidence.web.effect.reading import benefit_read, study_read
from hoest.domain.evidence.web.effect.refusals import refusal_of
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import Permission, require
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui.messages import tell


def effect_url(study: Study) -> str:
    """Return the address of a study on the page of its benefit."""
    url = reverse("evidence:effect", args=[study.benefit_id])
    return url if study.is_primary else f"{url}?serie={study.pk}"


def _require(actor: Actor, permission: Permission, benefit: Any) -> None:
    require(actor, permission, benefit.unit_id or benefit.initiative.unit_id)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Begin to ask whether the effect of a benefit is there."""
    actor, benefit = benefit_read(request, benefit_id)
    _require(actor, PLAN_STUDY, benefit)
    taken = [one.series_id for one in queries.studies_of_benefit(actor, benefit.pk)]
    form = BeginForm(posted(request), series=queries.series_here(actor).exclude(pk__in=taken))
    made: list[Study] = []

    def write(cleaned: dict[str, Any]) -> str:
        made.append(
            actions.begin_study(actor=actor, benefit_id=benefit.pk, series_id=cleaned["series"].pk)
        )
        return _("Undersøgelsen er begyndt. Se, om stedernes startdage er rigtige.")

    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(effect_url(made[0]))
    return _form_page(
        request,
        form,
        benefit,
        title=_("Undersøg, om effekten er der"),
        label=_("Begynd undersøgelsen"),
        leave_url=reverse("evidence:effect", args=[benefit.pk]),
    )


@require_POST
def calculate(request: HttpRequest, study_id: int) -> HttpResponse:
    """Calculate the effect now; a refusal is told on the page itself."""
    actor, study = study_read(request, study_id)
    try:
        _made, is_new = actions.estimate_study(actor=actor, study_id=study.pk)
    except actions.Refused as refused:
        return effect_page(
            request,
            actor,
            study.benefit,
            study_id=study.pk,
            refused=refusal_of(refused.code, refused.values),
            status=422,
        )
    tell(
        request,
        _("Effekten er regnet.")
        if is_new
        else _("Intet er nyt siden sidste beregning. Svaret er det samme."),
    )
    return redirect(effect_url(study))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, study_id: int) -> HttpResponse:
    """Change how a study looks."""
    actor, study = study_read(request, study_id)
    _require(actor, PLAN_STUDY, study.benefit)
    initial = {
        "method": study.method,
        "control": study.control,
        "from_period": study.from_period,
    }
    form = ChangeForm(posted(request), initial=initial)

    def write(cleaned: dict[str, Any]) -> str:
        actions.change_study(
            actor=actor, study_id=study.pk, version=posted_version(request), **cleaned
        )
        return _("Måden at regne på er rettet. Regn effekten igen.")

    return _asked(
        request,
        form,
        write,
        study,
        title=_("Ret måden at regne på"),
        label=_("Gem måden at regne på"),
        lead=_("Det gamle svar bliver stående. Det nye får sit eget nummer."),
    )


@require_POST
def make_primary(request: HttpRequest, study_id: int) -> HttpResponse:
    """Let a series speak for the benefit."""
    actor, study = study_read(request, study_id)
    made = actions.choose_primary(actor=actor, study_id=study.pk, version=posted_version(request))
    said = _("Serien taler nu for gevinsten. Dagen, den blev valgt, er skrevet ned.")
    if made.answer_was_known:
        said = _(
            "Serien taler nu for gevinsten. Svaret var regnet, da den blev valgt, så den dømmes "
            "som en af flere."
        )
    tell(request, said)
    return redirect("evidence:effect", study.benefit_id)


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, study_id: int, place_id: int) -> HttpResponse:
    """Say when a place began, or why it is left out."""
    actor, study = study_read(request, study_id)
    _require(actor, PLAN_STUDY, study.benefit)
    start = next((one for one in queries.starts_of(study) if one.place_id == place_id), None)
    if start is None:
        raise NotFound("Stedet findes ikke, eller du kan ikke se det.")
    initial = {
        "started_on": start.on if start.said == "study" else None,
        "left_out_because": start.left_out,
        "alike": start.stratum,
    }
    form = PlaceForm(posted(request), initial=initial)

    def write(cleaned: dict[str, Any]) -> str:
        actions.say_place(actor=actor, study_id=study.pk, place_id=place_id, **cleaned)
        return _("Det er skrevet ned. Regn effekten igen.")

    return _asked(
        request,
        form,
        write,
        study,
        title=start.place,
        label=_("Gem stedet"),
        lead=_("Uden et svar her gælder den dag, udrulningen siger."),
    )


@require_http_methods(["GET", "POST"])
def happening(request: HttpRequest, study_id: int) -> HttpResponse:
    """Note something else that happened at the same time."""
    actor, study = study_read(request, study_id)
    _require(actor, PLAN_STUDY, study.benefit)
    form = HappeningForm(posted(request), places=_places_of(study))

    def write(cleaned: dict[str, Any]) -> str:
        where: Place | None = cleaned["place"]
        actions.note_happening(
            actor=actor,
            study_id=study.pk,
            on=cleaned["on"],
            what=cleaned["what"],
            place_id=where.pk if where else None,
        )
        return _("Det er skrevet ned og står ved effekten.")

    return _asked(
        request,
        form,
        write,
        study,
        title=_("Skriv ned, hvad der ellers skete"),
        label=_("Gem hændelsen"),
    )


@require_POST
def withdraw(request: HttpRequest, study_id: int, happening_id: int) -> HttpResponse:
    """Take a note away that was wrong."""
    actor, study = study_read(request, study_id)
    actions.withdraw_happening(actor=actor, study_id=study.pk, happening_id=happening_id)
    tell(request, _("Hændelsen er fjernet. Det står i historikken."))
    return redirect(effect_url(study))


def _places_of(study: Study) -> Any:
    used = [one.place_id for one in queries.starts_of(study)]
    return Place.objects.filter(organisation_id=study.organisation_id, pk__in=used)


def _asked(
    request: HttpRequest,
    form: forms.BaseForm,
    write: Any,
    study: Study,
    *,
    title: str,
    label: str,
    lead: str = "",
) -> HttpResponse:
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(effect_url(study))
    return _form_page(
        request,
        form,
        study.benefit,
        title=title,
        label=label,
        lead=lead,
        leave_url=effect_url(study),
        version=posted_version(request) or study.version,
    )


def _form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    benefit: Any,
    *,
    title: str,
    label: str,
    leave_url: str,
    lead: str = "",
    version: int = 0,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "label": label,
        "lead": lead,
        "leave_url": leave_url,
        "version": version,
        "crumbs": crumbs(benefit, title),
        "language": words.language(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "evidence/effect/form.html", context, status=status)
