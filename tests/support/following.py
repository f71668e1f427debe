"""What the test world has of following: messages that wait and one mail that was sent."""

from __future__ import annotations

import datetime as dt


def add_following(organisation: int, marker: str) -> None:
    """Give both municipalities the same; titles carry the marker."""
    _messages(organisation, marker)
    _rollouts(organisation, marker)
    _source(organisation, marker)


def _messages(organisation: int, marker: str) -> None:
    from hoest.domain.organisations.models import Person
    from hoest.domain.organisations.queries import system_actor
    from hoest.foundation import clock
    from hoest.foundation.messages.actions import queue
    from hoest.foundation.messages.models import Digest, Message

    owner = Person.objects.get(organisation_id=organisation, email__startswith="benefit_owner@")
    told = [
        queue(
            actor=system_actor(organisation, "Opsætning", "test"),
            person_id=owner.pk,
            kind=kind,
            subject=subject,
            sentence="Det tager to minutter.",
            address="/gevinster/",
        )
        for kind, subject in (
            ("measurement_late", f"Målingen af ventetid mangler {marker}"),
            ("measurement_soon", f"Målingen af forbrug forfalder {marker}"),
        )
    ]
    earlier = clock.now() - dt.timedelta(days=7)
    digest = Digest.objects.create(
        organisation_id=organisation,
        person=owner,
        on=earlier.date(),
        letter_id=f"<{organisation}@test>",
        tries=1,
        sent_at=earlier,
        sent_to=owner.email,
    )
    Message.objects.filter(pk=told[0].pk).update(digest=digest)


def _rollouts(organisation: int, marker: str) -> None:
    from hoest.domain.organisations.models import Unit
    from hoest.domain.organisations.queries import system_actor
    from hoest.domain.portfolio import actions
    from hoest.domain.portfolio.models import Initiative
    from hoest.foundation.clock import today

    system = system_actor(organisation, "Opsætning", "test")
    initiative = Initiative.objects.get(organisation_id=organisation, title__startswith="Robotter")
    units = Unit.objects.filter(organisation_id=organisation, closed_on__isnull=True)
    for name, live in (("Hjemmepleje", 60), ("Teknik", None)):
        actions.add_rollout(
            actor=system,
            initiative_id=initiative.pk,
            fields={
                "unit": units.filter(name__startswith=name)[0],
                "planned_users": 40,
                "planned_on": today() - dt.timedelta(days=30),
                "live_on": None if live is None else today() - dt.timedelta(days=live),
            },
        )
    actions.add_rollout(
        actor=system,
        initiative_id=initiative.pk,
        fields={"place_name": f"Nabokommunen {marker}", "planned_users": 25},
    )


def _source(organisation: int, marker: str) -> None:
    from hoest.domain.benefits.models import Benefit, Indicator, MeasurementSource, SourceRun
    from hoest.foundation import clock

    source = MeasurementSource.objects.create(
        organisation_id=organisation,
        benefit=Benefit.objects.filter(organisation_id=organisation).order_by("pk")[0],
        kind="folder",
        name=f"Ventelisten {marker}",
        place="ventetid.csv",
        day_field="Dato",
        value_field="Værdi",
    )
    Indicator.objects.create(
        organisation_id=organisation,
        benefit_id=source.benefit_id,
        indicator=f"Tilfredshed {marker}",
        measure_unit="point",
    )
    SourceRun.objects.create(
        organisation_id=organisation,
        source=source,
        at=clock.now(),
        is_done=True,
        asked_by_name="Kilder",
        fault="1 linjer kan ikke læses. Intet er gemt.",
        lines=[{"line": 3, "text": "i går", "code": "not_a_day"}],
    )
