"""What a municipality has on other days: things closed, left, invited, full, and half way through.

Added to our municipality on the sites that are only looked at, so that every page has something
to show in every state it knows.
"""

from __future__ import annotations

import copy
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.db import transaction

from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.tenancy.context import acting_for

LONG = "Ibrugtagningsgradsopfølgning på velfærdsteknologianskaffelser i hjemmesygeplejen"
ABOVE = "Træning hjemme efter en operation"
KEYS_OF = "security_officer"
NO_PASSWORD = "people_partner"


def add_states(organisation_id: int) -> None:
    """Add every state that a page can be in and that the two municipalities lack."""
    from tests.support.world import actor_with_role

    with acting_for(organisation_id), transaction.atomic():
        admin = actor_with_role(organisation_id, "administrator")
        _organisation(admin)
        _portfolio(admin)
        _draft(actor_with_role(organisation_id, "controller"))
        _above_the_sponsor(organisation_id)
        _view(actor_with_role(organisation_id, "portfolio_manager"))
    with acting_for(organisation_id):
        _imports(organisation_id)
    _keys()


def _organisation(admin: Actor) -> None:
    from hoest.domain.organisations import actions

    unit = actions.add_unit(actor=admin, name="Den gamle skoleforvaltning")
    actions.close_unit(actor=admin, unit=unit, version=unit.version)
    body = actions.add_body(actor=admin, name="Det gamle skoleudvalg")
    actions.close_body(actor=admin, body=body, version=body.version)
    left = actions.add_person(actor=admin, name="En, der er fratrådt", email="foer@aadal.example")
    actions.mark_left(actor=admin, person=left, version=left.version)
    actions.invite(
        actor=admin,
        name="En, der er inviteret",
        email="inviteret@aadal.example",
        role="controller",
    )


def _portfolio(admin: Actor) -> None:
    """A long list with long titles."""
    from hoest.domain.organisations.models import Unit
    from hoest.domain.organisations.queries import system_actor
    from hoest.domain.portfolio import actions

    system = system_actor(admin.organisation_id, "Opsætning", "test")
    units = list(Unit.objects.filter(organisation_id=admin.organisation_id, closed_on=None))
    for number in range(60):
        actions.create_initiative(
            actor=system,
            fields={"title": f"{LONG} {number + 1}", "unit": units[number % len(units)]},
        )


def _draft(actor: Actor) -> None:
    """A draft beside what is approved."""
    from hoest.domain.business_cases.actions import start_draft
    from hoest.domain.business_cases.models import BusinessCase
    from tests.support.guided import fill

    case = BusinessCase.objects.filter(organisation_id=actor.organisation_id).earliest("pk")
    fill(actor, start_draft(actor=actor, initiative_id=case.initiative_id))


def _above_the_sponsor(organisation_id: int) -> None:
    """Ask for a decision that costs more than the sponsor, who leads a unit, may decide."""
    from hoest.domain.business_cases.actions import LineInput, set_line, start_draft
    from hoest.domain.organisations.models import Person, Unit
    from hoest.domain.portfolio import actions
    from hoest.domain.portfolio.models import Initiative
    from tests.support.world import actor_with_role

    manager = actor_with_role(organisation_id, "portfolio_manager")
    sponsor = actor_with_role(organisation_id, "unit_leader").person_id
    made = actions.create_initiative(
        actor=manager,
        fields={
            "title": ABOVE,
            "unit": Unit.objects.filter(organisation_id=organisation_id, closed_on=None)[0],
            "sponsor": Person.objects.get(pk=sponsor),
        },
    )
    Initiative.objects.filter(pk=made.pk).update(phase="analysis")
    draft = start_draft(actor=manager, initiative_id=made.pk)
    amounts = {clock.today().year: Decimal(10_000_001)}
    line = LineInput("Nye træningslokaler", "investment", amounts=amounts)
    set_line(actor=manager, version_id=draft.pk, version=draft.version, line=line)
    actions.ask_decision(actor=manager, initiative_id=made.pk, note="Vi er klar til at begynde")


def _view(actor: Actor) -> None:
    from hoest.foundation.lists.actions import save_view

    save_view(
        actor=actor,
        list_name="portfolio.initiatives",
        name="Vores egne i gang",
        query="phase=execution",
        is_shared=True,
    )


def _keys() -> None:
    """Give one account an app, a passkey and spare codes, and take another's password."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from hoest.foundation.access.models import Account
    from tests.support.world import email_of

    without = Account.objects.get(email=email_of(NO_PASSWORD))
    without.set_unusable_password()
    without.save()
    account = Account.objects.get(email=email_of(KEYS_OF))
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)
    Authenticator.objects.create(
        user=account,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Telefonen", "credential": _passkey()},
    )


def _passkey() -> dict[str, Any]:
    """Return a credential as a browser registers it, of a key that nobody holds."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from fido2.cose import ES256
    from fido2.utils import websafe_encode
    from fido2.webauthn import (
        Aaguid,
        AttestationObject,
        AttestedCredentialData,
        AuthenticatorData,
        CollectedClientData,
    )

    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(Aaguid.NONE, b"k" * 16, public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(b"r" * 32, flags, 1, credential)
    client = CollectedClientData.create("webauthn.create", b"c" * 32, "http://127.0.0.1")
    return {
        "id": websafe_encode(b"k" * 16),
        "rawId": websafe_encode(b"k" * 16),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
    }


def as_file(grid: dict[str, list[list[Any]]]) -> bytes:
    """Write rows of cells as a workbook."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in grid.items():
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if hasattr(cell, "isoformat"):
                    sheet.write_datetime(number, column, cell, date)
                elif cell is not None:
                    sheet.write(number, column, cell)
    book.close()
    return file.getvalue()


def workbook(municipality: str, *, faults: bool = False) -> bytes:
    """Return a small workbook of a municipality; with `faults` five cells of it are wrong."""
    from tests.support.workbooks import GOOD

    grid: dict[str, list[list[Any]]] = copy.deepcopy(GOOD)
    grid["Om"][1][1] = municipality
    if faults:
        grid["Initiativer"][1][3] = "fornøjelse"
        grid["Initiativer"][1][6] = "drømmefasen"
        grid["Økonomi"][2][7] = "mange penge"
        grid["Gevinster"][1][9] = "hver fuldmåne"
        grid["Målinger"][1][1] = "31.02.2026"
    return as_file(grid)


def _imports(organisation_id: int) -> None:
    """One import in each state, made by the jobs themselves where they can make it."""
    from hoest.domain.exchange import actions, jobs
    from hoest.domain.exchange.models import ImportRun
    from tests.support.world import HERE, NAMES, actor_with_role

    good, bad = workbook(NAMES[HERE]), workbook(NAMES[HERE], faults=True)
    for state, content in (("ready", good), ("faulty", bad), ("applying", good), ("failed", good)):
        with transaction.atomic():
            actor = actor_with_role(organisation_id, "controller")
            run = actions.start_import(actor=actor, file_name=f"{state}.xlsx", content=content)
        if state in ("ready", "faulty"):
            jobs.read(organisation_id=organisation_id, run_id=run.pk)
        with transaction.atomic():
            runs = ImportRun.objects.filter(organisation_id=organisation_id, pk=run.pk)
            if state in ("applying", "failed"):
                runs.update(state=state, percent=40, created_at=clock.now() - timedelta(minutes=2))
            assert runs.get().state == state, (state, runs.get().state, runs.get().faults)
