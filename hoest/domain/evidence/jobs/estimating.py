"""What evidence does by itself: estimate again each night, and when somebody asks.

A study whose data have not changed keeps its answer, so a night costs what is new.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from hoest.domain.evidence.actions import ask_for_run, carry_on
from hoest.domain.evidence.actions.statbank import read_series_table
from hoest.domain.evidence.models import EstimateRun, StatbankTable, Study
from hoest.domain.evidence.rules import RunState
from hoest.domain.organisations.queries import organisations_here, system_actor
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.jobs import defer, job, periodic
from hoest.foundation.tenancy.context import acting_for


def give_up(*, organisation_id: int, run_id: int) -> None:
    """Say on the page that a run came to a halt; what is estimated stays."""
    with transaction.atomic():
        EstimateRun.objects.filter(
            organisation_id=organisation_id,
            pk=run_id,
            state__in=[RunState.WAITING, RunState.RUNNING],
        ).update(state=RunState.FAILED, ended_at=clock.now())


@job("evidence.estimate_all", gives_up=give_up)
def estimate_all(*, organisation_id: int, run_id: int) -> None:
    """Carry a run on from where it is."""
    with transaction.atomic():
        actor = system_actor(organisation_id, "Effektmåling", "job")
    carry_on(actor=actor, run_id=run_id)


def run_all(*, actor: Actor) -> EstimateRun:
    """Ask for a run and let the worker do it."""
    with transaction.atomic():
        run = ask_for_run(actor=actor)
        if run.state == RunState.WAITING:
            defer(estimate_all, organisation_id=actor.organisation_id, run_id=run.pk)
    return run


@periodic("evidence.estimate_nightly", cron="40 2 * * *")
def estimate_nightly() -> None:
    """Estimate every study again in every municipality that has any."""
    for organisation_id, _name in organisations_here():
        with acting_for(organisation_id), transaction.atomic():
            if Study.objects.filter(organisation_id=organisation_id).exists():
                run_all(actor=system_actor(organisation_id, "Effektmåling", "job"))


@periodic("evidence.read_statbank", cron="10 5 * * *")
def read_statbank() -> None:
    """Read the tables of Statistics Denmark that are on and were not read lately."""
    for organisation_id, _name in organisations_here():
        read_statbank_of(organisation_id)


def read_statbank_of(organisation_id: int) -> int:
    """Read one municipality's tables, each in a transaction of its own; return how many."""
    before = clock.now() - dt.timedelta(days=content.limit("statbank_fresh_days"))
    with acting_for(organisation_id):
        with transaction.atomic():
            actor = system_actor(organisation_id, "Danmarks Statistik", "job")
            rows = StatbankTable.objects.filter(organisation_id=organisation_id, is_on=True)
            due = rows.filter(Q(read_at__isnull=True) | Q(read_at__lt=before) | ~Q(fault=""))
            ids = list(due.values_list("series_id", flat=True))
        for series_id in ids:
            with transaction.atomic():
                read_series_table(actor=actor, series_id=series_id)
    return len(ids)
