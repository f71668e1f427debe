"""Finding units, committees and words of the glossary from the search."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations import queries
from hoest.domain.organisations.permissions import VIEW_ORGANISATION
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.search import finders


def register() -> None:
    """Let units, committees and words be found."""
    finders.register("units", _("Enheder"), units, order=30)
    finders.register("bodies", _("Udvalg"), bodies, order=40)
    finders.register("terms", _("Ord i ordbogen"), terms, order=50)


def units(actor: Actor, text: str) -> finders.Finds:
    """Return the open units that fit, with the unit above."""
    if not allowed_somewhere(actor, VIEW_ORGANISATION):
        return finders.Finds()
    rows = queries.open_units_of(actor).select_related("parent")
    best, has_more = finders.best_of(rows, text, ("name",), ())
    found = [
        finders.Find(
            url=reverse("organisations:unit", args=[one.pk]),
            title=one.name,
            about=one.parent.name if one.parent else "",
        )
        for one in best
    ]
    return finders.Finds(found, reverse("organisations:overview") if has_more else "")


def bodies(actor: Actor, text: str) -> finders.Finds:
    """Return the committees and boards that fit."""
    if not allowed_somewhere(actor, VIEW_ORGANISATION):
        return finders.Finds()
    best, has_more = finders.best_of(queries.open_bodies_of(actor), text, ("name",), ())
    found = [
        finders.Find(url=reverse("organisations:body", args=[one.pk]), title=one.name)
        for one in best
    ]
    return finders.Finds(found, reverse("organisations:overview") if has_more else "")


def terms(actor: Actor, text: str) -> finders.Finds:
    """Return the words of the glossary that fit, with what they mean; the word itself first."""
    fitting = [one for one in content.terms() if finders.fits(text, one.word, *one.forms)]
    known = {one.code for one in fitting}
    fitting += [
        one
        for one in content.terms()
        if one.code not in known and finders.fits(text, one.word, one.means, one.simply)
    ]
    address = reverse("organisations:glossary")
    found = [
        finders.Find(url=f"{address}#{one.code}", title=one.word, about=one.means)
        for one in fitting[: finders.MOST]
    ]
    more = f"{address}?{urlencode({'q': text})}" if len(fitting) > finders.MOST else ""
    return finders.Finds(found, more)
