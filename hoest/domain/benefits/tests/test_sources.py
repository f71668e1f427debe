"""Sources: read by the clock, tried first, whole or not at all, and said when they fail."""

import pytest
from django.urls import reverse

from hoest.domain.benefits.actions.sources import add_source, ask_for_run, change_source
from hoest.domain.benefits.jobs import read_source, read_sources_of
from hoest.domain.benefits.models import Benefit, MeasurementSource, SourceRun
from hoest.domain.benefits.queries import sources as reading
from hoest.domain.benefits.rules.series import read_series
from hoest.domain.benefits.rules.sources import ColumnNotThere, lines_of_csv, lines_of_json
from hoest.foundation import clock
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.fetching.faults import AddressNotAllowed
from hoest.foundation.messages.models import Message
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, organisation_id

CSV = 'Dato;Sted;Værdi\n31.01.2026;Nord;"12,5"\n\n28.02.2026;Nord;13\n'


def test_the_columns_are_found_by_name_and_each_record_keeps_its_line():
    lines = lines_of_csv(CSV, "dato", "VÆRDI")
    series = read_series(lines, clock.today(), {})
    assert [(row.line, str(row.value)) for row in series.rows] == [(2, "12.5"), (4, "13")]
    assert lines_of_csv("a,b\r\n1,2\r\n", "a", "b").split("\n")[1] == "1\t2"


def test_a_fault_of_a_file_is_listed_by_its_own_line():
    text = CSV.replace("28.02.2026", "30.02.2026") + "01.03.2026;Syd;mange\n"
    series = read_series(lines_of_csv(text, "Dato", "Værdi"), clock.today(), {})
    assert [(one.line, one.code) for one in series.faults] == [
        (4, "no_such_day"),
        (5, "not_a_number"),
    ]


def test_a_missing_column_is_named_with_those_that_are_there():
    with pytest.raises(ColumnNotThere, match="Dato, Sted, Værdi"):
        lines_of_csv(CSV, "Dato", "Beløb")
    with pytest.raises(ColumnNotThere):
        lines_of_csv("", "Dato", "Værdi")


def test_an_answer_in_json_is_read_along_its_path():
    answer = {"data": {"rows": [{"d": {"on": "2026-01-31T23:00:00Z"}, "v": 12.5}, {"v": None}]}}
    lines = lines_of_json(answer, "data.rows", "d.on", "v")
    assert lines.split("\n")[0] == "2026-01-31\t12,5"
    assert lines_of_json([{"d": "2026-01-31", "v": 1e-05}], "", "d", "v") == "2026-01-31\t1e-05"
    for bad in ({}, [{"x": 1}], "tal", None):
        with pytest.raises(ColumnNotThere):
            lines_of_json(bad, "", "d", "v")


@pytest.fixture
def benefit(here, actor):
    Message.objects.filter(organisation_id=here).update(withdrawn_at=clock.now())
    MeasurementSource.objects.filter(organisation_id=here).delete()
    found = Benefit.objects.get(organisation_id=here, title__startswith="Færre møder")
    Benefit.objects.filter(pk=found.pk).update(owner_id=actor("benefit_owner").person_id)
    found.measurements.update(withdrawn_at=clock.now(), withdrawn_reason="Prøve")
    found.refresh_from_db()
    return found


@pytest.fixture
def source(benefit, actor):
    return add_source(
        actor=actor("controller"),
        benefit_id=benefit.pk,
        fields={
            "kind": "folder",
            "name": "Ventelisten",
            "place": "ventetid.csv",
            "day_field": "Dato",
            "value_field": "Værdi",
            "is_on": True,
        },
    )


@pytest.fixture
def file(monkeypatch):
    """What lies in the folder, as the test says."""
    there = {"ventetid.csv": CSV}

    def read(_code, name):
        from hoest.foundation.fetching.faults import FileNotThere

        if name not in there:
            raise FileNotThere(f"Filen {name} findes ikke.")
        return there[name]

    monkeypatch.setattr(reading, "read_folder_file", read)
    return there


def night(here):
    for run_id in read_sources_of(here):
        read_source(organisation_id=here, run_id=run_id)


def test_a_night_reads_what_is_new_and_each_value_carries_its_origin(here, benefit, source, file):
    night(here)
    night(here)
    stand = list(benefit.measurements.filter(withdrawn_at__isnull=True))
    assert [(str(m.on), m.origin, m.recorded_by_name) for m in stand] == [
        ("2026-01-31", "Ventelisten", "Kilder"),
        ("2026-02-28", "Ventelisten", "Kilder"),
    ]
    last, first = SourceRun.objects.filter(source=source)
    assert (first.new, first.fault) == (2, "")
    assert (last.new, last.same) == (0, 2)


def test_a_corrected_value_keeps_the_old_one_with_its_reason(here, benefit, source, file):
    night(here)
    file["ventetid.csv"] = CSV.replace("12,5", "11,5")
    night(here)
    old = benefit.measurements.get(
        on="2026-01-31", withdrawn_at__isnull=False, origin="Ventelisten"
    )
    assert old.withdrawn_reason == "Rettet i kilden Ventelisten"
    assert benefit.measurements.get(on="2026-01-31", withdrawn_at__isnull=True).value == 11.5


