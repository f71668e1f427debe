"""The jobs of an import as the worker runs them: with transactions of their own."""

from __future__ import annotations

from hoest.domain.exchange import jobs
from hoest.domain.exchange.models import ImportRun
from hoest.domain.exchange.tests.test_pages import workbook_for


def test_the_jobs_bind_their_own_transactions(own_database):
    """Without a test's outer transaction: what the worker really does."""
    from django.db import transaction

    from hoest.domain.exchange import actions
    from hoest.foundation.tenancy.context import acting_for
    from tests.support.world import HERE, actor_with_role, organisation_id

    here = organisation_id(HERE)
    with acting_for(here), transaction.atomic():
        controller = actor_with_role(here, "controller")
        run = actions.start_import(
            actor=controller, file_name="liste.xlsx", content=workbook_for("9901")
        )
    jobs.read(organisation_id=here, run_id=run.pk)
    with acting_for(here), transaction.atomic():
        actions.confirm_import(actor=controller, run=ImportRun.objects.get(pk=run.pk))
    jobs.apply(organisation_id=here, run_id=run.pk)
    with acting_for(here), transaction.atomic():
        run = ImportRun.objects.get(pk=run.pk)
        assert (run.state, run.percent) == ("applied", 100)


def test_a_job_that_gives_up_says_so_and_changes_nothing(own_database):
    from django.db import transaction

    from hoest.domain.exchange import actions
    from hoest.foundation.tenancy.context import acting_for
    from tests.support.world import HERE, actor_with_role, organisation_id

    here = organisation_id(HERE)
    with acting_for(here), transaction.atomic():
        run = actions.start_import(
            actor=actor_with_role(here, "controller"), file_name="a.xlsx", content=b"x"
        )
    with acting_for(here):
        jobs.give_up(organisation_id=here, run_id=run.pk)
    with acting_for(here), transaction.atomic():
        assert ImportRun.objects.get(pk=run.pk).state == "failed"


def test_a_job_that_comes_twice_at_once_leaves_the_result_of_the_first(own_database, monkeypatch):
    from django.db import transaction

    from hoest.domain.exchange import actions
    from hoest.foundation.tenancy.context import acting_for
    from tests.support.world import HERE, actor_with_role, organisation_id

    here = organisation_id(HERE)
    with acting_for(here), transaction.atomic():
        controller = actor_with_role(here, "controller")
        run = actions.start_import(
            actor=controller, file_name="liste.xlsx", content=workbook_for("9901")
        )
    jobs.read(organisation_id=here, run_id=run.pk)
    with acting_for(here), transaction.atomic():
        actions.confirm_import(actor=controller, run=ImportRun.objects.get(pk=run.pk))
    really, calls = jobs._parsed, []

    def slow(found):
        """While this worker reads the file, another one applies the whole of it."""
        calls.append(found.pk)
        if len(calls) == 1:
            jobs.apply(organisation_id=here, run_id=run.pk)
        return really(found)

    monkeypatch.setattr(jobs, "_parsed", slow)
    jobs.apply(organisation_id=here, run_id=run.pk)
    assert len(calls) == 2
    with acting_for(here), transaction.atomic():
        assert ImportRun.objects.get(pk=run.pk).result["made"]["initiative"]


def test_an_undo_waits_for_the_import_that_may_build_upon_it(own_database):
    import pytest
    from django.db import OperationalError, transaction
    from django.db import connection as django_connection

    from hoest.domain.exchange import actions
    from hoest.foundation.database import connection
    from hoest.foundation.tenancy.context import acting_for
    from tests.support.world import HERE, actor_with_role, organisation_id

    here = organisation_id(HERE)
    with acting_for(here), transaction.atomic():
        controller = actor_with_role(here, "controller")
        run = actions.start_import(
            actor=controller, file_name="liste.xlsx", content=workbook_for("9901")
        )
    jobs.read(organisation_id=here, run_id=run.pk)
    with acting_for(here), transaction.atomic():
        actions.confirm_import(actor=controller, run=ImportRun.objects.get(pk=run.pk))
    jobs.apply(organisation_id=here, run_id=run.pk)
    with connection.connect("app", database=own_database) as another:
        another.execute("select pg_advisory_lock(hashtext('hoest.import'), %s)", [here])
        with acting_for(here), transaction.atomic():
            with django_connection.cursor() as cursor:
                cursor.execute("set local lock_timeout = '200ms'")
            with pytest.raises(OperationalError), transaction.atomic():
                actions.undo_import(actor=controller, run=run)
        with acting_for(here), transaction.atomic():
            assert ImportRun.objects.get(pk=run.pk).state == "applied"
    with acting_for(here), transaction.atomic():
        actions.undo_import(actor=controller, run=run)
        assert ImportRun.objects.get(pk=run.pk).state == "undone"
