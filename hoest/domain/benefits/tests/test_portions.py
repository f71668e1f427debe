"""Filling a profile in portions, asking the one who knows, and answering as an owner."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hoest.domain.benefits import actions, queries
from hoest.domain.benefits.models import Benefit, OwnershipAnswer, Profile, StandingRecord
from hoest.domain.benefits.rules import Rung
from hoest.domain.benefits.rules.faults import (
    CannotSeeTheBenefit,
    DisbenefitIsNotHarvested,
    NotTheOwner,
    OwnerNotInLine,
    PortionNotKnown,
    ProfileNotSensible,
    ReasonMissing,
)
from hoest.domain.benefits.rules.portions import Fill, Portion, fields_of, fingerprint
from hoest.domain.organisations.actions import take_role
from hoest.domain.organisations.models import Person, RoleAssignment
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.queries import acts_about
from hoest.foundation.faults import NotAllowed
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.foundation.messages.models import Message
from tests.support.harvest import title_of
from tests.support.world import HERE, MARKERS

D = Decimal
Actors = Callable[[str], Actor]


def _benefit(word: str = "Færre møder") -> Benefit:
    return Benefit.objects.select_related("initiative").get(title=title_of(word, MARKERS[HERE]))


def _values(benefit: Benefit) -> dict[str, Any]:
    return queries.profile_values(benefit, queries.profile_of(benefit))


def _seen(benefit: Benefit, portion: Portion) -> int:
    values = _values(benefit)
    return fingerprint({name: values[name] for name in fields_of(portion)})


def _person(actor: Actor) -> Person:
    return Person.objects.get(pk=actor.person_id)


WORTH = {
    "unit_word": "km",
    "units_a_year": D(39_000),
    "unit_price_dkk": D("3.81"),
    "price_level": 2026,
    "price_source": "Statens takster, lav sats",
    "cost_base_dkk": D(500_000),
}


def test_a_portion_is_saved_by_itself_and_noted(actor: Actors) -> None:
    benefit = _benefit()
    actions.fill_portion(
        actor=actor("portfolio_manager"),
        benefit_id=benefit.pk,
        portion="vaerdi",
        seen=_seen(benefit, Portion.WORTH),
        fields=WORTH,
    )
    profile = Profile.objects.get(benefit=benefit)
    assert (profile.unit_word, profile.units_a_year) == ("km", 39_000)
    rows = {row.state.portion: row for row in queries.portions_of(benefit, _values(benefit))}
    saved = rows[Portion.WORTH].row
    assert saved is not None
    assert saved.saved_by_name == actor("portfolio_manager").name
    assert rows[Portion.REAL].state.fill is Fill.EMPTY
    assert acts_about(benefit)[0].verb == "benefits.fill_portion"


def test_two_people_fill_two_portions_at_once_and_nothing_is_lost(actor: Actors) -> None:
    benefit, manager = _benefit(), actor("portfolio_manager")
    seen = {one: _seen(benefit, one) for one in Portion}
    for portion, fields in (
        ("vaerdi", WORTH),
        ("hvad", {"title": "Færre og kortere møder", "beneficiaries": ["employees"]}),
        ("virkelig", {"changes_required": "Status klares på tavlen", "priority": 2}),
        ("maal", {"data_source": "Kalenderen", "method": "Optalt af en sekretær"}),
    ):
        actions.fill_portion(
            actor=manager,
            benefit_id=benefit.pk,
            portion=portion,
            seen=seen[Portion(portion)],
            fields=fields,
        )
    benefit.refresh_from_db()
    values = _values(benefit)
    assert values["title"] == "Færre og kortere møder"
    assert values["method"] == "Optalt af en sekretær"
    assert (values["priority"], values["beneficiaries"]) == (2, ["employees"])
    with pytest.raises(ChangedMeanwhile) as stale:
        actions.fill_portion(
            actor=manager,
            benefit_id=benefit.pk,
            portion="virkelig",
            seen=seen[Portion.REAL],
            fields={"priority": 5},
        )
    (apart,) = stale.value.differences
    assert (apart.field, apart.mine, apart.theirs) == ("priority", 5, 2)
    assert Profile.objects.get(benefit=benefit).priority == 2


@pytest.mark.parametrize(
    ("portion", "fields", "fault"),
    [
        ("vaerdi", {"title": "Andet"}, PortionNotKnown),
        ("vaerdi", {"unit_price_dkk": D(5), "price_level": 2026}, ProfileNotSensible),
        ("vaerdi", {"unit_price_dkk": D(5), "price_source": "Takst"}, ProfileNotSensible),
        ("vaerdi", {"minutes_after": D(-1)}, ProfileNotSensible),
        ("vaerdi", {"adoption_share": D("1.2")}, ProfileNotSensible),
        ("hvad", {"beneficiaries": ["martians"]}, ProfileNotSensible),
        ("maal", {"target_value": D(14)}, ProfileNotSensible),
        ("hvad", {"is_disbenefit": True}, ProfileNotSensible),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    actor: Actors, portion: str, fields: dict[str, Any], fault: type[Exception]
) -> None:
    benefit = _benefit()
    with pytest.raises(fault):
        actions.fill_portion(
            actor=actor("portfolio_manager"),
            benefit_id=benefit.pk,
            portion=portion,
            seen=None,
            fields=fields,
        )
    assert not Profile.objects.filter(benefit=benefit).exists()


def test_who_is_asked_may_answer_that_portion_and_no_other(actor: Actors) -> None:
    benefit, manager, owner = _benefit(), actor("portfolio_manager"), actor("benefit_owner")
    fill = {"actor": owner, "benefit_id": benefit.pk, "seen": None}
    with pytest.raises(NotAllowed):
        actions.fill_portion(**fill, portion="vaerdi", fields=WORTH)
    actions.ask_portion(
        actor=manager,
        benefit_id=benefit.pk,
        portion="vaerdi",
        person=_person(owner),
        note="Kender du taksten?",
    )
    assert queries.asked_portions(owner.organisation_id)[benefit.pk] == [
        ("vaerdi", owner.person_id)
    ]
    with pytest.raises(NotAllowed):
        actions.fill_portion(**fill, portion="hvad", fields={"title": "Andet"})
    actions.fill_portion(**fill, portion="vaerdi", fields=WORTH)
    assert benefit.pk not in queries.asked_portions(owner.organisation_id)
    assert Profile.objects.get(benefit=benefit).unit_word == "km"


def test_somebody_who_cannot_see_the_benefit_is_not_asked(actor: Actors) -> None:
    stranger = _person(actor("partner"))
    with pytest.raises(CannotSeeTheBenefit):
        actions.ask_portion(
            actor=actor("portfolio_manager"),
            benefit_id=_benefit().pk,
            portion="vaerdi",
            person=stranger,
        )


def test_a_question_can_be_taken_back(actor: Actors) -> None:
    benefit, manager, owner = _benefit(), actor("portfolio_manager"), actor("benefit_owner")
    actions.ask_portion(actor=manager, benefit_id=benefit.pk, portion="maal", person=_person(owner))
    actions.take_back_portion(actor=manager, benefit_id=benefit.pk, portion="maal")
    assert queries.asked_portions(manager.organisation_id) == {}


def _name(actor: Actors, word: str, person: Person) -> Benefit:
    benefit = _benefit(word)
    return actions.name_owner(
        actor=actor("portfolio_manager"),
        benefit_id=benefit.pk,
        version=benefit.version,
        person=person,
    )


def test_an_owner_leads_a_unit(actor: Actors) -> None:
    with pytest.raises(OwnerNotInLine) as refused:
        _name(actor, "Kortere kørsel", _person(actor("controller")))
    assert "leder ingen enhed" in str(refused.value)
    _name(actor, "Kortere kørsel", _person(actor("unit_leader")))


def test_who_has_stopped_leading_cannot_say_yes(actor: Actors) -> None:
    leader = actor("unit_leader")
    benefit = _name(actor, "Kortere kørsel", _person(leader))
    role = RoleAssignment.objects.get(person_id=leader.person_id, role="unit_leader")
    take_role(actor=actor("administrator"), assignment=role)
    with pytest.raises(OwnerNotInLine):
        actions.accept_ownership(actor=leader, benefit_id=benefit.pk)


def test_a_no_needs_a_reason_and_waits_for_the_sponsor(actor: Actors) -> None:
    leader, manager = actor("unit_leader"), actor("portfolio_manager")
    benefit = _name(actor, "Kortere kørsel", _person(leader))
    with pytest.raises(ReasonMissing):
        actions.refuse_ownership(actor=leader, benefit_id=benefit.pk, reason=" ")
    with pytest.raises(NotTheOwner):
        actions.refuse_ownership(actor=actor("benefit_owner"), benefit_id=benefit.pk, reason="Nej")
    actions.refuse_ownership(
        actor=leader, benefit_id=benefit.pk, reason="Kørslen hører til visitationen"
    )
    waiting = queries.refusals_of(manager.organisation_id)[benefit.pk]
    assert (waiting.person_name, waiting.reason) == (
        leader.name,
        "Kørslen hører til visitationen",
    )
    _name(actor, "Kortere kørsel", _person(actor("benefit_owner")))
    assert benefit.pk not in queries.refusals_of(manager.organisation_id)
    steps = [(one.answer, one.person_name) for one in queries.ownership_steps(benefit)]
    assert [answer for answer, _name_ in steps] == ["asked", "refused", "asked"]


def test_stepping_back_is_another_answer_than_a_refusal(actor: Actors) -> None:
    benefit = _benefit("Færre møder")
    actions.refuse_ownership(
        actor=actor("benefit_owner"), benefit_id=benefit.pk, reason="Jeg skifter stilling"
    )
    answers = [one.answer for one in queries.ownership_steps(benefit)]
    assert answers == ["asked", "accepted", "stepped_back"]


@pytest.mark.parametrize("change", ["reason = 'x'", "answer = 'accepted'", "by_name = 'En anden'"])
def test_an_answer_stays_as_it_was_said(here: int, change: str) -> None:
    step = OwnershipAnswer.objects.filter(organisation_id=here).first()
    assert step is not None
    for statement in (f"update {{}} set {change} where id = %s", "delete from {} where id = %s"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format("benefits_ownershipanswer"), [step.pk])


def _disbenefit(actor: Actors) -> Benefit:
    return actions.create_benefit(
        actor=actor("portfolio_manager"),
        initiative_id=_benefit("Lavere indkøb").initiative_id,
        fields={
            "title": "Mere tid til opladning",
            "benefit_type": "freed_time",
            "is_disbenefit": True,
        },
    )


def test_a_disbenefit_is_never_taken_home(actor: Actors) -> None:
    made, controller = _disbenefit(actor), actor("controller")
    assert queries.standings_of([made])[made.pk].rung is Rung.PROMISED
    with pytest.raises(DisbenefitIsNotHarvested):
        actions.decide_harvest(
            actor=controller,
            benefit_id=made.pk,
            decided_on=made.created_at.date(),
            decision="Byrådet",
            year=2026,
            hours=D(5),
            named_use="Opladning",
        )
    with pytest.raises(DisbenefitIsNotHarvested):
        actions.confirm_level(actor=controller, benefit_id=made.pk)


def test_a_disbenefit_counts_no_line_of_the_case(actor: Actors) -> None:
    made = _disbenefit(actor)
    with pytest.raises(ProfileNotSensible):
        actions.change_benefit(
            actor=actor("portfolio_manager"),
            benefit_id=made.pk,
            version=made.version,
            fields={"line_key": "Lavere indkøb 2"},
        )
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update benefits_benefit set line_key = 'x' where id = %s", [made.pk])


def test_what_has_been_taken_home_cannot_turn_into_a_disbenefit(actor: Actors) -> None:
    taken = _benefit("Mindre vikarforbrug")
    with pytest.raises(ProfileNotSensible):
        actions.fill_portion(
            actor=actor("portfolio_manager"),
            benefit_id=taken.pk,
            portion="hvad",
            seen=None,
            fields={"is_disbenefit": True},
        )


def test_when_a_benefit_lapses_its_line_is_noted_for_the_next(actor: Actors, here: int) -> None:
    first = _benefit("Lavere indkøb")
    second = Benefit.objects.create(
        organisation_id=here,
        initiative_id=first.initiative_id,
        key="GEV-900",
        title="Tvilling",
        benefit_type="budget",
        line_key=first.line_key,
    )
    actions.record_standing(actor=actor("controller"), benefit_ids=[second.pk], because="test")
    before = StandingRecord.objects.filter(benefit=second).last()
    assert before is not None
    assert before.dkk_per_year is None
    actions.lapse(actor=actor("controller"), benefit_id=first.pk, reason="Opgivet")
    after = StandingRecord.objects.filter(benefit=second).last()
    assert after is not None
    assert after.dkk_per_year == 700_000
    actions.unlapse(actor=actor("controller"), benefit_id=first.pk, reason="Alligevel")
    again = StandingRecord.objects.filter(benefit=second).last()
    assert again is not None
    assert again.dkk_per_year is None


def _waiting(person_id: int | None) -> list[str]:
    kinds = ["owner_asked", "owner_refused", "portion_asked"]
    rows = Message.objects.filter(person_id=person_id, withdrawn_at__isnull=True, kind__in=kinds)
    return [one.subject for one in rows]


def test_a_question_waits_in_the_mail_until_it_is_answered(actor: Actors) -> None:
    leader, sponsor = actor("unit_leader"), actor("executive")
    benefit = _name(actor, "Kortere kørsel", _person(leader))
    assert _waiting(leader.person_id) == [f"Vil du eje »{benefit.title}«?"]
    actions.refuse_ownership(actor=leader, benefit_id=benefit.pk, reason="Forkert sted")
    assert _waiting(leader.person_id) == []
    assert _waiting(sponsor.person_id) == [f"{leader.name} sagde nej til at eje »{benefit.title}«"]
    owner = actor("benefit_owner")
    _name(actor, "Kortere kørsel", _person(owner))
    assert _waiting(sponsor.person_id) == []
    actions.accept_ownership(actor=owner, benefit_id=benefit.pk)
    assert _waiting(owner.person_id) == []


def test_a_portion_waits_in_the_mail_until_it_is_saved(actor: Actors) -> None:
    benefit, owner = _benefit(), actor("benefit_owner")
    actions.ask_portion(
        actor=actor("portfolio_manager"),
        benefit_id=benefit.pk,
        portion="vaerdi",
        person=_person(owner),
        note="Kender du taksten?",
    )
    assert _waiting(owner.person_id) == [f"Hvad ved du om »{benefit.title}«?"]
    actions.fill_portion(
        actor=owner, benefit_id=benefit.pk, portion="vaerdi", seen=None, fields=WORTH
    )
    assert _waiting(owner.person_id) == []
