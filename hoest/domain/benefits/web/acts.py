"""The small acts on a benefit: measure, own, take home, confirm, give up. Each is one page."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hoest.domain.benefits import actions, queries
from hoest.domain.benefits.actions.held import require_there
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import (
    ACCEPT_OWNERSHIP,
    CONFIRM_LEVEL,
    HARVEST,
    LAPSE,
    MEASURE,
    NAME_OWNER,
)
from hoest.domain.benefits.web import shown, words
from hoest.domain.benefits.web.forms import (
    EmptyForm,
    MeasureForm,
    OwnerForm,
    ReasonForm,
)
from hoest.domain.benefits.web.graded import Graded
from hoest.domain.benefits.web.profile.deal import deal_of
from hoest.domain.benefits.web.views import crumbs, next_due, read
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.faults import Conflict, Fault, NotAllowed, NotFound
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui import formats
from hoest.ui.messages import tell
from hoest.ui.sheets import BACK, back_address

Write = Callable[[dict[str, Any]], str]
FORGIVEN_MINUTES = 60


@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Record a measurement in two minutes."""
    actor, benefit, _standing = read(request, benefit_id)
    require_there(actor, MEASURE, benefit, or_owner=True)
    last = shown.last_measurement(benefit)
    initial = {
        "on": clock.today(),
        "origin": last.origin if last else "",
        "request_key": secrets.token_hex(16),
    }
    form = MeasureForm(posted(request), initial=initial, last=last.value if last else None)
    stands: int | None = None
    if form.is_valid():
        try:
            made = actions.measure(
                actor=actor,
                benefit_id=benefit.pk,
                on=form.cleaned_data["on"],
                value=form.cleaned_data["value"],
                origin=form.cleaned_data["origin"],
                by_agreed_method=not form.cleaned_data["other_method"],
                request_key=form.cleaned_data["request_key"],
            )
        except (Conflict, NotAllowed, NotFound):
            raise
        except Fault as fault:
            form.add_error(None, str(fault))
            stands = getattr(fault, "measurement_id", None)
        else:
            value = words.value_with_unit(made.value, benefit.measure_unit)
            said = formats.one_stop(_("Målingen er gemt: %(value)s.") % {"value": value})
            answer = _measured(request, actor, benefit, said, made.pk)
            # The receipt: what waited on a device may leave it now.
            answer.headers["X-Saved"] = form.cleaned_data["request_key"]
            return answer
    context = {
        "form": form,
        "benefit": benefit,
        "crumbs": crumbs(benefit, _("Registrér måling")),
        "stands": stands,
        "last": last,
        "last_value": words.value_with_unit(last.value, benefit.measure_unit) if last else "",
        "graded": Graded(queries.proof_of(benefit)),
        "baseline": words.value_with_unit(benefit.baseline_value, benefit.measure_unit),
        "target": words.value_with_unit(benefit.target_value, benefit.measure_unit),
        "due_sentence": shown.due_sentence(benefit),
        "back_url": back_address(request),
        "leave_url": back_address(request, reverse("benefits:benefit", args=[benefit.pk])),
    }
    part = "#sheet" if request.headers.get("HX-Request") else ""
    status = 422 if form.is_bound else 200
    return render(request, f"benefits/measure.html{part}", context, status=status)


def _measured(
    request: HttpRequest, actor: Actor, benefit: Benefit, said: str, measurement_id: int
) -> HttpResponse:
    """Tell what was saved, with the way back, and offer the next one where she came from."""
    undo_url = reverse("benefits:undo_measurement", args=[measurement_id])
    back = back_address(request)
    if not back:
        tell(request, said, undo_url=undo_url)
        return redirect(reverse("benefits:benefit", args=[benefit.pk]) + "?maalt")
    query = "?" + urlencode({BACK: back})
    waiting = next_due(actor, benefit)
    tell(
        request,
        said,
        undo_url=undo_url + query,
        next_url=reverse("benefits:measure", args=[waiting[1].pk]) + query if waiting else "",
        next_label=_("Næste måling: %(title)s") % {"title": waiting[1].title} if waiting else "",
    )
    return redirect(back)


