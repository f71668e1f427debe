"""Nobody reads anything through the public door but what is approved and opened by decision."""

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from hoest.domain.trust import actions
from hoest.domain.trust.models import PublicPage, PublicSheet
from hoest.domain.trust.tests.test_sheets import TOLD
from hoest.foundation.tenancy.context import TenantChanged, acting_for
from hoest.foundation.tenancy.gate import SHARED_TABLES, breaches
from hoest.foundation.tenancy.public_door import PUBLIC_TABLES, looking_in
from hoest.foundation.tenancy.schema import owned_models
from tests.support.world import HERE, MARKERS, THERE, actor_with_role, organisation_id


def _open(code: str) -> int:
    """Approve a sheet in a municipality and open its page; return the initiative."""
    from hoest.domain.portfolio.models import Initiative

    organisation = organisation_id(code)
    with acting_for(organisation):
        initiative = Initiative.objects.get(
            organisation_id=organisation, title__startswith="Fra papir"
        )

        def who(role):
            return actor_with_role(organisation, role)

        actions.open_public_page(
            actor=who("executive"), contact="databeskyttelsen", mailbox="data@x.example"
        )
        told = {code: values for code, values in TOLD.items() if code != "sheet_mailbox"}
        actions.tell_for_sheet(
            actor=who("portfolio_manager"), initiative_id=initiative.pk, told=told
        )
        made = actions.lay_forward(actor=who("portfolio_manager"), initiative_id=initiative.pk)
        actions.approve_sheet(
            actor=who("security_officer"), initiative_id=initiative.pk, number=made.number
        )
        return int(initiative.pk)


@pytest.fixture
def both(db):
    """Both municipalities with an approved sheet on an open page."""
    return {code: _open(code) for code in (HERE, THERE)}


def test_the_page_is_not_there_until_the_municipality_opens_it(db, client):
    with acting_for(organisation_id()):
        PublicSheet.objects.all().delete()
        PublicPage.objects.all().delete()
    assert client.get(reverse("open:page", args=["aadal"])).status_code == 404
    assert client.get(reverse("open:page", args=["findes-ikke"])).status_code == 404


def test_everybody_reads_the_approved_sheets_of_one_municipality(both, client):
    page = client.get(reverse("open:page", args=["aadal"]))
    assert page.status_code == 200
    assert MARKERS[HERE] in page.text
    assert MARKERS[THERE] not in page.text
    one = client.get(reverse("open:sheet", args=["aadal", both[HERE]]))
    assert "Så kan du træne hjemme." in one.text
    assert "Kommunaldirektør" not in one.text
    assert "i Ådal Kommune" not in one.text, "the name of somebody who works there"
    assert client.get(reverse("open:sheet", args=["aadal", both[THERE]])).status_code == 404


def test_a_closed_page_is_gone_at_once_with_its_sheets(both, client):
    with acting_for(organisation_id()):
        actions.close_public_page(actor=actor_with_role(organisation_id(), "executive"))
        assert not PublicSheet.objects.filter(organisation_id=organisation_id()).exists()
    assert client.get(reverse("open:page", args=["aadal"])).status_code == 404
    assert client.get(reverse("open:page", args=["bakkeby"])).status_code == 200


def test_a_withdrawn_sheet_is_off_the_page_at_once(both, client):
    with acting_for(organisation_id()):
        actions.withdraw_sheet(
            actor=actor_with_role(organisation_id(), "security_officer"),
            initiative_id=both[HERE],
            reason="Den var forkert",
        )
    assert client.get(reverse("open:sheet", args=["aadal", both[HERE]])).status_code == 404


