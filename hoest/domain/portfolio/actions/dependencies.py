"""Writes of dependencies and of the influence work for what is not ours alone."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio.actions.initiatives import InTheFuture
from hoest.domain.portfolio.actions.rollouts import held_initiative
from hoest.domain.portfolio.models import (
    Dependency,
    Influence,
    InfluenceStep,
    Initiative,
)
from hoest.domain.portfolio.queries.dependencies import dependency_of, influence_of, waits_among
from hoest.domain.portfolio.rules.dependencies import DependencyKind, Response, Scope, way_back
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import today
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version


class DependencyFields(TypedDict):
    """What a person writes about a dependency; `waits_for` is an initiative or None."""

    kind: str
    scope: str
    waits_for: Any
    what: str
    actor_name: str
    since: dt.date
    needed_by: dt.date | None
    ready_on: dt.date | None
    consequence: str
    response: str


class InfluenceFields(TypedDict):
    """What a person writes about influence work."""

    aim: str
    with_whom: str
    next_step: str
    next_on: dt.date
    owner: Any


class DependencyNotWhole(Fault):
    """A dependency says what is waited for, who can act, and what happens if it does not come."""


class WaitsInCircle(Fault):
    """The initiatives would wait for each other, so that none of them could begin."""


class WaitsAlready(Fault):
    """The initiative waits for that one already."""


class OnlyOutside(Fault):
    """Influence is for what others must do."""


class InfluenceNotWhole(Fault):
    """Influence work says what, with whom, and the next step."""


@transaction.atomic
def add_dependency(*, actor: Actor, initiative_id: int, fields: DependencyFields) -> Dependency:
    """Write down what an initiative waits for.

    Raises DependencyNotWhole, WaitsInCircle, WaitsAlready, InTheFuture, NotAllowed, NotFound.
    """
    initiative = held_initiative(actor, initiative_id)
    values = _sound(actor, initiative, fields)
    made = Dependency.objects.create(
        organisation_id=actor.organisation_id, initiative=initiative, **values
    )
    record(actor, "portfolio.add_dependency", initiative, on=str(made))
    return made


@transaction.atomic
def change_dependency(
    *, actor: Actor, dependency_id: int, version: int, fields: DependencyFields
) -> Dependency:
    """Change a dependency. Raises ChangedMeanwhile, and as `add_dependency`."""
    dependency, initiative = _held(actor, dependency_id)
    values = _sound(actor, initiative, fields, but=dependency.pk)
    changes = {n: value for n, value in values.items() if getattr(dependency, n) != value}
    check_version(dependency, version, changes)
    if changes:
        before = {name: str(getattr(dependency, name)) for name in changes}
        _change(dependency, **changes)
        after = {name: str(value) for name, value in changes.items()}
        record(actor, "portfolio.change_dependency", initiative, before=before, after=after)
    return dependency


@transaction.atomic
def resolve_dependency(
    *, actor: Actor, dependency_id: int, version: int, on: dt.date, note: str
) -> Dependency:
    """Say that what was waited for has come, or is not needed any more; influence work ends."""
    dependency, initiative = _held(actor, dependency_id)
    note = " ".join(note.split())[:300]
    check_version(dependency, version, {"resolved_on": on, "resolved_note": note})
    if on > today():
        raise InTheFuture(_("Datoen ligger ude i fremtiden. Skriv den dag, det skete."))
    if not note:
        raise DependencyNotWhole(_("Skriv én sætning om, hvordan det blev løst."))
    _change(dependency, resolved_on=on, resolved_note=note)
    for influence in dependency.influences.filter(ended_on__isnull=True):
        _change(influence, ended_on=on, outcome=note)
    record(actor, "portfolio.resolve_dependency", initiative, on=str(dependency), note=note)
    return dependency


@transaction.atomic
def begin_influence(*, actor: Actor, dependency_id: int, fields: InfluenceFields) -> Influence:
    """Begin to influence what is not ours alone; the dependency then says so.

    Raises OnlyOutside, InfluenceNotWhole, NotAllowed, NotFound.
    """
    dependency, initiative = _held(actor, dependency_id)
    if dependency.scope != Scope.EXTERNAL:
        raise OnlyOutside(_("Det kan kommunen selv løse. Påvirkning er for det, andre skal gøre."))
    if dependency.resolved_on is not None:
        raise OnlyOutside(_("Afhængigheden er løst, så der er ikke noget at påvirke."))
    made = Influence.objects.create(
        organisation_id=actor.organisation_id, dependency=dependency, **_influence(fields)
    )
    if dependency.response != Response.INFLUENCE:
        _change(dependency, response=str(Response.INFLUENCE))
    record(actor, "portfolio.begin_influence", initiative, aim=made.aim, with_whom=made.with_whom)
    return made


@transaction.atomic
def take_step(
    *,
    actor: Actor,
    influence_id: int,
    version: int,
    on: dt.date,
    told: str,
    next_step: str,
    next_on: dt.date | None,
) -> Influence:
    """Log a step that was taken, with the next one; without a next one the work has ended.

    Raises InTheFuture, InfluenceNotWhole, ChangedMeanwhile.
    """
    influence, initiative = _held_influence(actor, influence_id)
    told, next_step = " ".join(told.split())[:300], " ".join(next_step.split())[:200]
    check_version(influence, version, {"next_step": next_step, "next_on": next_on})
    if influence.ended_on is not None:
        raise InfluenceNotWhole(_("Påvirkningen er afsluttet."))
    if on > today():
        raise InTheFuture(_("Datoen ligger ude i fremtiden. Skriv den dag, det skete."))
    if not told:
        raise InfluenceNotWhole(_("Skriv, hvad der skete."))
    if bool(next_step) != (next_on is not None):
        raise InfluenceNotWhole(_("Skriv både det næste skridt og dagen, eller ingen af dem."))
    InfluenceStep.objects.create(
        organisation_id=actor.organisation_id,
        influence=influence,
        on=on,
        told=told,
        told_by_name=actor.name[:160],
    )
    if next_step:
        _change(influence, next_step=next_step, next_on=next_on)
    else:
        _change(influence, ended_on=on, outcome=told)
    record(actor, "portfolio.take_influence_step", initiative, told=told, next_step=next_step)
    return influence


def _held(actor: Actor, dependency_id: int) -> tuple[Dependency, Initiative]:
    found = dependency_of(actor, dependency_id)
    initiative = held_initiative(actor, found.initiative_id)
    return Dependency.objects.select_for_update().get(pk=found.pk), initiative


def _held_influence(actor: Actor, influence_id: int) -> tuple[Influence, Initiative]:
    found = influence_of(actor, influence_id)
    initiative = held_initiative(actor, found.dependency.initiative_id)
    return Influence.objects.select_for_update().get(pk=found.pk), initiative


def _sound(
    actor: Actor, initiative: Initiative, fields: DependencyFields, but: int = 0
) -> dict[str, Any]:
    """Return the fields without outer spaces. Raises the faults of a dependency."""
    kind = DependencyKind(fields["kind"])
    values: dict[str, Any] = {
        **fields,
        "kind": str(kind),
        "what": " ".join(fields["what"].split())[:200],
        "actor_name": " ".join(fields["actor_name"].split())[:160],
        "consequence": " ".join(fields["consequence"].split())[:400],
    }
    if not values["consequence"]:
        raise DependencyNotWhole(_("Skriv, hvad der sker, hvis det ikke kommer."))
    if fields["since"] > today():
        raise InTheFuture(_("Skriv den dag, I begyndte at vente."))
    if kind is DependencyKind.INITIATIVE:
        if fields["waits_for"] is None:
            raise DependencyNotWhole(_("Vælg det initiativ, der ventes på."))
        _refuse_circle(actor, initiative, fields["waits_for"], but)
        return {**values, "scope": str(Scope.INTERNAL), "ready_on": None, "what": ""}
    if not values["what"]:
        raise DependencyNotWhole(_("Skriv, hvad I venter på."))
    if not values["actor_name"]:
        raise DependencyNotWhole(_("Skriv, hvem der kan handle."))
    if values["scope"] == Scope.INTERNAL and values["response"] == Response.INFLUENCE:
        raise OnlyOutside(_("Det kan kommunen selv løse. Påvirkning er for det, andre skal gøre."))
    return {**values, "waits_for": None}


def _refuse_circle(actor: Actor, initiative: Initiative, wanted: Initiative, but: int) -> None:
    """Refuse a wait that would close a circle, one writer of waits at a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('portfolio.dependencies'), %s)",
            [actor.organisation_id],
        )
    waits = waits_among(actor.organisation_id, but)
    if wanted.pk in waits.get(initiative.pk, ()):
        raise WaitsAlready(_("Initiativet venter allerede på »%(title)s«.") % {"title": wanted})
    way = way_back(waits, initiative.pk, wanted.pk)
    if way:
        titles = dict(
            Initiative.objects.filter(
                organisation_id=actor.organisation_id, pk__in=way
            ).values_list("pk", "title")
        )
        raise WaitsInCircle(
            _("De ville vente på hinanden i ring: %(way)s. Så kan ingen af dem begynde.")
            % {"way": " → ".join(titles[pk] for pk in (initiative.pk, *way))}
        )


def _influence(fields: InfluenceFields) -> dict[str, Any]:
    values = {
        "aim": " ".join(fields["aim"].split())[:300],
        "with_whom": " ".join(fields["with_whom"].split())[:200],
        "next_step": " ".join(fields["next_step"].split())[:200],
    }
    if not all(values.values()):
        raise InfluenceNotWhole(_("Skriv, hvad I vil opnå, sammen med hvem, og næste skridt."))
    return {**values, "next_on": fields["next_on"], "owner": fields["owner"]}


def _change(row: Dependency | Influence, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*changes, "version", "changed_at"])
