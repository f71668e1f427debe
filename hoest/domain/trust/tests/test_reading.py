"""Reading KITOS: pages, trouble, resuming, deletions, and what a reading says it changed."""

import datetime as dt

import pytest

from hoest.domain.trust.actions.reading import (
    AlreadyReading,
    NoConnection,
    ask_for_reading,
    read_kitos,
    stop_reading,
)
from hoest.domain.trust.jobs import give_up, read_register_of
from hoest.domain.trust.models import (
    Contract,
    Processing,
    RegisterConnection,
    Supplier,
    SyncChange,
    SyncCursor,
    SyncRun,
    System,
)
from hoest.domain.trust.queries.kitos import CannotSignIn, Kitos
from hoest.domain.trust.queries.systems import facts_for_gates
from hoest.foundation import clock
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.fetching.secrets_kept import seal
from hoest.foundation.tenancy.context import acting_for
from tests.support.kitos import (
    EMAIL,
    ORGANISATION,
    PASSWORD,
    key_of,
    stand_in,
    upper,
    usage,
)
from tests.support.world import THERE, actor_with_role, organisation_id

pytestmark = pytest.mark.django_db
MODELS = (System, Contract, Processing, Supplier, SyncChange, SyncCursor, SyncRun)


@pytest.fixture
def clear(here):
    """A municipality that has read nothing yet, with a way to KITOS."""
    from hoest.domain.trust.models import RegisterConnection

    System.objects.filter(organisation_id=here, origin="kitos").delete()
    for model in (SyncRun, SyncCursor):
        model.objects.filter(organisation_id=here).delete()
    RegisterConnection.objects.filter(organisation_id=here).delete()
    RegisterConnection.objects.create(
        organisation_id=here,
        base_url="https://kitos.example",
        email=EMAIL,
        organisation_uuid=ORGANISATION,
        sealed_password=seal(PASSWORD),
    )
    return here


def way(kitos, waits=None):
    return Kitos(
        base_url=kitos.base_url,
        email=EMAIL,
        password=PASSWORD,
        organisation_uuid=ORGANISATION,
        net=kitos.net,
        wait=(waits if waits is not None else []).append,
    )


def read(here, kitos, waits=None):
    from hoest.domain.organisations.queries import system_actor

    SyncRun.objects.filter(organisation_id=here, state="waiting").delete()
    run = ask_for_reading(actor=system_actor(here, "Prøve", "test"))
    return read_kitos(organisation_id=here, run_id=run.pk, kitos=way(kitos, waits))


def systems(here):
    return System.objects.filter(organisation_id=here, origin="kitos")


def test_systems_contracts_and_processing_arrive_and_belong_together(clear):
    with stand_in(systems=30, contracts=20, processings=10) as kitos:
        run = read(clear, kitos)
    assert run.state == "done"
    assert run.percent == 100
    assert run.counts["system"] == {"new": 30}
    assert systems(clear).count() == 30
    one = systems(clear).get(name="Fagsystem 0007")
    assert one.supplier.name == "Leverandør 07 (opdigtet)"
    assert [c.name for c in one.contracts.all()] == ["Kontrakt 0007"]
    assert [p.agreement for p in one.processings.all()] == ["yes"]


def test_two_thousand_systems_arrive_over_a_broken_page_and_go_on_where_they_stopped(clear):
    with stand_in(systems=2_000) as kitos:
        kitos.break_page("it-system-usages", 4)
        first = read(clear, kitos)
        assert first.state == "partial"
        assert first.fault == "Svaret kunne ikke læses."
        assert systems(clear).count() == 1_000
        assert SyncCursor.objects.get(organisation_id=clear).next_page == 4
        kitos.mend()
        kitos.asked.clear()
        second = read(clear, kitos)
        # Nothing that was read is asked for again; the page after the last whole one is empty.
        assert kitos.pages_asked("it-system-usages") == [4, 5, 6, 7, 8]
    assert second.state == "done"
    assert systems(clear).count() == 2_000
    assert second.counts["system"] == {"new": 1_000}


def test_trouble_is_tried_again_and_a_wait_that_is_asked_for_is_kept(clear):
    waits = []
    with stand_in(systems=3) as kitos:
        kitos.break_page("it-system-usages", 0, "500", "429", "gone")
        run = read(clear, kitos, waits)
    assert run.state == "done"
    assert waits == [2.0, 0.0, 8.0]


def test_a_token_that_has_run_out_is_renewed_once(clear):
    with stand_in(systems=3) as kitos:
        kitos.break_page("it-system-usages", 0, "401")
        assert read(clear, kitos).state == "done"
        assert kitos.asked.count("/api/authorize/GetToken") == 2
        kitos.knows_user = False
        kitos.tokens.append("run out")
        faulty = read(clear, kitos)
        assert faulty.fault == ("KITOS kender ikke brugeren. Se efter mailadresse og adgangskode.")
        with pytest.raises(CannotSignIn):
            way(kitos)._get("/api/v2/it-contracts?page=0")


def test_a_row_that_lacks_something_is_told_of_and_the_others_are_taken(clear):
    with stand_in(systems=3) as kitos:
        kitos.rows["it-system-usages"][1].pop("uuid")
        run = read(clear, kitos)
        assert run.state == "done"
        assert run.counts["system"] == {"new": 2, "faulty": 1}
        told = SyncChange.objects.get(organisation_id=clear, run=run, what="faulty")
    assert (told.name, told.fields) == ("Fagsystem 0001", {"lacks": "uuid"})


