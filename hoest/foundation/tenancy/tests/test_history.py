"""Every change of an owned row leaves a history row that names who did it."""

import pytest
from django.urls import reverse

from hoest.foundation.tenancy.context import acting_for
from tests.support.world import HERE, THERE, actor_with_role, organisation_id

pytestmark = pytest.mark.django_db


def test_a_change_through_a_page_names_the_account_in_the_history(client_for, here):
    from hoest.domain.organisations.models import Unit

    client = client_for("administrator")
    client.post(reverse("organisations:add_unit"), {"name": "Ny afdeling", "kind": "department"})
    unit = Unit.objects.get(organisation_id=here, name="Ny afdeling")
    event = unit.events.order_by("pgh_id").first()
    assert event.pgh_label == "insert"
    assert event.pgh_context["account"] == actor_with_role(here, "administrator").account_id


def test_the_history_is_kept_apart_like_the_rows():
    from hoest.domain.organisations.models import Unit

    model = Unit._meta.get_field("events").related_model
    with acting_for(organisation_id(HERE)):
        assert set(model.objects.values_list("organisation_id", flat=True)) <= {
            organisation_id(HERE)
        }
        assert model.objects.exists()
    with acting_for(organisation_id(THERE)):
        assert set(model.objects.values_list("organisation_id", flat=True)) == {
            organisation_id(THERE)
        }


def test_the_history_cannot_be_changed_or_deleted(here):
    from django.db import DatabaseError, connection, transaction

    for statement in (
        "delete from organisations_unitevent",
        "update organisations_unitevent set name = 'x'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
