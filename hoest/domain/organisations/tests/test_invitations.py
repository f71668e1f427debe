"""Invitations: the secret is nowhere but in the mail, and opens one door once."""

import datetime as dt
import json
import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from hoest.domain.organisations import actions
from hoest.domain.organisations.actions.invitations import CanSignInAlready
from hoest.domain.organisations.jobs import send_invitation
from hoest.domain.organisations.models import Invitation, Membership, Person
from hoest.domain.organisations.rules import InvitationState, invitation_state
from hoest.foundation import clock, content
from hoest.foundation.access.models import Account
from hoest.foundation.faults import Fault
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, email_of, organisation_id

pytestmark = pytest.mark.django_db
NEW = "ny.person@aadal.example"
GOOD = "en sætning kun jeg kender"


@pytest.fixture
def invitation(actor):
    return actions.invite(
        actor=actor("administrator"), name="Ny Person", email=NEW, role="employee"
    )


@pytest.fixture
def link(invitation):
    return reverse("organisations:invitation_link", args=[actions.token_of(invitation)])


def refused(token):
    """Return the state in which a visitor's link is refused."""
    with acting_for(None), pytest.raises(actions.InvitationNotOpen) as refusal:
        actions.open_invitation(token=token)
    return refusal.value.state


def test_the_mail_is_danish_plain_text_with_a_link_that_expires(here, invitation):
    send_invitation(organisation_id=here, invitation_id=invitation.pk)
    (sent,) = mail.outbox
    assert sent.to == [NEW]
    assert sent.subject == "Du er inviteret til Høst i Ådal Kommune"
    assert sent.content_subtype == "plain"
    assert re.search(r"http://\S+/kommunen/invitation/\S+/", sent.body)
    days = content.limit("invitation_days")
    assert invitation.expires_at - invitation.sent_at == dt.timedelta(days=days)


def test_neither_row_nor_queue_nor_log_holds_the_secret(here, invitation):
    token = actions.token_of(invitation)
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args from procrastinate_jobs order by id desc limit 1")
        name, args = cursor.fetchone()
        args = args if isinstance(args, dict) else json.loads(args)
        assert name == "organisations.send_invitation"
        assert args == {"organisation_id": here, "invitation_id": invitation.pk}
        cursor.execute("select facts::text from audit_act")
        assert not any(token in row[0] for row in cursor.fetchall())
    stored = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert token not in {str(value) for value in stored.values()}


def test_an_invited_person_chooses_a_password_and_is_in(invitation, link):
    client = Client()
    first = client.get(link)
    assert first["Location"] == reverse("organisations:accept_invitation")
    assert "Ny Person" in client.get(first["Location"]).text
    weak = client.post(first["Location"], {"password": "kort", "again": "kort"})
    assert weak.status_code == 422
    unlike = client.post(first["Location"], {"password": GOOD, "again": GOOD + "?"})
    assert "ikke ens" in unlike.text
    done = client.post(first["Location"], {"password": GOOD, "again": GOOD})
    assert done["Location"] == "/"
    page = client.get(reverse("access:me"))
    assert "Ny Person" in page.text
    assert Membership.objects.filter(person=invitation.person).exists()


def test_a_used_link_opens_nothing(invitation, link):
    client = Client()
    client.get(link)
    page = reverse("organisations:accept_invitation")
    client.post(page, {"password": GOOD, "again": GOOD})
    again = Client()
    again.get(link)
    answer = again.get(page)
    assert answer.status_code == 410
    assert "allerede brugt" in answer.text


def test_a_withdrawn_an_expired_and_a_changed_link_open_nothing(actor, invitation):
    token = actions.token_of(invitation)
    with clock.frozen_at(invitation.expires_at):
        assert refused(token) is InvitationState.EXPIRED
    for broken in ("", "x", token[:-1], token.replace(":", ".", 1), token + "x"):
        assert refused(broken) is None
    actions.withdraw(actor=actor("administrator"), person=invitation.person)
    assert refused(token) is InvitationState.WITHDRAWN


def test_sending_again_kills_the_first_link(actor, invitation):
    first = actions.token_of(invitation)
    with clock.frozen_at(clock.now() + dt.timedelta(seconds=1)):
        second = actions.token_of(
            actions.send_again(actor=actor("administrator"), person=invitation.person)
        )
    assert first != second
    assert refused(first) is InvitationState.WITHDRAWN
    with acting_for(None):
        assert actions.open_invitation(token=second).email == NEW


def test_a_withdrawn_invitation_is_not_sent_by_a_late_job(here, actor, invitation):
    actions.withdraw(actor=actor("administrator"), person=invitation.person)
    send_invitation(organisation_id=here, invitation_id=invitation.pk)
    assert mail.outbox == []


def test_a_job_sees_nothing_of_another_municipality(invitation):
    there = organisation_id(THERE)
    send_invitation(organisation_id=there, invitation_id=invitation.pk)
    assert mail.outbox == []


