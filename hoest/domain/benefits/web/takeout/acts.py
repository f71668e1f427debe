"""Small acts on an agreement: its next status, a layer, withdrawal; involvement and experience."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hoest.domain.benefits import actions, queries
from hoest.domain.benefits.actions.held import require_there
from hoest.domain.benefits.models import Benefit, TakeoutAgreement
from hoest.domain.benefits.permissions import HARVEST, INVOLVE_STAFF, PREPARE_TAKEOUT
from hoest.domain.benefits.queries import takeout
from hoest.domain.benefits.rules.faults import TakeoutBeforeBaseline
from hoest.domain.benefits.rules.takeout import (
    COUNTING,
    NEXT,
    TakeoutKind,
    TakeoutStatus,
    effects_of,
    lacks,
)
from hoest.domain.benefits.web.forms import ReasonForm
from hoest.domain.benefits.web.takeout.forms import (
    YEAR,
    ExperienceForm,
    InvolvementForm,
    LayerForm,
    StepForm,
)
from hoest.domain.benefits.web.views import crumbs
from hoest.domain.organisations.queries import unit_of
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

Write = Callable[[dict[str, Any]], str]


@require_http_methods(["GET", "POST"])
def status(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Write down what has happened to an agreement: discussed, decided, booked."""
    actor, found, benefit = _read(request, agreement_id)
    require_there(actor, PREPARE_TAKEOUT, benefit)
    may_decide = allowed(actor, HARVEST, benefit.unit_id or benefit.initiative.unit_id)
    ahead = NEXT[TakeoutStatus(found.status)]
    if found.withdrawn_on or not any(may_decide or code not in COUNTING for code in ahead):
        tell(request, _("Aftalen kan ikke komme længere herfra."), level="info")
        return redirect("benefits:agreement", found.pk)
    first = TakeoutStatus.DECIDED if TakeoutStatus.DECIDED in ahead and may_decide else ahead[0]
    form = StepForm(
        posted(request),
        agreement=found,
        may_decide=may_decide,
        initial={
            "status": first.value,
            "decided_on": clock.today(),
            "by_name": found.body.name if found.body else "",
        },
    )
    told: list[tuple[str, ...]] = []

    def write(cleaned: dict[str, Any]) -> str:
        try:
            actions.move_takeout(
                actor=actor,
                agreement_id=found.pk,
                version=posted_version(request),
                status=cleaned["status"],
                on=cleaned["decided_on"],
                by_name=cleaned.get("by_name", ""),
                reference=cleaned.get("reference", ""),
                note=cleaned["note"],
                knowing=cleaned.get("sure", False),
            )
        except TakeoutBeforeBaseline as fault:
            told.append(fault.lacks)
            raise
        return _("Aftalens status er skrevet ned.")

    missing: tuple[str, ...] = ()
    if found.status not in COUNTING and found.kind != TakeoutKind.QUALITY_KEPT:
        days = takeout.involved_days(benefit.organisation_id, [benefit.initiative_id])
        missing = lacks(clock.today(), benefit.baseline_on, days.get(benefit.initiative_id, ()))
    return _page(
        request,
        form,
        write,
        _("Hvor langt er aftalen?"),
        agreement=found,
        benefit=benefit,
        button=_("Gem status"),
        lacks=missing,
        told=told,
    )


