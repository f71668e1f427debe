"""What systems tell the rest of the house: rooms, panels, search, similar things, and asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.trust.permissions import PLAN_EXIT, VIEW_SYSTEMS
from hoest.domain.trust.queries.data_sets import data_sets_of, data_sets_of_initiative
from hoest.domain.trust.queries.reuse import checks_of
from hoest.domain.trust.queries.suppliers import suppliers_of, undecided
from hoest.domain.trust.queries.systems import present_systems, systems_of_initiative
from hoest.domain.trust.web import gates, words
from hoest.domain.trust.web.systems.lists import SEARCHED
from hoest.foundation import asks, content, panels, rooms
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed
from hoest.foundation.search import finders, similar
from hoest.ui import formats

ROOMS = (
    (
        "systems:systems",
        gettext_lazy("Systemer"),
        gettext_lazy("It-systemerne, som KITOS har dem, og hvad de ved om mennesker."),
        VIEW_SYSTEMS,
    ),
    (
        "suppliers:suppliers",
        gettext_lazy("Leverandører"),
        gettext_lazy("Hvem vi læner os op ad, og hvordan vi kommer fri."),
        VIEW_SYSTEMS,
    ),
    (
        "suppliers:decisions",
        gettext_lazy("Kontrakter at tage stilling til"),
        gettext_lazy("De aftaler, der løber ud, før nogen når at tænke sig om."),
        VIEW_SYSTEMS,
    ),
    (
        "data_sets:data_sets",
        gettext_lazy("Datasæt"),
        gettext_lazy("Data, som flere kan bruge, og hvem der skriver dem ned."),
        VIEW_SYSTEMS,
    ),
    (
        "reuse:overview",
        gettext_lazy("Genbrug"),
        gettext_lazy("Hvor ofte vi bygger på noget, der findes."),
        VIEW_INITIATIVES,
    ),
)


MOST_NAMED = 6


def register() -> None:
    """Tell everything."""
    for place, (url_name, label, about, permission) in enumerate(ROOMS, start=1):
        rooms.register(
            "portfolio",
            url_name,
            label,
            about,
            group="ground",
            order=place * 10,
            permission=permission,
        )
    panels.register("initiative", "trust.reuse", of_initiative, order=60)
    finders.register("systems", gettext_lazy("Systemer"), find_systems, order=60)
    finders.register("suppliers", gettext_lazy("Leverandører"), find_suppliers, order=61)
    finders.register("data_sets", gettext_lazy("Datasæt"), find_data_sets, order=62)
    similar.register(
        "systems",
        offer_systems,
        order=60,
        label=gettext_lazy("systemer"),
        permission=VIEW_SYSTEMS,
    )
    asks.register("contract_decision", contracts_to_decide)
    gates.register()


def of_initiative(request: HttpRequest, initiative: Any) -> str:
    """Say on an initiative what it is built on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    checks = checks_of(actor, initiative.pk)
    ties = systems_of_initiative(actor, initiative.pk)
    sets = data_sets_of_initiative(actor, initiative.pk)
    facts = {
        "initiative": initiative,
        "choice": words.word(words.REUSE, checks[0].choice).lower() if checks else "",
        "check": checks[0] if checks else None,
        "ties": [(one, words.word(words.TIES, one.kind).lower()) for one in ties[:6]],
        "sets": sets[:6],
    }
    return render_to_string("trust/initiative_panel.html", facts, request)


def find_systems(actor: Actor, text: str) -> finders.Finds:
    """Return the systems that fit, with their suppliers."""
    rows = present_systems(actor).select_related("supplier")
    best, has_more = finders.best_of(rows, text, ("name", "local_name"), SEARCHED)
    found = [
        finders.Find(
            url=reverse("systems:system", args=[one.pk]),
            title=one.name,
            about=" · ".join(
                part for part in (one.local_name, one.supplier.name if one.supplier else "") if part
            ),
        )
        for one in best
    ]
    more = reverse("systems:systems") + "?" + urlencode({"q": text})
    return finders.Finds(found, more if has_more else "")


