"""Acts on a reassurance sheet: tell, lay forward, answer, withdraw; open and close the page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hoest.domain.trust import actions, queries
from hoest.domain.trust.permissions import APPROVE_SHEETS, OPEN_PAGE, WRITE_SHEETS
from hoest.domain.trust.rules.sheets import SheetFactCode
from hoest.domain.trust.rules.statements import missing
from hoest.domain.trust.web.acting import Crumbs, act_page
from hoest.domain.trust.web.sheets.forms import (
    APPROVE,
    AnswerForm,
    OpenPageForm,
    TellForm,
    WithdrawForm,
)
from hoest.domain.trust.web.sheets.shown import heading
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.posting import posted


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Tell what only a person can tell for the sheet."""
    actor, about = _read(request, initiative_id, WRITE_SHEETS)
    told = {code: row.values for code, row in queries.told_of(about.initiative).items()}

    def first(code: SheetFactCode) -> str:
        return "".join(told.get(code, []))

    form = TellForm(
        posted(request),
        initial={
            "data_kinds": told.get(SheetFactCode.DATA_KIND, []),
            "protections": told.get(SheetFactCode.PROTECTION, []),
            "why": first(SheetFactCode.WHY),
            "if_wrong": first(SheetFactCode.IF_WRONG),
            "contact": first(SheetFactCode.CONTACT),
            "mailbox": first(SheetFactCode.MAILBOX),
        },
    )

    def write(cleaned: dict[str, Any]) -> str:
        new = actions.tell_for_sheet(
            actor=actor, initiative_id=about.initiative.pk, told=form.told()
        )
        return _("Oplysningerne er gemt.") if new else _("Oplysningerne står, som de stod.")

    return _page(
        request,
        about,
        form,
        write,
        title=_("Skriv oplysninger til tryghedsbladet"),
        button=_("Gem oplysningerne"),
        quiet=[_("Resten af bladet kommer fra de forhold, der er svaret på for initiativet.")],
    )