def test_a_try_saves_nothing(here, benefit, source, file, actor):
    run = ask_for_run(actor=actor("controller"), source_id=source.pk, is_try=True)
    read_source(organisation_id=here, run_id=run.pk)
    run.refresh_from_db()
    assert (run.is_done, run.new) == (True, 2)
    assert not benefit.measurements.filter(withdrawn_at__isnull=True).exists()


def test_a_faulty_file_saves_nothing_and_the_owner_hears_once(here, benefit, source, file, actor):
    file["ventetid.csv"] = CSV + "i går;Nord;4\n"
    night(here)
    night(here)
    assert not benefit.measurements.filter(withdrawn_at__isnull=True).exists()
    run = SourceRun.objects.filter(source=source)[0]
    assert run.lines == [{"line": 5, "text": "i går", "code": "not_a_day"}]
    waiting = Message.objects.filter(organisation_id=here, withdrawn_at__isnull=True)
    (message,) = waiting
    assert (message.kind, message.person_id) == ("source_failed", benefit.owner_id)
    file["ventetid.csv"] = CSV
    night(here)
    source.refresh_from_db()
    assert source.failing_since is None
    assert not waiting.all().exists()


def test_a_file_that_is_gone_is_said_and_nothing_breaks(here, source, file):
    file.clear()
    night(here)
    assert "findes ikke" in SourceRun.objects.filter(source=source)[0].fault


def test_the_same_job_twice_reads_once(here, source, file):
    (run_id,) = read_sources_of(here)
    read_source(organisation_id=here, run_id=run_id)
    file.clear()
    read_source(organisation_id=here, run_id=run_id)
    assert SourceRun.objects.get(pk=run_id).fault == ""


def test_an_address_that_is_not_named_is_refused_when_it_is_written(benefit, actor, settings):
    settings.SOURCE_HOSTS = ["tal.example"]
    fields = {"kind": "json", "name": "Tal", "day_field": "d", "value_field": "v"}
    facts = {"actor": actor("controller"), "benefit_id": benefit.pk}
    for place in ("http://tal.example/", "https://127.0.0.1/", "https://ond.example/"):
        with pytest.raises(AddressNotAllowed):
            add_source(**facts, fields={**fields, "place": place})
    made = add_source(
        **facts, fields={**fields, "place": "https://tal.example/x", "secret": "hemmelig"}
    )
    assert "hemmelig" not in made.sealed_secret


def test_a_key_never_goes_to_another_place_than_it_was_written_for(benefit, actor, settings):
    settings.SOURCE_HOSTS = ["tal.example", "andre.example"]
    facts = {
        "kind": "json",
        "name": "Tal",
        "place": "https://tal.example/",
        "day_field": "d",
        "value_field": "v",
    }
    keeper = actor("controller")
    made = add_source(actor=keeper, benefit_id=benefit.pk, fields={**facts, "secret": "hemmelig"})
    kept = change_source(
        actor=keeper, source_id=made.pk, version=1, fields={**facts, "name": "T", "secret": ""}
    )
    assert kept.sealed_secret
    moved = change_source(
        actor=keeper,
        source_id=made.pk,
        version=2,
        fields={**facts, "place": "https://andre.example/", "secret": ""},
    )
    assert moved.sealed_secret == ""


def test_only_those_who_keep_sources_do_and_the_neighbours_are_none(benefit, source, actor):
    with pytest.raises(NotAllowed):
        add_source(actor=actor("benefit_owner"), benefit_id=benefit.pk, fields={})
    there = organisation_id(THERE)
    with acting_for(there):
        theirs = MeasurementSource.objects.filter(organisation_id=there)[0].pk
    with pytest.raises(NotFound):
        ask_for_run(actor=actor("controller"), source_id=theirs, is_try=True)


def test_the_pages_write_a_source_down_try_it_and_show_its_faults(client_for, here, benefit, file):
    client = client_for("controller")
    page = reverse("benefits:sources", args=[benefit.pk])
    assert "skrives i hånden" in client.get(page).text
    add = reverse("benefits:add_source", args=[benefit.pk])
    assert client.post(add, {"kind": "folder"}).status_code == 422
    facts = {
        "kind": "folder",
        "name": "Listen",
        "place": "ventetid.csv",
        "day_field": "Dato",
        "value_field": "Beløb",
    }
    assert client.post(add, facts)["Location"] == page
    source = MeasurementSource.objects.get(benefit=benefit)
    asked = client.post(reverse("benefits:run_source", args=[source.pk]), {"proev": "1"})
    assert asked["Location"] == page
    run = SourceRun.objects.get(source=source)
    assert run.is_try
    read_source(organisation_id=here, run_id=run.pk)
    assert "Kolonnen »Beløb« er der ikke" in client.get(page).text
    change = reverse("benefits:change_source", args=[source.pk])
    assert client.post(change, {**facts, "version": "1"}).status_code == 302
    assert client.post(change, {**facts, "name": "B", "version": "0"}).status_code == 409
    assert client_for("benefit_owner").get(page).status_code == 403