def test_the_page_is_the_same_for_a_member_and_says_nothing_of_her(both, client, client_for):
    visitor = client.get(reverse("open:page", args=["aadal"]))
    member = client_for("executive").get(reverse("open:page", args=["aadal"]))
    neighbour = client_for("executive", there=True).get(reverse("open:page", args=["aadal"]))
    assert visitor.content == member.content == neighbour.content
    assert visitor["Cache-Control"] == "public, max-age=300"
    assert "X-Robots-Tag" not in visitor
    assert "sessionid" not in visitor.cookies
    again = client.get(
        reverse("open:page", args=["aadal"]), headers={"If-None-Match": visitor["ETag"]}
    )
    assert again.status_code == 304


def test_through_the_door_nothing_but_the_two_public_tables_can_be_read(both):
    """Every owned table raises or is empty; the public ones show one municipality alone."""
    refused = []
    for model in owned_models():
        table = model._meta.db_table
        if table in SHARED_TABLES:
            continue  # what a municipality has decided to share holds no person
        with transaction.atomic(), looking_in(organisation_id()), connection.cursor() as cursor:
            if table in PUBLIC_TABLES:
                cursor.execute(f'select distinct organisation_id from "{table}"')
                assert [row[0] for row in cursor.fetchall()] == [organisation_id()]
                continue
            try:
                with transaction.atomic():
                    cursor.execute(f'select count(*) from "{table}"')
                    assert cursor.fetchone()[0] == 0, table
            except Error:
                refused.append(table)
    assert len(refused) > 60, "almost every owned table has rows, so it must refuse"


def test_nothing_is_written_through_the_door(both):
    row = "insert into trust_publicpage (organisation_id, slug, name, contact, mailbox, opened_on) "
    for statement in (
        "update trust_publicsheet set title = 'x'",
        "delete from trust_publicsheet",
        "update trust_publicpage set name = 'x'",
        "delete from trust_publicpage",
        f"{row} values ({organisation_id()}, 'x', 'x', '', '', now())",
    ):
        with (
            pytest.raises(Error),
            transaction.atomic(),
            looking_in(organisation_id()),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_member_does_not_look_through_the_door_of_another(both):
    with (
        acting_for(organisation_id()),
        pytest.raises(TenantChanged),
        looking_in(organisation_id(THERE)),
    ):
        pass
    with acting_for(organisation_id()):
        found = set(PublicSheet.objects.values_list("organisation_id", flat=True))
    assert found == {organisation_id()}


def test_the_door_closes_behind_one(both):
    with transaction.atomic():
        with looking_in(organisation_id()):
            assert PublicSheet.objects.exists()
        assert not PublicSheet.objects.exists()
        with looking_in(organisation_id(THERE)):
            assert PublicSheet.objects.values_list("organisation_id", flat=True)[0] == (
                organisation_id(THERE)
            )


def test_only_what_an_approved_sheet_says_can_be_public(both):
    with acting_for(organisation_id()):
        good = PublicSheet.objects.get(number=both[HERE])
        values = {
            name: getattr(good, name)
            for name in (
                "organisation_id", "version_id", "version_number", "title", "unit_name",
                "statements", "approved_on",
            )
        }  # fmt: skip
        told = [{"section": "why", "da": "Alt er sikkert.", "en": ""}]
        for change in ({"statements": told}, {"title": "En anden"}, {"statements": []}):
            with pytest.raises(Error), transaction.atomic():
                PublicSheet.objects.create(**{**values, **change, "number": 999})
        with pytest.raises(Error), transaction.atomic():
            PublicSheet.objects.filter(pk=good.pk).update(title="En anden")


def test_no_column_of_a_public_table_can_point_at_a_person():
    for model in (PublicPage, PublicSheet):
        pointed = {
            field.related_model._meta.label for field in model._meta.fields if field.related_model
        }
        assert pointed <= {"organisations.Organisation", "trust.SheetVersion"}
        assert not any(name.endswith("_by_name") for name in (f.name for f in model._meta.fields))


def test_the_gate_knows_the_door(db):
    with connection.cursor() as cursor:
        assert [one for one in breaches(cursor) if "trust" in one[1]] == []
