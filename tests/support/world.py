"""The two municipalities of every test: alike, but each row carries its own marker.

Ådal and Bakkeby are invented. People are roles, not persons.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from hoest.foundation.access.actor import Actor
from hoest.foundation.tenancy.context import acting_for
from tests.support.capacity import add_capacity
from tests.support.delivery import add_delivery
from tests.support.evidence import add_evidence
from tests.support.following import add_following
from tests.support.gates import add_gates
from tests.support.harvest import add_harvest
from tests.support.ideas import add_ideas
from tests.support.learning import add_learning
from tests.support.maps import add_map
from tests.support.profiles import add_profiles
from tests.support.sheets import add_sheets
from tests.support.systems import add_systems

HERE, THERE = "9901", "9902"
NAMES = {HERE: "Ådal Kommune", THERE: "Bakkeby Kommune"}
MARKERS = {HERE: "ÅDALMÆRKE", THERE: "BAKKEBYMÆRKE"}
PASSWORD = "en lang og god adgangskode"


def email_of(role: str, code: str = HERE) -> str:
    """Return the address a role signs in with."""
    return f"{role}@{'aadal' if code == HERE else 'bakkeby'}.example"


def organisation_id(code: str = HERE) -> int:
    """Return the id of one of the two municipalities."""
    from hoest.domain.organisations.models import Organisation

    return Organisation.objects.values_list("pk", flat=True).get(code=code)


def actor_with_role(organisation: int, role: str) -> Actor:
    """Return the actor of the person who has a role, in the bound municipality."""
    from hoest.domain.organisations.models import Person
    from hoest.domain.organisations.queries import actor_of

    person = (
        Person.objects.select_related("organisation")
        .filter(organisation_id=organisation, email__startswith=f"{role}@")
        .get()
    )
    return actor_of(person, person.account_id)


def build_world() -> None:
    """Make both municipalities with everything a page can show."""
    from hoest.domain.organisations.models import Organisation

    for code, name in NAMES.items():
        organisation = Organisation.objects.create(
            code=code, name=name, municipality_name=name.removesuffix(" Kommune"), is_fictional=True
        )
        with acting_for(organisation.pk), transaction.atomic():
            _fill(organisation.pk, code)


def _fill(organisation: int, code: str) -> None:
    from hoest.domain.organisations import actions, queries
    from hoest.foundation.access.models import Account
    from hoest.foundation.access.roles import ROLES

    system = queries.system_actor(organisation, "Opsætning", "test")
    marker = MARKERS[code]
    care = actions.add_unit(actor=system, name=f"Ældre og Sundhed {marker}")
    home = actions.add_unit(actor=system, name="Hjemmepleje", kind="section", parent=care)
    actions.add_unit(actor=system, name=f"Teknik og Miljø {marker}")
    actions.add_body(actor=system, name="Økonomiudvalget")
    actions.add_body(actor=system, name=f"Sundhedsudvalget {marker}")
    for role, cls in ROLES.items():
        person = actions.add_person(
            actor=system,
            name=f"{cls.label} i {NAMES[code]}",
            email=email_of(role, code),
            unit=home if cls.unit_scoped else None,
        )
        actions.give_role(
            actor=system, person=person, role=role, unit=care if cls.unit_scoped else None
        )
        account = Account.objects.create_user(email_of(role, code), PASSWORD)
        actions.let_sign_in(actor=system, person=person, account=account)
    _initiatives(organisation, marker)
    add_harvest(organisation, marker)
    add_profiles(organisation, marker)
    add_following(organisation, marker)
    add_gates(organisation, marker)
    add_map(organisation, marker)
    add_capacity(organisation, marker)
    add_learning(organisation, marker)
    add_delivery(organisation, marker)
    add_systems(organisation, marker)
    add_ideas(organisation, marker)
    add_sheets(organisation, marker)
    add_evidence(organisation, marker)


def _core_task(system: Actor, unit: Any, marker: str) -> Any:
    """Write one core task down that is in use, and return it; and one that is out of use."""
    from hoest.domain.portfolio import actions

    former = actions.create_core_task(
        actor=system,
        fields={
            "name": f"Breve med posten {marker}",
            "citizens_notice": "Svaret ligger i postkassen inden en uge",
            "unit": None,
        },
    )
    actions.retire_core_task(actor=system, core_task_id=former.pk, version=former.version)
    return actions.create_core_task(
        actor=system,
        fields={
            "name": f"Ældre klarer hverdagen {marker}",
            "citizens_notice": f"Hjælpen kommer til tiden {marker}",
            "unit": unit,
        },
    )


def _initiatives(organisation: int, marker: str) -> None:
    """Initiatives in every state a page can show, alike in both municipalities."""
    from hoest.domain.organisations.models import Body, Person, Unit
    from hoest.domain.organisations.queries import system_actor
    from hoest.domain.portfolio import actions
    from hoest.domain.portfolio.models import Initiative, LeadStatus
    from hoest.domain.portfolio.rules import LeadWord, Phase
    from hoest.foundation.clock import now, today

    system = system_actor(organisation, "Opsætning", "test")
    unit = {u.name.split(" ")[0]: u for u in Unit.objects.filter(organisation_id=organisation)}
    body = Body.objects.get(organisation_id=organisation, name__startswith="Sundhed")
    person = {p.email.split("@")[0]: p for p in Person.objects.filter(organisation_id=organisation)}
    day = today()
    people = {"sponsor": person["executive"], "lead": person["initiative_lead"]}
    training = actions.create_initiative(
        actor=system,
        fields={
            "title": f"Digital hjemmetræning {marker}",
            "in_practice": "borgere kan træne hjemme med vejledning på skærmen",
            "purpose_type": "relief",
            "initiative_type": "welfare_technology",
            "unit": unit["Hjemmepleje"],
            "core_task": _core_task(system, unit["Ældre"], marker),
            "body": body,
            "theme": "Nære fællesskaber",
            "starts_on": day.replace(year=day.year - 2),
            "live_on": day.replace(year=day.year - 1),
            **people,
        },
    )
    Initiative.objects.filter(pk=training.pk).update(
        phase=Phase.REALISATION, adoption_share="0.9", adoption_on=day, old_way_closed_on=day
    )
    LeadStatus.objects.create(
        organisation_id=organisation,
        initiative=training,
        word=LeadWord.WATCH,
        sentence=f"Vi mangler stadig de sidste to hold {marker}",
        said_by=person["initiative_lead"],
        said_by_name=person["initiative_lead"].name,
        said_at=now(),
    )
    for title, place, phase in (
        ("Fælles skærmbesøg", "Ældre", Phase.EXECUTION),
        ("Robotter på sagsbehandlingen", "Teknik", Phase.ANALYSIS),
        ("Fra papir til telefon", "Teknik", Phase.IDEA),
        ("Arkiv i skyen", "Ældre", Phase.CLOSED),
        ("Stemmestyret journal", "Hjemmepleje", Phase.STOPPED),
    ):
        made = actions.create_initiative(
            actor=system, fields={"title": f"{title} {marker}", "unit": unit[place]}
        )
        Initiative.objects.filter(pk=made.pk).update(phase=phase)
