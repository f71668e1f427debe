"""`hoest import`: a portfolio workbook into the municipality its sheet Om names."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any, NoReturn

import click

from hoest.foundation.faults import Fault

QUIET_SECONDS = 2.0


class WorkbookHasFaults(Fault):
    """The file cannot be imported; every fault has been listed."""


@click.command("import", help="Indlæser et regneark i kommunen, som arket Om nævner.")
@click.argument("file", metavar="FIL.xlsx", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Vis, hvad der ville ske, uden at gøre det.")
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def command(file: Path, dry_run: bool, as_json: bool) -> None:
    """Read, check and apply a workbook; list every fault at once when there are any."""
    from hoest.config.bootstrap import ready
    from hoest.domain.exchange.rules import parse
    from hoest.foundation.imports.reader import read_workbook

    content = _read(file)
    tell = _Teller(as_json)
    parsed = parse(read_workbook(content, progress=tell.reading))
    if parsed.workbook is None:
        _show_faults(file, parsed.faults, as_json)
    with ready(tell.step):
        from hoest.domain.exchange.management.workbooks import import_as_operator

        outcome = import_as_operator(
            workbook=parsed.workbook,
            file_name=file.name,
            content=content,
            dry_run=dry_run,
            progress=tell.applying,
        )
    tell.end()
    outcome["notes"] = [str(note) for note in parsed.notes]
    if as_json:
        click.echo(json.dumps(outcome, ensure_ascii=False))
    else:
        _show(outcome, dry_run)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = "findes ikke" if isinstance(error, FileNotFoundError) else "kan ikke læses"
        raise Fault(f"Filen {file} {reason}. Angiv stien til et regneark (.xlsx).") from error


def _show_faults(file: Path, faults: tuple[Any, ...], as_json: bool) -> NoReturn:
    if as_json:
        listed = [
            {
                "sheet": fault.sheet,
                "row": fault.row,
                "column": fault.column,
                "stands": fault.stands,
                "expected": fault.expected,
                "text": str(fault),
            }
            for fault in faults
        ]
        click.echo(json.dumps({"state": "faulty", "faults": listed}, ensure_ascii=False))
    else:
        for fault in faults:
            click.echo(f"  {fault}", err=True)
    many = "1 fejl" if len(faults) == 1 else f"{len(faults)} fejl"
    raise WorkbookHasFaults(f"{file.name} har {many}, så intet er indlæst. Ret dem, og prøv igen.")


class _Teller:
    """Tells how far the work is, on the error stream so that answers stay clean."""

    STEPS = {
        "initiatives": "initiativer",
        "lines": "økonomi",
        "benefits": "gevinster",
        "measurements": "målinger",
        "take_outs": "indhøstning",
        "standing": "høststigen",
    }

    def __init__(self, as_json: bool) -> None:
        self.silent = as_json
        self.last = ""
        self.began = time.monotonic()

    def step(self, text: str) -> None:
        if not self.silent and text != self.last:
            self.last = text
            click.echo(text, err=True)

    def reading(self, read: int, total: int) -> None:
        if read >= 5000:
            self.step(f"Læser … {read // 5000 * 5000} rækker")

    def applying(self, percent: int, step: str) -> None:
        if percent > 10 and time.monotonic() - self.began > QUIET_SECONDS:
            self.step(f"Indlæser {self.STEPS.get(step, step)} … {percent} %")

    def end(self) -> None:
        self.last = ""


_KINDS = {
    "initiative": ("initiativ", "initiativer"),
    "version": ("business case-version", "business case-versioner"),
    "benefit": ("gevinst", "gevinster"),
    "measurement": ("måling", "målinger"),
    "take_out": ("indhøstning", "indhøstninger"),
    "unit": ("enhed", "enheder"),
    "body": ("udvalg", "udvalg"),
    "person": ("person", "personer"),
}


def _counted(counts: dict[str, int]) -> str:
    words = [
        f"{number} {_KINDS[kind][0 if number == 1 else 1]}"
        for kind, number in counts.items()
        if number
    ]
    return ", ".join(words) or "intet"


def _show(outcome: dict[str, Any], dry_run: bool) -> None:
    would = "Ville blive" if dry_run else "Er"
    click.echo(f"{outcome['organisation']} · {outcome['price_level']}-priser")
    if outcome["state"] == "unchanged":
        click.echo("Filen ændrer intet: alt står allerede, som den siger.")
    else:
        click.echo(f"{would} oprettet: {_counted(outcome['made'])}.")
        click.echo(f"{would} ændret:   {_counted(outcome['changed'])}.")
        click.echo(f"Uændret:      {_counted(outcome['left'])}.")
    for note in outcome["notes"]:
        click.echo(f"  Bemærk: {note}")
    if outcome["state"] == "applied":
        click.echo(f"Fortryd hele indlæsningen på /regneark/{outcome['import_id']}/.")
