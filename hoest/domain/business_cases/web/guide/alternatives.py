"""Step 2: what else could be done. Doing nothing always stands first, the case itself last."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hoest.domain.business_cases import actions
from hoest.domain.business_cases.models import Alternative
from hoest.domain.business_cases.permissions import CHANGE_CASES
from hoest.domain.business_cases.queries import Parts, Written
from hoest.domain.business_cases.rules import LARGEST_AMOUNT
from hoest.domain.business_cases.rules.guide import LONGEST_NAME, Question
from hoest.domain.business_cases.web.editing import act_page, open_version
from hoest.domain.business_cases.web.forms import YesForm
from hoest.domain.business_cases.web.grounding import figures_of
from hoest.domain.business_cases.web.guide.answering import AnswerForm, answer, words
from hoest.domain.business_cases.web.guide.frame import url_of
from hoest.domain.business_cases.web.guide.steps import (
    Standing,
    Step,
    Visit,
    standing,
    step_called,
)
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishNumberField
from hoest.foundation.forms.posting import posted, posted_version

SLUG = "alternativer"


def kroner(label: Any, help_text: Any = "") -> DanishNumberField:
    """Return a field for a positive amount of kroner that may be unknown."""
    return DanishNumberField(
        label=label,
        help_text=help_text,
        required=False,
        lowest=0,
        highest=LARGEST_AMOUNT - 1,
        decimals=2,
    )


class AlternativeForm(AskingForm):
    """Another way, with its figures and why it was not chosen."""

    name = forms.CharField(label=_("Kald det noget"), max_length=LONGEST_NAME)
    what = words(_("Hvad går det ud på?"), rows=2)
    one_off_dkk = kroner(_("Engangsudgift"))
    yearly_cost_dkk = kroner(_("Udgift om året"))
    yearly_benefit_dkk = kroner(_("Gevinst om året"))
    why = words(_("Hvorfor er det ikke valgt?"), rows=2)

    def __init__(self, *args: Any, is_do_nothing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_do_nothing:
            del self.fields["name"]
            self.fields["what"].label = _("Hvad sker der, hvis I ikke gør noget?")
            self.fields["what"].required = True
            self.fields["yearly_cost_dkk"].label = _("Det koster om året at fortsætte")
            self.fields["why"].label = _("Hvorfor er det ikke nok?")


class ChoiceForm(AnswerForm):
    """Why this way was chosen; or why there is no other."""

    asks = {"chosen": Question.CHOSEN_BECAUSE, "no_others": Question.NO_OTHERS}
    chosen = words(_("Hvorfor er netop denne løsning valgt?"))
    no_others = words(
        _("Er der ingen andre muligheder? Skriv hvorfor"),
        _("For eksempel at loven kræver netop dette."),
        2,
    )


def where(parts: Parts) -> Standing:
    """Tell where the alternatives are."""
    nothing = any(one.is_do_nothing for one in parts.alternatives)
    others = any(not one.is_do_nothing for one in parts.alternatives)
    done = [
        (nothing, _("Skriv, hvad der sker, hvis I ikke gør noget.")),
        (
            others or Question.NO_OTHERS in parts.answered,
            _("Skriv mindst én anden mulighed, eller hvorfor der ingen er."),
        ),
        (Question.CHOSEN_BECAUSE in parts.answered, _("Skriv, hvorfor denne løsning er valgt.")),
    ]
    written = [
        Written(one.source.entered_by_name, one.source.entered_at)
        for one in parts.alternatives
        if one.source is not None
    ]
    return standing(parts, SLUG, done, begun=nothing or others, written=written)


def view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the alternatives with their figures and ask why this one."""
    rows = visit.parts.alternatives
    return answer(
        request,
        visit,
        ChoiceForm,
        "business_cases/guide/alternatives.html",
        nothing=next((one for one in rows if one.is_do_nothing), None),
        others=[one for one in rows if not one.is_do_nothing],
        figures=figures_of(visit.version, list(visit.parts.lines)),
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, version_id: int, alternative_id: int = 0) -> HttpResponse:
    """Write an alternative."""
    actor, version = open_version(request, version_id, CHANGE_CASES)
    row = _row(version.pk, alternative_id) if alternative_id else None
    return _edit(request, actor, version, row, is_do_nothing=bool(row and row.is_do_nothing))


@require_http_methods(["GET", "POST"])
def nothing(request: HttpRequest, version_id: int) -> HttpResponse:
    """Write what happens when nothing is done."""
    actor, version = open_version(request, version_id, CHANGE_CASES)
    row = Alternative.objects.filter(case_version=version, is_do_nothing=True).first()
    return _edit(request, actor, version, row, is_do_nothing=True)


def _edit(
    request: HttpRequest, actor: Any, version: Any, row: Alternative | None, *, is_do_nothing: bool
) -> HttpResponse:
    fields = ("what", "one_off_dkk", "yearly_cost_dkk", "yearly_benefit_dkk", "why")
    initial = {name: getattr(row, name) for name in ("name", *fields)} if row else {}
    form = AlternativeForm(posted(request), initial=initial, is_do_nothing=is_do_nothing)

    def write(cleaned: dict[str, Any]) -> str:
        name = gettext("Fortsætte som i dag") if is_do_nothing else cleaned["name"]
        given = actions.AlternativeInput(name, **{field: cleaned[field] for field in fields})
        actions.set_alternative(
            actor=actor,
            version_id=version.pk,
            version=posted_version(request),
            alternative=given,
            alternative_id=row.pk if row else None,
            is_do_nothing=is_do_nothing,
        )
        return gettext("»%(name)s« er gemt.") % {"name": name}

    if is_do_nothing:
        title = gettext("Fortsætte som i dag")
    else:
        title = gettext("Ret muligheden") if row else gettext("Skriv en anden mulighed")
    back = url_of(step_called(SLUG), version.pk)
    return act_page(
        request,
        version,
        form,
        write,
        title,
        back_url=back,
        after_url=back,
        save_label=gettext("Gem muligheden"),
        remove_url=reverse("business_cases:remove_alternative", args=[version.pk, row.pk])
        if row and not is_do_nothing
        else "",
        remove_label=gettext("Fjern muligheden"),
    )


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, version_id: int, alternative_id: int) -> HttpResponse:
    """Take an alternative out, after a yes."""
    actor, version = open_version(request, version_id, CHANGE_CASES)
    back = url_of(step_called(SLUG), version.pk)
    row = Alternative.objects.filter(case_version=version, pk=alternative_id).first()
    if row is None or row.is_do_nothing:
        return redirect(back)

    def write(cleaned: dict[str, Any]) -> str:
        actions.remove_alternative(
            actor=actor,
            version_id=version.pk,
            version=posted_version(request),
            alternative_id=row.pk,
        )
        return gettext("»%(name)s« er fjernet.") % {"name": row.name}

    about = gettext("»%(name)s« tages ud af udkastet.") % {"name": row.name}
    return act_page(
        request,
        version,
        YesForm(posted(request)),
        write,
        gettext("Fjern muligheden"),
        about=about,
        back_url=back,
        after_url=back,
    )


def _row(version_id: int, alternative_id: int) -> Alternative:
    found = Alternative.objects.filter(case_version_id=version_id, pk=alternative_id).first()
    if found is None:
        raise NotFound(gettext("Muligheden findes ikke længere i udkastet."))
    return found


STEP = Step(
    SLUG,
    2,
    _("Alternativer"),
    _("hvad I ellers kunne gøre"),
    _("At fortsætte som i dag er altid en mulighed. Sæt tal på den og på mindst én anden."),
    where,
    view,
)
