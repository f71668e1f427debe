"""Applying a workbook: whole or not at all, idempotent, undoable, and never over an approval."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from hoest.domain.benefits import queries as benefits
from hoest.domain.business_cases import queries as cases
from hoest.domain.exchange import actions, queries
from hoest.domain.exchange.models import ImportRun
from hoest.domain.exchange.rules import parse, write
from hoest.domain.exchange.rules import workbook as wb
from hoest.domain.portfolio import queries as portfolio
from hoest.domain.reporting.queries import account_facts, accounts
from hoest.foundation.clock import frozen_at
from hoest.foundation.faults import NotAllowed
from hoest.foundation.imports.reader import read_workbook

pytestmark = pytest.mark.django_db
PUBLIC = Path(__file__).resolve().parents[3] / "content" / "public"


def read_public(name):
    content = (PUBLIC / name).read_bytes()
    return parse(read_workbook(content)).workbook, content


def applied(actor, workbook, content=b"fil", name="fil.xlsx"):
    run = actions.start_import(actor=actor, file_name=name, content=content)
    return run, actions.apply_workbook(actor=actor, run=run, workbook=workbook)


def small(**changes):
    """Return a workbook with one initiative, one valued benefit, a measurement and a take-out."""
    whole = wb.Workbook(
        municipality="9901",
        price_level=2024,
        source="Prøvekilde",
        date_text="01.02.2024",
        initiatives=(
            wb.Initiative(
                key="I-1",
                title="Skærmbesøg",
                unit="Hjemmepleje",
                phase="realisation",
                lead_email="leder@aadal.example",
                live_on=dt.date(2024, 3, 1),
            ),
        ),
        lines=(
            wb.Line(
                initiative="I-1",
                title="Effekt",
                kind="benefit",
                duration="recurring",
                amounts_dkk={2024: Decimal(100_000), 2025: Decimal(240_000)},
            ),
        ),
        benefits=(
            wb.Benefit(
                key="G-1",
                initiative="I-1",
                title="Færre kørte besøg",
                benefit_type="budget",
                owner_email="ejer@aadal.example",
                indicator="Kørte besøg",
                measure_unit="besøg pr. uge",
                baseline=Decimal(400),
                baseline_on=dt.date(2024, 1, 1),
                target=Decimal(200),
                target_on=dt.date(2025, 12, 31),
                method="Udtræk fra omsorgssystemet",
                frequency="year",
                line="Effekt",
            ),
        ),
        measurements=(
            wb.Measurement(benefit="G-1", measured_on=dt.date(2025, 1, 10), value=Decimal(300)),
        ),
        take_outs=(
            wb.TakeOut(
                benefit="G-1",
                decided_on=dt.date(2025, 2, 1),
                decision="Økonomiudvalget 1. februar 2025, punkt 4",
                year=2025,
                amount_dkk=Decimal(120_000),
                budget_place="Hjemmepleje, lønbudget",
            ),
        ),
    )
    return dataclasses.replace(whole, **changes)


def titles(queryset):
    return set(queryset.values_list("title", flat=True))


def test_the_catalogue_of_2019_gives_its_published_sums(actor):
    controller = actor("controller")
    workbook, content = read_public("koebenhavn-effektivisering-2019.xlsx")
    applied(controller, workbook, content)
    ours = next(a for a in accounts(controller) if a.price_level == 2019)
    promised = [ours.years[year]["promised"] for year in (2019, 2020, 2021, 2022)]
    assert promised == [178_536_000, 233_611_000, 246_306_000, 252_148_000]
    assert ours.rung("promised").count == 9


def test_the_same_file_twice_changes_nothing(actor):
    controller = actor("controller")
    workbook, content = read_public("koebenhavn-investeringer-2016.xlsx")
    applied(controller, workbook, content)
    before = account_facts(controller)
    _run, second = applied(controller, workbook, content)
    assert second.is_empty
    assert account_facts(controller) == before


def test_a_preview_tells_what_applying_does_and_does_nothing_itself(actor):
    controller = actor("controller")
    before = titles(portfolio.visible_to(controller))
    run = actions.start_import(actor=controller, file_name="fil.xlsx", content=b"fil")
    preview = actions.preview_workbook(actor=controller, run=run, workbook=small())
    assert titles(portfolio.visible_to(controller)) == before
    done = actions.apply_workbook(actor=controller, run=run, workbook=small())
    assert preview.summary() == done.summary()
    assert "Skærmbesøg" in titles(portfolio.visible_to(controller))


def test_a_whole_benefit_climbs_to_the_hand(actor):
    controller = actor("controller")
    with frozen_at(dt.date(2025, 6, 1)):
        applied(controller, small())
        (account,) = [a for a in accounts(controller) if a.price_level == 2024]
        row = next(r for r in account.rows if r.title == "Færre kørte besøg")
    assert row.rung == "in_hand"
    assert account.years[2025]["measured"] == Decimal(240_000) / 2
    assert account.years[2025]["in_hand"] == 120_000


def test_a_changed_profile_becomes_a_version_beside_the_promise(actor):
    controller = actor("controller")
    applied(controller, small())
    raised = dataclasses.replace(
        small().lines[0], amounts_dkk={2024: Decimal(90_000), 2025: Decimal(150_000)}
    )
    _run, second = applied(controller, small(lines=(raised,)), b"ny fil", "ny.xlsx")
    assert second.made == {"version": 1}
    organisation = controller.organisation_id
    promised = [x for x in cases.promised_lines(organisation) if x.line_key == "Effekt"]
    latest = [x for x in cases.approved_lines(organisation) if x.line_key == "Effekt"]
    promise = next(x for x in promised if x.price_level == 2024 and x.amounts.get(2025) == 240_000)
    now = next(x for x in latest if x.initiative_id == promise.initiative_id)
    assert (promise.number, now.number) == (1, 2)
    assert now.amounts[2025] == 150_000


def test_a_blank_leaves_what_stands(actor):
    controller = actor("controller")
    applied(controller, small())
    bare = dataclasses.replace(
        small().benefits[0], method=None, owner_email=None, indicator=None, baseline=None
    )
    _run, second = applied(controller, small(benefits=(bare,)))
    assert second.is_empty


def test_undo_takes_everything_back(actor):
    controller = actor("controller")
    before = account_facts(controller)
    run, _recorder = applied(controller, small())
    actions.undo_import(actor=controller, run=run)
    assert account_facts(controller) == before
    assert "Skærmbesøg" not in titles(portfolio.visible_to(controller))
    assert ImportRun.objects.get(pk=run.pk).state == "undone"


def test_undo_of_a_new_version_lets_the_former_stand_again(actor):
    controller = actor("controller")
    applied(controller, small())
    before = account_facts(controller)
    raised = dataclasses.replace(small().lines[0], amounts_dkk={2025: Decimal(1)})
    run, _recorder = applied(controller, small(lines=(raised,)), b"ny")
    actions.undo_import(actor=controller, run=run)
    assert account_facts(controller) == before


def test_undo_refuses_when_something_was_built_upon_it(actor):
    controller = actor("controller")
    run, _recorder = applied(controller, small())
    second = dataclasses.replace(
        small().measurements[0], measured_on=dt.date(2025, 3, 3), value=Decimal(250)
    )
    applied(controller, small(measurements=(second,)), b"ny")
    with pytest.raises(actions.CannotUndo):
        actions.undo_import(actor=controller, run=run)
    assert "Skærmbesøg" in titles(portfolio.visible_to(controller))
    assert "Færre kørte besøg" in titles(benefits.visible_to(controller))


def test_an_import_can_be_undone_once(actor):
    controller = actor("controller")
    run, _recorder = applied(controller, small())
    actions.undo_import(actor=controller, run=run)
    with pytest.raises(actions.CannotUndo):
        actions.undo_import(actor=controller, run=run)


def test_export_and_import_is_a_no_op(actor):
    controller = actor("controller")
    applied(controller, small())
    for level in queries.price_levels(controller):
        out = write(queries.workbook_of(controller, level))
        back = parse(read_workbook(out))
        assert back.faults == ()
        _run, recorder = applied(controller, back.workbook, out)
        assert recorder.is_empty, recorder.summary()


def test_hours_that_only_hoest_knows_survive_a_new_file(actor):
    controller = actor("controller")
    freed = dataclasses.replace(
        small().benefits[0],
        key="G-2",
        title="Frigjort tid",
        benefit_type="freed_time",
        measure_unit="timer om året",
        baseline=Decimal(9000),
        target=Decimal(6000),
        line=None,
    )
    whole = small(benefits=(*small().benefits, freed))
    applied(controller, whole)
    hours = [
        x for x in cases.approved_lines(controller.organisation_id) if x.line_key == "Frigjort tid"
    ]
    assert [x.amounts for x in hours] == [{2025: Decimal(3000)}]
    _run, again = applied(controller, small(), b"uden timer")
    assert "version" not in again.made


def test_only_those_who_may_can_import(actor):
    with pytest.raises(NotAllowed):
        actions.start_import(actor=actor("employee"), file_name="a.xlsx", content=b"")


def test_an_unknown_owner_becomes_a_person_without_any_right(actor):
    controller = actor("controller")
    applied(controller, small())
    row = benefits.visible_to(controller).select_related("owner").get(key="G-1")
    assert row.owner.email == "ejer@aadal.example"
    assert row.owner.account_id is None
    assert row.owner_accepted_on == dt.date(2024, 2, 1)
    assert "fil.xlsx" in row.owner_accepted_source


def test_a_decision_somebody_took_back_is_not_brought_again_by_the_old_file(actor):
    from hoest.domain.benefits.actions import withdraw_harvest

    controller = actor("controller")
    applied(controller, small())
    row = benefits.visible_to(controller).get(key="G-1")
    decision = row.harvest_decisions.get()
    withdraw_harvest(
        actor=controller, decision_id=decision.pk, reason="Budgettet blev ikke flyttet"
    )
    _run, again = applied(controller, small())
    assert again.is_empty
    assert row.harvest_decisions.filter(withdrawn_on__isnull=True).count() == 0


def test_a_file_cannot_move_a_promised_benefit_to_another_line(actor):
    from hoest.domain.benefits.rules.faults import PromiseIsFinal

    controller = actor("controller")
    applied(controller, small())
    other = dataclasses.replace(small().lines[0], title="Anden effekt")
    moved = dataclasses.replace(small().benefits[0], line="Anden effekt")
    with pytest.raises(PromiseIsFinal):
        applied(controller, small(lines=(*small().lines, other), benefits=(moved,)), b"ny")


def test_a_file_cannot_move_a_benefit_to_another_initiative(actor):
    from hoest.domain.benefits.rules.faults import KeyTaken

    controller = actor("controller")
    applied(controller, small())
    second = dataclasses.replace(small().initiatives[0], key="I-2", title="Et andet")
    line = dataclasses.replace(small().lines[0], initiative="I-2")
    stolen = dataclasses.replace(small().benefits[0], initiative="I-2")
    with pytest.raises(KeyTaken):
        applied(
            controller,
            small(initiatives=(second,), lines=(line,), benefits=(stolen,)),
            b"ny",
        )


def test_a_changed_measurement_stands_beside_the_former_and_can_be_undone(actor):
    controller = actor("controller")
    applied(controller, small())
    other = dataclasses.replace(small().measurements[0], value=Decimal(280))
    run, again = applied(controller, small(measurements=(other,)), b"rettet", "rettet.xlsx")
    row = benefits.visible_to(controller).get(key="G-1")
    assert again.made == {"measurement": 1}
    assert sorted(m.value for m in row.measurements.all()) == [280, 300]
    assert [m.value for m in row.measurements.filter(withdrawn_at__isnull=True)] == [280]
    actions.undo_import(actor=controller, run=run)
    row = benefits.visible_to(controller).get(key="G-1")
    assert [(m.value, m.withdrawn_at) for m in row.measurements.all()] == [(300, None)]


@pytest.mark.parametrize(
    "statement",
    [
        "update benefits_measurement set value = 1",
        "delete from benefits_measurement",
        "delete from benefits_standingrecord",
        "update benefits_standingrecord set rung = 'in_hand'",
        "update benefits_harvestdecision set amount_dkk = 1",
        "delete from benefits_harvestdecision",
    ],
)
def test_what_was_recorded_cannot_be_changed_by_plain_sql(actor, statement):
    from django.db import DatabaseError, connection, transaction

    applied(actor("controller"), small())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
