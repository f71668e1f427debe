"""`hoest docs`: write the reference pages made from content, or check that they are fresh."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from hoest.config.reference import PAGES, PROJECT
from hoest.foundation.faults import Fault


def write(names: list[str], root: Path, check: bool) -> None:
    """Write pages below a folder; with `check`, write nothing and refuse when one is stale.

    Errors: `Fault` naming the first stale page, or the folder when it does not exist.
    """
    if not root.is_dir():
        raise Fault(f"Mappen '{root}' findes ikke.")
    for name in names:
        file, make = PAGES[name]
        path, text = root / file, make()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            click.echo(f"{file} er frisk.")
        elif check:
            raise Fault(f"{file} er ikke frisk. Kør 'hoest docs {name}'.")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            click.echo(f"{file} er skrevet.")


def _subcommand(name: str, names: list[str], help_text: str) -> click.Command:
    root = click.Option(
        ["--root"],
        type=click.Path(path_type=Path),
        default=PROJECT,
        help="Projektets mappe. Ellers den, Høst er hentet ned i.",
    )
    check = click.Option(["--check"], is_flag=True, help="Skriv intet; sig kun til.")
    return click.Command(name, params=[root, check], callback=partial(write, names), help=help_text)


command = click.Group(
    "docs",
    help="Skriv de sider i dokumentationen, der laves af indholdsfilerne.",
    commands=[
        *(_subcommand(name, [name], f"Skriv {file}.") for name, (file, _) in PAGES.items()),
        _subcommand("all", list(PAGES), "Skriv dem alle."),
    ],
)
