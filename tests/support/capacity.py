"""What the test world has of capacity: hours, a limit, a cooperation, a profile, plans, the way."""

from __future__ import annotations

import datetime as dt


def add_capacity(organisation: int, marker: str) -> None:
    """Give both municipalities the same; texts carry the marker."""
    _ledger(organisation, marker)
    _groups(organisation, marker)
    _first_year(organisation, marker)


def _ledger(organisation: int, marker: str) -> None:
    from hoest.domain.organisations.models import Person, Unit
    from hoest.domain.organisations.queries import system_actor
    from hoest.domain.portfolio.actions import capacity
    from hoest.domain.portfolio.models import Initiative
    from hoest.domain.portfolio.queries.capacity import shown_quarters
    from hoest.foundation.clock import today

    system = system_actor(organisation, "Opsætning", "test")
    quarters = shown_quarters()
    rows = Initiative.objects.filter(organisation_id=organisation)
    training = rows.get(title__startswith="Digital hjemmetræning")
    for row, hours in ((training, 120), (rows.get(title__startswith="Robotter"), 300)):
        capacity.ask_for_hours(
            actor=system,
            initiative_id=row.pk,
            role="it_architect",
            hours={quarters[1]: hours, quarters[2]: 80},
        )
    capacity.offer_hours(
        actor=system, role="it_architect", unit=None, hours={quarters[1]: 200, quarters[2]: 400}
    )
    home = Unit.objects.get(organisation_id=organisation, name="Hjemmepleje")
    capacity.set_work_limit(actor=system, unit=home, most=3, reason=f"Vi er et lille hold {marker}")
    owner = Person.objects.get(organisation_id=organisation, email__startswith="portfolio_manager@")
    capacity.agree_cooperation(
        actor=system,
        fields={
            "role": "it_architect",
            "quarter": quarters[1],
            "partner": f"Nabokommunen {marker}",
            "about": "Vi deler en it-arkitekt",
            "ready_on": today() + dt.timedelta(days=60),
            "hours": 150,
            "owner": owner,
        },
    )


def _groups(organisation: int, marker: str) -> None:
    from hoest.domain.organisations.queries import system_actor
    from hoest.domain.portfolio.actions import profession
    from hoest.domain.portfolio.models import Initiative
    from hoest.domain.portfolio.queries.capacity import shown_quarters
    from hoest.domain.portfolio.rules.changes import Window

    system = system_actor(organisation, "Opsætning", "test")
    quarters = shown_quarters()
    rows = Initiative.objects.filter(organisation_id=organisation)
    training = rows.get(title__startswith="Digital hjemmetræning")
    profession.keep_profile(
        actor=system,
        group="care",
        version=0,
        fields={
            "concerns": f"Det må ikke tage tid fra borgeren {marker}",
            "arguments": "Mindre gangtid",
            "told": "Ved morgenmødet",
            "super_users": 12,
            "windows": [Window("Sommerferie", (7, 8))],
        },
    )
    for group, message in (("care", "Mindre gangtid"), ("caseworkers", "Færre genindtastninger")):
        profession.plan_for_group(
            actor=system,
            initiative_id=training.pk,
            group=group,
            version=0,
            fields={
                "people": 40,
                "starts_on": quarters[1] + dt.timedelta(days=20),
                "training": "",
                "message": f"{message} {marker}",
            },
        )


def _first_year(organisation: int, marker: str) -> None:
    from hoest.domain.organisations.models import Person
    from hoest.domain.organisations.queries import system_actor
    from hoest.domain.portfolio.actions import first_year
    from hoest.domain.portfolio.models import Milestone
    from hoest.foundation.clock import today

    system = system_actor(organisation, "Opsætning", "test")
    owner = Person.objects.get(organisation_id=organisation, email__startswith="portfolio_manager@")
    first_year.load_first_year(actor=system, starts_on=today() - dt.timedelta(days=90))
    mine = Milestone.objects.get(organisation_id=organisation, code="all_gathered")
    first_year.change_milestone(
        actor=system,
        milestone_id=mine.pk,
        version=mine.version,
        fields={
            "title": f"Alt er samlet {marker}",
            "about": mine.about,
            "due_on": mine.due_on,
            "owner": owner,
        },
    )
