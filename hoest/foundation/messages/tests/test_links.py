"""Links of mails: scanners consume nothing, one use, one person, one page, no way past a factor."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse

from hoest.foundation import clock
from hoest.foundation.access.models import Account
from hoest.foundation.access.provider_session import LIMIT_KEY
from hoest.foundation.audit.models import Act
from hoest.foundation.messages.actions import queue, use_link
from hoest.foundation.messages.actions.links import make_link
from hoest.foundation.messages.models import SignInLink
from hoest.foundation.messages.rules import LinkNotOpen
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import HERE, THERE, email_of, organisation_id

pytestmark = pytest.mark.django_db
PAGE = "/hoestregnskab/"


@pytest.fixture
def secret(actor):
    """The secret of a fresh link for the benefit owner."""
    owner = actor("benefit_owner")
    message = queue(
        actor=owner,
        person_id=owner.person_id,
        kind="owner_asked",
        subject="Vil du eje den?",
        sentence="",
        address=PAGE,
    )
    return make_link(message)


@pytest.fixture
def path(secret):
    return reverse("messages:link", args=[secret])


def press(client, secret):
    """Press the button of the link's page."""
    return client.post(reverse("messages:go_on"), {"secret": secret})


def link_of(secret):
    import hashlib

    return SignInLink.objects.get(secret_sha256=hashlib.sha256(secret.encode()).hexdigest())


def test_the_secret_is_256_random_bits_and_only_its_hash_is_kept(secret):
    number, random = secret.split(".")
    assert int(number) == organisation_id(HERE)
    assert len(random) >= 43
    row = link_of(secret)
    kept = " ".join(str(value) for value in vars(row).values())
    assert random not in kept


def test_opening_a_link_as_mail_scanners_do_uses_nothing(path, secret):
    for _time in range(5):
        answer = Client().get(path)
        assert answer.status_code == 200
        assert "Fortsæt som" in answer.text
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert "no-store" in answer.headers["Cache-Control"]
        assert "_auth_user_id" not in answer.wsgi_request.session
    assert Client().head(path).status_code == 200
    assert link_of(secret).used_at is None


def test_the_button_signs_in_goes_to_the_page_and_is_logged(secret, here):
    client = Client()
    answer = press(client, secret)
    assert answer["Location"] == PAGE
    assert client.get(PAGE).status_code == 200
    act = Act.objects.filter(organisation_id=here, verb="messages.use_link").latest("pk")
    assert act.facts == {"page": PAGE}
    assert act.actor_name.startswith("Gevinstejer") or act.person_id


def test_a_link_is_used_once_and_the_second_try_leads_to_sign_in(path, secret):
    press(Client(), secret)
    for answer in (Client().get(path), press(Client(), secret)):
        assert answer.status_code == 410
        assert "allerede brugt" in answer.text
        assert f"?next={PAGE.replace('/', '%2F')}" in answer.text


def test_the_database_lets_no_link_be_used_twice_or_changed(secret, here):
    row = link_of(secret)
    for change in ({"path": "/kommunen/"}, {"expires_at": clock.now() + dt.timedelta(days=99)}):
        with pytest.raises(Error), transaction.atomic():
            SignInLink.objects.filter(pk=row.pk).update(**change)
    SignInLink.objects.filter(pk=row.pk).update(used_at=clock.now())
    with pytest.raises(Error), transaction.atomic():
        SignInLink.objects.filter(pk=row.pk).update(used_at=None)


def test_an_old_link_opens_nothing(secret):
    with clock.frozen_at(clock.now() + dt.timedelta(days=8)):
        answer = press(Client(), secret)
    assert answer.status_code == 410
    assert "for gammelt" in answer.text


@pytest.mark.parametrize(
    "strange",
    ["x", "1.", "1.x", ".abc", "99999999999999.abc", "999.abc", "1.abc%00", "-1.abc", "١.abc"],
)
def test_a_secret_that_is_not_ours_is_refused(strange, db):
    answer = Client().get(f"/beskeder/link/{strange}/")
    assert answer.status_code in (404, 410)


