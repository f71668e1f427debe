"""Sign-in through a real OpenID Connect provider: who is found, who is not, and every forgery."""

import time

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from hoest.domain.organisations import actions, queries
from hoest.domain.organisations.models import Membership, Person
from hoest.foundation.access.models import Account
from hoest.foundation.access.tests.provider import running_provider
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import HERE, PASSWORD, THERE, email_of, organisation_id

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
NEW = "helle.ny@aadal.example"


def verified(email):
    return {"email": email, "email_verified": True, "name": "Nogen"}


PEOPLE = {
    "controller": verified(email_of("controller")),
    "new": verified(NEW),
    "stranger": verified("fremmed@andetsteds.example"),
    "neighbour": verified(email_of("administrator", THERE)),
    "unverified": {"email": email_of("controller"), "email_verified": False},
    "false-in-words": {"email": email_of("controller"), "email_verified": "false"},
    "nameless": {"name": "Uden e-mail"},
}


@pytest.fixture
def provider(settings):
    """The provider of our municipality, configured as an operator does it."""
    cache.clear()
    with running_provider(PEOPLE) as running:
        app = {
            "provider_id": "kommunen",
            "name": "Ådals log-in",
            "client_id": "hoest",
            "secret": "hemmelig",
            "settings": {"server_url": running.address, "municipality": HERE},
        }
        openid = {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": openid}
        running.app = app
        yield running


def start(client, **query):
    answer = client.get(reverse("openid_connect_login", args=["kommunen"]), query)
    assert answer.status_code == 302, answer.text
    return answer["Location"]


def through(client, provider, sub, **query):
    """Go to the provider, sign in there, come back, and return Høst's answer."""
    back = provider.approve(start(client, **query), sub)
    return client.get(back)


def test_the_page_to_sign_in_offers_the_provider_by_its_name(provider):
    assert "Log ind med Ådals log-in" in Client().get(reverse("account_login")).text


def test_a_known_person_is_signed_in_linked_and_limited_to_the_municipality(provider):
    client = Client()
    answer = through(client, provider, "controller", next="/kommunen/")
    assert answer["Location"] == "/kommunen/"
    assert "Controller i Ådal Kommune" in client.get(reverse("access:me")).text
    link = SocialAccount.objects.get()
    assert (link.uid, link.user.email, link.extra_data) == (
        "controller",
        email_of("controller"),
        {},
    )
    again = Client()
    assert through(again, provider, "controller").status_code == 302
    assert SocialAccount.objects.count() == 1
    assert provider.tokens_given == 2


def test_a_person_without_an_account_gets_one_and_nobody_is_invented(provider):
    with acting_for(organisation_id()):
        system = queries.system_actor(organisation_id(), "Opsætning")
        person = actions.add_person(actor=system, name="Helle Ny", email=NEW)
    client = Client()
    assert through(client, provider, "new").status_code == 302
    assert "Helle Ny" in client.get(reverse("access:me")).text
    account = Account.objects.get(email=NEW)
    assert not account.has_usable_password()
    with acting_for(organisation_id()):
        assert Membership.objects.get(account=account).person_id == person.pk


@pytest.mark.parametrize(
    ("sub", "words"),
    [
        ("stranger", "ingen i kommunen har e-mailen fremmed@andetsteds.example"),
        ("neighbour", "ingen i kommunen har e-mailen"),
        ("unverified", "har ikke bekræftet, at e-mailen er din"),
        ("false-in-words", "har ikke bekræftet, at e-mailen er din"),
        ("nameless", "fortalte ikke, hvilken e-mail du har"),
    ],
)
def test_whoever_is_not_found_gets_an_explanation_and_nothing_else(provider, sub, words):
    before = Account.objects.count()
    client = Client()
    answer = through(client, provider, sub)
    assert answer.status_code == 403
    assert words in " ".join(answer.text.split())
    assert Account.objects.count() == before
    assert not SocialAccount.objects.exists()
    assert client.get(reverse("access:me")).status_code == 302


def test_whoever_has_left_is_not_let_in_even_with_an_old_link(provider):
    through(Client(), provider, "controller")
    with acting_for(organisation_id()):
        system = queries.system_actor(organisation_id(), "Opsætning")
        person = Person.objects.get(email=email_of("controller"))
        actions.mark_left(actor=system, person=person, version=person.version)
    assert through(Client(), provider, "controller").status_code == 403


def test_a_municipality_s_provider_opens_no_other_municipality(provider):
    with acting_for(organisation_id(THERE)):
        system = queries.system_actor(organisation_id(THERE), "Opsætning")
        consultant = actions.add_person(
            actor=system, name="Konsulent", email=email_of("controller", HERE)
        )
        account = Account.objects.get(email=email_of("controller", HERE))
        actions.let_sign_in(actor=system, person=consultant, account=account)
    client = Client()
    through(client, provider, "controller")
    choose = reverse("organisations:choose")
    assert "Bakkeby" not in client.get(choose).text
    there = {"municipality": str(organisation_id(THERE))}
    assert client.post(choose, there).status_code == 404
    for name in ("account_change_password", "mfa_activate_totp", "mfa_add_webauthn"):
        refused = client.get(reverse(name))
        assert refused.status_code == 403
        assert "din egen adgangskode" in refused.text
    own = Client()
    own.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    assert "Bakkeby" in own.get(choose).text
    assert own.post(choose, there)["Location"] == "/"


def refused(client, answer):
    assert answer.status_code == 401
    assert "lykkedes ikke at logge ind" in answer.text
    assert client.get(reverse("access:me")).status_code == 302
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "en anden"},
        {"nonce": None},
        {"aud": "en-anden-app"},
        {"aud": ["hoest", "en-anden-app"]},
        {"aud": ["hoest", "en-anden-app"], "azp": "en-anden-app"},
        {"iss": "https://ond.example"},
        {"exp": 1_000_000_000},
        {"sub": "administrator"},
    ],
    ids=lambda lie: ",".join(lie),
)
def test_a_token_that_is_not_for_us_now_and_this_try_is_refused(provider, lie):
    provider.lie = lambda claims: {
        name: value for name, value in {**claims, **lie}.items() if value is not None
    }
    client = Client()
    refused(client, through(client, provider, "controller"))


