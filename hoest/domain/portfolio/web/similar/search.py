"""Finding lessons, candidates and small purchases from the search."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.queries.candidates import candidates_of
from hoest.domain.portfolio.queries.lessons import lessons_of
from hoest.domain.portfolio.queries.purchases import purchases_of
from hoest.domain.portfolio.web.candidates.lists import SEARCHED
from hoest.domain.portfolio.web.lessons.lists import TEXTS
from hoest.domain.portfolio.web.purchases.lists import state_in_words
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.search import finders


def register() -> None:
    """Let them be found."""
    finders.register("lessons", _("Erfaringer"), lessons, order=30)
    finders.register("candidates", _("Kandidater til automatisering"), candidates, order=32)
    finders.register("purchases", _("Små køb"), purchases, order=34)


def _more(url_name: str, text: str, has_more: bool) -> str:
    return f"{reverse(url_name)}?{urlencode({'q': text})}" if has_more else ""


def lessons(actor: Actor, text: str) -> finders.Finds:
    """Return the lessons that fit."""
    rows = lessons_of(actor).order_by("-learnt_on", "pk")
    best, has_more = finders.best_of(rows, text, ("title",), TEXTS[1:])
    found = [
        finders.Find(reverse("lessons:lesson", args=[one.pk]), one.title, one.came[:120])
        for one in best
    ]
    return finders.Finds(found, _more("lessons:lessons", text, has_more))


def candidates(actor: Actor, text: str) -> finders.Finds:
    """Return the candidates that fit."""
    rows = candidates_of(actor).order_by("title", "pk")
    best, has_more = finders.best_of(rows, text, ("title",), SEARCHED[1:])
    found = [
        finders.Find(
            reverse("candidates:candidate", args=[one.pk]),
            one.title,
            content.label("candidate_state", one.state),
        )
        for one in best
    ]
    return finders.Finds(found, _more("candidates:candidates", text, has_more))


def purchases(actor: Actor, text: str) -> finders.Finds:
    """Return the small purchases that fit."""
    rows = purchases_of(actor).order_by("-asked_on", "pk")
    best, has_more = finders.best_of(rows, text, ("title",), ("solves",))
    found = [
        finders.Find(reverse("purchases:purchase", args=[one.pk]), one.title, state_in_words(one))
        for one in best
    ]
    return finders.Finds(found, _more("purchases:purchases", text, has_more))
