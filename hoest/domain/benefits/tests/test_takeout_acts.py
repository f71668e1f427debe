"""Acts on take-out agreements: what they ask for, what they make, and what stays for ever."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hoest.domain.benefits import actions, queries
from hoest.domain.benefits.models import Benefit, HarvestDecision, TakeoutAgreement
from hoest.domain.benefits.rules.faults import (
    AlreadyWithdrawn,
    DecisionHasAnAgreement,
    LayerIsOpen,
    TakeoutBeforeBaseline,
    TakeoutCannotGoThere,
    TakeoutIsDecided,
    TakeoutIsNotWhole,
)
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, organisation_id

Actors = Callable[[str], Actor]
Y = 2027


@pytest.fixture
def benefit(here: int) -> Callable[[str], Benefit]:
    """Give a benefit of the world by its key word."""
    return lambda word: Benefit.objects.get(organisation_id=here, title__startswith=word)


def fields_of(one: Benefit, **changes: Any) -> Any:
    """Return what a person writes about an agreement of kroner."""
    return {
        "kind": "budget_cut",
        "model": "cut_at_approval",
        "unit": one.initiative.unit,
        "budget_place": "Indkøb, forbrugsartikler",
        "account": "5.30.26.1.200",
        "price_level": clock.today().year - 2,
        **changes,
    }


def write(actor: Actor, one: Benefit, amounts: Any = None, **changes: Any) -> TakeoutAgreement:
    """Write an agreement down."""
    return actions.write_takeout(
        actor=actor,
        benefit_id=one.pk,
        fields=fields_of(one, **changes),
        amounts={Y: Decimal(300_000), Y + 1: Decimal(500_000)} if amounts is None else amounts,
    )


def decide(actor: Actor, made: TakeoutAgreement, **changes: Any) -> TakeoutAgreement:
    """Decide an agreement today, knowing what lacks."""
    made.refresh_from_db()
    given: dict[str, Any] = {
        "status": "decided",
        "on": clock.today(),
        "by_name": "Økonomiudvalget",
        "reference": "punkt 4",
        "knowing": True,
        **changes,
    }
    return actions.move_takeout(actor=actor, agreement_id=made.pk, version=made.version, **given)


def standing(one: Benefit) -> dict[int, Decimal]:
    """Return the kroner the account takes of a benefit, year by year."""
    found: dict[int, Decimal] = {}
    for row in queries.standing_decisions([one.pk]):
        found[row.year] = found.get(row.year, Decimal(0)) + (row.amount_dkk or row.hours or 0)
    return found


def test_a_decided_agreement_makes_the_decisions_of_the_ladder(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, controller = benefit("Lavere indkøb"), actor("controller")
    made = write(controller, one)
    assert made.status == "undecided"
    assert standing(one) == {}
    decide(controller, made)
    rows = HarvestDecision.objects.filter(agreement=made).order_by("year")
    assert [(r.year, r.amount_dkk, r.goes_on) for r in rows] == [
        (Y, Decimal("300000.00"), False),
        (Y + 1, Decimal("500000.00"), True),
    ]
    assert {r.budget_place for r in rows} == {"Indkøb, forbrugsartikler (5.30.26.1.200)"}
    assert {r.decision for r in rows} == {"Økonomiudvalget, punkt 4"}
    last = clock.today().year + 3
    assert standing(one) == {Y: 300_000, **dict.fromkeys(range(Y + 1, last + 1), 500_000)}
    row = queries.benefit_of(controller, one.pk)
    assert str(queries.standings_of([row])[one.pk].rung) == "in_hand"
    made = decide(controller, made, status="booked")
    assert (made.status, HarvestDecision.objects.filter(agreement=made).count()) == ("booked", 2)
    assert [s.status for s in made.steps.all()] == ["undecided", "decided", "booked"]


def test_one_that_is_not_lasting_takes_only_its_own_years(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, controller = benefit("Lavere indkøb"), actor("controller")
    decide(controller, write(controller, one, {Y: Decimal(90_000)}, is_lasting=False))
    assert standing(one) == {Y: 90_000}


def test_hours_get_a_named_use_and_no_kroner(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, controller = benefit("Frigjorte aftentimer"), actor("controller")
    with pytest.raises(TakeoutIsNotWhole, match="hvad timerne nu bruges til"):
        write(controller, one, {Y: Decimal(400)}, kind="named_hours", model="own")
    made = write(
        controller, one, {Y: Decimal(400)}, kind="named_hours", model="own", named_use="Nathold"
    )
    assert (made.price_level, made.budget_place, made.account) == (None, "", "")
    decide(controller, made)
    (row,) = HarvestDecision.objects.filter(agreement=made)
    assert (row.hours, row.amount_dkk, row.named_use) == (400, None, "Nathold")


def test_quality_is_kept_without_any_amount(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, controller = benefit("Tryg træning"), actor("controller")
    made = write(
        controller, one, {}, kind="quality_kept", model="own", named_use="Flere borgere er trygge"
    )
    decide(controller, made, knowing=False)
    assert not HarvestDecision.objects.filter(agreement=made).exists()


@pytest.mark.parametrize(
    ("changes", "amounts", "said"),
    [
        ({"unit": None}, None, "enhed"),
        ({"budget_place": " "}, None, "sted i budgettet"),
        ({"price_level": None}, None, "pris- og lønniveau"),
        ({"account": "=1+1"}, None, "Kontostrengen"),
        ({"model": "findes ikke"}, None, "model"),
        ({"model": "digitalisation_bank"}, None, "serviceudgifter"),
        ({"model": "own", "unit_carries_share": Decimal(2)}, None, "0 og 100"),
        ({}, {}, "mindst ét år"),
        ({}, {Y: Decimal(0)}, "større end nul"),
        ({}, {Y: Decimal(-5)}, "større end nul"),
        ({}, {1066: Decimal(5)}, "budgetår"),
    ],
)
def test_an_agreement_that_lacks_something_is_refused(
    actor: Actors, benefit: Callable[[str], Benefit], changes: Any, amounts: Any, said: str
) -> None:
    with pytest.raises(TakeoutIsNotWhole, match=said):
        write(actor("controller"), benefit("Lavere indkøb"), amounts, **changes)


def test_the_terms_of_a_model_are_kept_and_only_some_may_be_agreed(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, controller = benefit("Lavere indkøb"), actor("controller")
    own = {"take_share": Decimal("0.3"), "unit_carries_share": Decimal("0.2")}
    shared = write(controller, one, model="shared_with_unit", **own)
    assert (shared.take_share, shared.unit_carries_share) == (Decimal("0.3"), Decimal("0.2"))
    cut = write(controller, one, model="cut_at_approval", **own)
    assert (cut.take_share, cut.unit_carries_share) == (1, 1)
    assert cut.model_label == "Budgettet sættes ned ved godkendelsen"


def test_a_saving_before_involvement_is_warned_of_and_the_warning_is_kept(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, controller = benefit("Lavere indkøb"), actor("controller")
    made = write(controller, one)
    with pytest.raises(TakeoutBeforeBaseline) as told:
        decide(controller, made, knowing=False)
    assert told.value.lacks == ("involvement",)
    assert standing(one) == {}
    decide(controller, made)
    assert made.steps.get(status="decided").lacked == ["involvement"]
    other = write(controller, one)
    actions.involve_staff(
        actor=actor("benefit_owner"), benefit_id=one.pk, on=clock.today(), form="med"
    )
    assert decide(controller, other, knowing=False).status == "decided"
    assert other.steps.get(status="decided").lacked == []


def test_an_involvement_that_was_withdrawn_does_not_count(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, controller = benefit("Lavere indkøb"), actor("controller")
    found = actions.involve_staff(
        actor=controller, benefit_id=one.pk, on=clock.today(), form="workshop", told="Godt møde"
    )
    actions.withdraw_involvement(actor=controller, involvement_id=found.pk, reason="Aflyst")
    with pytest.raises(TakeoutBeforeBaseline):
        decide(controller, write(controller, one), knowing=False)
    with pytest.raises(AlreadyWithdrawn):
        actions.withdraw_involvement(actor=controller, involvement_id=found.pk, reason="Aflyst")


def test_a_layer_changes_what_was_decided_and_both_stand(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, controller = benefit("Lavere indkøb"), actor("controller")
    made = decide(controller, write(controller, one))
    with pytest.raises(TakeoutIsDecided):
        actions.change_takeout(
            actor=controller,
            agreement_id=made.pk,
            version=made.version,
            fields=fields_of(one),
            amounts={Y: Decimal(1)},
        )
    layer = actions.add_layer(
        actor=controller,
        agreement_id=made.pk,
        wanted={Y + 1: Decimal(350_000)},
        reason="Prisen steg",
    )
    assert [(a.year, a.amount_dkk) for a in layer.amounts.all()] == [(Y + 1, Decimal(-150_000))]
    with pytest.raises(LayerIsOpen):
        actions.add_layer(
            actor=controller, agreement_id=made.pk, wanted={Y: Decimal(1)}, reason="Igen"
        )
    decide(controller, layer)
    last = clock.today().year + 3
    assert standing(one) == {Y: 300_000, **dict.fromkeys(range(Y + 1, last + 1), 350_000)}
    for wanted in ({Y: Decimal(0), Y + 1: Decimal(0)}, {Y + 1: Decimal(350_000)}):
        with pytest.raises(TakeoutIsNotWhole):
            actions.add_layer(actor=controller, agreement_id=made.pk, wanted=wanted, reason="Nej")


def test_a_withdrawn_agreement_takes_its_layers_and_decisions_with_it(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, controller = benefit("Lavere indkøb"), actor("controller")
    made = decide(controller, write(controller, one))
    layer = actions.add_layer(
        actor=controller, agreement_id=made.pk, wanted={Y: Decimal(350_000)}, reason="Mere"
    )
    decide(controller, layer)
    (first, *_rest) = HarvestDecision.objects.filter(agreement=made)
    with pytest.raises(DecisionHasAnAgreement):
        actions.withdraw_harvest(actor=controller, decision_id=first.pk, reason="Nej")
    actions.withdraw_takeout(actor=controller, agreement_id=made.pk, reason="Budgettet er omgjort")
    assert standing(one) == {}
    for row in HarvestDecision.objects.filter(agreement__in=[made, layer]):
        assert (row.withdrawn_on, row.withdrawn_reason) == (clock.today(), "Budgettet er omgjort")
    layer.refresh_from_db()
    assert layer.withdrawn_reason == "Budgettet er omgjort"
    with pytest.raises(AlreadyWithdrawn):
        actions.withdraw_takeout(actor=controller, agreement_id=made.pk, reason="Igen")
    row = queries.benefit_of(controller, one.pk)
    assert str(queries.standings_of([row])[one.pk].rung) == "measured"


def test_an_agreement_goes_only_forward_and_names_who_decided(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    one, controller = benefit("Lavere indkøb"), actor("controller")
    made = write(controller, one)
    with pytest.raises(TakeoutIsNotWhole, match="hvem der besluttede"):
        decide(controller, made, by_name=" ")
    with pytest.raises(TakeoutIsNotWhole, match="ikke kommet endnu"):
        decide(controller, made, on=clock.today() + dt.timedelta(days=1))
    with pytest.raises(ChangedMeanwhile):
        actions.move_takeout(
            actor=controller,
            agreement_id=made.pk,
            version=made.version + 1,
            status="discussed",
            on=clock.today(),
        )
    decide(controller, made, status="discussed", by_name="", reference="")
    decide(controller, made)
    with pytest.raises(TakeoutCannotGoThere):
        decide(controller, made, status="discussed")


def test_who_may_prepare_may_not_decide(actor: Actors, benefit: Callable[[str], Benefit]) -> None:
    one, manager = benefit("Lavere indkøb"), actor("portfolio_manager")
    made = write(manager, one)
    assert decide(manager, made, status="discussed").status == "discussed"
    with pytest.raises(NotAllowed):
        decide(manager, made)
    for role in ("employee", "politician"):
        with pytest.raises((NotAllowed, NotFound)):
            write(actor(role), one)


def test_the_neighbour_sees_no_agreement_of_ours(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    made = write(actor("controller"), benefit("Lavere indkøb"))
    with acting_for(organisation_id(THERE)):
        assert not TakeoutAgreement.objects.filter(pk=made.pk).exists()


def _refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'moved'",
        "budget_place = 'Et andet sted'",
        "account = '9'",
        "price_level = 2000",
        "unit_carries_share = 0",
        "decided_by_name = 'En anden'",
        "decided_on = '2020-01-01'",
        "reference = 'Et andet punkt'",
        "status = 'undecided'",
        "is_lasting = false",
    ],
)
def test_plain_sql_cannot_change_what_is_decided(
    actor: Actors, benefit: Callable[[str], Benefit], change: str
) -> None:
    controller = actor("controller")
    made = decide(controller, write(controller, benefit("Lavere indkøb")))
    assert _refused(f"update benefits_takeoutagreement set {change} where id = {made.pk}")


def test_plain_sql_can_neither_delete_nor_change_amounts_or_steps(
    actor: Actors, benefit: Callable[[str], Benefit]
) -> None:
    controller = actor("controller")
    made = decide(controller, write(controller, benefit("Lavere indkøb")))
    where = f"where agreement_id = {made.pk}"
    for statement in (
        f"delete from benefits_takeoutagreement where id = {made.pk}",
        f"update benefits_takeoutamount set amount_dkk = 1 {where}",
        f"delete from benefits_takeoutamount {where}",
        "insert into benefits_takeoutamount (organisation_id, agreement_id, year, amount_dkk)"
        f" values ({made.organisation_id}, {made.pk}, 2040, 1)",
        f"update benefits_takeoutstep set lacked = '[]' {where}",
        f"delete from benefits_takeoutstep {where}",
        f"update benefits_harvestdecision set agreement_id = null {where}",
        f"update benefits_harvestdecision set goes_on = true {where}",
    ):
        assert _refused(statement), statement
    away = "set withdrawn_on = '2026-11-22', withdrawn_reason = 'Omgjort'"
    back = "set withdrawn_on = null, withdrawn_reason = ''"
    row = f"where id = {made.pk}"
    assert not _refused(f"update benefits_takeoutagreement {away} {row}")
    assert _refused(f"update benefits_takeoutagreement {back} {row}")
