"""Finding benefits from the search."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits import queries
from hoest.domain.benefits.rules import Rung
from hoest.domain.benefits.web import words
from hoest.domain.benefits.web.filters import SEARCHED
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.search import finders

STEPS = [rung for rung in Rung if rung is not Rung.LAPSED]


def register() -> None:
    """Let benefits be found."""
    finders.register("benefits", _("Gevinster"), benefits, order=20)


def benefits(actor: Actor, text: str) -> finders.Finds:
    """Return the benefits that fit, with the rung each stands on."""
    rows = queries.visible_to(actor).order_by("title", "pk")
    best, has_more = finders.best_of(rows, text, ("title", "key"), SEARCHED)
    standings = queries.standings_of(best)
    found = []
    for one in best:
        rung = standings[one.pk].rung
        found.append(
            finders.Find(
                url=reverse("benefits:benefit", args=[one.pk]),
                title=one.title,
                about=f"{content.label('benefit_type', one.benefit_type)} · {one.initiative.title}",
                rung=STEPS.index(rung) if rung in STEPS else 0,
                rung_label=words.rung_label(str(rung)),
                is_lapsed=rung is Rung.LAPSED,
            )
        )
    more = reverse("benefits:benefits") + "?" + urlencode({"q": text})
    return finders.Finds(found, more if has_more else "")
