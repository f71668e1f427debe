"""What delivering shows elsewhere: panels, Min uge, rooms and the search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import UnitTree
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.permissions import (
    CHANGE_INITIATIVES,
    NAME_SHARED_OWNERS,
    VIEW_INITIATIVES,
)
from hoest.domain.portfolio.queries.crossing import (
    crossings_of,
    journeys_of,
    journeys_through,
)
from hoest.domain.portfolio.queries.dependencies import (
    dependencies_of_initiative,
    influence_due,
    past_needed,
)
from hoest.domain.portfolio.queries.stages import is_late, late_unexplained, rollouts_of
from hoest.domain.portfolio.web.delivery.crossing import owner_in_words
from hoest.domain.portfolio.web.delivery.dependencies import point_of
from hoest.domain.portfolio.web.delivery.words import (
    age,
    day,
    departments_in_words,
    late_in_words,
    number,
    span,
    waited_for,
    who_acts,
)
from hoest.foundation import asks, content, panels, rooms
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere
from hoest.foundation.asks import Ask
from hoest.foundation.search import finders


def register() -> None:
    """Put the panels, the asks, the rooms and the finder in their places."""
    panels.register("initiative", "delivery.waits", waits, order=60)
    panels.register("initiative", "delivery.crossing", crosses, order=61)
    panels.register("unit", "delivery.late", late_in_unit, order=30)
    asks.register("influence_step", influence_steps)
    asks.register("dependency_past_needed", past_needed_asks)
    asks.register("rollout_late", late_asks)
    finders.register("journeys", _("Borgerforløb"), journeys, order=40)
    _rooms()


def _rooms() -> None:
    for order, (name, label, about) in enumerate(
        (
            (
                "rollouts",
                _("Udrulninger, de forsinkede først"),
                _("Hvor det nye er i brug, hvor det kommer senere, og hvorfor."),
            ),
            (
                "dependencies",
                _("Det, vi venter på"),
                _("Inde i huset og ude: hvem kan handle, og hvad gør vi imens."),
            ),
            (
                "crossings",
                _("På tværs af forvaltninger"),
                _("Initiativer, hvor flere er med, og én skal eje det hele."),
            ),
            (
                "journeys",
                _("Borgerens vej gennem kommunen"),
                _("Forløb, der går gennem flere enheder, hver med én ejer."),
            ),
        )
    ):
        rooms.register(
            "portfolio",
            f"delivery:{name}",
            label,
            about,
            group="deliver",
            order=20 + 10 * order,
            permission=VIEW_INITIATIVES,
        )
    rooms.register(
        "portfolio",
        "delivery:solutions",
        _("Fælles og nationale løsninger"),
        _("Hvad kommunerne har sammen, og hvor langt vi selv er."),
        group="ground",
        order=50,
        permission=VIEW_INITIATIVES,
    )


def waits(request: HttpRequest, initiative: Initiative) -> str:
    """Say what an initiative waits for, with a way to it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = dependencies_of_initiative(initiative)
    may_change = allowed(actor, CHANGE_INITIATIVES, initiative.unit_id)
    if not rows and not may_change:
        return ""
    return _panel(
        request,
        gettext("Det venter på"),
        gettext("%(point)s.") % {"point": point_of(initiative.title, rows)}
        if rows
        else gettext("Der er ikke skrevet noget ned, som det venter på."),
        reverse("delivery:of_initiative", args=[initiative.pk]),
        gettext("Se det, der ventes på") if rows else gettext("Skriv ned, hvad det venter på"),
    )


def crosses(request: HttpRequest, initiative: Initiative) -> str:
    """Say which departments and journeys an initiative is part of, and who owns the whole."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    told = crossings_of(actor, initiative.pk)
    through = journeys_through(initiative)
    found = told.found.get(initiative.pk)
    if found is None and not through:
        return ""
    said = []
    if found is not None:
        owner = owner_in_words(told, initiative)
        said.append(
            gettext("%(departments)s er en del af det. Fælles ejer: %(owner)s.")
            % {"departments": departments_in_words(found, told.names), "owner": owner}
        )
    said += [
        gettext("Det ændrer borgerforløbet »%(name)s«, som %(owner)s ejer.")
        % {"name": one.name, "owner": one.owner}
        for one in through
    ]
    may_name = found is not None and allowed(actor, NAME_SHARED_OWNERS)
    if may_name:
        url = reverse("delivery:shared_owner", args=[initiative.pk])
        label = gettext("Vælg fælles ejer")
    elif through:
        url = reverse("delivery:journey", args=[through[0].pk])
        label = gettext("Se borgerforløbet")
    else:
        url, label = reverse("delivery:crossings"), gettext("Se alle på tværs")
    return _panel(request, gettext("På tværs"), " ".join(said), url, label)


def late_in_unit(request: HttpRequest, unit: Any) -> str:
    """Say how many roll-outs to a unit are late; nothing when none is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        return ""
    below = UnitTree.of(actor.organisation_id).below(unit.pk)
    late = rollouts_of(actor).filter(is_late(), unit_id__in=below).count()
    if not late:
        return ""
    said = ngettext(
        "%(n)s udrulning hertil er forsinket.", "%(n)s udrulninger hertil er forsinket.", late
    ) % {"n": number(late)}
    url = reverse("delivery:rollouts") + "?" + urlencode({"state": "late", "unit": unit.pk})
    return _panel(request, gettext("Udrulninger"), said, url, gettext("Se de forsinkede"))


