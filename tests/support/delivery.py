"""What the test world has of delivering: stages, waits, influence, a journey, a shared solution."""

from __future__ import annotations

import datetime as dt


def add_delivery(organisation: int, marker: str) -> None:
    """Give both municipalities the same; titles carry the marker."""
    from hoest.domain.organisations.models import Person, Unit
    from hoest.domain.organisations.queries import system_actor
    from hoest.domain.portfolio.actions import crossing, dependencies, solutions, stages
    from hoest.domain.portfolio.models import Initiative, Rollout
    from hoest.domain.portfolio.rules.stages import LateCause
    from hoest.foundation.clock import today

    system = system_actor(organisation, "Opsætning", "test")
    initiatives = Initiative.objects.filter(organisation_id=organisation)
    robots = initiatives.get(title__startswith="Robotter")
    screens = initiatives.get(title__startswith="Fælles skærmbesøg")
    units = Unit.objects.filter(organisation_id=organisation, closed_on__isnull=True)
    home = units.get(name="Hjemmepleje")
    people = Person.objects.filter(organisation_id=organisation)
    rows = Rollout.objects.filter(initiative=robots)

    first = stages.add_stage(
        actor=system,
        initiative_id=robots.pk,
        fields={
            "name": f"Et hold prøver {marker}",
            "starts_on": today() - dt.timedelta(days=70),
            "ends_on": today() - dt.timedelta(days=40),
            "to_learn": f"Hvor lang tid tager det? {marker}",
            "rollouts": [rows.get(unit=home)],
        },
    )
    stages.open_stage(actor=system, stage_id=first.pk, version=first.version)
    stages.add_stage(
        actor=system,
        initiative_id=robots.pk,
        fields={
            "name": f"Resten kommer med {marker}",
            "starts_on": None,
            "ends_on": None,
            "to_learn": "",
            "rollouts": [],
        },
    )
    late = rows.get(live_on__isnull=True, unit__isnull=False)
    stages.explain_delay(
        actor=system,
        rollout_id=late.pk,
        version=late.version,
        cause=LateCause.SUPPLIER,
        note=f"Robotten er ikke leveret {marker}",
        expected_on=today() + dt.timedelta(days=20),
    )

    outside = dependencies.add_dependency(
        actor=system,
        initiative_id=screens.pk,
        fields={
            "kind": "authority",
            "scope": "external",
            "waits_for": None,
            "what": f"Udskrivningsplanen kommer som data {marker}",
            "actor_name": f"Regionen {marker}",
            "since": today() - dt.timedelta(days=400),
            "needed_by": today() - dt.timedelta(days=10),
            "ready_on": None,
            "consequence": f"Vi ringer til sygehuset hver morgen {marker}",
            "response": "influence",
        },
    )
    work = dependencies.begin_influence(
        actor=system,
        dependency_id=outside.pk,
        fields={
            "aim": f"Planen kommer som data {marker}",
            "with_whom": "KL og nabokommunerne",
            "next_step": f"Tal med sundhedsklyngen {marker}",
            "next_on": today(),
            "owner": people.get(email__startswith="executive@"),
        },
    )
    dependencies.take_step(
        actor=system,
        influence_id=work.pk,
        version=work.version,
        on=today() - dt.timedelta(days=3),
        told=f"Regionens it-chef har set ønsket {marker}",
        next_step=f"Hør, hvad klyngen siger {marker}",
        next_on=today(),
    )
    dependencies.add_dependency(
        actor=system,
        initiative_id=robots.pk,
        fields={
            "kind": "initiative",
            "scope": "internal",
            "waits_for": screens,
            "what": "",
            "actor_name": "",
            "since": today() - dt.timedelta(days=30),
            "needed_by": None,
            "ready_on": None,
            "consequence": "Vi taster dobbelt",
            "response": "follow",
        },
    )

    journey = crossing.create_journey(
        actor=system,
        fields={
            "name": f"Hjem fra sygehuset {marker}",
            "citizen": "En ældre, der har brækket hoften",
            "promise": "Hjælpen er der, når døren lukkes op",
            "owner": people.get(email__startswith="unit_leader@"),
        },
    )
    for name, unit, elsewhere in (
        (f"Udskrivning {marker}", None, "Sygehuset"),
        (f"Første besøg {marker}", home, ""),
    ):
        crossing.add_step(
            actor=system,
            journey_id=journey.pk,
            fields={
                "place": None,
                "name": name,
                "unit": unit,
                "elsewhere": elsewhere,
                "notices": "Ved, hvem der kommer",
                "initiatives": [robots] if unit else [],
            },
        )
    solutions.write_local_solution(
        actor=system,
        code="aula",
        version=0,
        fields={
            "status": "in_use",
            "owner": people.get(email__startswith="unit_leader@"),
            "initiative": None,
            "planned_users": 200,
            "users_in_use": 150,
            "counted_on": today(),
            "note": f"Alle skoler er med {marker}",
        },
    )
