"""Acts on benefits: who may, what they move, and what they leave for others to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from hoest.domain.benefits import actions, queries
from hoest.domain.benefits.models import Benefit, Measurement, StandingRecord
from hoest.domain.benefits.rules.faults import (
    AlreadyWithdrawn,
    BenefitHasLapsed,
    ConfirmedAlready,
    DecisionIsNotWhole,
    LineIsCounted,
    MeasuredAlready,
    MeasuredInTheFuture,
    NotALevel,
    NotTheOwner,
    OwnerLeadsTheInitiative,
    ProfileNotSensible,
    PromiseIsFinal,
    ReasonMissing,
)
from hoest.domain.organisations.models import Person, Unit
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor, Grant
from hoest.foundation.audit.models import Act
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, organisation_id

Actors = Callable[[str], Actor]


@pytest.fixture
def benefit(here: int) -> Callable[[str], Benefit]:
    """Give a benefit of the world by its key word."""
    return lambda word: Benefit.objects.get(organisation_id=here, title__startswith=word)


def _rung(actor: Actor, benefit: Benefit) -> str:
    row = queries.benefit_of(actor, benefit.pk)
    return str(queries.standings_of([row])[benefit.pk].rung)


def _noted(benefit: Benefit) -> list[tuple[str, str]]:
    rows = StandingRecord.objects.filter(benefit=benefit).order_by("pk")
    return [(row.rung, row.because) for row in rows]


def _measure(actor: Actor, benefit: Benefit, **changes: Any) -> Measurement:
    given = {"on": clock.today(), "value": Decimal(5), **changes}
    return actions.measure(actor=actor, benefit_id=benefit.pk, **given)


def test_a_benefit_comes_from_the_roof_into_the_hand(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    manager, owner, controller = (
        actor("portfolio_manager"),
        actor("benefit_owner"),
        actor("controller"),
    )
    one = benefit("Kortere kørsel")
    today = clock.today()
    one = actions.change_benefit(
        actor=manager,
        benefit_id=one.pk,
        version=one.version,
        fields={
            "indicator": "km pr. år",
            "measure_unit": "km",
            "baseline_value": Decimal(100),
            "baseline_on": today - dt.timedelta(days=500),
            "target_value": Decimal(60),
            "target_on": today + dt.timedelta(days=500),
            "method": "Kørebog",
            "frequency": "year",
        },
    )
    person = Person.objects.get(pk=owner.person_id)
    actions.name_owner(actor=manager, benefit_id=one.pk, version=one.version, person=person)
    assert _rung(manager, one) == "promised"
    actions.accept_ownership(actor=owner, benefit_id=one.pk)
    assert _rung(manager, one) == "in_use"
    _measure(owner, one, value=Decimal(70))
    assert _rung(manager, one) == "measured"
    actions.decide_harvest(
        actor=controller,
        benefit_id=one.pk,
        decided_on=today,
        decision="Byrådet 12. november, punkt 4",
        year=today.year + 1,
        amount_dkk=Decimal(350_000),
        price_level=today.year,
        budget_place="Kørsel",
    )
    assert _rung(manager, one) == "in_hand"
    assert _noted(one) == [
        ("promised", "benefits.create"),
        ("in_use", "benefits.accept_ownership"),
        ("measured", "benefits.measure"),
        ("in_hand", "benefits.decide_harvest"),
    ]
    acts = Act.objects.filter(object_id=one.pk, object_kind="benefits.benefit")
    assert {"benefits.change", "benefits.name_owner", "benefits.measure"} <= {
        act.verb for act in acts
    }


def test_the_owner_is_not_the_one_who_leads_the_initiative(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, lead = benefit("Kortere kørsel"), actor("initiative_lead")
    with pytest.raises(OwnerLeadsTheInitiative):
        actions.name_owner(
            actor=actor("portfolio_manager"),
            benefit_id=one.pk,
            version=one.version,
            person=Person.objects.get(pk=lead.person_id),
        )


def test_only_the_one_who_is_asked_can_say_yes_or_no(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one = benefit("Færre møder")
    with pytest.raises(NotTheOwner):
        actions.accept_ownership(actor=actor("executive"), benefit_id=one.pk)
    with pytest.raises(ReasonMissing):
        actions.refuse_ownership(actor=actor("benefit_owner"), benefit_id=one.pk, reason="  ")
    actions.refuse_ownership(
        actor=actor("benefit_owner"), benefit_id=one.pk, reason="Jeg skifter job"
    )
    assert _rung(actor("executive"), one) == "promised"
    one.refresh_from_db()
    assert one.owner_id is None
    act = Act.objects.filter(verb="benefits.refuse_ownership").latest("at")
    assert act.facts["reason"] == "Jeg skifter job"


def test_a_change_somebody_else_made_meanwhile_is_not_overwritten(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, manager = benefit("Færre møder"), actor("portfolio_manager")
    read = one.version
    actions.change_benefit(
        actor=manager, benefit_id=one.pk, version=read, fields={"method": "Kalender"}
    )
    with pytest.raises(ChangedMeanwhile) as refused:
        actions.change_benefit(
            actor=manager, benefit_id=one.pk, version=read, fields={"method": "Optælling"}
        )
    assert [(d.field, d.mine, d.theirs) for d in refused.value.differences] == [
        ("method", "Optælling", "Kalender")
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"target_value": Decimal(14)},
        {"target_on": dt.date(2020, 1, 1)},
        {"baseline_on": dt.date(2027, 1, 1)},
    ],
    ids=["nothing to win", "target before baseline", "baseline to come"],
)
def test_a_profile_that_contradicts_itself_is_refused(
    actor: Actors, benefit: Callable[[str], Benefit], fields: Any
) -> None:
    one = benefit("Færre møder")
    with pytest.raises(ProfileNotSensible):
        actions.change_benefit(
            actor=actor("portfolio_manager"), benefit_id=one.pk, version=one.version, fields=fields
        )


def test_the_same_request_measures_once(actor: Actors, benefit: Callable[[str], Benefit]) -> None:
    owner, one = actor("benefit_owner"), benefit("Færre møder")
    first = _measure(owner, one, request_key="abc")
    assert _measure(owner, one, request_key="abc").pk == first.pk
    assert Measurement.objects.filter(benefit=one).count() == 1


@pytest.mark.parametrize(
    "corrected",
    [
        {"value": Decimal(21)},
        {"on": clock.today() - dt.timedelta(days=1)},
        {"origin": "Et nyt udtræk"},
        {"by_agreed_method": False},
    ],
    ids=["value", "day", "origin", "method"],
)
def test_a_correction_of_what_was_saved_is_refused_until_that_is_withdrawn(
    actor: Actors, benefit: Callable[[str], Benefit], corrected: dict[str, Any]
) -> None:
    owner, one = actor("benefit_owner"), benefit("Færre møder")
    first = _measure(owner, one, value=Decimal("12.5"), request_key="abc")
    with pytest.raises(MeasuredAlready, match="12,5 møder") as told:
        _measure(owner, one, **{"value": Decimal("12.5"), "request_key": "abc"} | corrected)
    assert told.value.measurement_id == first.pk
    actions.withdraw_measurement(actor=owner, measurement_id=first.pk, reason="Tastefejl")
    again = {"value": Decimal("12.5"), "request_key": "abc"} | corrected
    second = _measure(owner, one, **again)
    assert second.pk != first.pk
    assert _measure(owner, one, **again).pk == second.pk
    assert {name: getattr(second, name) for name in corrected} == corrected


def test_a_day_is_measured_once_and_never_ahead(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    owner, one = actor("benefit_owner"), benefit("Færre møder")
    _measure(owner, one, value=Decimal("7.25"))
    with pytest.raises(MeasuredAlready, match="7,25 møder"):
        _measure(owner, one, value=Decimal(8))
    with pytest.raises(MeasuredInTheFuture):
        _measure(owner, one, on=clock.today() + dt.timedelta(days=1))


def test_a_measurement_taken_back_no_longer_counts_and_stays_readable(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    owner, one = actor("benefit_owner"), benefit("Færre møder")
    taken = _measure(owner, one)
    assert _rung(owner, one) == "measured"
    actions.withdraw_measurement(actor=owner, measurement_id=taken.pk, reason="Fortrudt")
    assert _rung(owner, one) == "in_use"
    with pytest.raises(AlreadyWithdrawn):
        actions.withdraw_measurement(actor=owner, measurement_id=taken.pk, reason="Igen")
    assert _measure(owner, one, value=Decimal(6)).value == 6
    assert Measurement.objects.filter(benefit=one).count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_dkk": None},
        {"amount_dkk": Decimal(0)},
        {"budget_place": " "},
        {"price_level": None},
        {"decision": ""},
        {"decided_on": dt.date(2100, 1, 1)},
        {"year": 27},
        {"hours": Decimal(5)},
        {"hours": Decimal(-5), "named_use": "Aften"},
    ],
    ids=lambda changes: "+".join(changes),
)
def test_a_decision_that_is_not_whole_is_refused(
    actor: Actors, benefit: Callable[[str], Benefit], changes: Any
) -> None:
    whole = {
        "decided_on": clock.today(),
        "decision": "Byrådet",
        "year": 2027,
        "amount_dkk": Decimal(1),
        "price_level": 2026,
        "budget_place": "Vikarer",
    }
    with pytest.raises(DecisionIsNotWhole):
        actions.decide_harvest(
            actor=actor("controller"),
            benefit_id=benefit("Lavere indkøb").pk,
            **{**whole, **changes},
        )


def test_a_withdrawn_decision_lets_the_benefit_fall(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, controller = benefit("Mindre vikarforbrug"), actor("controller")
    decision = one.harvest_decisions.get()
    with pytest.raises(NotAllowed):
        actions.withdraw_harvest(
            actor=actor("benefit_owner"), decision_id=decision.pk, reason="Nej"
        )
    actions.withdraw_harvest(actor=controller, decision_id=decision.pk, reason="Budget ændret")
    assert _rung(controller, one) == "measured"
    assert _noted(one)[-1] == ("measured", "benefits.withdraw_harvest")


def test_a_level_is_in_hand_when_both_confirm_on_two_days(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, owner, controller = benefit("Tryg træning"), actor("benefit_owner"), actor("controller")
    with pytest.raises(ConfirmedAlready):
        actions.confirm_level(actor=owner, benefit_id=one.pk)
    actions.confirm_level(actor=controller, benefit_id=one.pk)
    assert _rung(owner, one) == "measured"
    with clock.frozen_at(clock.today() + dt.timedelta(days=10)):
        actions.confirm_level(actor=owner, benefit_id=one.pk)
        assert _rung(owner, one) == "measured"
        actions.confirm_level(actor=controller, benefit_id=one.pk)
        assert _rung(owner, one) == "in_hand"
    with pytest.raises(NotALevel):
        actions.confirm_level(actor=owner, benefit_id=benefit("Lavere indkøb").pk)
    with pytest.raises(NotTheOwner):
        actions.confirm_level(actor=actor("unit_leader"), benefit_id=one.pk)


def test_a_given_up_benefit_takes_nothing_more_until_it_is_taken_up(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, controller = benefit("Færre møder"), actor("controller")
    with pytest.raises(ReasonMissing):
        actions.lapse(actor=controller, benefit_id=one.pk, reason="")
    actions.lapse(actor=controller, benefit_id=one.pk, reason="Møderne kom igen")
    assert _rung(controller, one) == "lapsed"
    with pytest.raises(BenefitHasLapsed):
        _measure(actor("benefit_owner"), one)
    actions.unlapse(actor=controller, benefit_id=one.pk, reason="Nyt forsøg")
    assert _rung(controller, one) == "in_use"
    with pytest.raises(BenefitHasLapsed):
        actions.unlapse(actor=controller, benefit_id=one.pk, reason="Igen")


def test_the_neighbours_benefit_is_not_found(actor: Actors, here: int) -> None:
    with acting_for(organisation_id(THERE)):
        theirs = Benefit.objects.order_by("pk").first()
        assert theirs is not None
        measurement = Measurement.objects.order_by("pk").first()
        assert measurement is not None
    controller = actor("controller")
    with pytest.raises(NotFound):
        _measure(controller, theirs)
    with pytest.raises(NotFound):
        actions.withdraw_measurement(
            actor=controller, measurement_id=measurement.pk, reason="Ikke min"
        )
    assert not queries.visible_to(controller).filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("line_key", ["", "En anden post"])
def test_a_promised_benefit_never_changes_its_line(
    actor: Actors, benefit: Callable[[str], Benefit], line_key: str
) -> None:
    one, manager = benefit("Lavere indkøb"), actor("portfolio_manager")
    assert queries.promises_of([one])[one.pk].original_dkk is not None
    with pytest.raises(PromiseIsFinal):
        actions.change_benefit(
            actor=manager, benefit_id=one.pk, version=one.version, fields={"line_key": line_key}
        )
    one.refresh_from_db()
    assert one.line_key == "Lavere indkøb"


def test_a_line_is_counted_by_one_benefit(actor: Actors, benefit: Callable[[str], Benefit]) -> None:
    one, manager = benefit("Lavere indkøb"), actor("portfolio_manager")
    with pytest.raises(LineIsCounted):
        actions.create_benefit(
            actor=manager,
            initiative_id=one.initiative_id,
            fields={"title": "Det samme igen", "benefit_type": "budget", "line_key": one.line_key},
        )
    other = actions.create_benefit(
        actor=manager,
        initiative_id=one.initiative_id,
        fields={"title": "Endnu uden post", "benefit_type": "budget"},
    )
    with pytest.raises(LineIsCounted):
        actions.change_benefit(
            actor=manager,
            benefit_id=other.pk,
            version=other.version,
            fields={"line_key": one.line_key},
        )


def test_a_benefit_is_only_put_where_the_writer_may_write(
    actor: Actors, benefit: Callable[[str], Benefit], here: int
) -> None:
    one = benefit("Lavere indkøb")
    unit = one.initiative.unit
    elsewhere = Unit.objects.filter(organisation_id=here).exclude(pk=unit.pk).first()
    leader = replace(
        actor("unit_leader"), grants=(Grant("unit_leader", unit.pk, frozenset({unit.pk})),)
    )
    with pytest.raises(NotAllowed):
        actions.create_benefit(
            actor=leader,
            initiative_id=one.initiative_id,
            fields={"title": "Sendt videre", "benefit_type": "budget", "unit": elsewhere},
        )