def influence_steps(actor: Actor, today: dt.date) -> Iterable[Ask]:
    """Ask for the next step of influence work when its day has come."""
    for one in influence_due(actor):
        row = one.dependency
        yield Ask(
            kind="influence_step",
            subject_id=one.pk,
            title=gettext("Tag næste skridt: %(step)s") % {"step": one.next_step},
            reason=one.aim,
            act_url=reverse("delivery:influence_step", args=[one.pk]),
            act_label=gettext("Skriv skridtet ned"),
            subject_url=reverse("delivery:dependency", args=[row.pk]),
            subject_title=waited_for(row),
            because=gettext("Du har ansvar for påvirkningen."),
            why=(
                gettext("Sammen med %(whom)s.") % {"whom": one.with_whom},
                gettext("Hvis det ikke kommer: %(what)s") % {"what": row.consequence},
            ),
            due_on=one.next_on,
            in_sheet=True,
            is_quick=True,
        )


def past_needed_asks(actor: Actor, today: dt.date) -> Iterable[Ask]:
    """Ask the lead what now, when something was needed before today and has not come."""
    if actor.person_id is None:
        return
    for row in past_needed(actor):
        yield Ask(
            kind="dependency_past_needed",
            subject_id=row.pk,
            title=gettext("»%(what)s« skulle have været her") % {"what": waited_for(row)},
            reason=gettext("Det skulle bruges %(day)s. %(consequence)s")
            % {"day": day(row.needed_by), "consequence": row.consequence},
            act_url=reverse("delivery:dependency", args=[row.pk]),
            act_label=gettext("Se, hvad der kan gøres"),
            subject_url=reverse("portfolio:initiative", args=[row.initiative_id]),
            subject_title=row.initiative.title,
            because=gettext("Du leder initiativet."),
            why=(
                gettext("%(who)s kan handle.") % {"who": who_acts(row)},
                gettext("I har ventet i %(age)s.") % {"age": age(row)},
            ),
            due_on=row.needed_by,
        )


def late_asks(actor: Actor, today: dt.date) -> Iterable[Ask]:
    """Ask the lead why a place is late, one ask for each initiative."""
    if actor.person_id is None:
        return
    told: set[int] = set()
    for row in late_unexplained(actor, content.limit("late_rollouts_asked")):
        if row.initiative_id in told or row.planned_on is None:
            continue
        told.add(row.initiative_id)
        yield Ask(
            kind="rollout_late",
            subject_id=row.pk,
            title=gettext("Sig, hvorfor %(place)s kommer senere") % {"place": row},
            reason=f"{row.initiative.title}: {late_in_words(row).lower()}.",
            act_url=reverse("delivery:explain_delay", args=[row.pk]),
            act_label=gettext("Skriv årsagen"),
            subject_url=reverse("portfolio:rollouts", args=[row.initiative_id]),
            subject_title=row.initiative.title,
            because=gettext("Du leder initiativet."),
            why=(
                gettext("Planlagt i drift %(day)s, for %(span)s siden.")
                % {"day": day(row.planned_on), "span": span((today - row.planned_on).days)},
            ),
            due_on=row.planned_on,
            in_sheet=True,
            is_quick=True,
        )


def journeys(actor: Actor, text: str) -> finders.Finds:
    """Return the journeys that fit, each with its owner."""
    rows = journeys_of(actor)
    best, has_more = finders.best_of(rows, text, ("name",), ("name", "citizen", "promise"))
    found = [
        finders.Find(
            url=reverse("delivery:journey", args=[one.pk]),
            title=one.name,
            about=f"{one.citizen} · {one.owner}",
        )
        for one in best
    ]
    more = reverse("delivery:journeys") + "?" + urlencode({"q": text})
    return finders.Finds(found, more if has_more else "")


def _panel(request: HttpRequest, heading: str, said: str, url: str, label: str) -> str:
    context = {"heading": heading, "said": said, "url": url, "label": label}
    return render_to_string("portfolio/delivery/panel.html", context, request)
