"""What the test world has of delivering: stages, waits, influence, a journey, a shared solution."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Scene:
    """What every part of it needs of one municipality."""

    system: Any
    robots: Any
    screens: Any
    home: Any
    people: Any
    marker: str


def add_delivery(organisation: int, marker: str) -> None:
    """Give both municipalities the same; titles carry the marker."""
    from hoest.domain.organisations.models import Person, Unit
    from hoest.domain.organisations.queries import system_actor
    from hoest.domain.portfolio.models import Initiative

    initiatives = Initiative.objects.filter(organisation_id=organisation)
    units = Unit.objects.filter(organisation_id=organisation, closed_on__isnull=True)
    scene = Scene(
        system=system_actor(organisation, "Opsætning", "test"),
        robots=initiatives.get(title__startswith="Robotter"),
        screens=initiatives.get(title__startswith="Fælles skærmbesøg"),
        home=units.get(name="Hjemmepleje"),
        people=Person.objects.filter(organisation_id=organisation),
        marker=marker,
    )
    _stages(scene)
    _influence(scene, _wait(scene))
    _journey(scene)
    _solution(scene)


def _stages(scene: Scene) -> None:
    """Plan two stages, one of them open, and say why a place is late."""
    from hoest.domain.portfolio.actions import stages
    from hoest.domain.portfolio.models import Rollout
    from hoest.domain.portfolio.rules.stages import LateCause
    from hoest.foundation.clock import today

    rows = Rollout.objects.filter(initiative=scene.robots)
    first = stages.add_stage(
        actor=scene.system,
        initiative_id=scene.robots.pk,
        fields={
            "name": f"Et hold prøver {scene.marker}",
            "starts_on": today() - dt.timedelta(days=70),
            "ends_on": today() - dt.timedelta(days=40),
            "to_learn": f"Hvor lang tid tager det? {scene.marker}",
            "rollouts": [],
        },
    )
    first = stages.open_stage(
        actor=scene.system,
        stage_id=first.pk,
        version=first.version,
        opened_on=today() - dt.timedelta(days=70),
    )
    stages.change_stage(
        actor=scene.system,
        stage_id=first.pk,
        version=first.version,
        fields={
            "name": first.name,
            "starts_on": first.starts_on,
            "ends_on": first.ends_on,
            "to_learn": first.to_learn,
            "rollouts": [rows.get(unit=scene.home)],
        },
    )
    stages.add_stage(
        actor=scene.system,
        initiative_id=scene.robots.pk,
        fields={
            "name": f"Resten kommer med {scene.marker}",
            "starts_on": None,
            "ends_on": None,
            "to_learn": "",
            "rollouts": [],
        },
    )
    late = rows.get(live_on__isnull=True, unit__isnull=False)
    stages.explain_delay(
        actor=scene.system,
        rollout_id=late.pk,
        version=late.version,
        cause=LateCause.SUPPLIER,
        note=f"Robotten er ikke leveret {scene.marker}",
        expected_on=today() + dt.timedelta(days=20),
    )


def _wait(scene: Scene) -> Any:
    """Wait for somebody outside, and for an initiative of ours."""
    from hoest.domain.portfolio.actions import dependencies
    from hoest.foundation.clock import today

    outside = dependencies.add_dependency(
        actor=scene.system,
        initiative_id=scene.screens.pk,
        fields={
            "kind": "authority",
            "scope": "external",
            "waits_for": None,
            "what": f"Udskrivningsplanen kommer som data {scene.marker}",
            "actor_name": f"Regionen {scene.marker}",
            "since": today() - dt.timedelta(days=400),
            "needed_by": today() - dt.timedelta(days=10),
            "ready_on": None,
            "consequence": f"Vi ringer til sygehuset hver morgen {scene.marker}",
            "response": "influence",
        },
    )
    dependencies.add_dependency(
        actor=scene.system,
        initiative_id=scene.robots.pk,
        fields={
            "kind": "initiative",
            "scope": "internal",
            "waits_for": scene.screens,
            "what": "",
            "actor_name": "",
            "since": today() - dt.timedelta(days=30),
            "needed_by": None,
            "ready_on": None,
            "consequence": "Vi taster dobbelt",
            "response": "follow",
        },
    )
    return outside


def _influence(scene: Scene, outside: Any) -> None:
    """Influence what is not ours alone, with one step taken."""
    from hoest.domain.portfolio.actions import dependencies
    from hoest.foundation.clock import today

    work = dependencies.begin_influence(
        actor=scene.system,
        dependency_id=outside.pk,
        fields={
            "aim": f"Planen kommer som data {scene.marker}",
            "with_whom": "KL og nabokommunerne",
            "next_step": f"Tal med sundhedsklyngen {scene.marker}",
            "next_on": today(),
            "owner": scene.people.get(email__startswith="executive@"),
        },
    )
    dependencies.take_step(
        actor=scene.system,
        influence_id=work.pk,
        version=work.version,
        on=today() - dt.timedelta(days=3),
        told=f"Regionens it-chef har set ønsket {scene.marker}",
        next_step=f"Hør, hvad klyngen siger {scene.marker}",
        next_on=today(),
    )


def _journey(scene: Scene) -> None:
    """Write a journey down with two steps."""
    from hoest.domain.portfolio.actions import crossing

    journey = crossing.create_journey(
        actor=scene.system,
        fields={
            "name": f"Hjem fra sygehuset {scene.marker}",
            "citizen": "En ældre, der har brækket hoften",
            "promise": "Hjælpen er der, når døren lukkes op",
            "owner": scene.people.get(email__startswith="unit_leader@"),
        },
    )
    for name, unit, elsewhere in (
        (f"Udskrivning {scene.marker}", None, "Sygehuset"),
        (f"Første besøg {scene.marker}", scene.home, ""),
    ):
        crossing.add_step(
            actor=scene.system,
            journey_id=journey.pk,
            fields={
                "place": None,
                "name": name,
                "unit": unit,
                "elsewhere": elsewhere,
                "notices": "Ved, hvem der kommer",
                "initiatives": [scene.robots] if unit else [],
            },
        )


def _solution(scene: Scene) -> None:
    """Write where one shared solution stands."""
    from hoest.domain.portfolio.actions import solutions
    from hoest.foundation.clock import today

    solutions.write_local_solution(
        actor=scene.system,
        code="aula",
        version=0,
        fields={
            "status": "in_use",
            "owner": scene.people.get(email__startswith="unit_leader@"),
            "initiative": None,
            "planned_users": 200,
            "users_in_use": 150,
            "counted_on": today(),
            "note": f"Alle skoler er med {scene.marker}",
        },
    )