@require_POST
def undo_measurement(request: HttpRequest, measurement_id: int) -> HttpResponse:
    """Take back a measurement one has just recorded; later it takes a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.measurement_of(actor, measurement_id)
    require_there(actor, MEASURE, queries.benefit_of(actor, found.benefit_id), or_owner=True)
    age = clock.now() - found.recorded_at
    if age > dt.timedelta(minutes=FORGIVEN_MINUTES) or found.recorded_by_name != actor.name:
        return redirect("benefits:withdraw_measurement", found.pk)
    actions.withdraw_measurement(actor=actor, measurement_id=found.pk, reason=_("Fortrudt straks"))
    tell(request, _("Målingen er taget tilbage."), level="info")
    otherwise = reverse("benefits:benefit", args=[found.benefit_id])
    return redirect(back_address(request, otherwise))


@require_http_methods(["GET", "POST"])
def withdraw_measurement(request: HttpRequest, measurement_id: int) -> HttpResponse:
    """Take an older measurement back, with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.measurement_of(actor, measurement_id)
    benefit = queries.benefit_of(actor, found.benefit_id)
    require_there(actor, MEASURE, benefit, or_owner=True)

    def write(cleaned: dict[str, Any]) -> str:
        actions.withdraw_measurement(actor=actor, measurement_id=found.pk, **cleaned)
        return _("Målingen er trukket tilbage. Den kan stadig læses.")

    about = _(
        "Målingen for %(day)s på %(value)s trækkes tilbage. Den kan stadig læses, men tæller ikke "
        "længere på høststigen."
    ) % {
        "day": formats.long_date(found.on, words.language()),
        "value": words.value_with_unit(found.value, benefit.measure_unit),
    }
    form = ReasonForm(posted(request))
    return _page(request, benefit, form, write, _("Træk målingen tilbage"), about=about)


