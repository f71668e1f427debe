"""Candidates for automation: hours anybody can check, and the workbook they are read from."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.portfolio.actions import candidates as acts
from hoest.domain.portfolio.models import Candidate, CandidateFile, Initiative
from hoest.domain.portfolio.queries.candidates import candidates_of
from hoest.domain.portfolio.rules.candidates import Suitability, hours_a_year, suits
from hoest.domain.portfolio.rules.os2autoproces import USED
from hoest.domain.portfolio.tests.shared import text_of
from hoest.foundation.faults import NotAllowed
from hoest.foundation.imports.refusals import FileRefused
from tests.support.os2autoproces import HEADINGS, PLACE, process, workbook

counts = st.decimals(0, 1_000_000, places=2)
shares = st.decimals(0, 1, places=3)


@given(counts, counts, shares)
def test_hours_are_times_minutes_and_share_and_nothing_else(times, minutes, share):
    hours = hours_a_year(times, minutes, share)
    assert abs(hours * 60 - times * minutes * share) <= Decimal("0.3")
    assert hours_a_year(minutes, times, share) == hours
    assert hours_a_year(times, minutes, Decimal(0)) == 0
    assert hours_a_year(times, minutes, Decimal(1)) >= hours


@given(st.integers(0, 100_000), st.integers(0, 600), st.integers(0, 100))
def test_hours_are_those_os2autoproces_computes(times, minutes, per_cent):
    ours = hours_a_year(Decimal(times), Decimal(minutes), Decimal(per_cent) / 100)
    theirs = times * minutes * per_cent / 60 / 100
    assert float(ours) == pytest.approx(theirs, abs=0.0051)


def test_without_a_count_there_are_no_hours():
    assert hours_a_year(None, Decimal(6), Decimal(1)) is None


def test_answers_speak_for_or_against_and_are_never_one_number():
    found = suits({"structured": "high", "digital": "none", "judgement": "little"})
    assert found.for_it == (Suitability.STRUCTURED, Suitability.JUDGEMENT)
    assert found.against == (Suitability.DIGITAL,)
    assert found.unknown == (Suitability.VARIATION, Suitability.CHANGE)


def test_the_workbook_has_the_62_headings_and_all_we_use():
    assert len(HEADINGS) == len(set(HEADINGS)) == 62
    assert set(USED) <= {heading.strip() for heading in HEADINGS}


@pytest.mark.django_db
class TestRegister:
    """The list, the page and what becomes of a candidate."""

    def test_the_database_counts_the_hours_as_the_rule_does(self, actor):
        take(actor, [process(n) for n in range(1, 60)])
        for one in candidates_of(actor("executive")):
            said = hours_a_year(one.times_per_year, one.minutes_each, one.automation_share)
            assert one.hours == said

    def test_the_sum_stands_on_the_page(self, client_for, here):
        one = Candidate.objects.get(organisation_id=here, title__startswith="Adresseskift")
        page = text_of(client_for("executive").get(reverse("candidates:candidate", args=[one.pk])))
        assert "336 timer om året" in page
        assert "4.200 gange × 6 minutter × 80 % ÷ 60 = 336 timer" in page

    def test_a_chosen_candidate_and_its_initiative_know_each_other(self, client_for, actor, here):
        one = Candidate.objects.get(organisation_id=here, title__startswith="Adresseskift")
        made = acts.choose_candidate(
            actor=actor("portfolio_manager"),
            candidate_id=one.pk,
            version=one.version,
            unit=one.unit,
            title="Adresser flytter sig selv",
        )
        client = client_for("executive")
        page = client.get(reverse("portfolio:initiative", args=[made.pk]))
        assert "Begyndte som kandidat til automatisering" in text_of(page)
        page = client.get(reverse("candidates:candidate", args=[one.pk]))
        assert "Blev til initiativet" in text_of(page)
        with pytest.raises(acts.CandidateIsSettled):
            acts.choose_candidate(
                actor=actor("portfolio_manager"),
                candidate_id=one.pk,
                version=one.version + 1,
                unit=one.unit,
                title="Igen",
            )
        assert Initiative.objects.filter(organisation_id=here, title="Igen").count() == 0

    def test_the_list_asks_as_often_with_many_as_with_few(self, client_for, actor):
        client = client_for("executive")
        url = reverse("candidates:candidates")
        client.get(url)
        with CaptureQueriesContext(connection) as few:
            assert client.get(url).status_code == 200
        take(actor, [process(n) for n in range(1, 40)])
        with CaptureQueriesContext(connection) as many:
            client.get(url)
        assert len(many) == len(few)

    def test_an_employee_reads_and_does_not_write(self, client_for):
        client = client_for("employee")
        assert client.get(reverse("candidates:candidates")).status_code == 200
        assert client.get(reverse("candidates:create")).status_code == 403


def read(actor, rows, headings=HEADINGS):
    """Read a workbook as the portfolio manager."""
    return acts.read_candidate_file(
        actor=actor("portfolio_manager"), file_name="p.xlsx", content=workbook(rows, headings)
    )


def take(actor, rows):
    """Read and take a workbook."""
    return acts.take_candidates(actor=actor("portfolio_manager"), file_id=read(actor, rows).pk)


BAD = [
    ({"ID": "abc"}, "A2", "abc"),
    ({"ID": 0}, "A2", "0"),
    ({"Titel": ""}, "B2", ""),
    ({"Antal gange processen foretages årligt": "mange"}, "AC2", "mange"),
    ({"Antal gange processen foretages årligt": -4}, "AC2", "-4"),
    ({"Forventet automatiseringsgrad": 140}, "AE2", "140"),
    ({HEADINGS[38]: "En del"}, "AM2", "En del"),
]


@pytest.mark.django_db
class TestWorkbook:
    """Nothing is taken before it was looked at, and nothing of a file with a fault."""

    def test_it_is_shown_before_it_is_taken_and_counted_after(self, client_for, actor, here):
        client = client_for("portfolio_manager")
        before = Candidate.objects.filter(organisation_id=here).count()
        upload = SimpleUploadedFile("p.xlsx", workbook([process(n) for n in range(1, 21)]))
        page = client.post(reverse("candidates:files"), {"file": upload}, follow=True)
        assert "20 nye kandidater" in text_of(page)
        assert Candidate.objects.filter(organisation_id=here).count() == before
        file = CandidateFile.objects.filter(organisation_id=here).latest("pk")
        page = client.post(reverse("candidates:take", args=[file.pk]), follow=True)
        assert "20 nye kandidater, 0 ført ajour, 0 stod der allerede" in text_of(page)
        assert Candidate.objects.filter(organisation_id=here).count() == before + 20
        with pytest.raises(acts.FileIsTaken):
            acts.take_candidates(actor=actor("portfolio_manager"), file_id=file.pk)

    def test_reading_again_updates_by_id_and_keeps_what_was_decided(self, actor, here):
        take(actor, [process(n) for n in range(1, 6)])
        second = Candidate.objects.get(organisation_id=here, outside_id=2)
        acts.put_candidate_away(
            actor=actor("executive"), candidate_id=second.pk, version=1, reason="Ikke nu"
        )
        rows = [process(n) for n in range(1, 8)]
        rows[1][PLACE["Titel"]] = "Et nyt navn"
        done = take(actor, rows)
        assert (done.counts["made"], done.counts["changed"], done.counts["same"]) == (2, 1, 4)
        second.refresh_from_db()
        assert (second.title, second.state) == ("Et nyt navn", "declined")
        assert second.version == 3

    @pytest.mark.parametrize(("changes", "cell", "stands"), BAD)
    def test_a_fault_is_said_with_its_cell_and_nothing_is_taken(
        self, client_for, actor, here, changes, cell, stands
    ):
        before = Candidate.objects.filter(organisation_id=here).count()
        file = read(actor, [process(1, **changes), process(2)])
        page = client_for("portfolio_manager").get(reverse("candidates:file", args=[file.pk]))
        said = text_of(page)
        assert "intet er hentet" in said
        assert f"Celle {cell}" in said
        assert stands in said
        assert "Her skal stå" in said
        with pytest.raises(acts.FileHasFaults):
            acts.take_candidates(actor=actor("portfolio_manager"), file_id=file.pk)
        assert Candidate.objects.filter(organisation_id=here).count() == before

    def test_a_number_that_stands_twice_is_refused_with_both_rows(self, client_for, actor):
        file = read(actor, [process(7), process(8), process(7)])
        page = client_for("portfolio_manager").get(reverse("candidates:file", args=[file.pk]))
        assert "Celle A4" in text_of(page)
        assert "Nummeret står også i række 2" in text_of(page)

    def test_missing_and_double_headings_are_named(self, client_for, actor):
        heads = tuple("Noget andet" if one == "Titel" else one for one in HEADINGS)
        file = read(actor, [process(1)], heads)
        page = client_for("portfolio_manager").get(reverse("candidates:file", args=[file.pk]))
        assert "»Titel« mangler" in text_of(page)
        double = tuple("ID" if one == "Links" else one for one in HEADINGS)
        assert [f["expected"] for f in read(actor, [process(1)], double).faults] == ["one_column"]
        assert [f["expected"] for f in read(actor, []).faults] == ["no_rows"]

    def test_other_columns_and_another_order_do_no_harm(self, actor):
        row = process(3)
        heads = ("Helt nyt felt", *reversed(HEADINGS))
        file = read(actor, [["x", *reversed(row)]], heads)
        assert not file.faults
        assert file.rows[0]["outside_id"] == 3

    def test_what_is_no_workbook_is_refused(self, client_for, actor):
        with pytest.raises(FileRefused):
            acts.read_candidate_file(
                actor=actor("portfolio_manager"), file_name="p.xlsx", content=b"PK\x03\x04 nej"
            )
        upload = SimpleUploadedFile("p.xlsx", b"ID;Titel")
        answer = client_for("portfolio_manager").post(reverse("candidates:files"), {"file": upload})
        assert answer.status_code == 422

    def test_only_those_who_lead_the_portfolio_read_files(self, actor):
        with pytest.raises(NotAllowed):
            acts.read_candidate_file(actor=actor("unit_leader"), file_name="p", content=b"")
