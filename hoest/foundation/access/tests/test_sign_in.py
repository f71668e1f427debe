"""Signing in: password, second step, passkey pages, sessions, lockout, language."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from hoest.foundation.access.middleware import BESIDE
from hoest.foundation.access.models import Account
from tests.support.world import PASSWORD, email_of

pytestmark = pytest.mark.django_db
NEW = "en helt ny og lang sætning"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


def sign_in(client, role="controller", password=PASSWORD, **extra):
    facts = {"login": email_of(role), "password": password, **extra}
    return client.post(reverse("account_login"), facts)


def code_for(secret):
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


def confirm(client, address, password=PASSWORD):
    """Open a page that asks who one is, answer with the password, and follow back to the page."""
    asked = client.get(address)
    assert asked.status_code == 302
    assert "/konto/bekraeft/" in asked["Location"]
    query = {"next": address}
    answered = client.post(reverse("account_reauthenticate"), {"password": password, **query})
    assert answered["Location"] == address
    return client.get(address)


def test_a_right_password_opens_the_house_and_a_wrong_one_says_so_in_danish():
    client = Client()
    wrong = sign_in(client, password="forkert")
    assert wrong.status_code == 422
    assert "passer ikke sammen" in wrong.text
    assert PASSWORD not in wrong.text
    assert sign_in(client)["Location"] == "/"
    assert client.get(reverse("access:me")).status_code == 200


def test_the_page_asked_for_comes_after_sign_in_but_never_another_site():
    here = reverse("organisations:overview")
    asked = Client().get(here)
    assert asked["Location"] == f"{reverse('account_login')}?next={here}"
    assert sign_in(Client(), next=here)["Location"] == here
    for elsewhere in (
        "https://ond.example/",
        "//ond.example/",
        "/\\ond.example",
        "javascript:alert(1)",
        "http:///ond.example",
    ):
        assert sign_in(Client(), next=elsewhere)["Location"] == "/"


def test_eight_wrong_guesses_lock_the_address_but_nobody_else():
    guesser = Client()
    for _try in range(8):
        answer = sign_in(guesser, password="gæt")
    assert answer.status_code == 429
    assert "Vent 15 minutter" in answer.text
    assert answer["Retry-After"] == "900"
    assert sign_in(Client()).status_code == 429
    assert sign_in(Client(), role="executive").status_code == 302
    elsewhere = Client(REMOTE_ADDR="203.0.113.7")
    assert sign_in(elsewhere).status_code == 302


def test_an_unknown_address_is_answered_like_a_known_one():
    facts = {"password": "forkert"}
    unknown = Client().post(reverse("account_login"), {"login": "ingen@aadal.example", **facts})
    known = Client().post(reverse("account_login"), {"login": email_of("controller"), **facts})
    assert unknown.status_code == known.status_code == 422
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", unknown.text) == strip.sub("", known.text)
    asked = Client().post(reverse("account_reset_password"), {"email": "ingen@aadal.example"})
    assert asked["Location"] == reverse("account_reset_password_done")
    assert mail.outbox == []


def test_there_is_no_sign_up_and_no_page_that_hoest_does_not_use():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    for name in ("account_signup", "account_email", "socialaccount_signup", "mfa_signup_webauthn"):
        assert name not in names
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert Client().get("/konto/signup/").status_code == 404


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once():
    visitor = Client()
    visitor.post(reverse("account_reset_password"), {"email": email_of("controller")})
    (sent,) = mail.outbox
    assert sent.subject == "Vælg en ny adgangskode til Høst"
    link = re.search(r"https?://[^/]+(/konto/glemt/\S+/)", sent.body).group(1)
    form = visitor.get(link)["Location"]
    assert "set-password" in form
    short = visitor.post(form, {"password1": "kort", "password2": "kort"})
    assert short.status_code == 422
    done = visitor.post(form, {"password1": NEW, "password2": NEW})
    assert done["Location"] == reverse("account_reset_password_from_key_done")
    assert "kan ikke bruges længere" in Client().get(link).text
    assert sign_in(Client()).status_code == 422
    assert sign_in(Client(), password=NEW).status_code == 302


def test_a_changed_password_signs_the_other_places_out_and_tells_the_owner():
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    change = reverse("account_change_password")
    facts = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post(change, facts)["Location"] == reverse("access:me")
    assert here.get(reverse("access:me")).status_code == 200
    assert there.get(reverse("access:me")).status_code == 302
    assert [one.subject for one in mail.outbox] == ["Din adgangskode til Høst er ændret"]


def test_an_app_with_codes_becomes_the_second_step_and_its_secret_is_encrypted():
    client = Client()
    sign_in(client)
    page = confirm(client, reverse("mfa_activate_totp"))
    assert 'src="data:image/svg+xml;base64,' in page.text
    secret = re.search(r'<code class="secret">(\w+)</code>', page.text).group(1)
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.status_code == 422
    done = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(stored.data)
    codes = re.findall(r"<li><code>(\w+)</code></li>", client.get(done["Location"]).text)
    assert len(codes) == 10
    assert codes[0] in client.get(reverse("mfa_download_recovery_codes")).text
    visitor = Client()
    assert sign_in(visitor)["Location"] == reverse("mfa_authenticate")
    assert visitor.get(reverse("access:me")).status_code == 302
    refused = visitor.post(reverse("mfa_authenticate"), {"code": "123456"})
    assert refused.status_code == 422
    assert visitor.post(reverse("mfa_authenticate"), {"code": codes[0]})["Location"] == "/"
    assert visitor.get(reverse("access:me")).status_code == 200
    again = Client()
    sign_in(again)
    used = again.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert used.status_code == 422


def test_what_decides_how_one_signs_in_is_changed_only_by_who_confirms():
    client = Client()
    sign_in(client)
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert reverse("account_reauthenticate") in answer["Location"]
    refused = client.post(reverse("account_reauthenticate"), {"password": "forkert"})
    assert refused.status_code == 422


def test_sessions_are_listed_and_ended_elsewhere_or_everywhere():
    here = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    there = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1"})
    for client in (here, there):
        sign_in(client)
    page = here.get(reverse("usersessions_list"))
    assert "Firefox på Windows" in page.text
    assert "Safari på iPhone" in page.text
    here.post(reverse("usersessions_list"))
    assert there.get(reverse("access:me")).status_code == 302
    assert here.get(reverse("access:me")).status_code == 200
    sign_in(there)
    there.post(reverse("access:sign_out_everywhere"))
    for client in (here, there):
        assert client.get(reverse("access:me")).status_code == 302
    account = Account.objects.get(email=email_of("controller"))
    assert not UserSession.objects.filter(user=account).exists()


def test_signing_out_needs_a_post():
    client = Client()
    sign_in(client)
    assert "Vil du logge ud" in client.get(reverse("account_logout")).text
    assert client.get(reverse("access:me")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("access:me")).status_code == 302


def test_the_language_is_danish_until_somebody_chooses_english():
    client = Client(headers={"accept-language": "en"})
    page = client.get(reverse("account_login"))
    assert '<html lang="da">' in page.text
    for elsewhere in ("https://ond.example/", "//ond.example"):
        sent = client.post(reverse("access:language"), {"language": "xx", "next": elsewhere})
        assert sent["Location"] == "/"
    sign_in(client)
    client.post(reverse("access:language"), {"language": "en", "next": "/konto/"})
    assert '<html lang="en">' in client.get(reverse("access:me")).text
    elsewhere = Client()
    sign_in(elsewhere)
    assert '<html lang="en">' in elsewhere.get(reverse("access:me")).text


def test_other_methods_than_get_and_post_are_refused_everywhere():
    client = Client()
    sign_in(client)
    for name in ("account_login", "access:me", "organisations:overview", "organisations:choose"):
        for method in ("put", "delete", "patch", "options", "trace"):
            assert getattr(client, method)(reverse(name)).status_code == 405


def test_a_fragment_asks_the_browser_to_sign_in_instead_of_showing_the_page():
    answer = Client().get(reverse("organisations:overview"), headers={"hx-request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == reverse("account_login")
    assert answer.content == b""


def test_what_is_looked_up_beside_a_form_takes_nobody_away_from_it():
    beside = {"hx-request": "true", BESIDE: "true"}
    answer = Client().get(reverse("organisations:overview"), headers=beside)
    assert answer.status_code == 204
    assert not answer.has_header("HX-Redirect")


@pytest.mark.parametrize(
    "name", ["account_login", "mfa_index", "mfa_list_webauthn", "account_reset_password"]
)
def test_no_page_of_signing_in_carries_script_or_style_in_itself(name):
    client = Client()
    if not name.startswith("account"):
        sign_in(client)
    page = client.get(reverse(name))
    assert "script-src 'self'" in page["Content-Security-Policy"]
    for tag in re.findall(r"<script[^>]*>", page.text):
        assert "src=" in tag or 'type="application/json"' in tag
    assert not re.search(r'\sstyle="|\son[a-z]+="|<style', page.text)


def test_the_note_of_the_first_log_in_lives_until_the_password_is_changed(tmp_path, monkeypatch):
    from hoest.foundation.access import first_log_in

    monkeypatch.setenv("HOEST_DATA", str(tmp_path))
    first_log_in.keep(email_of("controller"), PASSWORD)
    note = tmp_path / first_log_in.NAME
    assert note.stat().st_mode & 0o777 == 0o600
    assert PASSWORD in note.read_text(encoding="utf-8")
    client = Client()
    sign_in(client, role="executive")
    change = reverse("account_change_password")
    facts = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post(change, facts)
    assert note.exists()
    client = Client()
    sign_in(client)
    client.post(change, facts)
    assert not note.exists()
