"""Reads of what is there already for an initiative, so that nothing is made twice.

Candidates are found by the telling words of the initiative: in systems (also by the numbers of
KLE), in shared solutions and building blocks, in the other units' initiatives, in initiatives that
stand in other municipalities as well, and in the lessons those have shared. A candidate says which
words led to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries as portfolio
from hoest.domain.portfolio.queries.lessons import shared_by_others, shared_url
from hoest.domain.portfolio.queries.shared import (
    BLOCK,
    SOLUTION,
    SharedThing,
    shared_things,
    standing_here,
)
from hoest.domain.portfolio.rules import Phase
from hoest.domain.trust.models import System, SystemTie
from hoest.domain.trust.permissions import VIEW_SYSTEMS
from hoest.domain.trust.queries.systems import present_systems
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.search import similar

MOST_OF_A_KIND = 6
MOST_UNITS = 3
NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True)
class Candidate:
    """Something that is there already: what, where to read of it, and why it is shown.

    `source` says where the facts come from, `link` is its address and `read_on` the day it was
    read; `is_confirmed` is False for facts nobody has checked. `here` is where it stands here,
    `lesson_of` the municipality whose lesson it is, and `keeper` who runs or keeps it.
    """

    key: str
    kind: str
    title: str
    about: str
    url: str
    words: list[str] = field(default_factory=list)
    source: str = ""
    link: str = ""
    read_on: str = ""
    is_confirmed: bool = True
    here: str = ""
    lesson_of: str = ""
    keeper: str = ""

    @property
    def read_day(self) -> dt.date | None:
        """The day the source was read, if known."""
        return dt.date.fromisoformat(self.read_on) if self.read_on else None

    @property
    def is_told_below(self) -> bool:
        """Whether what it is needs a line of its own."""
        return self.kind in ("block", "solution", "lesson")

    @property
    def choice_label(self) -> str:
        """What it is called where somebody chooses it."""
        return f"{self.title} ({self.lesson_of})" if self.lesson_of else self.title

    @property
    def kept(self) -> dict[str, Any]:
        """What a decision keeps of it: of another municipality's lesson only its title.

        What they have told can be taken back; what we decided stands.
        """
        told = asdict(self)
        return {**told, "about": ""} if self.lesson_of else told


def candidates_for(actor: Actor, initiative: Any) -> list[Candidate]:
    """Return what is there already for an initiative: systems, what is shared, others' work."""
    wanted = similar.typed(f"{initiative.title}. {initiative.in_practice} {initiative.theme} ")
    if not wanted.terms:
        return []
    return [
        *_systems(actor, initiative, wanted),
        *_shared(actor, wanted),
        *_others(actor, initiative, wanted),
        *_lessons(actor, wanted),
    ]


def searched_for(actor: Actor) -> list[str]:
    """Return what candidates are sought among for this actor, in the middle of a sentence."""
    systems = [_("systemer")] if allowed_somewhere(actor, VIEW_SYSTEMS) else []
    return [
        *systems,
        _("fælles byggeblokke"),
        _("fælles løsninger"),
        _("initiativer"),
        _("andre kommuners erfaringer"),
    ]


def _best(
    wanted: similar.Typed,
    things: Iterable[tuple[Candidate, str]],
    names: Mapping[str, str] = NO_NAMES,
) -> list[Candidate]:
    """Weigh candidates by their words, the most alike first; those that are not alike fall.

    `names` are words that weigh like the title, by the candidate's key.
    """
    found = []
    for place, (one, text) in enumerate(things):
        thing = similar.Thing(one.url, one.title, text, names=names.get(one.key, ""))
        like = similar.compare(wanted, thing)
        if similar.is_alike(wanted, like):
            why = list(dict.fromkeys(there or said for said, there in like.words))
            found.append((-like.score, place, replace(one, words=why)))
    return [one for _score, _place, one in sorted(found, key=lambda one: one[:2])[:MOST_OF_A_KIND]]


