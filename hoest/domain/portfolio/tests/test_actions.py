"""Who may do what to an initiative, and what is refused."""

import datetime as dt
from decimal import Decimal

import pytest

from hoest.domain.organisations.models import Unit
from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.rules import Phase
from hoest.foundation.access.roles import ROLES
from hoest.foundation.audit.models import Act
from hoest.foundation.clock import frozen_at
from hoest.foundation.faults import Conflict, NotAllowed, NotFound
from tests.support.world import HERE, MARKERS, THERE, organisation_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(here):
    """The units of our municipality by the first word of their name."""
    return {u.name.split(" ")[0]: u for u in Unit.objects.filter(organisation_id=here)}


SEES = {
    "everything": set(ROLES)
    - {"unit_leader", "initiative_lead", "benefit_owner", "employee", "partner"},
    "her unit": {"unit_leader", "initiative_lead", "benefit_owner", "employee"},
    "nothing": {"partner"},
}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_sees_what_it_should(actor, units, role):
    seen = {i.unit_id for i in queries.visible_to(actor(role))}
    if role in SEES["everything"]:
        assert seen == {units["Ældre"].pk, units["Hjemmepleje"].pk, units["Teknik"].pk}
    elif role in SEES["her unit"]:
        assert seen == {units["Ældre"].pk, units["Hjemmepleje"].pk}
    else:
        assert seen == set()


def test_a_lead_sees_her_own_initiative_in_another_unit(actor, units, here):
    lead = actor("initiative_lead")
    elsewhere = Initiative.objects.filter(unit=units["Teknik"]).first()
    assert elsewhere not in queries.visible_to(lead)
    Initiative.objects.filter(pk=elsewhere.pk).update(lead_id=lead.person_id)
    assert elsewhere in queries.visible_to(lead)


CREATES = {"portfolio_manager", "unit_leader", "initiative_lead", "executive"}
CHANGES = {"portfolio_manager", "unit_leader", "initiative_lead"}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_creates_only_where_it_may(actor, units, role):
    fields = {"title": "Ny", "unit": units["Hjemmepleje"]}
    if role in CREATES:
        made = actions.create_initiative(actor=actor(role), fields=fields)
        assert made.organisation_id == actor(role).organisation_id
    else:
        with pytest.raises(NotAllowed):
            actions.create_initiative(actor=actor(role), fields=fields)
    if role in CREATES - {"portfolio_manager", "executive"}:
        with pytest.raises(NotAllowed):
            actions.create_initiative(
                actor=actor(role), fields={"title": "Ny", "unit": units["Teknik"]}
            )


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_changes_only_where_it_may(actor, training, role):
    def change():
        return actions.change_initiative(
            actor=actor(role), initiative_id=training.pk, version=1, fields={"theme": "Nyt tema"}
        )

    if role in CHANGES:
        assert change().theme == "Nyt tema"
    else:
        with pytest.raises((NotAllowed, NotFound)):
            change()
        training.refresh_from_db()
        assert (training.theme, training.version) == ("Nære fællesskaber", 1)


def test_an_initiative_cannot_be_moved_to_a_unit_where_one_has_no_say(actor, training, units):
    with pytest.raises(NotAllowed):
        actions.change_initiative(
            actor=actor("unit_leader"),
            initiative_id=training.pk,
            version=1,
            fields={"unit": units["Teknik"]},
        )


def test_the_neighbours_initiative_does_not_exist(actor):
    from hoest.foundation.tenancy.context import acting_for

    manager = actor("portfolio_manager")
    with acting_for(organisation_id(THERE)):
        theirs = Initiative.objects.filter(title__contains=MARKERS[THERE]).first().pk
    with acting_for(organisation_id(HERE)):
        with pytest.raises(NotFound):
            queries.initiative_of(manager, theirs)
        with pytest.raises(NotFound):
            actions.change_initiative(
                actor=manager, initiative_id=theirs, version=1, fields={"title": "Kapret"}
            )


def test_keys_count_on_per_municipality_and_leave_foreign_keys_alone(actor, units, here):
    manager = actor("portfolio_manager")
    Initiative.objects.filter(organisation_id=here).first()
    last = Initiative.objects.filter(organisation_id=here).count()
    Initiative.objects.create(
        organisation_id=here, key="KBH-9000", title="Indlæst", unit=units["Teknik"]
    )
    Initiative.objects.create(
        organisation_id=here, key="INIT-9x", title="Skæv", unit=units["Teknik"]
    )
    made = actions.create_initiative(
        actor=manager, fields={"title": "Den næste", "unit": units["Teknik"]}
    )
    assert made.key == f"INIT-{last + 1:03}"
    Initiative.objects.filter(pk=made.pk).update(key="INIT-999")
    after = actions.create_initiative(
        actor=manager, fields={"title": "Og en til", "unit": units["Teknik"]}
    )
    assert after.key == "INIT-1000"


