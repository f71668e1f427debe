"""Pages of one small purchase: see it, ask for it, mend it, answer it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.portfolio.actions import purchases as acts
from hoest.domain.portfolio.models import Purchase
from hoest.domain.portfolio.permissions import ASK_PURCHASE, DECIDE_PURCHASE
from hoest.domain.portfolio.queries.purchases import purchase_of, waiting_for
from hoest.domain.portfolio.rules.purchases import PurchaseState
from hoest.domain.portfolio.web.purchases.forms import AnswerForm, PurchaseForm
from hoest.domain.portfolio.web.purchases.lists import state_in_words
from hoest.domain.portfolio.web.small_page import small_page
from hoest.foundation import asks
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.forms.posting import posted, posted_version
from hoest.ui import formats


def _url(purchase: Purchase) -> str:
    return reverse("purchases:purchase", args=[purchase.pk])


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Små køb"), reverse("purchases:purchases")), *more]


@require_safe
def purchase(request: HttpRequest, purchase_id: int) -> HttpResponse:
    """Show a purchase: what it solves, what it lacks, who answered."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = purchase_of(actor, purchase_id)
    is_open = found.state == PurchaseState.ASKED
    decides = allowed(actor, DECIDE_PURCHASE, found.unit_id)
    is_own = found.asked_by_id is not None and found.asked_by_id == actor.person_id
    return render(
        request,
        "portfolio/purchase.html",
        {
            "purchase": found,
            "state": state_in_words(found),
            "is_open": is_open,
            "is_held": is_open and bool(acts.lacking_of(found)),
            "may_answer": is_open and decides and not is_own,
            "may_change": is_open and (decides or is_own),
        },
    )


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a small purchase."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, ASK_PURCHASE):
        require(actor, ASK_PURCHASE)

    def write(cleaned: Any) -> tuple[str, str]:
        made = acts.ask_purchase(actor=actor, fields=cleaned)
        if acts.lacking_of(made):
            return _("Købet er gemt og holdes tilbage. Her står, hvad det mangler."), _url(made)
        return _("Købet er sendt. Den, der bestemmer, får det at se."), _url(made)

    return small_page(
        request,
        PurchaseForm(posted(request), actor=actor),
        write,
        title=_("Bed om et lille køb"),
        crumbs=_crumbs(),
        leave_url=reverse("purchases:purchases"),
        label=_("Send ønsket"),
        lead=_("En tablet er ikke et mål. Sig, hvilken opgave købet løser, og for hvem."),
        similar="title,solves",
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, purchase_id: int) -> HttpResponse:
    """Mend a purchase nobody has answered."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = purchase_of(actor, purchase_id)
    if found.asked_by_id != actor.person_id:
        require(actor, DECIDE_PURCHASE, found.unit_id)

    def write(cleaned: Any) -> tuple[str, str]:
        acts.change_purchase(
            actor=actor, purchase_id=found.pk, version=posted_version(request), fields=cleaned
        )
        return _("Købet er rettet."), _url(found)

    rows = {"unit", "core_task"}
    initial = {
        name: getattr(found, f"{name}_id" if name in rows else name)
        for name in PurchaseForm.base_fields
    }
    return small_page(
        request,
        PurchaseForm(posted(request), actor=actor, initial=initial),
        write,
        title=_("Ret købet"),
        crumbs=_crumbs((found.title, _url(found))),
        leave_url=_url(found),
        label=_("Gem rettelserne"),
        version=found.version,
    )


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, purchase_id: int) -> HttpResponse:
    """Say yes or no."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = purchase_of(actor, purchase_id)
    require(actor, DECIDE_PURCHASE, found.unit_id)

    def write(cleaned: Any) -> tuple[str, str]:
        acts.answer_purchase(
            actor=actor,
            purchase_id=found.pk,
            version=posted_version(request),
            says_yes=cleaned["answer"] == "ja",
            reason=cleaned["reason"],
        )
        return _("Svaret er givet."), _url(found)

    return small_page(
        request,
        AnswerForm(posted(request)),
        write,
        title=_("Svar på købet"),
        crumbs=_crumbs((found.title, _url(found))),
        leave_url=_url(found),
        label=_("Giv svaret"),
        version=found.version,
        lead=found.solves,
    )


def register() -> None:
    """Let Min uge ask those who decide."""
    asks.register("small_purchase", purchases_to_answer)


def purchases_to_answer(actor: Actor, today: dt.date) -> Iterable[asks.Ask]:
    """Ask whoever decides in the unit, the oldest first. One query."""
    if not allowed_somewhere(actor, DECIDE_PURCHASE) or "unit_leader" not in actor.roles:
        return
    for one in waiting_for(actor).order_by("asked_on", "pk")[:3]:
        yield asks.Ask(
            kind="small_purchase",
            subject_id=one.pk,
            title=_("Svar på et lille køb"),
            reason=_("%(who)s beder om %(title)s til %(amount)s.")
            % {
                "who": one.asked_by_name,
                "title": one.title,
                "amount": formats.kroner(one.amount_dkk),
            },
            act_url=reverse("purchases:answer", args=[one.pk]),
            act_label=_("Svar"),
            subject_url=_url(one),
            subject_title=one.title,
            because=_("Du leder enheden."),
            why=(one.solves,),
            in_sheet=True,
            is_quick=True,
        )
