"""Systems from a file: columns in any order, all faults at once with their cells, preview, yes."""

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook

from hoest.domain.trust.actions.files import (
    NotReady,
    apply_file,
    bring_file,
    confirm_file,
    read_file,
)
from hoest.domain.trust.models import Contract, Processing, System
from hoest.domain.trust.rules.table import (
    COLUMNS,
    CannotReadFile,
    cells_of_csv,
    read_table,
    template,
)
from hoest.foundation.faults import NotAllowed

HEAD = (
    "Leverandør;System;Kritisk for driften;Kontrakt;Kontrakt slutter;Varsel i måneder;Årlig udgift"
)
GOOD = (
    f"{HEAD};Databehandleraftale\n"
    "Solsort Software;Prøvejournalen;ja;Rammen;31.12.2027;6;125.000;ja\n"
    "Solsort Software;Prøvekalenderen;nej;Rammen;31.12.2027;6;125.000;\n"
    ";Prøvetavlen;;;;;;\n"
)


def found(text):
    return read_table(cells_of_csv(text.encode()))


def test_rows_of_one_contract_become_one_contract_with_both_systems():
    read = found(GOOD)
    assert not read.faults
    assert len(read.systems) == 3
    (contract,) = read.contracts
    assert len(contract.systems) == 2
    assert contract.values["yearly_dkk"] == Decimal(125_000)
    assert str(contract.values["decide_by"]) == "2027-06-30"
    assert [one.values["agreement"] for one in read.processings] == ["yes"]


def test_every_fault_is_told_at_once_with_its_cell():
    read = found(
        f"{HEAD};Skostørrelse\nA;B;måske;C;31.02.2027;-1;ti;44\nA;;ja;;;;;\nA;b;;;;;;\nA;B;;;;;;\n"
    )
    assert [(one.cell, one.column) for one in read.faults] == [
        ("C2", "Kritisk for driften"),
        ("E2", "Kontrakt slutter"),
        ("F2", "Varsel i måneder"),
        ("G2", "Årlig udgift"),
        ("B3", "System"),
        ("B4", "System"),
        ("B5", "System"),
    ]
    assert read.faults[0].expected == "ja, nej eller ved ikke"
    assert read.unknown == ("Skostørrelse",)


@pytest.mark.parametrize("text", ["", "Navn;Pris\nA;1\n", "\n\n"])
def test_a_file_without_a_column_of_systems_is_refused(text):
    with pytest.raises(CannotReadFile):
        found(text)


def test_the_template_reads_as_it_stands():
    read = read_table(cells_of_csv(template().encode()))
    assert not read.faults
    assert not read.unknown
    assert len(read.systems) == len(read.contracts) == len(read.processings) == 1
    assert read.systems[0].values["data_levels"] == ["persondata", "sensitivedata"]
    assert read.systems[0].values["responsible_unit"] == "Sundhed og Omsorg"
    assert read.systems[0].values["using_units"] == ["Bo Nord", "Hjemmeplejen"]


def test_names_of_units_stand_with_semicolons_between_and_may_have_a_stroke():
    read = found('System;Bruges af\nPrøvetavlen;"Social/Sundhed; Bo Nord;"\n')
    assert not read.faults
    assert read.systems[0].values["using_units"] == ["Bo Nord", "Social/Sundhed"]


def book() -> bytes:
    made = Workbook()
    sheet = made.active
    sheet.append([one.heading for one in COLUMNS[:1]] + ["Årlig udgift", "Kontrakt slutter"])
    from datetime import date

    sheet.append(["Prøvearkivet", 99000.5, date(2027, 3, 1)])
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


@pytest.fixture
def empty(here):
    System.objects.filter(organisation_id=here, name__startswith="Prøve").delete()
    return here


def bring(here, actor, text=GOOD, name="systemer.csv", whole=False):
    content = text if isinstance(text, bytes) else text.encode()
    run = bring_file(actor=actor, file_name=name, content=content, is_whole=whole)
    return read_file(organisation_id=here, run_id=run.pk)


@pytest.mark.django_db
def test_a_preview_changes_nothing_and_a_yes_changes_what_it_said(empty, actor):
    manager = actor("portfolio_manager")
    run = bring(empty, manager)
    assert run.state == "ready"
    said = run.counts
    assert said["system"] == {"new": 3}
    assert not System.objects.filter(name="Prøvejournalen").exists()
    confirm_file(actor=manager, run_id=run.pk)
    done = apply_file(organisation_id=empty, run_id=run.pk)
    assert (done.state, done.counts) == ("done", said)
    assert System.objects.get(name="Prøvejournalen").supplier.name == "Solsort Software"
    assert Contract.objects.get(name="Rammen").links.count() == 2
    with pytest.raises(NotReady):
        confirm_file(actor=manager, run_id=run.pk)
    # The same file again changes nothing.
    assert bring(empty, manager).counts["system"] == {}


@pytest.mark.django_db
def test_a_whole_list_lets_go_of_what_it_does_not_name(empty, actor):
    manager = actor("portfolio_manager")
    for text in (GOOD, f"{HEAD}\n;Prøvetavlen;;;;;\n"):
        run = bring(empty, manager, text, whole=text != GOOD)
        confirm_file(actor=manager, run_id=run.pk)
        apply_file(organisation_id=empty, run_id=run.pk)
    left = System.objects.filter(name__startswith="Prøve", gone_on__isnull=True)
    assert [one.name for one in left] == ["Prøvetavlen"]
    assert Processing.objects.filter(name="Prøvejournalen", gone_on__isnull=False).exists()


@pytest.mark.django_db
def test_a_workbook_is_read_as_well_and_a_broken_one_refused_kindly(empty, actor):
    manager = actor("security_officer")
    run = bring(empty, manager, book(), "systemer.xlsx")
    assert run.state == "ready"
    broken = bring_after(empty, manager, run, b"PK\x03\x04 not a workbook")
    assert broken.state == "faulty"
    assert broken.fault
    with pytest.raises(NotAllowed):
        bring(empty, actor("initiative_lead"))


def bring_after(here, actor, run, content):
    from hoest.domain.trust.actions.reading import stop_reading

    stop_reading(actor=actor, run_id=run.pk)
    return bring(here, actor, content, "systemer.xlsx")