@require_http_methods(["GET", "POST"])
def layer(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Change a decided agreement by a new layer: say what shall be taken from now on."""
    actor, found, benefit = _read(request, agreement_id)
    require_there(actor, PREPARE_TAKEOUT, benefit)
    if found.base_id is not None:
        return redirect("benefits:add_layer", found.base_id)
    if not takeout.stands(found) or not TakeoutKind(found.kind).measure:
        tell(request, _("Kun en besluttet aftale om kroner eller timer får et nyt lag."))
        return redirect("benefits:agreement", found.pk)
    layers = takeout.standing_layers(takeout.chain_of(found))
    filled = {year for one in layers for year in one.amounts}
    first = min(max(clock.today().year, min(filled)), max(filled))
    standing = effects_of(layers, range(first, max([max(filled), first + 3]) + 1))
    form = LayerForm(
        posted(request),
        years=standing,
        initial={f"{YEAR}{year}": amount for year, amount in standing.items()},
    )

    def write(cleaned: dict[str, Any]) -> str:
        made = actions.add_layer(
            actor=actor, agreement_id=found.pk, wanted=form.amounts(), reason=cleaned["reason"]
        )
        goes.append(made.pk)
        return _("Laget er skrevet ned. Det tæller, når det er besluttet.")

    goes: list[int] = []
    return _page(
        request,
        form,
        write,
        _("Skriv et nyt lag"),
        agreement=found,
        benefit=benefit,
        button=_("Skriv laget ned"),
        about=_("Skriv, hvad der skal tages hjem fra nu af. Forskellen bliver et nyt lag."),
        goes=goes,
        is_hours=found.kind == TakeoutKind.NAMED_HOURS,
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Withdraw an agreement, its layers and its decisions, with a reason."""
    actor, found, benefit = _read(request, agreement_id)
    require_there(actor, HARVEST if found.status in COUNTING else PREPARE_TAKEOUT, benefit)

    def write(cleaned: dict[str, Any]) -> str:
        actions.withdraw_takeout(actor=actor, agreement_id=found.pk, **cleaned)
        return _("Aftalen er trukket tilbage. Den kan stadig læses.")

    return _page(
        request,
        ReasonForm(posted(request)),
        write,
        _("Træk aftalen tilbage"),
        agreement=found,
        benefit=benefit,
        button=_("Træk aftalen tilbage"),
        about=_("Aftalen, lagene oven på den og deres beslutninger tæller ikke længere."),
    )


@require_http_methods(["GET", "POST"])
def involve(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Write down how the staff were involved in the initiative of a benefit."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    benefit = queries.benefit_of(actor, benefit_id)
    require_there(actor, INVOLVE_STAFF, benefit, or_owner=True)
    form = InvolvementForm(posted(request), initial={"on": clock.today(), "form": "med"})

    def write(cleaned: dict[str, Any]) -> str:
        actions.involve_staff(actor=actor, benefit_id=benefit.pk, **cleaned)
        return _("Inddragelsen er skrevet ned.")

    return _page(
        request,
        form,
        write,
        _("Hvordan er medarbejderne inddraget?"),
        benefit=benefit,
        button=_("Skriv inddragelsen ned"),
        about=_("Det gælder hele initiativet »%(title)s« og alle dets gevinster.")
        % {"title": benefit.initiative.title},
    )


@require_http_methods(["GET", "POST"])
def withdraw_involvement(request: HttpRequest, involvement_id: int) -> HttpResponse:
    """Withdraw an involvement that was not so, with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = takeout.involvement_of(actor, involvement_id)
    require(actor, INVOLVE_STAFF, found.initiative.unit_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.withdraw_involvement(actor=actor, involvement_id=found.pk, **cleaned)
        return _("Inddragelsen er trukket tilbage.")

    leave = reverse("portfolio:initiative", args=[found.initiative_id])
    return _page(
        request,
        ReasonForm(posted(request)),
        write,
        _("Træk inddragelsen tilbage"),
        button=_("Træk inddragelsen tilbage"),
        about=found.told,
        leave=leave,
    )


@require_http_methods(["GET", "POST"])
def experience(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Write down what a unit learned when something was taken home there."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = unit_of(actor, unit_id)
    require(actor, PREPARE_TAKEOUT, unit.pk)
    form = ExperienceForm(posted(request), initial={"on": clock.today()})

    def write(cleaned: dict[str, Any]) -> str:
        actions.log_experience(actor=actor, unit_id=unit.pk, **cleaned)
        return _("Erfaringen er skrevet ned.")

    return _page(
        request,
        form,
        write,
        _("Hvad lærte %(unit)s?") % {"unit": unit.name},
        button=_("Skriv erfaringen ned"),
        about=_("Erfaringen vises, næste gang der tages noget hjem her."),
        leave=reverse("benefits:takeout_unit", args=[unit.pk]),
    )


@require_http_methods(["GET", "POST"])
def withdraw_experience(request: HttpRequest, experience_id: int) -> HttpResponse:
    """Withdraw an experience with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = takeout.experience_by_id(actor, experience_id)
    require(actor, PREPARE_TAKEOUT, found.unit_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.withdraw_experience(actor=actor, experience_id=found.pk, **cleaned)
        return _("Erfaringen er trukket tilbage.")

    return _page(
        request,
        ReasonForm(posted(request)),
        write,
        _("Træk erfaringen tilbage"),
        button=_("Træk erfaringen tilbage"),
        about=found.told,
        leave=reverse("benefits:takeout_unit", args=[found.unit_id]),
    )


def _read(request: HttpRequest, agreement_id: int) -> tuple[Actor, TakeoutAgreement, Benefit]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = takeout.agreement_of(actor, agreement_id)
    return actor, found, queries.benefit_of(actor, found.benefit_id)


def _page(
    request: HttpRequest,
    form: forms.Form,
    write: Write,
    title: str,
    *,
    button: str,
    agreement: TakeoutAgreement | None = None,
    benefit: Benefit | None = None,
    leave: str = "",
    goes: list[int] | None = None,
    told: list[tuple[str, ...]] | None = None,
    **context: Any,
) -> HttpResponse:
    """Show the form, or write and go back; a fault stands on the form."""
    if agreement is not None:
        leave = reverse("benefits:agreement", args=[agreement.pk])
    elif benefit is not None:
        leave = reverse("benefits:benefit", args=[benefit.pk])
    leave = back_address(request, leave)
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect("benefits:agreement", goes[0]) if goes else redirect(leave)
    found = {
        "form": form,
        "benefit": benefit,
        "agreement": agreement,
        "title": title,
        "crumbs": crumbs(benefit, title) if benefit else _way(leave, title),
        "button": button,
        "asks_if_sure": bool(told),
        "version": posted_version(request) or (agreement.version if agreement else 1),
        "leave_url": leave,
        **context,
    }
    return render(request, "benefits/takeout/act.html", found, status=422 if form.is_bound else 200)


def _way(leave: str, title: str) -> list[dict[str, str]]:
    return [
        {"label": _("Taget hjem"), "url": reverse("benefits:takeout")},
        {"label": _("Tilbage"), "url": leave},
        {"label": title, "url": ""},
    ]