def find_suppliers(actor: Actor, text: str) -> finders.Finds:
    """Return the suppliers that fit."""
    rows = suppliers_of(actor).order_by("name", "pk")
    best, has_more = finders.best_of(rows, text, ("name",), ("name", "cvr"))
    found = [
        finders.Find(
            url=reverse("suppliers:supplier", args=[one.pk]), title=one.name, about=one.cvr
        )
        for one in best
    ]
    more = reverse("suppliers:suppliers") + "?" + urlencode({"q": text})
    return finders.Finds(found, more if has_more else "")


def find_data_sets(actor: Actor, text: str) -> finders.Finds:
    """Return the data sets that fit, with their owners."""
    rows = data_sets_of(actor).order_by("name", "pk")
    best, has_more = finders.best_of(rows, text, ("name",), ("name", "definition"))
    found = [
        finders.Find(
            url=reverse("data_sets:data_set", args=[one.pk]),
            title=one.name,
            about=one.unit.name if one.unit else "",
        )
        for one in best
    ]
    more = reverse("data_sets:data_sets") + "?" + urlencode({"q": text})
    return finders.Finds(found, more if has_more else "")


def offer_systems(actor: Actor, wanted: similar.Typed) -> Iterable[similar.Thing]:
    """Offer the systems that are there when somebody writes of something like them."""
    rows = wanted.among(present_systems(actor).select_related("supplier"))
    return [
        similar.Thing(
            url=reverse("systems:system", args=[one.pk]),
            title=one.local_name or one.name,
            text=f"{one.name} {one.purpose}",
            kind=gettext_lazy("System, kommunen har"),
            about=one.supplier.name if one.supplier else "",
        )
        for one in rows
    ]


def contracts_to_decide(actor: Actor, today: dt.date) -> Iterable[asks.Ask]:
    """Ask who plans exits to decide about contracts whose deadline is near; one query.

    Several are one thing in a week, led by the first deadline, so that they leave room for others.
    """
    if "portfolio_manager" not in actor.roles or not allowed(actor, PLAN_EXIT):
        return []
    until = today + dt.timedelta(days=content.limit("contract_ask_days"))
    rows = undecided(actor).filter(choice__isnull=True, decide_by__gte=today, decide_by__lte=until)
    near = sorted(rows, key=lambda one: (one.decide_by, one.pk))
    return [_several_contracts(near)] if len(near) > 1 else [_contract(one) for one in near]


def _several_contracts(near: list[Any]) -> asks.Ask:
    first = near[0]
    page = reverse("suppliers:decisions")
    return asks.Ask(
        kind="contract_decision",
        subject_id=first.pk,
        title=_("Tag stilling til %(n)s kontrakter") % {"n": formats.number(len(near))},
        reason=_("Den første er »%(name)s«, hvis varsel løber ud %(day)s.")
        % {"name": first.name, "day": formats.long_date(first.decide_by)},
        act_url=page,
        act_label=_("Se kontrakterne"),
        subject_url=page,
        because=_("Du leder porteføljen"),
        why=tuple(
            _("%(name)s: varslet løber ud %(day)s")
            % {"name": one.name, "day": formats.long_date(one.decide_by)}
            for one in near[:MOST_NAMED]
        ),
        due_on=first.decide_by,
    )


def _contract(one: Any) -> asks.Ask:
    return asks.Ask(
        kind="contract_decision",
        subject_id=one.pk,
        title=_("Tag stilling til kontrakten »%(name)s«") % {"name": one.name},
        reason=_("Den kan forlades %(leaves)s, og varslet løber ud %(day)s.")
        % {
            "leaves": formats.long_date(one.leaves_on),
            "day": formats.long_date(one.decide_by),
        },
        act_url=reverse("suppliers:decide", args=[one.pk]),
        act_label=_("Skriv beslutningen ned"),
        subject_url=reverse("suppliers:contract", args=[one.pk]),
        subject_title=one.name,
        because=_("Du leder porteføljen"),
        why=tuple(
            part
            for part in (
                _("Leverandør: %(name)s") % {"name": one.supplier.name} if one.supplier else "",
                _("Udgift om året: %(amount)s") % {"amount": formats.kroner(one.yearly_dkk)}
                if one.yearly_dkk
                else "",
            )
            if part
        ),
        due_on=one.decide_by,
        in_sheet=True,
    )
