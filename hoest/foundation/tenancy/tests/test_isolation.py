"""The database keeps municipalities apart, even when a filter is forgotten."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from hoest.foundation.tenancy.context import acting_for
from hoest.foundation.tenancy.gate import breaches
from tests.support.world import HERE, THERE, organisation_id

pytestmark = pytest.mark.django_db


def test_tests_run_as_the_runtime_role_that_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper, rolbypassrls from pg_roles where rolname = current_user"
        )
        assert cursor.fetchone() == ("hoest_app", False, False)


def test_the_catalog_gate_finds_no_breach():
    with connection.cursor() as cursor:
        assert breaches(cursor) == []


def test_a_query_without_a_municipality_raises_instead_of_hiding():
    from hoest.domain.organisations.models import Unit

    with pytest.raises(DatabaseError), transaction.atomic():
        list(Unit.objects.all())


def test_a_forgotten_filter_shows_only_ones_own_rows():
    from hoest.domain.organisations.models import Unit

    with acting_for(organisation_id(HERE)):
        assert {u.organisation_id for u in Unit.objects.all()} == {organisation_id(HERE)}
    with acting_for(organisation_id(THERE)):
        assert {u.organisation_id for u in Unit.objects.all()} == {organisation_id(THERE)}


def test_a_row_cannot_be_written_into_another_municipality():
    from hoest.domain.organisations.models import Unit

    with acting_for(organisation_id(HERE)), pytest.raises(DatabaseError), transaction.atomic():
        Unit.objects.create(organisation_id=organisation_id(THERE), name="Fremmed", kind="team")


def test_a_foreign_key_cannot_point_into_another_municipality():
    from hoest.domain.organisations.models import Unit

    with acting_for(organisation_id(THERE)):
        foreign = Unit.objects.first()
    with acting_for(organisation_id(HERE)):
        Unit.objects.create(
            organisation_id=organisation_id(HERE), name="Mit", kind="team", parent_id=foreign.pk
        )
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)
