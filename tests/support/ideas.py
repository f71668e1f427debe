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

    unit = Unit.objects.get(organisation_id=organisation, name="Hjemmepleje")
    before = clock.now() - dt.timedelta(days=70)
    with clock.frozen_at(before):
        waiting, tried, refused = _give(organisation, marker, unit)
    with clock.frozen_at(before + dt.timedelta(days=3)):
        _answer(organisation, marker, tried, refused)
        _try(organisation, marker, unit, tried)
    _assume(organisation, marker, unit, waiting)


def _give(organisation: int, marker: str, unit: Any) -> tuple[Any, Any, Any]:
    from hoest.domain.portfolio.actions import ideas
    from hoest.foundation.photos import read_photo
    from tests.support.world import actor_with_role

    giver, leader = (actor_with_role(organisation, one) for one in ("employee", "unit_leader"))
    shot = picture()
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
    tried, refused = (
        ideas.give_idea(actor=giver, fields=fields_of(unit, f"{problem} {marker}"))
        for problem in ("Vi ringer tre gange om det samme", "Bilen skal vaskes hver dag")
    )
    ideas.assess_idea(
        actor=leader,
        idea_id=waiting.pk,
        scores={
            "citizen_benefit": (3, f"Hjælpen kommer til tiden {marker}"),
            "feasibility": (4, f"Boksene er købt {marker}"),
        },
    )
    return waiting, tried, refused


def _answer(organisation: int, marker: str, tried: Any, refused: Any) -> None:
    from hoest.domain.organisations.models import Person
    from hoest.domain.portfolio.actions import idea_answers
    from tests.support.world import actor_with_role

    leader = actor_with_role(organisation, "unit_leader")
    sponsor = Person.objects.get(pk=actor_with_role(organisation, "executive").person_id)
    for idea, behind, reason in (
        (tried, sponsor, f"Det koster os en time om dagen {marker}"),
        (refused, None, f"Vaskehallen er lejet ud {marker}"),
    ):
        idea_answers.answer_idea(
            actor=leader, idea_id=idea.pk, version=idea.version, reason=reason, sponsor=behind
        )


def _try(organisation: int, marker: str, unit: Any, tried: Any) -> None:
    from hoest.domain.organisations.models import Person
    from hoest.domain.portfolio.actions import experiments
    from hoest.domain.portfolio.queries import early_questions
    from hoest.domain.portfolio.rules import FactAnswer
    from tests.support.world import actor_with_role

    lead = actor_with_role(organisation, "initiative_lead")
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
        answers=dict.fromkeys((one.code for one in early_questions()), FactAnswer.NO),
    )


def _assume(organisation: int, marker: str, unit: Any, waiting: Any) -> None:
    from hoest.domain.portfolio.actions import needs
    from hoest.domain.portfolio.models import Initiative, StuckDay
    from tests.support.world import actor_with_role

    lead = actor_with_role(organisation, "initiative_lead")
    training = Initiative.objects.get(
        organisation_id=organisation, title__startswith="Digital hjemmetræning"
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
