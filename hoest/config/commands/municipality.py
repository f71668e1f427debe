"""`hoest municipality`: which of the 98 municipalities are on this installation, and open one."""

from __future__ import annotations

import json
from typing import Any

import click


@click.group("municipality", help="Viser og åbner kommuner på denne installation.")
def command() -> None:
    """Group the subcommands."""


@command.command("list", help="Viser de 98 kommuner, og hvilke der er åbnet her.")
@click.option("--opened", "only_opened", is_flag=True, help="Vis kun dem, der er åbnet her.")
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def listing(only_opened: bool, as_json: bool) -> None:
    """List the municipalities with code, region and group."""
    from hoest.config.bootstrap import ready

    with ready(None if as_json else _to_stderr):
        rows = [row for row in _rows() if row["opened"] or not only_opened]
    if as_json:
        click.echo(json.dumps({"municipalities": rows}, ensure_ascii=False))
        return
    if not rows:
        click.echo("Ingen kommune er åbnet endnu. Åbn en med 'hoest municipality open NAVN'.")
    for row in rows:
        mark = "åbnet" if row["opened"] else ""
        click.echo(f"{row['code']}  {row['name']:<22} {row['region']:<20} {mark}".rstrip())


@command.command("open", help="Åbner en kommune på installationen.")
@click.argument("name_or_code", metavar="NAVN|KODE")
@click.option("--admin", metavar="E-MAIL", help="Gør personen med den e-mail til administrator.")
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def opening(name_or_code: str, admin: str | None, as_json: bool) -> None:
    """Open a municipality, and with --admin give it an administrator."""
    from hoest.config.bootstrap import ready

    if admin is not None:
        _refuse_bad_address(admin)
    with ready(None if as_json else _to_stderr):
        facts = _open(name_or_code, admin)
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    click.echo(f"{facts['name']} ({facts['code']}) er åbnet.")
    if facts["password"]:
        click.echo("Første log-in (vises kun nu; skift adgangskoden under Min konto):")
        click.echo(f"  E-mail:      {facts['admin']}")
        click.echo(f"  Adgangskode: {facts['password']}")
    elif facts["admin"]:
        click.echo(f"{facts['admin']} er administrator og logger ind med sin egen adgangskode.")
    else:
        click.echo("Giv den en administrator med --admin E-MAIL, så nogen kan logge ind.")


def _rows() -> list[dict[str, Any]]:
    from hoest.domain.organisations.queries import opened_codes
    from hoest.foundation import content

    opened = opened_codes()
    return [
        {
            "code": one.code,
            "name": one.name,
            "official_name": one.official_name,
            "region": one.region,
            "group": one.group,
            "opened": one.code in opened,
        }
        for one in content.municipalities()
    ]


def _open(name_or_code: str, admin: str | None) -> dict[str, Any]:
    from hoest.domain.organisations.actions import administrator_for, open_municipality

    organisation = open_municipality(name_or_code=name_or_code)
    made = administrator_for(organisation, admin) if admin else None
    return {
        "code": organisation.code,
        "name": organisation.name,
        "admin": admin.strip().lower() if admin else None,
        "password": made.password if made else None,
    }


def _refuse_bad_address(address: str) -> None:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from hoest.foundation.faults import Fault

    try:
        validate_email(address.strip())
    except ValidationError as error:
        raise Fault(
            f"'{address}' er ikke en e-mailadresse. Skriv for eksempel ida@kommune.dk."
        ) from error


def _to_stderr(text: str) -> None:
    click.echo(text, err=True)