@require_http_methods(["GET", "POST"])
def lay_forward(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Lay the sheet forward for approval, as the facts give it now."""
    actor, about = _read(request, initiative_id, WRITE_SHEETS)

    def write(cleaned: dict[str, Any]) -> str:
        actions.lay_forward(actor=actor, initiative_id=about.initiative.pk)
        return _("Bladet er lagt frem. Den, der godkender, har fået besked i Min uge.")

    lacks = [heading(section) for section in missing(about.statements)]
    told = [_("Bladet bliver gemt, som det ser ud nu. Du kan ikke selv godkende det.")]
    if lacks:
        told.append(_("Disse spørgsmål får svaret »Det er ikke oplyst endnu.«:"))
    return _page(
        request,
        about,
        forms.Form(posted(request)),
        write,
        title=_("Læg tryghedsbladet frem"),
        button=_("Læg bladet frem"),
        told=told,
        lacking=lacks,
    )


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Approve the sheet that waits, or send it back."""
    actor, about = _read(request, initiative_id, APPROVE_SHEETS)
    waiting = about.waiting
    if waiting is None:
        raise NotFound(_("Der er ikke noget tryghedsblad, der venter på svar."))
    is_open = queries.public_page(actor.organisation_id) is not None
    form = AnswerForm(posted(request), is_open=is_open)

    def write(cleaned: dict[str, Any]) -> str:
        number = _number(request) or waiting.number
        if cleaned["answer"] == APPROVE:
            actions.approve_sheet(actor=actor, initiative_id=about.initiative.pk, number=number)
            return _("Bladet er godkendt.")
        actions.return_sheet(
            actor=actor,
            initiative_id=about.initiative.pk,
            number=number,
            reason=cleaned["reason"],
        )
        return _("Bladet er sendt tilbage.")

    return _page(
        request,
        about,
        form,
        write,
        title=_("Svar på tryghedsbladet"),
        button=_("Gem svaret"),
        version=waiting.number,
        quiet=[
            _("Udgave %(number)s blev lagt frem af %(who)s.")
            % {"number": waiting.number, "who": waiting.written_by_name}
        ],
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Take an approved sheet back, off the open page at once."""
    actor, about = _read(request, initiative_id, APPROVE_SHEETS)
    if about.standing is None:
        raise NotFound(_("Der er ikke noget godkendt tryghedsblad at trække tilbage."))

    def write(cleaned: dict[str, Any]) -> str:
        actions.withdraw_sheet(
            actor=actor, initiative_id=about.initiative.pk, reason=cleaned["reason"]
        )
        return _("Bladet er trukket tilbage.")

    return _page(
        request,
        about,
        WithdrawForm(posted(request)),
        write,
        title=_("Træk tryghedsbladet tilbage"),
        button=_("Træk bladet tilbage"),
        told=[_("Bladet forsvinder fra den åbne side med det samme. Udgaven bliver gemt.")],
    )


@require_http_methods(["GET", "POST"])
def open_page(request: HttpRequest) -> HttpResponse:
    """Open the municipality's page to everybody, or change whom to ask."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, OPEN_PAGE)
    page = queries.public_page(actor.organisation_id)
    form = OpenPageForm(
        posted(request),
        initial={"contact": page.contact, "mailbox": page.mailbox} if page else None,
    )

    def write(cleaned: dict[str, Any]) -> str:
        made = actions.open_public_page(actor=actor, **cleaned)
        address = reverse("open:page", args=[made.slug])
        if page:
            return _("Kontakten er rettet.")
        return _("Siden er åben på adressen %(address)s.") % {"address": address}

    return act_page(
        request,
        form,
        write,
        title=_("Ret den åbne side") if page else _("Åbn siden for alle"),
        button=_("Gem kontakten") if page else _("Åbn siden"),
        crumbs=_trail(),
        leave_url=reverse("sheets:sheets"),
        told=[
            _("På den åbne side står de godkendte tryghedsblade og intet andet."),
            _("Der er ingen log-in. Navne på medarbejdere kommer aldrig med."),
        ],
    )


@require_http_methods(["GET", "POST"])
def close_page(request: HttpRequest) -> HttpResponse:
    """Close the municipality's open page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, OPEN_PAGE)
    if queries.public_page(actor.organisation_id) is None:
        raise NotFound(_("Siden er ikke åben."))

    def write(cleaned: dict[str, Any]) -> str:
        actions.close_public_page(actor=actor)
        return _("Siden er lukket. Ingen uden log-in kan læse tryghedsbladene.")

    return act_page(
        request,
        forms.Form(posted(request)),
        write,
        title=_("Luk den åbne side"),
        button=_("Luk siden"),
        crumbs=_trail(),
        leave_url=reverse("sheets:sheets"),
        told=[_("Siden svarer, at den ikke findes. Bladene bliver i Høst og kan åbnes igen.")],
    )


def _read(
    request: HttpRequest, initiative_id: int, permission: Any
) -> tuple[Actor, queries.OfInitiative]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    about = queries.sheet_of(actor, initiative_id)
    require(actor, permission, about.initiative.unit_id)
    return actor, about


def _number(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _trail() -> Crumbs:
    return (
        (_("Portefølje"), reverse("portfolio:initiatives")),
        (_("Tryghedsblade"), reverse("sheets:sheets")),
    )


def _page(
    request: HttpRequest, about: queries.OfInitiative, form: forms.Form, write: Any, **more: Any
) -> HttpResponse:
    sheet_url = reverse("sheets:sheet", args=[about.initiative.pk])
    crumbs = (
        (_("Portefølje"), reverse("portfolio:initiatives")),
        (about.initiative.title, reverse("portfolio:initiative", args=[about.initiative.pk])),
        (_("Tryghedsblad"), sheet_url),
    )
    return act_page(request, form, write, crumbs=crumbs, leave_url=sheet_url, **more)
