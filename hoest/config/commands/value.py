"""`hoest value`: what a case is worth, from a file of yearly lines; needs no database.

Reads the JSON format of docs/reference/methods/cash-flow.md from a file or from standard input
(`-`). The numbers come from `hoest.engine.cash_flow`.
"""

from __future__ import annotations

from pathlib import Path

import click

from hoest.foundation.faults import Fault


class CaseFileNotRead(Fault):
    """The file cannot be opened; the sentence says which and why."""


def _read(file: str, most_bytes: int) -> bytes:
    """Return at most one byte more than allowed, so that a too large file is seen as such."""
    if file == "-":
        try:
            with click.open_file("-", "rb") as stream:
                return bytes(stream.read(most_bytes + 1))
        except (OSError, RuntimeError, ValueError):
            raise CaseFileNotRead("Der er intet at læse på standardinput.") from None
    shown = click.format_filename(file)
    try:
        with Path(file).open("rb") as stream:
            return stream.read(most_bytes + 1)
    except FileNotFoundError:
        raise CaseFileNotRead(f"Filen {shown} findes ikke.") from None
    except IsADirectoryError:
        raise CaseFileNotRead(f"{shown} er en mappe, men der skal stå en JSON-fil.") from None
    except (OSError, ValueError):
        raise CaseFileNotRead(f"Filen {shown} kan ikke læses.") from None


@click.command("value")
@click.argument("file", metavar="FIL", required=False)
@click.option("--json", "wants_json", is_flag=True, help="Svar som JSON med uafrundede tal.")
def command(file: str | None, wants_json: bool) -> None:
    """Regn en sags økonomi ud fra FIL (JSON), eller fra standardinput med "-".

    Svaret er netto pr. år, nettonutidsværdi, intern rente og tilbagebetalingstid.
    """
    # Loaded here, so that `hoest --help` need not wait for the numerical libraries.
    from hoest.config.valuation.reading import read_case
    from hoest.config.valuation.showing import as_json, as_table
    from hoest.config.valuation.strict_json import LARGEST_FILE_BYTES
    from hoest.engine.cash_flow import value

    if file is None:
        raise CaseFileNotRead('Angiv en JSON-fil, eller "-" for at læse fra standardinput.')
    source = "standardinput" if file == "-" else f"filen {click.format_filename(file)}"
    case = read_case(_read(file, LARGEST_FILE_BYTES), source)
    result = value(case.lines, base_year=case.base_year, horizon=case.horizon, rate=case.rate)
    click.echo(as_json(case, result) if wants_json else as_table(case, result))
