"""Ideas, needs and experiments in a test municipality: every state a page can show."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

from hoest.foundation import clock


def picture(width: int = 320, height: int = 200, kind: str = "JPEG", **options: Any) -> io.BytesIO:
    """Return a picture as a phone would send it."""
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (width, height), (200, 180, 120)).save(made, kind, **options)
    made.seek(0)
    return made


def fields_of(unit: Any, problem: str, **changes: Any) -> dict[str, Any]:
    """Return what a giver writes."""
    return {
        "problem": problem,
        "for_whom": "Borgere, der venter på hjælp",
        "how_often": "daily",
        "suggestion": "",
        "unit": unit,
        "is_shared": False,
        **changes,
    }


def add_ideas(organisation: int, marker: str) -> None:
    """Give ideas, answer some, try one past its limit, and assume something."""
    from hoest.domain.organisations.models import Unit
    from hoest.domain.portfolio.actions import experiments, idea_answers, ideas, needs
    from hoest.domain.portfolio.models import Initiative, StuckDay
    from hoest.foundation.photos import read_photo
    from tests.support.world import actor_with_role

    giver = actor_with_role(organisation, "employee")
    leader = actor_with_role(organisation, "unit_leader")
    lead = actor_with_role(organisation, "initiative_lead")
    unit = Unit.objects.get(organisation_id=organisation, name="Hjemmepleje")
    people = {"executive": actor_with_role(organisation, "executive").person_id}
    training = Initiative.objects.get(
        organisation_id=organisation, title__startswith="Digital hjemmetræning"
    )
    from hoest.domain.organisations.models import Person

    sponsor = Person.objects.get(pk=people["executive"])
    shot = picture()
    before = clock.now() - dt.timedelta(days=70)
    with clock.frozen_at(before):
        waiting = ideas.give_idea(
            actor=giver,
            fields=fields_of(
                unit,
                f"Nøglerne bliver væk hver morgen {marker}",
                suggestion=f"En elektronisk nøgleboks {marker}",
                is_shared=True,
            ),
            photo=read_photo(shot, len(shot.getvalue())),
        )
        tried = ideas.give_idea(
            actor=giver, fields=fields_of(unit, f"Vi ringer tre gange om det samme {marker}")
        )
        refused = ideas.give_idea(
            actor=giver, fields=fields_of(unit, f"Bilen skal vaskes hver dag {marker}")
        )
        ideas.assess_idea(
            actor=leader,
            idea_id=waiting.pk,
            scores={
                "citizen_benefit": (3, f"Hjælpen kommer til tiden {marker}"),
                "feasibility": (4, f"Boksene er købt {marker}"),
            },
        )
    waiting.refresh_from_db()
    with clock.frozen_at(before + dt.timedelta(days=3)):
        idea_answers.answer_idea(
            actor=leader,
            idea_id=tried.pk,
            version=tried.version,
            reason=f"Det koster os en time om dagen {marker}",
            sponsor=sponsor,
        )
        idea_answers.answer_idea(
            actor=leader,
            idea_id=refused.pk,
            version=refused.version,
            reason=f"Vaskehallen er lejet ud {marker}",
        )
        experiments.begin_experiment(
            actor=lead,
            fields={
                "title": f"Én besked i stedet for tre opkald {marker}",
                "hypothesis": f"Færre opkald giver ro {marker}",
                "measure": f"Opkald pr. uge {marker}",
                "money_ceiling_dkk": Decimal(20_000),
                "weeks_ceiling": 6,
                "starts_on": clock.today(),
                "owner": Person.objects.get(pk=lead.person_id),
                "unit": unit,
            },
            idea=tried,
        )
    believed = needs.state_need(
        actor=lead,
        fields={
            "statement": f"Pårørende vil vide, hvornår hjælpen kommer {marker}",
            "evidence": "assumption",
            "evidence_told": f"Vi hører det tit {marker}",
            "unit": unit,
        },
        initiative=training,
    )
    needs.tie_need(actor=lead, need_id=believed.pk, idea=waiting)
    StuckDay.objects.create(
        organisation_id=organisation,
        idea=waiting,
        on=clock.today() - dt.timedelta(days=5),
        flags=6,
    )
