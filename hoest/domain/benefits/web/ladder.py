"""The big ladder on a benefit: each rung's facts with day and name, and the one act that lifts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse

from hoest.domain.benefits import queries
from hoest.domain.benefits.actions.held import unit_id_of
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import (
    ACCEPT_OWNERSHIP,
    CHANGE_BENEFITS,
    CONFIRM_LEVEL,
    HARVEST,
    MEASURE,
    NAME_OWNER,
)
from hoest.domain.benefits.rules import LEVEL_TYPES, Fact, Rung, Standing
from hoest.domain.benefits.web import effect_page, words
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import Permission, allowed, allowed_somewhere

# Which permission obtains a fact, by the page it is obtained on.
RIGHT_OF_PAGE: dict[str, Permission] = {
    "benefits:owner": NAME_OWNER,
    "benefits:change": CHANGE_BENEFITS,
    "benefits:measure": MEASURE,
    "benefits:harvest": HARVEST,
    "benefits:confirm": CONFIRM_LEVEL,
    "portfolio:edit": CHANGE_INITIATIVES,
    "portfolio:adoption": CHANGE_INITIATIVES,
}


@dataclass(frozen=True)
class ShownFact:
    """A fact as the ladder component reads it."""

    text: str
    met: bool
    date: dt.date | None = None
    who: str = ""
    href: str = ""


@dataclass(frozen=True)
class ShownRung:
    """A rung as the ladder component reads it."""

    code: str
    label: str
    state: str
    meaning: str
    facts: list[ShownFact] = field(default_factory=list)
    action_url: str = ""
    action_label: str = ""


def rungs(actor: Actor, benefit: Benefit, standing: Standing) -> list[ShownRung]:
    """Return the rungs from the roof to the hand; a dis-benefit has no hand to reach."""
    beside = {Rung.LAPSED, Rung.IN_HAND} if benefit.is_disbenefit else {Rung.LAPSED}
    return [_rung(actor, benefit, standing, rung) for rung in Rung if rung not in beside]


def _rung(actor: Actor, benefit: Benefit, standing: Standing, rung: Rung) -> ShownRung:
    state = _state(standing, rung)
    url = label = ""
    if state == "next" and standing.next_fact is not None:
        url = act_url(actor, benefit, standing.next_fact)
        label = str(words.FACTS[standing.next_fact.code].act) if url else ""
    elif rung is Rung.PROVEN and standing.rung is Rung.MEASURED:
        # Not demanded for the hand, so never next: a quiet act beside the one that is.
        missing = next(fact for fact in standing.facts[rung] if not fact.holds)
        url = act_url(actor, benefit, missing)
        label = str(words.FACTS[missing.code].act) if url else ""
    shown = [
        _fact(actor, benefit, fact)
        for fact in standing.facts[rung]
        if not _said_before(standing, rung, fact)
    ]
    return ShownRung(
        code=rung.value,
        label=words.rung_label(rung),
        state=state,
        meaning="" if state == "reached" else content.explanation("rung", rung.value),
        facts=shown,
        action_url=url,
        action_label=label,
    )


def _state(standing: Standing, rung: Rung) -> str:
    """Tell how a rung is drawn. One below that is not whole is passed over, not reached."""
    if standing.rung is Rung.LAPSED:
        return "ahead"
    if rung is standing.rung:
        return "present"
    if rung is standing.next_rung:
        return "next"
    if rung.height < standing.rung.height and standing.holds(rung):
        return "reached"
    return "ahead"


def _said_before(standing: Standing, rung: Rung, fact: Fact) -> bool:
    """Leave out what has been said: by a lower rung, or by the lack of any owner."""
    if fact.code in ("owner_not_lead", "owner_accepted") and not fact.holds:
        named = next(one for one in standing.facts[Rung.OWNED] if one.code == "owner_named")
        return not named.holds
    repeated = {
        Rung.MEASURED: ("went_live",),
        Rung.IN_HAND: ("measured_after_live",),
    }
    return fact.code in repeated.get(rung, ())


def _fact(actor: Actor, benefit: Benefit, fact: Fact) -> ShownFact:
    day, who = _when_and_who(benefit, fact)
    href = "" if fact.holds else act_url(actor, benefit, fact)
    return ShownFact(words.said(fact), fact.holds, day, who, href)


def _when_and_who(benefit: Benefit, fact: Fact) -> tuple[dt.date | None, str]:
    if not fact.holds:
        return None, ""
    owner = benefit.owner.name if benefit.owner else ""
    if fact.code == "owner_named":
        return None, owner
    if fact.code == "owner_accepted":
        return fact.on, benefit.owner_accepted_source or owner
    if fact.code == "baseline":
        return benefit.baseline_on, words.value_with_unit(
            benefit.baseline_value, benefit.measure_unit
        )
    if fact.code == "target":
        return benefit.target_on, words.value_with_unit(benefit.target_value, benefit.measure_unit)
    if fact.code in ("measured_after_live", "measurement_fresh"):
        return fact.on, _measured_by(benefit, fact.on)
    if fact.code in ("harvest_decided", "level_confirmed_twice"):
        return fact.on, _decided_by(benefit, fact.on)
    texts = {
        "indicator": benefit.indicator,
        "method": benefit.method,
        "frequency": content.label("frequency", benefit.frequency) if benefit.frequency else "",
    }
    return fact.on, texts.get(fact.code, "")


def _measured_by(benefit: Benefit, on: dt.date | None) -> str:
    return next(
        (m.measured_by or m.recorded_by_name for m in benefit.measurements.all() if m.on == on), ""
    )


def _decided_by(benefit: Benefit, on: dt.date | None) -> str:
    standing = [d for d in benefit.harvest_decisions.all() if d.withdrawn_on is None]
    return next((d.decision for d in standing if d.decided_on == on), "")


def act_url(actor: Actor, benefit: Benefit, fact: Fact) -> str:
    """Return where a missing fact is obtained, or an empty text when this actor may not."""
    if fact.code == "effect_shown":
        return effect_page.address_of(actor, benefit) if benefit.lapsed_on is None else ""
    found = words.FACTS[fact.code]
    if not found.page or benefit.lapsed_on is not None:
        return ""
    if not may(actor, benefit, fact.code):
        return ""
    about_initiative = found.page.startswith("portfolio:")
    pk = benefit.initiative_id if about_initiative else benefit.pk
    return reverse(found.page, args=[pk]) + found.place


def may(actor: Actor, benefit: Benefit, code: str) -> bool:
    """Tell whether an actor may obtain a fact."""
    page = words.FACTS[code].page
    wanted = ACCEPT_OWNERSHIP if code == "owner_accepted" else RIGHT_OF_PAGE[page]
    is_owner = benefit.owner_id is not None and benefit.owner_id == actor.person_id
    if code == "owner_accepted":
        return is_owner and allowed_somewhere(actor, wanted)
    if wanted is CHANGE_INITIATIVES:
        return allowed(actor, wanted, benefit.initiative.unit_id)
    if code == "level_confirmed_twice":
        can = is_owner or "controller" in actor.roles
        return can and benefit.benefit_type in LEVEL_TYPES
    if wanted is MEASURE and is_owner and allowed_somewhere(actor, wanted):
        return True
    return allowed(actor, wanted, unit_id_of(benefit))


def next_act(
    actor: Actor, benefit: Benefit, standing: Standing, share: Decimal | None = None
) -> dict[str, str] | None:
    """Return the one act that lifts the benefit, when this actor may do it; else what is due.

    Nobody is asked to take home what the last measurement (`share` of the way) does not show.
    """
    fact = standing.next_fact
    is_empty_handed = standing.next_rung is Rung.IN_HAND and share is not None and share <= 0
    url = act_url(actor, benefit, fact) if fact is not None and not is_empty_handed else ""
    if fact is not None and url:
        return {"url": url, "label": str(words.FACTS[fact.code].act)}
    due = queries.due_of(benefit)
    if due is None or due > clock.today() or not may(actor, benefit, "measured_after_live"):
        return None
    measure = words.FACTS["measured_after_live"]
    return {"url": reverse(measure.page, args=[benefit.pk]), "label": str(measure.act)}


def why_here(benefit: Benefit, standing: Standing) -> list[dict[str, Any]]:
    """Return the facts that put the benefit on its rung, in the order of the ladder."""
    rung = standing.rung
    facts = [*standing.facts[rung]]
    if rung.height > Rung.OWNED.height:
        facts = [*standing.facts[Rung.OWNED][:3], *facts]
    found = []
    for fact in facts:
        day, who = _when_and_who(benefit, fact)
        found.append({"text": words.said(fact), "date": day, "who": who})
    if rung is Rung.LAPSED:
        found.append({"text": benefit.lapse_reason, "date": benefit.lapsed_on, "who": ""})
    return found
