"""Places that go live before their stage is opened: refused in words, or told with the reason.

Every write that puts a live day or a stage on a place asks here: pages, the demo, connectors.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.organisations.queries import RoleHolders
from hoest.domain.portfolio.actions.gate_words import names_in_words
from hoest.domain.portfolio.models import Initiative, Rollout, Stage
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.domain.portfolio.queries.stages import StageOf, early_cause, stages_of
from hoest.domain.portfolio.rules.stages import EarlyCause, OpeningHindrance
from hoest.foundation.access.actor import Actor
from hoest.foundation.clock import today
from hoest.foundation.content import active_language
from hoest.foundation.faults import Fault
from hoest.ui import formats

# What a place keeps that was not early.
NOTHING_TOLD: dict[str, Any] = {
    "early_because": "",
    "early_told_by_name": "",
    "early_told_on": None,
}
# So many who may open a stage are named; of more the others are counted.
NAMED = 3


class PlaceIsEarly(Fault):
    """A place goes live when its stage is open; what went live before says why.

    `asks` is what is said at the field where the reason, or another day, is written.
    """

    def __init__(self, said: str, asks: str, field: str = "early_because") -> None:
        super().__init__(said)
        self.asks, self.field = asks, field

    @property
    def on_form(self) -> str:
        """What is asked for, without how the stage stands: the form says that before."""
        return self.asks


class NotLiveYet(Fault):
    """A reason for going live early is told of what has happened, not of what is planned."""

    field = "live_on"


class ReasonNotNeeded(Fault):
    """The place is not live before its stage was opened, so there is nothing to explain."""


def early_changes(
    actor: Actor, initiative: Initiative, rollout: Rollout, live_on: dt.date | None, because: str
) -> dict[str, Any]:
    """Return what a place keeps of why it went live early, when it goes live on a day.

    `because` is what is written now. Raises PlaceIsEarly, NotLiveYet, ReasonNotNeeded.
    """
    why = " ".join(because.split())[:300]
    stages = stages_of(initiative) if rollout.stage_id is not None else []
    cause = early_cause(stages, rollout.stage_id, live_on)
    if cause is None:
        if why and why != rollout.early_because:
            raise ReasonNotNeeded(
                _("Grunden bruges kun, når et sted gik i drift, før dets etape blev åbnet.")
            )
        return dict(NOTHING_TOLD)
    if not why:
        said = early_in_words(actor, initiative, rollout, stages, cause)
        if live_on is not None and live_on > today():
            raise PlaceIsEarly(said, _not_live_in_words(rollout), "live_on")
        asks = _asks_why(rollout, rollout.stage_id, stages, live_on)
        mistake = (
            _("Var det en fejl, så slet dagen.")
            if cause is EarlyCause.NOT_OPENED
            else _("Var det en fejl, så ret dagen.")
        )
        raise PlaceIsEarly(said, f"{asks} {mistake}")
    return _told(actor, rollout, live_on, why)


def refuse_early_places(
    actor: Actor, initiative: Initiative, stage: Stage, rows: Sequence[Rollout], because: str
) -> dict[int, dict[str, Any]]:
    """Return what places that come into a stage keep of why they were live before it opened.

    What a place told of the stage it leaves does not hold here. Raises PlaceIsEarly, NotLiveYet.
    """
    if not any(row.live_on is not None for row in rows):
        return {}
    why = " ".join(because.split())[:300]
    stages = stages_of(initiative)
    kept = {}
    for row in rows:
        cause = early_cause(stages, stage.pk, row.live_on)
        if cause is None:
            continue
        if not why:
            said = early_in_words(actor, initiative, row, stages, cause, stage.pk)
            raise PlaceIsEarly(said, _asks_why(row, stage.pk, stages, row.live_on))
        kept[row.pk] = _told(actor, row, row.live_on, why)
    return kept


def early_in_words(
    actor: Actor,
    initiative: Initiative,
    rollout: Rollout,
    stages: Sequence[StageOf],
    cause: EarlyCause,
    stage_id: int | None = None,
) -> str:
    """Say which stage a place is in, what the stage lacks to open, and who may open it."""
    wanted = stage_id or rollout.stage_id
    its = next(one for one in stages if one.stage.pk == wanted)
    said = {"place": str(rollout), "stage": its.stage.name}
    if cause is EarlyCause.BEFORE_OPENING:
        return _(
            "%(place)s er i etapen »%(stage)s«, som blev åbnet %(day)s. Gik det i drift før den "
            "dag, så skriv hvorfor."
        ) % {**said, "day": formats.long_date(its.stage.opened_on, active_language())}
    return " ".join(
        (
            _("%(place)s er i etapen »%(stage)s«, som ikke er åbnet endnu.") % said,
            shut_in_words(actor, initiative, its),
            _("Er det gået i drift alligevel, så skriv hvorfor."),
        )
    )


def shut_in_words(actor: Actor, initiative: Initiative, its: StageOf) -> str:
    """Say what a stage that is not open lacks, and who may open it."""
    hindrances = [one for one in its.hindrances if one is not OpeningHindrance.OPEN_ALREADY]
    lacks = hindrance_in_words(hindrances[0]) if hindrances else _("Den er klar til at åbne.")
    who = openers_in_words(actor, initiative)
    if not who:
        return lacks
    opens = _("Etapen kan åbnes af %(who)s.") % {"who": who}
    return f"{lacks} {opens}"


def openers_in_words(actor: Actor, initiative: Initiative) -> str:
    """Name who may open a stage: the reader herself, the lead, then others; three at most."""
    holders = RoleHolders.of(initiative.organisation_id, CHANGE_INITIATIVES.roles)
    may = holders.reaching(CHANGE_INITIATIVES.roles, initiative.unit_id)
    may.sort(key=lambda one: (one != actor.person_id, one != initiative.lead_id))
    names = [_("dig") if one == actor.person_id else holders.names[one] for one in may[:NAMED]]
    if len(may) > NAMED:
        more = len(may) - NAMED
        names.append(ngettext("%(count)s anden", "%(count)s andre", more) % {"count": more})
    return names_in_words(names)


def hindrance_in_words(hindrance: OpeningHindrance) -> str:
    """Say what keeps a stage from being opened, and what opens it."""
    return {
        OpeningHindrance.OPEN_ALREADY: _("Etapen er allerede åbnet."),
        OpeningHindrance.NOT_LEARNT: _(
            "Skriv først, hvad I lærte af etapen før, eller spring læringen over med en grund."
        ),
        OpeningHindrance.NOT_DECIDED: _("Beslut først, om I går videre efter etapen før."),
        OpeningHindrance.PAUSED: _(
            "Etapen før endte med en pause. Skriv en ny beslutning dér, før den næste åbner."
        ),
    }[hindrance]


def _asks_why(
    rollout: Rollout, stage_id: int | None, stages: Sequence[StageOf], live_on: dt.date | None
) -> str:
    """Ask for the reason of one place, with the day and the stage by name."""
    its = next(one for one in stages if one.stage.pk == stage_id)
    return _("Skriv, hvorfor %(place)s gik i drift %(day)s, før etapen »%(stage)s« blev åbnet.") % {
        "place": rollout,
        "day": formats.long_date(live_on, active_language()),
        "stage": its.stage.name,
    }


def _not_live_in_words(rollout: Rollout) -> str:
    said = _("%(place)s er ikke i drift endnu. Skriv dagen, når etapen er åbnet.")
    return said % {"place": rollout}


def _told(actor: Actor, rollout: Rollout, live_on: dt.date | None, why: str) -> dict[str, Any]:
    if live_on is not None and live_on > today():
        raise NotLiveYet(_not_live_in_words(rollout))
    if why == rollout.early_because:
        return {}
    return {
        "early_because": why,
        "early_told_by_name": actor.name[:160],
        "early_told_on": today(),
    }