def test_a_token_signed_with_another_key_is_refused(provider):
    provider.foreign_key = True
    client = Client()
    refused(client, through(client, provider, "controller"))


def test_userinfo_about_somebody_else_is_refused(provider):
    provider.userinfo_lie = lambda claims: {**claims, "sub": "administrator"}
    client = Client()
    refused(client, through(client, provider, "controller"))


def test_an_answer_with_a_wrong_state_or_from_another_browser_is_refused(provider):
    client = Client()
    back = provider.approve(start(client), "controller")
    refused(client, client.get(back.replace("state=", "state=x")))
    stranger = Client()
    refused(stranger, stranger.get(back))
    assert provider.tokens_given == 0


def test_an_answer_works_once(provider):
    client = Client()
    back = provider.approve(start(client), "controller")
    assert client.get(back).status_code == 302
    other = Client()
    other.cookies = client.cookies
    other.post(reverse("account_logout"))
    assert other.get(back).status_code == 401


def test_an_old_answer_is_refused(provider, monkeypatch):
    client = Client()
    back = provider.approve(start(client), "controller")
    later = time.time() + 601
    monkeypatch.setattr("allauth.socialaccount.internal.statekit.time.time", lambda: later)
    assert client.get(back).status_code == 401


def test_a_code_without_its_verifier_is_refused_by_the_provider(provider):
    client = Client()
    back = provider.approve(start(client), "controller")
    provider.challenges = dict.fromkeys(provider.challenges, "another")
    refused(client, client.get(back))


def test_a_no_at_the_provider_leads_back_to_the_sign_in_page(provider):
    client = Client()
    state = start(client).partition("state=")[2].partition("&")[0]
    back = reverse("openid_connect_callback", args=["kommunen"])
    answer = client.get(back, {"error": "access_denied", "state": state})
    assert answer["Location"] == reverse("socialaccount_login_cancelled")
    assert "Log-ind blev afbrudt" in client.get(answer["Location"]).text


def test_a_provider_that_is_away_and_one_that_nobody_configured(provider, settings):
    provider.app["settings"]["server_url"] = "http://localhost:9"
    answer = Client().get(reverse("openid_connect_login", args=["kommunen"]))
    assert answer.status_code == 401
    for name in ("openid_connect_login", "openid_connect_callback"):
        assert Client().get(reverse(name, args=["ukendt"])).status_code == 404


def test_a_provider_of_the_installation_signs_in_accounts_that_exist(provider):
    provider.app["settings"]["municipality"] = ""
    client = Client()
    assert through(client, provider, "neighbour").status_code == 302
    assert "Bakkeby" in client.get(reverse("access:me")).text
    assert through(Client(), provider, "stranger").status_code == 403


def test_the_link_to_the_provider_ignores_what_a_stranger_adds(provider):
    location = start(Client(), scope="admin", auth_params="prompt=none", process="connect")
    assert "admin" not in location
    assert "prompt" not in location