@require_http_methods(["GET", "POST"])
def owner(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Ask somebody to own the benefit, or answer when one is asked."""
    actor, benefit, _standing = read(request, benefit_id)
    is_asked = benefit.owner_id is not None and benefit.owner_id == actor.person_id
    if is_asked and allowed_somewhere(actor, ACCEPT_OWNERSHIP) and "valg" not in request.GET:
        return _answer(request, actor, benefit)
    require_there(actor, NAME_OWNER, benefit)

    def write(cleaned: dict[str, Any]) -> str:
        person = cleaned["person"]
        if person is not None and person.pk == benefit.owner_id:
            said = (
                _("%(name)s er allerede spurgt. Intet er ændret.")
                if benefit.owner_accepted_on is None
                else _("%(name)s ejer allerede gevinsten. Intet er ændret.")
            )
            return said % {"name": person.name}
        actions.name_owner(
            actor=actor, benefit_id=benefit.pk, version=posted_version(request), person=person
        )
        if person is None:
            return _("Gevinsten har nu ingen ejer.")
        return _("%(name)s er spurgt og kan nu svare ja eller nej.") % {"name": person.name}

    form = OwnerForm(
        posted(request), actor=actor, benefit=benefit, initial={"person": benefit.owner_id}
    )
    about = (
        _(
            "%(name)s ejer gevinsten nu. Vælger du en anden, gælder det ja ikke længere, og den "
            "nye skal selv sige ja."
        )
        % {"name": benefit.owner.name}
        if benefit.owner is not None and benefit.owner_accepted_on is not None
        else ""
    )
    title, button = _("Vælg gevinstejer"), _("Spørg ejeren")
    return _page(request, benefit, form, write, title, button=button, about=about)


def _answer(request: HttpRequest, actor: Actor, benefit: Benefit) -> HttpResponse:
    """Say yes, or no with a reason."""
    says_no = request.POST.get("svar") == "nej"

    def write(cleaned: dict[str, Any]) -> str:
        if says_no:
            actions.refuse_ownership(
                actor=actor, benefit_id=benefit.pk, reason=cleaned.get("reason", "")
            )
            return _("Dit nej er skrevet ned. Spørgsmålet ligger nu hos sponsoren.")
        actions.accept_ownership(actor=actor, benefit_id=benefit.pk)
        return _("Du ejer nu gevinsten. Tak.")

    form = ReasonForm(posted(request)) if says_no else EmptyForm(posted(request))
    return _page(
        request,
        benefit,
        form,
        write,
        _("Vil du eje gevinsten?"),
        template="benefits/answer.html",
        refusal=form if says_no else ReasonForm(),
        deal=deal_of(benefit),
        # One line, so that everything she says yes to fits one screen.
        crumbs=[
            {"label": benefit.key, "url": reverse("benefits:benefit", args=[benefit.pk])},
            {"label": _("Svar"), "url": ""},
        ],
        has_said_yes=benefit.owner_accepted_on is not None,
    )


@require_http_methods(["GET", "POST"])
def withdraw_harvest(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Withdraw a decision with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.decision_of(actor, decision_id)
    benefit = queries.benefit_of(actor, found.benefit_id)
    require_there(actor, HARVEST, benefit)
    if found.agreement_id is not None:
        return redirect("benefits:withdraw_agreement", found.agreement_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.withdraw_harvest(actor=actor, decision_id=found.pk, **cleaned)
        return _("Beslutningen er trukket tilbage. Den kan stadig læses.")

    about = _("Beslutningen “%(decision)s” trækkes tilbage og tæller ikke længere.") % {
        "decision": found.decision
    }
    form = ReasonForm(posted(request))
    return _page(request, benefit, form, write, _("Træk beslutningen tilbage"), about=about)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Confirm that a level holds today."""
    actor, benefit, _standing = read(request, benefit_id)
    require_there(actor, CONFIRM_LEVEL, benefit, or_owner=True)

    def write(cleaned: dict[str, Any]) -> str:
        actions.confirm_level(actor=actor, benefit_id=benefit.pk)
        return _("Niveauet er bekræftet i dag.")

    last = shown.last_measurement(benefit)
    about = _(
        "Ejer og controller skal begge bekræfte på %(count)s forskellige dage. Så er gevinsten i "
        "hånden."
    ) % {"count": content.limit("confirmations_for_quality")}
    return _page(
        request,
        benefit,
        EmptyForm(posted(request)),
        write,
        _("Holder niveauet stadig?"),
        about=about,
        button=_("Bekræft niveauet"),
        last=last,
        last_value=words.value_with_unit(last.value, benefit.measure_unit) if last else "",
        graded=Graded(queries.proof_of(benefit)),
        target=words.value_with_unit(benefit.target_value, benefit.measure_unit),
        confirmations=benefit.confirmations.all(),
    )


@require_http_methods(["GET", "POST"])
def lapse(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Give a benefit up with a reason, or take it up again."""
    actor, benefit, _standing = read(request, benefit_id)
    require_there(actor, LAPSE, benefit)
    is_lapsed = benefit.lapsed_on is not None

    def write(cleaned: dict[str, Any]) -> str:
        act = actions.unlapse if is_lapsed else actions.lapse
        act(actor=actor, benefit_id=benefit.pk, **cleaned)
        if is_lapsed:
            return _("Gevinsten er taget op igen.")
        return _("Gevinsten er bortfaldet. Den bliver stående, så alle kan lære af den.")

    title = _("Tag gevinsten op igen") if is_lapsed else _("Lad gevinsten bortfalde")
    about = (
        _("Gevinsten kommer tilbage på det trin, dens fakta giver.")
        if is_lapsed
        else _(
            "Gevinsten bliver stående ved siden af høststigen med din begrundelse, og det, den "
            "lovede, kan stadig ses. Du kan tage den op igen."
        )
    )
    return _page(request, benefit, ReasonForm(posted(request)), write, title, about=about)


def _page(
    request: HttpRequest,
    benefit: Benefit,
    form: forms.Form,
    write: Write,
    title: str,
    *,
    template: str = "benefits/act.html",
    **context: Any,
) -> HttpResponse:
    """Show the form, or write and return where one came from; a fault stands on the form."""
    leave_url = back_address(request, reverse("benefits:benefit", args=[benefit.pk]))
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    found = {
        "form": form,
        "benefit": benefit,
        "title": title,
        "crumbs": crumbs(benefit, title),
        "button": title,
        "version": posted_version(request) or benefit.version,
        "back_url": back_address(request),
        "leave_url": leave_url,
        **context,
    }
    return render(request, template, found, status=422 if form.is_bound else 200)
