"""What the portfolio offers when somebody writes of something like it."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.queries.candidates import candidates_of
from hoest.domain.portfolio.queries.ideas import ideas_visible_to
from hoest.domain.portfolio.queries.lessons import lessons_of, shared_by_others, shared_url
from hoest.domain.portfolio.queries.shared import BLOCK, SOLUTION, SharedThing, shared_things
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.search import similar
from hoest.ui import formats


def register() -> None:
    """Let the things of the portfolio be offered: what was learnt first, then what is done."""
    similar.register("lessons", lessons, order=5, label=gettext_lazy("erfaringer"))
    similar.register("initiatives", initiatives, order=10, label=gettext_lazy("initiativer"))
    similar.register("ideas", ideas, order=20, label=gettext_lazy("idéer"))
    candidate_label = gettext_lazy("kandidater til automatisering")
    similar.register("candidates", candidates, order=30, label=candidate_label)
    shared_label = gettext_lazy("andre kommuners erfaringer")
    similar.register("shared_lessons", shared_lessons, order=40, label=shared_label)
    solutions_label = gettext_lazy("fælles løsninger")
    similar.register("shared_solutions", solutions, order=45, label=solutions_label)
    blocks_label = gettext_lazy("fælles byggeblokke")
    similar.register("building_blocks", blocks, order=50, label=blocks_label)


def initiatives(actor: Actor, wanted: similar.Typed) -> Iterable[similar.Thing]:
    """Offer the initiatives the actor may see."""
    rows = wanted.among(queries.visible_to(actor).select_related("unit"))
    return [
        similar.Thing(
            url=reverse("portfolio:initiative", args=[one.pk]),
            title=one.title,
            text=f"{one.in_practice} {one.theme}",
            kind=_("Initiativ"),
            about=" · ".join((content.label("phase", one.phase), one.unit.name)),
        )
        for one in rows
    ]


def ideas(actor: Actor, wanted: similar.Typed) -> Iterable[similar.Thing]:
    """Offer the ideas the actor may see."""
    rows = wanted.among(ideas_visible_to(actor).select_related("unit"))
    return [
        similar.Thing(
            url=reverse("ideas:idea", args=[one.pk]),
            title=one.title,
            text=f"{one.problem} {one.suggestion}",
            kind=_("Idé"),
            about=one.unit.name,
        )
        for one in rows
    ]


def candidates(actor: Actor, wanted: similar.Typed) -> Iterable[similar.Thing]:
    """Offer the candidates for automation."""
    return [
        similar.Thing(
            url=reverse("candidates:candidate", args=[one.pk]),
            title=one.title,
            text=one.description,
            kind=_("Kandidat til automatisering"),
            about=_("%(hours)s timer om året") % {"hours": formats.number(one.hours)}  # type: ignore[attr-defined]
            if one.hours is not None  # type: ignore[attr-defined]
            else "",
        )
        for one in wanted.among(candidates_of(actor))
    ]


def lessons(actor: Actor, wanted: similar.Typed) -> Iterable[similar.Thing]:
    """Offer our own lessons: sidst vi gjorde …"""
    return [
        similar.Thing(
            url=reverse("lessons:lesson", args=[one.pk]),
            title=one.title,
            text=f"{one.promised} {one.came} {one.why}",
            kind=_("Sidst vi gjorde det"),
            about=_short(one.came),
        )
        for one in wanted.among(lessons_of(actor))
    ]


def shared_lessons(actor: Actor, wanted: similar.Typed) -> Iterable[similar.Thing]:
    """Offer what other municipalities have decided to share."""
    return [
        similar.Thing(
            url=shared_url(one.pk),
            title=one.title,
            text=f"{one.promised} {one.came} {one.why}",
            kind=_("Sidst %(who)s gjorde det") % {"who": one.municipality_name},
            about=_short(one.came),
        )
        for one in wanted.among(shared_by_others(actor))
    ]


def solutions(actor: Actor, wanted: similar.Typed) -> Iterable[similar.Thing]:
    """Offer the solutions municipalities have together or are offered by the State."""
    return [_offered(one) for one in shared_things(actor) if one.kind == SOLUTION]


def blocks(actor: Actor, wanted: similar.Typed) -> Iterable[similar.Thing]:
    """Offer the building blocks municipalities have agreed on."""
    return [_offered(one) for one in shared_things(actor) if one.kind == BLOCK]


def _offered(one: SharedThing) -> similar.Thing:
    unsure = "" if one.is_confirmed else _("ikke efterprøvet")
    return similar.Thing(
        url=one.url,
        title=one.title,
        text=one.words,
        names=one.names,
        kind=_("Fælles løsning") if one.kind == SOLUTION else _("Fælles byggeblok"),
        about=" · ".join(part for part in (one.keeper, unsure, _short(one.about)) if part),
    )


def _short(text: str) -> str:
    """Return the first sentence, or its beginning."""
    first = text.split(". ")[0]
    return first if len(first) <= 120 else f"{first[:117].rsplit(' ', 1)[0]} …"
