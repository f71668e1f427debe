"""`hoest content`: see which content files a municipality has replaced, and check them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from hoest.foundation import content
from hoest.foundation.content import files
from hoest.foundation.faults import Fault


@click.group(name="content")
def command() -> None:
    """Se, kontrollér og kopiér de indholdsfiler, en kommune kan skifte ud."""


@command.command("check")
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
def check(as_json: bool) -> None:
    """Læs alle indholdsfiler, og sig, hvilke der er jeres egne.

    Finder den en fejl, siger den fil, sted og hvad der mangler, og slutter med kode 2.
    """
    content.forget()
    own, unread = content.replaced()
    if as_json:
        answer = {"folder": files.own_folder(), "replaced": own, "unread": unread}
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    folder = files.own_folder()
    if folder is None:
        click.echo(f"Alle indholdsfiler er Høsts egne. {files.VARIABLE} er ikke sat.")
        return
    click.echo(f"Egne filer i {folder}: {', '.join(own) or 'ingen'}.")
    if unread:
        click.echo(f"Ingen læser: {', '.join(unread)}. Er navnet stavet rigtigt?", err=True)


@command.command("copy")
@click.argument("name", type=click.Choice(files.REPLACEABLE))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def copy(name: str, folder: Path) -> None:
    """Kopiér en af Høsts indholdsfiler til jeres egen mappe, klar til at rette.

    En fil, der står der i forvejen, bliver ikke overskrevet.
    """
    target = folder / name
    if target.exists():
        raise Fault(f"{target} findes allerede og er ikke rørt.")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(files.SHIPPED / name, target)
    click.echo(f"{target} er klar. Sæt {files.VARIABLE} til mappen, og start Høst igen.")
