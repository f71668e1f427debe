"""`hoest account`: the harvest account of one municipality, for people and for programs."""

from __future__ import annotations

import json
from typing import Any

import click

from hoest.foundation.faults import Fault


class MunicipalityIsNotHere(Fault):
    """The municipality has no data on this installation, or several have and none was named."""


@click.command("account", help="Viser kommunens høstregnskab.")
@click.option("--kommune", metavar="NAVN|KODE", help="Kommunens navn eller firecifrede kode.")
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def command(kommune: str | None, as_json: bool) -> None:
    """Print the account: per price level the years, then the rungs."""
    from hoest.config.bootstrap import ready

    with ready(None if as_json else _to_stderr):
        from django.db import transaction

        from hoest.domain.organisations.queries import system_actor
        from hoest.domain.reporting.queries import account_facts
        from hoest.foundation.tenancy.context import acting_for

        organisation_id, name = chosen(kommune)
        with acting_for(organisation_id), transaction.atomic():
            facts = account_facts(system_actor(organisation_id, "Installationen"))
    if as_json:
        click.echo(json.dumps({"organisation": name, **facts}, ensure_ascii=False))
    else:
        _show(name, facts)


def _to_stderr(text: str) -> None:
    click.echo(text, err=True)


def chosen(kommune: str | None) -> tuple[int, str]:
    """Return id and name of the municipality a command is for: the named one, or the only one."""
    from hoest.domain.organisations.queries import find_organisation, organisations_here

    here = organisations_here()
    if kommune is None:
        if len(here) == 1:
            return here[0]
        names = ", ".join(name for _id, name in here[:12]) or "ingen endnu"
        raise MunicipalityIsNotHere(f"Vælg kommune med --kommune. Her er: {names}.")
    found = find_organisation(kommune)
    if found is None:
        names = ", ".join(name for _id, name in here[:12]) or "ingen endnu"
        raise MunicipalityIsNotHere(
            f"'{kommune}' er ikke en kommune på denne installation. Her er: {names}. "
            "Indlæs et regneark med 'hoest import FIL.xlsx'."
        )
    return found.pk, found.name


_COLUMNS = {
    "promised": "Lovet",
    "approved": "Godkendt",
    "measured": "Målt",
    "in_hand": "Taget hjem",
}


def _show(name: str, facts: dict[str, Any]) -> None:
    from hoest.foundation import content
    from hoest.ui.formats import number

    click.echo(f"Høstregnskab for {name}")
    if not facts["accounts"]:
        click.echo("Her er ingen gevinster endnu. Indlæs et regneark med 'hoest import FIL.xlsx'.")
    joined = facts["joined"]
    for account in [*([joined] if joined else []), *facts["accounts"]]:
        level = account["price_level"]
        whole = "Samlet med kommunens prisindeks, " if account is joined else ""
        click.echo(f"\n{whole}{level}-priser, kr." if level else "\nUden kroner")
        click.echo("År    " + "".join(f"{label:>16}" for label in _COLUMNS.values()))
        for year, amounts in account["years"].items():
            cells = "".join(f"{number(amounts[key]):>16}" for key in _COLUMNS)
            click.echo(f"{year:<6}{cells}")
        click.echo(f"\n{'Trin':<14}{'Gevinster':>10}{'Kr. om året':>18}{'Timer om året':>18}")
        for rung in account["rungs"]:
            label = content.label("rung", rung["rung"])
            click.echo(
                f"{label:<14}{rung['count']:>10}{number(rung['dkk']):>18}{number(rung['hours']):>18}"
            )
        for check in account.get("stated_totals", []):
            click.echo(f"  {check['text']}")
