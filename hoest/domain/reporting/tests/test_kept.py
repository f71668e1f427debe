"""Kept figures are the same as figures read from the rows, whatever has happened in between."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoest.domain.benefits import actions as benefits
from hoest.domain.benefits import queries as benefit_queries
from hoest.domain.benefits.models import Benefit, Measurement
from hoest.domain.benefits.rules import Rung
from hoest.domain.benefits.rules.faults import BenefitHasLapsed
from hoest.domain.business_cases.actions import set_index_year
from hoest.domain.portfolio.models import Initiative
from hoest.domain.reporting import queries
from hoest.domain.reporting.actions.kept import differences, refresh
from hoest.domain.reporting.models import FiguresRow, StaleBenefit
from hoest.domain.reporting.queries.figures import AccountFilter, figures_in
from hoest.domain.reporting.queries.kept_behind import counts_by_rung
from hoest.domain.reporting.queries.track_record import cases_among
from hoest.domain.reporting.rules.kept import as_kept, from_kept
from hoest.domain.reporting.tests.test_sums import assert_alike, told
from hoest.domain.reporting.web.choices import Choice
from hoest.domain.reporting.web.reading import KeptReading, RowsReading
from hoest.foundation import clock
from tests.support.steps import benefit_called


def readings(actor: Any, choice: Choice) -> tuple[KeptReading, RowsReading]:
    kept = KeptReading(actor, choice)
    rows = RowsReading(actor, choice, queries.figures_of(actor, choice.filter(actor)))
    kept.settle()
    rows.settle()
    return kept, rows


def assert_same(actor: Any, choice: Choice) -> None:
    kept, rows = readings(actor, choice)
    assert kept.counts == rows.counts
    assert kept.choice == rows.choice
    assert len(kept.accounts) == len(rows.accounts)
    for a, b in zip(kept.accounts, rows.accounts, strict=True):
        assert_alike(told(a), told(b))
    if rows.joined and rows.joined.account:
        assert kept.joined
        assert kept.joined.account
        assert_alike(told(kept.joined.account), told(rows.joined.account))
    groups, wanted = kept.groups(), rows.groups()
    assert groups.keys() == wanted.keys()
    for group, account in wanted.items():
        # What the table of groups shows; a promise of another price level is not among it.
        for rung in account.rungs:
            kept_rung = groups[group].rung(rung.rung)
            assert kept_rung.count == rung.count
            assert_alike((kept_rung.dkk, kept_rung.hours), (rung.dkk, rung.hours))
    moved = [sorted(one.moved(), key=lambda move: move.benefit_id) for one in (kept, rows)]
    assert moved[0] == moved[1]
    assert kept.sources() == rows.sources()


def every_choice(actor: Any) -> list[Choice]:
    types = {row.benefit_type for row in queries.figures_of(actor)}
    unit = Initiative.objects.order_by("pk")[0].unit_id
    return [
        *(Choice(benefit_type=code) for code in sorted(types)),
        Choice(benefit_type="budget", unit_id=unit, grouped_by="udvalg"),
        Choice(benefit_type="budget", purpose="relief", grouped_by="formaal"),
    ]


@pytest.mark.parametrize("role", ["controller", "unit_leader", "benefit_owner"])
@pytest.mark.parametrize("is_fresh", [True, False])
def test_the_kept_account_is_the_account_of_the_rows(here, actor, role, is_fresh):
    if is_fresh:
        refresh(here)
        assert not StaleBenefit.objects.exists()
        assert FiguresRow.objects.count() == Benefit.objects.filter(is_disbenefit=False).count()
    for choice in every_choice(actor(role)):
        assert_same(actor(role), choice)


def test_price_levels_are_joined_the_same_way(here, actor):
    controller = actor("controller")
    for year in range(clock.today().year - 1, clock.today().year + 1):
        set_index_year(
            actor=controller, year=year, change_share=Decimal("0.03"), source_text="Prøve"
        )
    benefits.decide_harvest(
        actor=controller,
        benefit_id=benefit_called("Mindre vikarforbrug").pk,
        decided_on=clock.today(),
        decision="Budget, punkt 1",
        year=clock.today().year,
        amount_dkk=Decimal(300_000),
        price_level=clock.today().year,
        budget_place="Funktion 5.30",
    )
    refresh(here)
    assert FiguresRow.objects.filter(is_odd=True).exists()
    for choice in every_choice(controller):
        assert_same(controller, choice)


def measure(actor: Callable[[str], Any]) -> None:
    row = benefit_called("Færre opkald")
    days = Measurement.objects.filter(benefit=row).count()
    benefits.measure(
        actor=actor("benefit_owner"),
        benefit_id=row.pk,
        on=clock.today() - dt.timedelta(days=days),
        value=Decimal(1_500 - days),
    )


def withdraw(actor: Callable[[str], Any]) -> None:
    row = Measurement.objects.filter(withdrawn_at__isnull=True).order_by("-pk").first()
    if row is not None:
        Measurement.objects.filter(pk=row.pk).update(
            withdrawn_at=clock.now(), withdrawn_reason="Talt forkert"
        )


def move_live(actor: Callable[[str], Any]) -> None:
    row = Initiative.objects.get(title__startswith="Digital hjemmetræning")
    Initiative.objects.filter(pk=row.pk).update(live_on=row.live_on + dt.timedelta(days=200))


def lapse(actor: Callable[[str], Any]) -> None:
    row = Benefit.objects.filter(lapsed_on__isnull=True).order_by("pk").first()
    if row is not None:
        benefits.lapse(
            actor=actor("portfolio_manager"), benefit_id=row.pk, reason="Opgaven faldt væk"
        )


def rename(actor: Callable[[str], Any]) -> None:
    Benefit.objects.filter(pk=benefit_called("Kortere kørsel").pk).update(line_key="Lavere indkøb")


def keep(actor: Callable[[str], Any]) -> None:
    refresh(Benefit.objects.order_by("pk")[0].organisation_id)


ACTS = (measure, withdraw, move_live, lapse, rename, keep)


def without_moves(actor: Any, choice: Choice) -> None:
    """Compare all but the moves: an act behind the actions' back notes no standing."""
    kept, rows = readings(actor, choice)
    for a, b in zip(kept.accounts, rows.accounts, strict=True):
        assert_alike(told(a), told(b))


@settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(acts=st.lists(st.sampled_from(ACTS), min_size=1, max_size=6))
def test_no_order_of_acts_makes_the_kept_account_another(here, actor, acts):
    with transaction.atomic():
        refresh(here)
        for act in acts:
            # A measurement of what has lapsed is refused: an act that changes nothing.
            with suppress(BenefitHasLapsed), transaction.atomic():
                act(actor)
            without_moves(actor("controller"), Choice(benefit_type="budget"))
        refresh(here)
        everything = Benefit.objects.values_list("pk", flat=True)
        assert differences(here, everything) == []
        without_moves(actor("controller"), Choice(benefit_type="budget"))
        transaction.set_rollback(True)


@pytest.mark.parametrize("days", [1, 40, 100, 400])
def test_time_alone_makes_no_kept_figure_wrong(here, actor, days):
    refresh(here)
    with clock.frozen_at(clock.today() + dt.timedelta(days=days)):
        without_moves(actor("controller"), Choice(benefit_type="budget"))
        without_moves(actor("controller"), Choice(benefit_type="freed_time"))


def test_the_check_finds_a_kept_figure_that_is_wrong(here):
    refresh(here)
    row = FiguresRow.objects.order_by("pk")[0]
    FiguresRow.objects.filter(pk=row.pk).update(digest="forkert")
    assert differences(here, Benefit.objects.values_list("pk", flat=True)) == [row.benefit_id]


def test_every_table_the_figures_are_read_from_is_watched(here):
    marks = import_module("hoest.domain.reporting.migrations.0005_marks")
    # A source keeps its name, history follows its benefit, and figures are final once approved.
    known = {
        *("provenance_source", "benefits_benefitevent", "business_cases_businesscase"),
        *("business_cases_caseline", "business_cases_lineamount"),
    }
    with CaptureQueriesContext(connection) as captured:
        seen = Benefit.objects.filter(organisation_id=here)
        cases_among(here, seen, figures_in(here, seen))
    text = " ".join(query["sql"] for query in captured)
    read = set(re.findall(r'(?:from|join)\s+"?(\w+)"?', text, re.IGNORECASE))
    read = {name for name in read if "_" in name}
    assert read <= set(marks.WATCHED) | known, read - set(marks.WATCHED) - known


def test_figures_are_kept_without_losing_anything(here, actor):
    for row in queries.figures_of(actor("controller")):
        assert from_kept(as_kept(row)) == row


def test_rows_behind_a_figure_are_the_same_kept_or_read(here, actor, client_for):
    refresh(here)
    client = client_for("controller")
    read, _rows = readings(actor("controller"), Choice(benefit_type="budget"))
    account = read.present
    urls = [read.choice.url("reporting:rows", trin=line.rung) for line in account.rungs]
    urls += [
        read.choice.url("reporting:rows", aar=year, kolonne=column)
        for year, amounts in account.years.items()
        for column in amounts
    ]
    for url in urls:
        page = client.get(url)
        found = page.context["found"]
        assert_alike(sum((row.amount for row in found.rows), Decimal(0)), found.total)
        assert page.context["count"] == len(found.rows)


def test_the_list_counts_the_kept_as_it_counts_the_rows(here, actor):
    refresh(here)
    for role in ("controller", "unit_leader"):
        rows = benefit_queries.count_by_rung(benefit_queries.gains_of(actor(role)))
        assert counts_by_rung(actor(role)) == {rung.value: n for rung, n in rows.items() if n}
    lapse(actor)
    assert counts_by_rung(actor("controller"))["lapsed"] > rows[Rung.LAPSED]


def test_a_filter_is_the_same_in_the_database_and_in_python(here, actor):
    refresh(here)
    controller = actor("controller")
    unit = Initiative.objects.get(title__startswith="Fælles skærmbesøg").unit_id
    wanted = AccountFilter(unit_ids=frozenset({unit}))
    kept = set(queries.ground_for(controller).rows(wanted).values_list("benefit_id", flat=True))
    assert kept == {row.benefit_id for row in queries.figures_of(controller, wanted)}
    assert kept