def test_a_change_writes_only_what_differs_and_tells_what_it_was(actor, training):
    actions.change_initiative(
        actor=actor("portfolio_manager"),
        initiative_id=training.pk,
        version=1,
        fields={"theme": "Nyt", "title": training.title},
    )
    training.refresh_from_db()
    assert (training.theme, training.version) == ("Nyt", 2)
    act = Act.objects.filter(verb="portfolio.change_initiative").latest("id")
    assert act.facts == {"before": {"theme": "Nære fællesskaber"}, "after": {"theme": "Nyt"}}


def test_saving_what_already_stands_changes_nothing(actor, training):
    actions.change_initiative(
        actor=actor("portfolio_manager"),
        initiative_id=training.pk,
        version=1,
        fields={"title": training.title},
    )
    training.refresh_from_db()
    assert training.version == 1


def test_a_lost_update_is_refused_with_both_versions(actor, training):
    manager, leader = actor("portfolio_manager"), actor("unit_leader")
    change = {"initiative_id": training.pk, "version": 1}
    actions.change_initiative(actor=manager, **change, fields={"theme": "Mit tema"})
    with pytest.raises(Conflict) as refused:
        actions.change_initiative(actor=leader, **change, fields={"theme": "Dit tema"})
    (difference,) = refused.value.differences
    assert (difference.field, difference.mine, difference.theirs) == (
        "theme",
        "Dit tema",
        "Mit tema",
    )
    training.refresh_from_db()
    assert (training.theme, training.version) == ("Mit tema", 2)


@pytest.mark.parametrize(
    "act",
    [
        lambda a, i: actions.change_phase(
            actor=a, initiative_id=i.pk, version=7, phase=Phase.CLOSED
        ),
        lambda a, i: actions.record_adoption(
            actor=a, initiative_id=i.pk, version=7, share=Decimal("0.5"), on=dt.date(2026, 1, 1)
        ),
        lambda a, i: actions.close_old_way(
            actor=a, initiative_id=i.pk, version=7, closed_on=dt.date(2026, 1, 1)
        ),
    ],
)
def test_every_small_act_refuses_a_version_that_is_gone(actor, training, act):
    with pytest.raises(Conflict):
        act(actor("portfolio_manager"), training)


def test_fields_with_acts_of_their_own_are_not_changed_by_the_form(actor, training):
    with pytest.raises(ValueError, match="phase"):
        actions.change_initiative(
            actor=actor("portfolio_manager"),
            initiative_id=training.pk,
            version=1,
            fields={"phase": "closed"},
        )


def test_a_phase_is_not_skipped_and_a_stop_has_its_reason(actor, here):
    manager = actor("portfolio_manager")
    idea = Initiative.objects.get(title__startswith="Fra papir")
    change = {"actor": manager, "initiative_id": idea.pk}
    with pytest.raises(actions.PhaseCannotBeReached, match="Idé"):
        actions.change_phase(**change, version=1, phase=Phase.REALISATION)
    with pytest.raises(actions.StoppedWithoutReason):
        actions.change_phase(**change, version=1, phase=Phase.STOPPED, reason="  ")
    stopped = actions.change_phase(
        **change, version=1, phase=Phase.STOPPED, reason="Ingen bruger papiret mere"
    )
    assert queries.stop_reason(stopped) == "Ingen bruger papiret mere"
    with pytest.raises(actions.GateNotPassed, match="gennem porten"):
        actions.change_phase(**change, version=2, phase=Phase.ANALYSIS)
    again = actions.change_phase(**change, version=2, phase=Phase.IDEA)
    assert (again.phase, again.version) == ("idea", 3)
    assert queries.stop_reason(again) == ""


def test_use_and_closing_are_facts_of_the_past(actor, training):
    manager = actor("portfolio_manager")
    with frozen_at(dt.date(2026, 11, 22)):
        with pytest.raises(actions.InTheFuture):
            actions.close_old_way(
                actor=manager,
                initiative_id=training.pk,
                version=1,
                closed_on=dt.date(2026, 11, 23),
            )
        with pytest.raises(actions.NotAShare):
            actions.record_adoption(
                actor=manager,
                initiative_id=training.pk,
                version=1,
                share=Decimal("1.2"),
                on=dt.date(2026, 11, 1),
            )
        counted = actions.record_adoption(
            actor=manager,
            initiative_id=training.pk,
            version=1,
            share=Decimal("0.62"),
            on=dt.date(2026, 11, 22),
        )
    assert counted.adoption_share == Decimal("0.62")
    assert [r.code for r in queries.reasons_of(counted)] == ["adoption_low"]


def test_a_blank_agreement_is_the_municipalitys_limit(training, tmp_path, monkeypatch):
    assert training.agreed_adoption_share is None
    assert queries.agreed_share(training) == Decimal("0.8")
    training.agreed_adoption_share = Decimal("0.95")
    assert queries.agreed_share(training) == Decimal("0.95")
    training.adoption_share = Decimal("0.9")
    assert [r.code for r in queries.reasons_of(training)] == ["adoption_low"]
