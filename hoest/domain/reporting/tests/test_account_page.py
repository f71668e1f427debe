"""The account's page, its rows and its files: the same figures everywhere, each with its rows."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from hoest.domain.business_cases.actions import adopt_version
from hoest.domain.business_cases.rules import LineInput
from hoest.domain.exchange import actions
from hoest.domain.exchange.rules import parse
from hoest.domain.exchange.rules.stated import stated_beside
from hoest.domain.organisations.queries import units_of
from hoest.domain.portfolio.queries import initiative_of
from hoest.domain.reporting.actions import note_stated_totals
from hoest.domain.reporting.queries import account_facts, accounts, figures_of, stated_checks
from hoest.foundation.access.actor import Grant
from hoest.foundation.imports.reader import read_workbook
from hoest.foundation.provenance.actions import entered_by, source_of_file
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import HERE, MARKERS, THERE, actor_with_role, organisation_id

pytestmark = pytest.mark.django_db
PUBLIC = Path(__file__).resolve().parents[3] / "content" / "public"


@pytest.fixture
def catalogue(here):
    """The catalogue of 2019 in our municipality."""
    controller = actor_with_role(here, "controller")
    body = (PUBLIC / "koebenhavn-effektivisering-2019.xlsx").read_bytes()
    run = actions.start_import(actor=controller, file_name="katalog.xlsx", content=body)
    actions.apply_workbook(actor=controller, run=run, workbook=parse(read_workbook(body)).workbook)
    return controller


def get(client, name="reporting:account", **query):
    return client.get(reverse(name), query)


def test_the_page_says_the_point_and_shows_the_published_sums(catalogue, client_for):
    page = get(client_for("executive"), pl=2019, type="budget").content.decode()
    assert "178.536.000" in page
    assert "252.148.000" in page


def test_every_figure_opens_rows_that_add_up_to_it(catalogue, client_for):
    client = client_for("executive")
    for year, column in [(2019, "promised"), (2021, "approved")]:
        found = get(
            client, "reporting:rows", pl=2019, type="budget", aar=year, kolonne=column
        ).context["found"]
        ours = next(a for a in accounts(catalogue) if a.price_level == 2019)
        assert found.total == ours.years[year][column]
        assert sum(row.amount for row in found.rows) == found.total


def test_each_row_behind_a_figure_names_its_source(catalogue, client_for):
    page = get(client_for("executive"), "reporting:rows", pl=2019, type="budget", trin="promised")
    assert "Effektiviseringsstrategi 2019, bilag 5" in page.content.decode()


def test_the_files_give_the_same_figures_as_the_page(catalogue, client_for):
    from openpyxl import load_workbook

    client = client_for("executive")
    answer = get(client, "reporting:download", pl=2019, type="budget", format="xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    years = {row[0]: row[1] for row in book["År for år"].iter_rows(min_row=2, values_only=True)}
    ours = next(a for a in accounts(catalogue) if a.price_level == 2019)
    assert years == {y: float(c["promised"]) for y, c in ours.years.items()}
    text = get(client, "reporting:download", pl=2019, type="budget", format="csv").content
    assert "2021;246306000,00" in text.decode("utf-8-sig")


@pytest.mark.parametrize(
    "query",
    [
        {"enhed": "x"},
        {"enhed": "999999999999"},
        {"udvalg": "-1"},
        {"pl": "1600"},
        {"type": "findes-ikke"},
        {"siden": "2026-13-45"},
        {"opdelt": "<script>"},
        {"aar": "²", "kolonne": "promised"},
    ],
)
def test_a_choice_that_cannot_be_understood_counts_as_none(query, client_for):
    for name in ("reporting:account", "reporting:rows", "reporting:download"):
        assert get(client_for("executive"), name, **query).status_code == 200


def test_a_unit_narrows_the_account_to_itself_and_below(catalogue, client_for):
    unit = units_of(catalogue).get(name="Socialforvaltningen")
    page = get(client_for("executive"), enhed=unit.pk, pl=2019)
    assert page.context["account"].years[2022]["promised"] == 70_092_000


def test_the_account_is_read_in_a_constant_number_of_queries(
    catalogue, client_for, django_assert_max_num_queries
):
    client = client_for("executive")
    get(client)
    with django_assert_max_num_queries(45):
        get(client)


def test_nobody_outside_sees_anything_of_ours(catalogue, client_for):
    page = get(client_for("executive", there=True)).content.decode()
    assert MARKERS[HERE] not in page
    assert "Socialforvaltningen" not in page


def test_an_employee_sees_the_account_and_a_partner_does_not(client_for):
    assert get(client_for("politician")).status_code == 200
    assert get(client_for("partner")).status_code == 403


@pytest.fixture
def stated(catalogue):
    """The catalogue with the totals that its source states for two years."""
    body = (PUBLIC / "koebenhavn-effektivisering-2019.xlsx").read_bytes()
    totals = stated_beside(
        {"price_level": 2019, "unit_dkk": 1000, "totals": {2021: 246307, 2022: 252147}}
    )
    note_stated_totals(
        actor=catalogue,
        source=source_of_file(catalogue, body),
        price_level=2019,
        totals_dkk=totals.totals_dkk,
        rounding_unit_dkk=totals.rounding_unit_dkk,
    )
    return catalogue


def test_a_stated_total_is_shown_beside_the_sum_of_its_rows(stated):
    checks = {c.year: c for c in stated_checks(stated, 2019, figures_of(stated))}
    assert checks[2021].difference == Decimal(-1000)
    assert checks[2022].difference == Decimal(1000)
    assert checks[2021].is_rounding


def test_a_stated_total_holds_when_a_row_is_estimated_anew_in_another_price_level(stated):
    before = stated_checks(stated, 2019, figures_of(stated))
    row = next(r for r in figures_of(stated) if r.promised and r.price_level == 2019)
    adopt_version(
        actor=stated,
        initiative=initiative_of(stated, row.initiative_id),
        price_level=2026,
        lines=[LineInput("Nyt skøn", "benefit", amounts={2026: Decimal(1)})],
        source=entered_by(stated, "Nyt skøn"),
        source_place="",
        reason="Nyt skøn",
        approved_by_name="Byrådet",
        approved_on=None,
        import_id=0,
    )
    assert len(before) == 2
    assert stated_checks(stated, 2019, figures_of(stated)) == before


def test_a_part_of_the_portfolio_is_not_held_against_what_a_source_states_of_all(
    stated, client_for
):
    unit = units_of(stated).get(name="Socialforvaltningen")
    client = client_for("executive")
    assert len(get(client, pl=2019, type="budget").context["checks"]) == 2
    assert get(client, pl=2019, type="budget", enhed=unit.pk).context["checks"] == []
    part_seen = replace(stated, grants=(Grant("unit_leader", unit.pk, frozenset({unit.pk})),))
    assert stated_checks(part_seen, 2019, figures_of(part_seen)) == []


def test_the_json_answer_is_whole_kroner_and_parts_by_type(catalogue):
    facts = json.loads(json.dumps(account_facts(catalogue)))
    ours = next(a for a in facts["accounts"] if a["price_level"] == 2019)
    assert ours["years"]["2021"]["promised"] == 246_306_000
    total = sum(t["years"]["2021"]["promised"] for t in ours["types"].values())
    assert total == ours["years"]["2021"]["promised"]
    assert [r["rung"] for r in ours["rungs"]][-1] == "lapsed"


def test_what_moved_is_told_from_the_notes_of_where_benefits_stood(catalogue, client_for):
    import datetime as dt

    from hoest.domain.reporting.queries import figures_of, moved_since

    rows = [r for r in figures_of(catalogue) if r.title == "Varig reduktion af servicerammen"]
    assert len(rows) == 9
    long_ago = dt.date(2000, 1, 1)
    moved = moved_since(rows, catalogue, long_ago)
    assert {m.from_rung for m in moved} == {None}
    assert not moved_since(rows, catalogue, dt.date(2100, 1, 1))


def test_the_neighbour_has_an_account_of_its_own(db):
    with acting_for(organisation_id(THERE)):
        neighbour = actor_with_role(organisation_id(THERE), "controller")
        titles = {row.title for a in accounts(neighbour) for row in a.rows}
    assert all(MARKERS[HERE] not in title for title in titles)


@pytest.mark.parametrize("title", ["=1+1", "＝1+1", "\n=1+1", " =1+1", "|calc", "+SUM(A1)", "-2+3"])
def test_no_text_of_the_account_is_run_by_a_spreadsheet(here, client_for, title):
    from openpyxl import load_workbook

    from hoest.domain.benefits.models import Benefit

    Benefit.objects.filter(title__startswith="Lavere indkøb").update(title=title)
    ask = {"name": "reporting:download", "type": "budget"}
    book = load_workbook(
        io.BytesIO(get(client_for("executive"), **ask, format="xlsx").content), data_only=False
    )
    titles = {row[0] for row in book["Gevinster"].iter_rows(min_row=2, values_only=True)}
    assert "'" + title in titles
    text = get(client_for("executive"), **ask, format="csv").content.decode("utf-8-sig")
    assert "'" + title.strip() in text.replace("' ", "'").replace("'\n", "'")


def test_what_was_decided_without_its_place_is_told_apart_and_is_not_in_hand(here, client_for):
    from hoest.domain.benefits.models import Benefit, HarvestDecision
    from hoest.foundation import clock

    benefit = Benefit.objects.get(title__startswith="Mindre vikarforbrug")
    year = clock.today().year + 1
    before = get(client_for("executive"), type="budget").context["account"]
    HarvestDecision.objects.create(
        organisation_id=here, benefit=benefit, decided_on=clock.today(), decision="Et møde",
        year=year, amount_dkk=70_000, price_level=before.price_level, recorded_at=clock.now(),
    )  # fmt: skip
    page = get(client_for("executive"), type="budget", pl=before.price_level)
    after = page.context["account"]
    assert after.years == before.years
    assert after.rung("in_hand") == before.rung("in_hand")
    assert after.decided_without_place == 70_000
    assert "70.000 kr. er besluttet taget hjem, men uden budgetsted" in (
        page.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
    )


@pytest.mark.parametrize("kind", ["budget", "freed_time"])
def test_what_a_rung_was_promised_and_its_hours_open_rows_that_add_up(here, client_for, kind):
    client = client_for("executive")
    page = get(client, type=kind)
    opened = 0
    for row in page.context["rungs"]:
        for href, figure in (
            (row["promised_href"], row["line"].promised_dkk),
            (row["hours_href"], row["line"].hours),
        ):
            if figure:
                assert href.replace("&", "&amp;") in page.content.decode()
                found = client.get(href).context["found"]
                assert found.total == sum(r.amount for r in found.rows) == figure
                opened += 1
    assert opened


def test_many_rows_behind_a_figure_come_a_page_at_a_time_and_the_sum_is_of_all(
    catalogue, client_for, monkeypatch
):
    from hoest.domain.reporting.web import views

    client, query = client_for("executive"), {"pl": 2019, "type": "budget"}
    whole = get(client, "reporting:rows", **query)
    count = len(whole.context["found"].rows)
    assert count > 4
    monkeypatch.setattr(views, "ROWS_ON_A_PAGE", 4)
    seen = []
    for number in range(1, -(-count // 4) + 1):
        answer = get(client, "reporting:rows", **query, side=number)
        seen += [row.benefit.benefit_id for row in answer.context["page"]]
        assert answer.context["found"].total == whole.context["found"].total
        assert "I alt, rækkerne på alle sider" in answer.content.decode()
    assert seen == [row.benefit.benefit_id for row in whole.context["found"].rows]
    assert "side=2" in get(client, "reporting:rows", **query).content.decode()


def test_what_moved_comes_a_page_at_a_time(here, client_for, monkeypatch):
    from hoest.domain.reporting.web import views

    client = client_for("executive")
    whole = get(client, siden="2026-01-01", type="budget").context["moved_page"]
    assert whole.paginator.count > 1
    monkeypatch.setattr(views, "MOVES_ON_A_PAGE", 1)
    paged = get(client, siden="2026-01-01", type="budget", flyttet=whole.paginator.count)
    assert paged.context["moved_page"].paginator.count == whole.paginator.count
    assert len(paged.context["moved_page"]) == 1
