"""Finding decisions at gates, deviations and what waits, from the search.

A deviation is found by the name of its requirement too, which stands in the content and not in the
database. Each finder reads once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Deviation
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.web.gates.words import text
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.content import active_language
from hoest.foundation.lists.search import search
from hoest.foundation.search import finders
from hoest.ui import formats

M = TypeVar("M", bound=Model)


def register() -> None:
    """Let them be found."""
    finders.register("gate_decisions", _("Afgørelser ved porte"), decisions, order=12)
    finders.register("deviations", _("Fravigelser"), deviations, order=13)
    finders.register("waiting", _("Det, der venter"), waiting, order=14)


def decisions(actor: Actor, typed: str) -> finders.Finds:
    """Return the decisions that fit: by initiative, reason, conditions or who decided."""
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        return finders.Finds()
    rows = queries.gate_decisions_of(actor).select_related("initiative").order_by("-decided_at")
    fields = ("initiative__title", "reason", "conditions", "decided_by_name")
    best, _more = _best(search(rows, typed, fields))
    return finders.Finds(
        [
            finders.Find(
                reverse("gates:decision", args=[one.pk]),
                one.initiative.title,
                f"{content.label('gate_outcome', one.outcome)} · {_day(one.decided_at)}",
            )
            for one in best
        ]
    )


def deviations(actor: Actor, typed: str) -> finders.Finds:
    """Return the deviations that fit: by initiative, requirement, reason or who asked."""
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        return finders.Finds()
    named = [
        code
        for code, one in content.gate_requirements().items()
        if finders.fits(typed, text(one.label))
    ]
    rows = queries.deviations_of(actor)
    written = search(rows, typed, ("initiative__title", "reason", "asked_by_name"))
    wanted = Q(pk__in=written.values("pk")) | Q(code__in=named)
    best, has_more = _best(
        rows.filter(wanted).select_related("initiative").order_by("-ends_on", "pk")
    )
    more = f"{reverse('gates:deviations')}?{urlencode({'q': typed})}"
    return finders.Finds(
        [
            finders.Find(
                reverse("gates:answer_deviation", args=[one.pk]), _requirement(one), _told(one)
            )
            for one in best
        ],
        more if has_more and not named else "",
    )


def waiting(actor: Actor, typed: str) -> finders.Finds:
    """Return what waits and fits: by initiative, what it waits for, or what waiting costs."""
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        return finders.Finds()
    rows = queries.waiting_of(actor).select_related("initiative").order_by("since", "pk")
    fields = ("initiative__title", "waits_for", "consequence", "trigger")
    best, has_more = _best(search(rows, typed, fields))
    return finders.Finds(
        [
            finders.Find(
                reverse("gates:review", args=[one.pk]),
                one.initiative.title,
                gettext("venter på %(what)s") % {"what": one.waits_for},
            )
            for one in best
        ],
        f"{reverse('gates:waiting')}?{urlencode({'q': typed})}" if has_more else "",
    )


def _best(rows: QuerySet[M]) -> tuple[Sequence[M], bool]:
    found = list(rows[: finders.MOST + 1])
    return found[: finders.MOST], len(found) > finders.MOST


def _day(at: dt.datetime) -> str:
    return formats.long_date(localtime(at).date(), active_language())


def _requirement(one: Deviation) -> str:
    known = content.gate_requirements().get(one.code)
    return text(known.label) if known else one.code


def _told(one: Deviation) -> str:
    state = content.label("deviation_state", one.state)
    until = gettext("til og med %(day)s") % {
        "day": formats.short_date(one.ends_on, active_language())
    }
    return f"{one.initiative.title} · {state}, {until}"
