"""`hoest workbook`: the empty template, and the municipality's portfolio as a workbook."""

from __future__ import annotations

import json
from pathlib import Path

import click

from hoest.foundation.faults import Fault


@click.group("workbook", help="Regnearket: hent en tom skabelon, eller hent kommunens tal.")
def command() -> None:
    """Group the workbook's subcommands."""


def _write(target: Path, content: bytes) -> None:
    try:
        target.write_bytes(content)
    except OSError as error:
        raise Fault(f"Filen {target} kan ikke skrives: {error.strerror}.") from error


@command.command("template", help="Skriver en tom skabelon med vejledning.")
@click.argument(
    "target",
    metavar="[FIL.xlsx]",
    type=click.Path(path_type=Path),
    default=Path("hoest-skabelon.xlsx"),
)
def template(target: Path) -> None:
    """Write the empty template; needs no database."""
    from hoest.domain.exchange.rules import template as blank

    _write(target, blank())
    click.echo(f"Skabelonen ligger i {target}. Arket »Læs mig« forklarer, hvordan den udfyldes.")


@command.command(
    "export", help="Skriver kommunens portefølje i et regneark, som kan læses ind igen."
)
@click.argument("target", metavar="FIL.xlsx", type=click.Path(path_type=Path), required=True)
@click.option("--kommune", metavar="NAVN|KODE", help="Kommunens navn eller firecifrede kode.")
@click.option("--prisniveau", type=int, help="Pris- og lønniveau, når der er flere.")
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def export(target: Path, kommune: str | None, prisniveau: int | None, as_json: bool) -> None:
    """Write the portfolio of one municipality in one price level."""
    from hoest.config.bootstrap import ready
    from hoest.config.commands.account import chosen

    with ready():
        from django.db import transaction

        from hoest.domain.exchange.queries import workbook_of
        from hoest.domain.exchange.rules import write
        from hoest.domain.organisations.queries import system_actor
        from hoest.foundation.tenancy.context import acting_for

        organisation_id, _name = chosen(kommune)
        with acting_for(organisation_id), transaction.atomic():
            found = workbook_of(system_actor(organisation_id, "Installationen"), prisniveau)
        _write(target, write(found))
    counts = {
        "initiatives": len(found.initiatives),
        "lines": len(found.lines),
        "benefits": len(found.benefits),
        "measurements": len(found.measurements),
        "take_outs": len(found.take_outs),
    }
    if as_json:
        click.echo(json.dumps({"file": str(target), "price_level": found.price_level, **counts}))
    else:
        click.echo(
            f"{target}: {counts['initiatives']} initiativer og {counts['benefits']} gevinster "
            f"i {found.price_level}-priser."
        )
