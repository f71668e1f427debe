"""`hoest backup`: one verified file with database and files."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command("backup", help="Laver en sikkerhedskopi, der er læst igennem, i en ny fil.")
@click.argument("target", metavar="FIL", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def command(target: Path, as_json: bool) -> None:
    """Write a backup; a folder as target gives the file a name with the date."""
    from hoest.foundation.database.backup import backup

    copy = backup(target)
    if as_json:
        click.echo(json.dumps({"file": str(copy.file), **copy.manifest.summary()}))
        return
    click.echo(f"Sikkerhedskopien ligger i {copy.file} og er læst igennem: {copy.manifest}.")