def test_a_link_of_one_municipality_is_none_under_the_others_number(secret):
    stolen = f"{organisation_id(THERE)}.{secret.split('.')[1]}"
    assert press(Client(), stolen).status_code == 410


def test_the_session_reaches_that_municipality_alone_and_changes_no_keys(secret):
    client = Client()
    press(client, secret)
    assert client.session[LIMIT_KEY] == organisation_id(HERE)
    refused = client.get(reverse("account_change_password"))
    assert refused.status_code == 403
    assert "link fra en mail" in refused.text
    assert "link fra en mail" in client.get(reverse("access:me")).text


def test_a_second_factor_is_still_asked_for(secret):
    account = Account.objects.get(email=email_of("benefit_owner"))
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    client = Client()
    answer = press(client, secret)
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(PAGE).status_code == 302
    assert "_auth_user_id" not in client.session
    assert Authenticator.objects.filter(user=account).exists()


def test_a_municipality_with_its_own_log_in_is_asked_there(path, secret, monkeypatch):
    own = {
        "openid_connect": {
            "APPS": [{"provider_id": "k", "name": "K", "settings": {"municipality": HERE}}]
        }
    }
    monkeypatch.setattr(settings, "SOCIALACCOUNT_PROVIDERS", own)
    shown = Client().get(path)
    assert "Fortsæt som" not in shown.text
    client = Client()
    answer = press(client, secret)
    assert answer["Location"].startswith(reverse("account_login") + "?next=")
    assert "_auth_user_id" not in client.session
    assert link_of(secret).used_at is None


def test_an_account_without_password_or_passkey_is_sent_to_sign_in(secret):
    account = Account.objects.get(email=email_of("benefit_owner"))
    account.set_unusable_password()
    account.save()
    assert press(Client(), secret)["Location"].startswith(reverse("account_login"))


def test_a_closed_account_and_somebody_who_left_get_nothing(secret, actor):
    from hoest.domain.organisations.models import Person

    Account.objects.filter(email=email_of("benefit_owner")).update(is_active=False)
    assert press(Client(), secret)["Location"].startswith(reverse("account_login"))
    Person.objects.filter(pk=actor("benefit_owner").person_id).update(left_on=clock.today())
    assert press(Client(), secret).status_code == 410


def test_somebody_else_who_is_signed_in_stays_herself(path, secret, client_for):
    client = client_for("executive")
    shown = client.get(path)
    assert "til en anden" in shown.text
    press(client, secret)
    assert client.session["_auth_user_id"] == str(
        Account.objects.get(email=email_of("executive")).pk
    )
    assert link_of(secret).used_at is None


def test_whoever_is_signed_in_already_goes_straight_on_and_uses_nothing(path, secret, client_for):
    answer = client_for("benefit_owner").get(path)
    assert answer["Location"] == PAGE
    assert link_of(secret).used_at is None


def test_of_two_who_use_a_link_at_once_one_gets_in(secret):
    with acting_for(None):
        use_link(secret=secret)
        with pytest.raises(LinkNotOpen) as refused:
            use_link(secret=secret)
    assert refused.value.path == PAGE


def test_a_form_without_our_token_uses_nothing(secret):
    answer = press(Client(enforce_csrf_checks=True), secret)
    assert answer.status_code == 403
    assert link_of(secret).used_at is None


def test_no_secret_that_still_opens_is_written_to_any_log(path, secret, caplog):
    from axes.models import AccessLog

    caplog.set_level("DEBUG")
    Client().get(path)
    press(Client(), secret)
    press(Client(), secret)
    assert secret not in caplog.text
    assert not AccessLog.objects.filter(path_info__contains=secret).exists()
    assert AccessLog.objects.filter(path_info=reverse("messages:go_on")).exists()
