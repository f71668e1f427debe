"""`hoest demo`: the fictional municipalities: load them, bring them back, sign in to them."""

from __future__ import annotations

import json
from typing import Any

import click


@click.group("demo", help="Indlæser demokommunerne, stiller dem tilbage og giver log-ind til dem.")
def command() -> None:
    """Group the subcommands."""


@command.command("load", help="Indlæser de demokommuner, der ikke er her, og skriver log-ind.")
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def load(as_json: bool) -> None:
    """Build what is missing, then print the log-ins of a demo that was built now."""
    from hoest.config.bootstrap import ready

    with ready(None if as_json else _to_stderr):
        from hoest.config.demo.loading import load_missing
        from hoest.config.demo.log_ins import new_log_ins

        built = load_missing(_to_stderr)
        found = new_log_ins() if built else []
    if as_json:
        click.echo(_as_json({"built": [one._asdict() for one in built], **_plain(found)}))
        return
    click.echo(_said(built) if built else "Demoen er her allerede. Intet er ændret.")
    _show(found)


@command.command("reset", help="Stiller demokommunerne tilbage. Rigtige kommuner røres aldrig.")
@click.argument("municipality", metavar="[KOMMUNE]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def reset(municipality: str | None, as_json: bool) -> None:
    """Remove the rows of one demo municipality, or of all, and build them anew."""
    from hoest.config.bootstrap import ready

    with ready(None if as_json else _to_stderr):
        from hoest.config.demo.loading import reload

        built = reload(_wanted(municipality), _to_stderr)
    if as_json:
        click.echo(_as_json({"built": [one._asdict() for one in built]}))
        return
    click.echo(f"{_said(built)} Adgangskoderne er de samme.")


@command.command("logins", help="Giver alle roller i demoen en ny adgangskode og skriver den.")
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def logins(as_json: bool) -> None:
    """Draw a new password for the roles of the demo and print it."""
    from hoest.config.bootstrap import ready

    with ready(None if as_json else _to_stderr):
        from hoest.config.demo.log_ins import new_log_ins

        found = new_log_ins()
    if as_json:
        click.echo(_as_json(_plain(found)))
        return
    _show(found)


def _wanted(municipality: str | None) -> set[str]:
    """Return the codes of the demos to bring back: the named one, else all of them."""
    from hoest.config.commands.account import MunicipalityIsNotHere
    from hoest.domain.organisations.actions import NotADemo
    from hoest.domain.organisations.queries import demo_organisations, find_organisation

    demos = {one.code for one in demo_organisations()}
    if not demos:
        raise MunicipalityIsNotHere("Demoen er ikke her. Indlæs den med 'hoest demo load'.")
    if municipality is None:
        return demos
    found = find_organisation(municipality)
    if found is None:
        raise MunicipalityIsNotHere(f"'{municipality}' er ikke en kommune på denne installation.")
    if found.code not in demos:
        raise NotADemo(f"{found.name} er ikke en demo og bliver ikke rørt.")
    return {found.code}


def _said(built: list[Any]) -> str:
    benefits = sum(one.benefits for one in built)
    return f"{len(built)} demokommuner med {benefits} gevinster er klar."


def _plain(found: list[Any]) -> dict[str, Any]:
    return {
        "log_ins": [
            {**one._asdict(), "people": [person._asdict() for person in one.people]}
            for one in found
        ]
    }


def _as_json(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False)


def _show(found: list[Any]) -> None:
    from hoest.config.demo.log_ins import lines

    for one in found:
        click.echo("")
        for line in lines(one):
            click.echo(line)


def _to_stderr(text: str) -> None:
    click.echo(text, err=True)
