"""`hoest restore`: a backup becomes the database, all of it or nothing of it."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command("restore", help="Lægger en sikkerhedskopi ind i en tom datamappe.")
@click.argument("source", metavar="FIL", type=click.Path(path_type=Path))
@click.option(
    "--overskriv",
    "overwrite",
    is_flag=True,
    help="Erstat den database og de filer, der er. Høst spørger først.",
)
@click.option("--ja", "yes", is_flag=True, help="Svar ja på spørgsmålet om at overskrive.")
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def command(source: Path, overwrite: bool, yes: bool, as_json: bool) -> None:
    """Restore a backup; replacing data asks first."""
    from hoest.foundation.database.folder import open_folder
    from hoest.foundation.database.restore import restore

    folder = open_folder()
    if overwrite and not yes:
        click.confirm(
            f"Alt i {folder.path} erstattes af kopien {source}. Vil du det?", abort=True, err=True
        )
    manifest = restore(source, folder, overwrite)
    if as_json:
        click.echo(json.dumps({"data_folder": str(folder.path), **manifest.summary()}))
        return
    click.echo(f"Kopien er lagt ind i {folder.path}: {manifest}.")
