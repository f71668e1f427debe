"""Opening a municipality, and the first who can sign in there."""

import json
from contextlib import nullcontext

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from hoest.config import bootstrap
from hoest.config.commands.municipality import command
from hoest.domain.organisations import actions
from hoest.foundation.access import first_log_in
from hoest.foundation.access.first_log_in import NAME
from hoest.foundation.access.models import Account
from hoest.foundation.database.folder import DataFolder
from hoest.foundation.faults import Fault
from tests.support.world import HERE, email_of


@pytest.fixture
def run(own_database, monkeypatch):
    """Run `hoest municipality ...` in a database of its own; the answer is text or JSON."""
    monkeypatch.setattr(bootstrap, "ready", lambda say=None: nullcontext())

    def run_it(*arguments):
        done = CliRunner().invoke(command, list(arguments), catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.output) if "--json" in arguments else done.output

    return run_it


@pytest.fixture
def data_folder(own_database, tmp_path, monkeypatch):
    monkeypatch.setattr(first_log_in, "open_folder", lambda: DataFolder(tmp_path))
    return tmp_path


def test_the_98_municipalities_are_listed_and_the_opened_marked(run):
    rows = run("list", "--json")["municipalities"]
    assert len(rows) == 98
    assert not any(row["opened"] for row in rows)
    run("open", "Hvidovre")
    opened = [row for row in run("list", "--json", "--opened")["municipalities"] if row["opened"]]
    assert [(row["code"], row["name"]) for row in opened] == [("0167", "Hvidovre")]
    assert "åbnet" in run("list", "--opened")


@pytest.mark.parametrize("name", ["0167", "hvidovre", "Hvidovre Kommune"])
def test_a_municipality_is_opened_once_whatever_it_is_called(run, name):
    assert run("open", "Hvidovre", "--json")["code"] == "0167"
    assert run("open", name, "--json")["code"] == "0167"


def test_its_first_administrator_signs_in_with_the_password_that_is_shown_once(run):
    made = run("open", "0167", "--admin", "Ida@Hvidovre.example", "--json")
    assert made["admin"] == "ida@hvidovre.example"
    client = Client()
    facts = {"login": made["admin"], "password": made["password"]}
    assert client.post(reverse("account_login"), facts)["Location"] == "/"
    page = client.get(reverse("organisations:overview"))
    assert "Hvidovre" in page.text
    assert client.get(reverse("organisations:invite")).status_code == 200
    again = run("open", "0167", "--admin", "ida@hvidovre.example", "--json")
    assert again["password"] is None
    assert made["password"] not in run("open", "0167", "--admin", "ida@hvidovre.example")


def test_an_administrator_elsewhere_keeps_her_own_password(run):
    made = run("open", "0167", "--admin", email_of("administrator"), "--json")
    assert made["password"] is None
    account = Account.objects.get(email=email_of("administrator"))
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Hvidovre" in client.get(reverse("organisations:choose")).text


def test_what_is_no_municipality_and_no_address_is_refused_in_one_sentence(run):
    with pytest.raises(Fault, match="ikke en af de 98 kommuner"):
        run("open", "Atlantis")
    with pytest.raises(Fault, match="ikke en e-mailadresse"):
        run("open", "0167", "--admin", "ida")


def test_the_first_sign_in_is_made_once_and_noted_for_the_operator_alone(data_folder):
    organisation = actions.open_municipality(name_or_code="0101")
    made = actions.first_sign_in(organisation)
    note = data_folder / NAME
    assert made.password in note.read_text(encoding="utf-8")
    assert note.stat().st_mode & 0o777 == 0o600
    assert len(made.password) == 19
    assert actions.first_sign_in(organisation) is None
    client = Client()
    client.post(reverse("account_login"), {"login": made.email, "password": made.password})
    assert "Systemadministrator" in client.get(reverse("access:me")).text


def test_two_first_passwords_are_never_alike(data_folder):
    first = actions.first_sign_in(actions.open_municipality(name_or_code="0101"))
    Account.objects.filter(email=first.email).update(email="anden@hoest.local")
    second = actions.first_sign_in(actions.open_municipality(name_or_code="0167"))
    assert first.password != second.password
    assert HERE not in first.password