def _systems(actor: Actor, initiative: Any, wanted: similar.Typed) -> list[Candidate]:
    """Systems by words, and those that share a KLE number with a system it uses already."""
    if not allowed_somewhere(actor, VIEW_SYSTEMS):
        return []
    rows = present_systems(actor).select_related("supplier")
    by_text = _best(
        wanted, ((_of_system(one, []), f"{one.name} {one.purpose}") for one in wanted.among(rows))
    )
    tied = System.objects.filter(
        organisation_id=actor.organisation_id,
        pk__in=SystemTie.objects.filter(
            organisation_id=actor.organisation_id, initiative_id=initiative.pk
        ).values("system"),
    )
    numbers = sorted({number for one in tied for number in one.kle})
    near = Q(pk__in=[])
    for number in numbers[:8]:
        near |= Q(kle__contains=[number])
    own = [*(int(one.key.removeprefix("system-")) for one in by_text), *(one.pk for one in tied)]
    by_number = rows.filter(near).exclude(pk__in=own)[:MOST_OF_A_KIND]
    return [
        *by_text,
        *(
            _of_system(one, [f"KLE {number}" for number in one.kle if number in numbers])
            for one in by_number
        ),
    ]


def _of_system(system: System, why: list[str]) -> Candidate:
    users = system.using_units
    said = []
    if users:
        named = ", ".join(users[:MOST_UNITS]) + (" …" if len(users) > MOST_UNITS else "")
        said.append(_("Bruges af %(units)s") % {"units": named})
    elif system.responsible_unit:
        # Who answers for it is not told to use it.
        said.append(_("Ansvarlig: %(unit)s") % {"unit": system.responsible_unit})
    if system.supplier:
        said.append(system.supplier.name)
    return Candidate(
        f"system-{system.pk}",
        "system",
        system.local_name or system.name,
        " · ".join(said),
        reverse("systems:system", args=[system.pk]),
        why,
    )


def _shared(actor: Actor, wanted: similar.Typed) -> list[Candidate]:
    """Shared building blocks, then shared solutions, each with where it stands here."""
    things = shared_things(actor)
    names = {one.key: one.names for one in things}
    found = [
        candidate
        for kind in (BLOCK, SOLUTION)
        for candidate in _best(
            wanted, ((_of_shared(one), one.words) for one in things if one.kind == kind), names
        )
    ]
    return _standing(actor, found, {one.key: one.solution for one in things})


def _standing(actor: Actor, found: Sequence[Candidate], codes: dict[str, str]) -> list[Candidate]:
    """Say of each where it stands here, when somebody has written so; one query at most."""
    here = standing_here(actor, [codes[one.key] for one in found])
    return [
        replace(one, here=content.label("local_status", here[codes[one.key]]))
        if codes[one.key] in here
        else one
        for one in found
    ]


def _of_shared(one: SharedThing) -> Candidate:
    return Candidate(
        one.key,
        one.kind,
        one.title,
        one.about,
        one.url,
        source=one.source,
        keeper=one.keeper,
        link=one.link,
        read_on=one.read_on.isoformat() if one.read_on else "",
        is_confirmed=one.is_confirmed,
    )


def _others(actor: Actor, initiative: Any, wanted: similar.Typed) -> list[Candidate]:
    """Other units' initiatives, and those that are rolled out in other municipalities too."""
    rows = portfolio.visible_to(actor).exclude(pk=initiative.pk).exclude(phase=Phase.STOPPED)
    near = list(wanted.among(rows.select_related("unit")))
    elsewhere: dict[int, list[str]] = {}
    for pk, place in portfolio.places_elsewhere(actor, [one.pk for one in near]):
        elsewhere.setdefault(pk, []).append(place)
    return _best(
        wanted,
        (
            (
                Candidate(
                    f"initiative-{one.pk}",
                    "shared" if one.pk in elsewhere else "initiative",
                    one.title,
                    ", ".join(elsewhere.get(one.pk, [])) or (one.unit.name if one.unit else ""),
                    reverse("portfolio:initiative", args=[one.pk]),
                ),
                f"{one.in_practice} {one.theme}",
            )
            for one in near
        ),
    )


def _lessons(actor: Actor, wanted: similar.Typed) -> list[Candidate]:
    """What other municipalities have decided to share of their own work."""
    return _best(
        wanted,
        (
            (
                Candidate(
                    f"lesson-{one.pk}",
                    "lesson",
                    one.title,
                    one.came,
                    shared_url(one.pk),
                    lesson_of=one.municipality_name,
                ),
                f"{one.promised} {one.came} {one.why}",
            )
            for one in wanted.among(shared_by_others(actor))
        ),
    )