def test_whoever_has_an_account_signs_in_and_is_then_in_both_municipalities(client_for, here):
    email = email_of("controller", THERE)
    from hoest.domain.organisations.queries import system_actor

    invitation = actions.invite(
        actor=system_actor(here, "Opsætning"), name="Konsulent", email=email, role="employee"
    )
    link = reverse("organisations:invitation_link", args=[actions.token_of(invitation)])
    page = reverse("organisations:accept_invitation")
    visitor = Client()
    visitor.get(link)
    assert "allerede en konto" in visitor.get(page).text
    assert visitor.post(page, {"password": GOOD, "again": GOOD}).status_code == 200
    wrong = client_for("executive", there=True)
    wrong.get(link)
    assert "skal først logge ud" in wrong.get(page).text
    wrong.post(page)
    assert not Membership.objects.filter(person=invitation.person).exists()
    client = client_for("controller", there=True)
    client.get(link)
    assert client.post(page)["Location"] == "/"
    assert Membership.objects.filter(person=invitation.person).exists()
    choose = client.get(reverse("organisations:choose")).text
    assert "Ådal Kommune" in choose
    assert "Bakkeby Kommune" in choose


def test_the_account_must_have_the_invited_address(invitation):
    other = Account.objects.get(email=email_of("executive"))
    with acting_for(None), pytest.raises(Fault, match=NEW):
        actions.accept_invitation(token=actions.token_of(invitation), account=other)


def test_a_member_and_one_who_has_left_are_not_invited(actor, here):
    admin = actor("administrator")
    with pytest.raises(CanSignInAlready):
        actions.invite(actor=admin, name="x", email=email_of("controller"))
    person = Person.objects.get(email=email_of("employee"))
    person = actions.mark_left(actor=admin, person=person, version=person.version)
    with pytest.raises(Fault, match="fratrådt"):
        actions.send_again(actor=admin, person=person)


def test_a_changed_address_withdraws_the_invitation(actor, invitation):
    person = invitation.person
    actions.change_person(
        actor=actor("administrator"),
        person=person,
        name=person.name,
        email="rigtig@aadal.example",
        title="",
        unit=None,
        version=person.version,
    )
    assert refused(actions.token_of(invitation)) is InvitationState.WITHDRAWN


def test_an_invitation_that_is_refused_leaves_neither_person_nor_job(actor, here):
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        before = cursor.fetchone()
        with pytest.raises(Fault):
            actions.invite(actor=actor("administrator"), name="Ny", email=NEW, role="kejser")
        cursor.execute("select count(*) from procrastinate_jobs")
        assert cursor.fetchone() == before
    assert not Person.objects.filter(email=NEW).exists()


@pytest.mark.parametrize(
    ("accepted", "withdrawn", "hours", "state"),
    [
        (True, True, 99, InvitationState.ACCEPTED),
        (False, True, 99, InvitationState.WITHDRAWN),
        (False, False, 24, InvitationState.EXPIRED),
        (False, False, 23, InvitationState.OPEN),
    ],
)
def test_the_state_of_an_invitation(accepted, withdrawn, hours, state):
    start = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    assert (
        invitation_state(
            accepted_at=start if accepted else None,
            withdrawn_at=start if withdrawn else None,
            expires_at=start + dt.timedelta(hours=24),
            now=start + dt.timedelta(hours=hours),
        )
        is state
    )


def test_an_invitation_in_another_municipality_stays_there(actor, invitation):
    with acting_for(organisation_id(THERE)):
        assert not Invitation.objects.filter(pk=invitation.pk).exists()


def test_an_administrator_invites_and_sees_the_state_in_the_browser(client_for, here):
    client = client_for("administrator")
    sent = client.post(
        reverse("organisations:invite"),
        {"name": "Ny Person", "email": NEW, "role": "benefit_owner", "role_unit": "", "unit": ""},
    )
    assert sent.status_code == 302
    page = client.get(sent["Location"]).text
    assert "Linket gælder til" in page
    pk = Person.objects.get(email=NEW).pk
    client.post(reverse("organisations:withdraw_invitation", args=[pk]))
    assert "trukket tilbage" in client.get(sent["Location"]).text
    client.post(reverse("organisations:send_again", args=[pk]))
    assert "Linket gælder til" in client.get(sent["Location"]).text


def test_while_no_mail_is_sent_the_administrator_sees_the_link_and_nobody_else(
    client_for, actor, settings
):
    settings.EMAIL_BACKEND = "hoest.foundation.mail.FolderBackend"
    settings.PUBLIC_ADDRESS = "https://hoest.example"
    invitation = actions.invite(
        actor=actor("administrator"), name="Ny", email="ny@aadal.example", role="employee"
    )
    page = reverse("organisations:person", args=[invitation.person_id])
    address = "https://hoest.example" + reverse(
        "organisations:invitation_link", args=[actions.token_of(invitation)]
    )
    assert address in client_for("administrator").get(page).content.decode()
    assert address not in client_for("portfolio_manager").get(page).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert address not in client_for("administrator").get(page).content.decode()
