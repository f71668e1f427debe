"""What capacity shows elsewhere: on the page of an initiative and of a unit, and in Min uge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, VIEW_CAPACITY
from hoest.domain.portfolio.queries import capacity, changes, first_year
from hoest.domain.portfolio.queries.changes import role_label
from hoest.domain.portfolio.rules.capacity import WORKING_PHASES
from hoest.domain.portfolio.rules.first_year import MilestoneState
from hoest.domain.portfolio.web.capacity import words
from hoest.domain.portfolio.web.capacity.hours import warning_words
from hoest.domain.portfolio.web.capacity.ledger import point
from hoest.domain.portfolio.web.capacity.load import load_words
from hoest.foundation import asks, content, panels, rooms
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere
from hoest.foundation.asks import Ask
from hoest.ui import formats


def register() -> None:
    """Put panels, rooms and asks in their places."""
    panels.register("initiative", "portfolio.capacity", of_initiative, order=60)
    panels.register("unit", "portfolio.capacity", of_unit, order=40)
    asks.register("milestone", milestones_asked)
    asks.register("cooperation", cooperations_asked)
    for order, url_name, label, about, group in (
        (
            10,
            "capacity:ledger",
            gettext_lazy("Kapacitet i timer"),
            gettext_lazy("Om der er hænder nok, og hvad der kan give plads."),
            "deliver",
        ),
        (
            12,
            "capacity:load",
            gettext_lazy("Forandringer, der lander"),
            gettext_lazy("Hvor der kommer for meget nyt til de samme mennesker på én gang."),
            "deliver",
        ),
        (
            14,
            "capacity:profiles",
            gettext_lazy("Faggrupper og deres hverdag"),
            gettext_lazy("Hvad hver faggruppe bekymrer sig om, og hvornår den har plads."),
            "deliver",
        ),
        (
            5,
            "capacity:first_year",
            gettext_lazy("Kom i gang"),
            gettext_lazy("En plan over 12–18 måneder for en kommune, der begynder."),
            "start",
        ),
    ):
        rooms.register(
            "portfolio", url_name, label, about, group=group, order=order, permission=VIEW_CAPACITY
        )


def of_initiative(request: HttpRequest, initiative: Any) -> str:
    """Say what an initiative draws on, whether its unit has room, and how groups meet it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_CAPACITY) or not queries.is_active(initiative):
        return ""
    may_change = allowed(actor, CHANGE_INITIATIVES, initiative.unit_id)
    demand = capacity.demand_of(initiative)
    plans = changes.plans_for(initiative)
    if not (demand or plans or may_change):
        return ""
    is_working = initiative.phase in WORKING_PHASES
    warning = ""
    if is_working:
        found = capacity.at_once(actor.organisation_id, initiative.unit_id)
        if found.is_over:
            warning = _("%(unit)s har %(count)s i arbejde på én gang. Grænsen er %(most)s.") % {
                "unit": initiative.unit,
                "count": found.count,
                "most": found.most,
            }
    else:
        warning = warning_words(actor.organisation_id, initiative.unit_id, initiative.pk)
    context = {
        "initiative": initiative,
        "demand": _demand_words(demand),
        "plans": ngettext(
            "%(n)s faggruppe har sin egen plan.", "%(n)s faggrupper har hver sin plan.", len(plans)
        )
        % {"n": len(plans)}
        if plans
        else "",
        "warning": warning,
        "may_change": may_change,
    }
    return render_to_string("portfolio/capacity/initiative_panel.html", context, request)


def _demand_words(demand: list[Any]) -> str:
    if not demand:
        return ""
    by_role: dict[str, int] = {}
    for row in demand:
        by_role[row.role] = by_role.get(row.role, 0) + row.hours
    most = max(by_role, key=lambda role: by_role[role])
    total = words.hours_words(sum(by_role.values()))
    if len(by_role) == 1:
        return _("Der skal bruges %(total)s i rollen %(role)s.") % {
            "total": total,
            "role": role_label(most),
        }
    return _("Der skal bruges %(total)s i alt, flest i rollen %(role)s.") % {
        "total": total,
        "role": role_label(most),
    }


def of_unit(request: HttpRequest, unit: Any) -> str:
    """Say how much a unit works on at once, where hours lack, and what lands in it next."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_CAPACITY):
        return ""
    found = capacity.at_once(actor.organisation_id, unit.pk)
    quarters = capacity.shown_quarters()
    heavy = [
        (quarter, load)
        for place in changes.unit_loads(actor, quarters, unit.pk)
        if place.id == unit.pk
        for quarter, load in sorted(place.loads.items())
        if load.is_heavy
    ]
    _before, booked = capacity.booked(actor, quarters, unit_id=unit.pk)
    if not found.count and not heavy and not booked:
        return ""
    context = {
        "unit": unit,
        "at_once": found,
        "hours": point(booked, False) if booked else "",
        "landing": f"{words.quarter_words(heavy[0][0])}: {load_words(heavy[0][1])}"
        if heavy
        else "",
    }
    return render_to_string("portfolio/capacity/unit_panel.html", context, request)


def milestones_asked(actor: Actor, today: dt.date) -> Iterator[Ask]:
    """Ask owners for milestones that are due soon or late, unless a fact has ticked them."""
    if actor.person_id is None:
        return
    soon = today + dt.timedelta(days=content.limit("milestone_ask_days"))
    rows = first_year.milestones_of(actor).filter(
        owner_id=actor.person_id, done_on=None, due_on__lte=soon
    )
    for one in first_year.standings(actor, list(rows)):
        if one.state is MilestoneState.DONE:
            continue
        due = formats.long_date(one.milestone.due_on)
        late = one.state is MilestoneState.LATE
        reason = (
            _("Skulle være nået %(day)s.") % {"day": due}
            if late
            else _("Skal være nået %(day)s.") % {"day": due}
        )
        yield Ask(
            kind="milestone",
            subject_id=one.milestone.pk,
            title=one.milestone.title,
            reason=reason,
            because=_("Du ejer milepælen."),
            why=tuple(text for text in (one.milestone.about, reason) if text),
            act_url=reverse("capacity:reach", args=[one.milestone.pk]),
            act_label=_("Sig, at den er nået"),
            subject_url=reverse("capacity:reach", args=[one.milestone.pk]),
            subject_title=_("Kom i gang"),
            due_on=one.milestone.due_on,
            in_sheet=True,
            is_quick=True,
        )


def cooperations_asked(actor: Actor, today: dt.date) -> Iterator[Ask]:
    """Ask who answers for a cooperation how it went, when it should be in place."""
    if actor.person_id is None:
        return
    rows = capacity.cooperations_of(actor).filter(
        owner_id=actor.person_id, kept_on=None, dropped_on=None, ready_on__lte=today
    )
    for row in rows:
        day = formats.long_date(row.ready_on)
        yield Ask(
            kind="cooperation",
            subject_id=row.pk,
            title=_("Er samarbejdet med %(partner)s på plads?") % {"partner": row.partner},
            reason=_("Det skulle være klar %(day)s.") % {"day": day},
            because=_("Du er ansvarlig for samarbejdet."),
            why=(row.about, role_label(row.role)),
            act_url=reverse("capacity:end", args=[row.pk]),
            act_label=_("Sig, hvordan det gik"),
            subject_url=reverse("capacity:cooperation", args=[row.pk]),
            subject_title=row.partner,
            due_on=row.ready_on,
            in_sheet=True,
            is_quick=True,
        )
