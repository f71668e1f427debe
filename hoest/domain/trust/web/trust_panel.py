"""Security on the page of an initiative: one sentence, and the way to sheet and screening."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hoest.domain.trust import queries
from hoest.domain.trust.permissions import VIEW_SHEETS, WRITE_SHEETS
from hoest.domain.trust.rules.sheets import SheetState
from hoest.foundation import panels
from hoest.foundation.access.permissions import allowed, allowed_somewhere


def register() -> None:
    """Put the panel on the page of an initiative."""
    panels.register("initiative", "trust.security", of_initiative, order=60)


def of_initiative(request: HttpRequest, initiative: Any) -> str:
    """Show how trust stands on an initiative."""
    actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_SHEETS):
        return ""
    standing = queries.standing_of(initiative)
    may_write = allowed(actor, WRITE_SHEETS, initiative.unit_id)
    return render_to_string(
        "trust/sheets/panel.html",
        {
            "initiative": initiative,
            "sentence": sentence(standing),
            "sheet": _sheet_words(standing, may_write),
            "screening": _screening_words(standing),
        },
        request,
    )


def sentence(standing: queries.Standing) -> str:
    """Say in one sentence what is known of data and protection."""
    personal = standing.answers.get("personal_data")
    if personal is None:
        return _("Ingen har svaret på, om det bruger oplysninger om mennesker.")
    if personal == "no":
        return _("Det bruger ikke oplysninger om mennesker.")
    more = [
        words
        for code, words in (
            ("sensitive_data", _("nogle af dem er særligt beskyttede")),
            ("processor", _("en leverandør ser eller gemmer dem")),
            ("third_country", _("de kan nås uden for EU og EØS")),
            ("ai", _("der er kunstig intelligens i det")),
        )
        if standing.answers.get(code) == "yes"
    ]
    if not more:
        return _("Det bruger oplysninger om mennesker.")
    return _("Det bruger oplysninger om mennesker: %(more)s.") % {
        "more": _("%(first)s, og %(last)s") % {"first": ", ".join(more[:-1]), "last": more[-1]}
        if len(more) > 1
        else more[0]
    }


def _sheet_words(standing: queries.Standing, may_write: bool) -> str:
    sheet = standing.sheet
    if sheet is not None and may_write:
        if sheet.state == SheetState.WAITING:
            return _("Tryghedsbladet venter på godkendelse")
        if sheet.state == SheetState.CHANGED:
            return _("Svarene er ændret siden godkendelsen: godkend tryghedsbladet igen")
    if sheet is not None and sheet.standing_id is not None:
        return _("Se tryghedsbladet, som er godkendt")
    return _("Skriv tryghedsbladet") if may_write else ""


def _screening_words(standing: queries.Standing) -> str:
    if standing.screening is not None:
        return _("Se den dataetiske vurdering")
    if standing.is_advised:
        return _("En dataetisk vurdering er en god idé")
    return ""