def test_upper_case_is_the_same_register(clear):
    with stand_in(systems=4, contracts=2) as kitos:
        read(clear, kitos)
        for rows in kitos.rows.values():
            # The stand-in itself looks for "uuid", so only what is inside is in upper case.
            rows[:] = [{**upper(row), "uuid": row["uuid"]} for row in rows]
        SyncCursor.objects.filter(organisation_id=clear).update(whole_at=None)
        run = read(clear, kitos)
    assert run.state == "done"
    assert run.counts.get("system", {}) == {}
    assert run.counts.get("contract", {}) == {}


def test_the_next_reading_asks_only_for_what_changed_and_for_what_was_deleted(clear):
    with stand_in(systems=5) as kitos:
        read(clear, kitos)
        kitos.asked.clear()
        kitos.rows["it-system-usages"][2] = usage(2, localCallName="Nyt kaldenavn") | {
            "lastModified": (clock.now() + dt.timedelta(hours=1)).isoformat()
        }
        gone = kitos.rows["it-system-usages"].pop(4)
        kitos.deleted.append(("ItSystemUsage", gone["uuid"]))
        run = read(clear, kitos)
    assert "changedSinceGtEq=" in kitos.asked[1]
    assert run.counts["system"] == {"changed": 1, "gone": 1}
    change = SyncChange.objects.get(organisation_id=clear, run=run, what="changed")
    assert change.fields == {"local_name": ["", "Nyt kaldenavn"]}
    left = systems(clear).get(external_id=gone["uuid"])
    assert left.gone_on == clock.today()


def test_a_whole_reading_asks_for_each_it_did_not_meet_before_it_says_gone(clear):
    with stand_in(systems=5) as kitos:
        read(clear, kitos)
        kitos.has_feed = False
        kitos.rows["it-system-usages"].pop(3)
        SyncCursor.objects.filter(organisation_id=clear).update(whole_at=None)
        run = read(clear, kitos)
    assert run.counts["system"] == {"gone": 1}
    assert f"/api/v2/it-system-usages/{key_of('usage', 3)}" in kitos.asked
    with stand_in(systems=5) as kitos:
        SyncCursor.objects.filter(organisation_id=clear).update(whole_at=None)
        back = read(clear, kitos)
    assert back.counts["system"] == {"back": 1}
    assert not systems(clear).filter(gone_on__isnull=False).exists()


def test_a_register_that_is_suddenly_empty_takes_nothing_away(clear):
    with stand_in(systems=60) as kitos:
        read(clear, kitos)
        kitos.rows["it-system-usages"].clear()
        SyncCursor.objects.filter(organisation_id=clear).update(whole_at=None)
        run = read(clear, kitos)
    assert run.state == "done"
    assert {"code": "unseen_system"} in run.faults
    assert not systems(clear).filter(gone_on__isnull=False).exists()


def test_a_reading_is_stopped_at_its_next_page_and_keeps_what_it_read(clear, actor):
    manager = actor("portfolio_manager")
    with stand_in(systems=600) as kitos:
        run = ask_for_reading(actor=manager)
        with pytest.raises(AlreadyReading):
            ask_for_reading(actor=manager)
        asked = way(kitos)
        pages = asked.page

        def stopping(resource, number, since):
            found = pages(resource, number, since)
            if number == 1:
                stop_reading(actor=manager, run_id=run.pk)
            return found

        asked.page = stopping
        ended = read_kitos(organisation_id=clear, run_id=run.pk, kitos=asked)
        assert ended.state == "stopped"
        assert systems(clear).count() == 250
        assert read(clear, kitos).state == "done"
    assert systems(clear).count() == 600


def test_only_who_may_reads_and_only_where_there_is_a_way(clear, actor):
    with pytest.raises(NotAllowed):
        ask_for_reading(actor=actor("unit_leader"))
    RegisterConnection.objects.filter(organisation_id=clear).delete()
    with pytest.raises(NoConnection):
        ask_for_reading(actor=actor("portfolio_manager"))


def test_the_night_asks_once_and_again_only_when_it_did_not_come_through(clear):
    run_id = read_register_of(clear)
    assert run_id is not None
    assert read_register_of(clear) is None
    give_up(organisation_id=clear, run_id=run_id)
    assert SyncRun.objects.get(pk=run_id).state == "failed"
    again = read_register_of(clear)
    SyncRun.objects.filter(pk=again).update(state="done")
    assert read_register_of(clear) is None
    RegisterConnection.objects.filter(organisation_id=clear).update(is_on=False)
    SyncRun.objects.filter(organisation_id=clear).delete()
    assert read_register_of(clear) is None


def test_a_neighbour_sees_nothing_of_it(clear):
    from hoest.domain.trust.queries.reading import run_of
    from hoest.domain.trust.queries.systems import system_of

    with stand_in(systems=3, contracts=3) as kitos:
        run = read(clear, kitos)
    mine = systems(clear).first().pk
    there = organisation_id(THERE)
    with acting_for(there):
        assert not System.objects.filter(pk=mine).exists()
        assert not SyncChange.objects.filter(run_id=run.pk).exists()
        stranger = actor_with_role(there, "portfolio_manager")
        with pytest.raises(NotFound):
            system_of(stranger, mine)
        with pytest.raises(NotFound):
            run_of(stranger, run.pk)
        assert facts_for_gates(there, [1]) == {}
