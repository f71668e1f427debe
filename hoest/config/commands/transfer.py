"""`hoest transfer`: what the neighbours' results mean for us; needs no database.

The JSON answer is told in docs/reference/methods/transfer.md.
"""

from __future__ import annotations

import click


@click.command("transfer")
@click.argument("file", metavar="FIL")
@click.option("--effect", required=True, help="Kolonnen med effekten.")
@click.option("--variance", required=True, help="Kolonnen med effektens varians.")
@click.option("--label", help="Kolonnen med stedets navn.")
@click.option("--scale", type=float, help="Ventet spredning mellem steder.")
@click.option("--promise", type=float, help="Det, der er lovet: sandsynligheden for at nå det.")
@click.option("--volume", type=float, help="Vores mængde: effekten ganges med den.")
@click.option("--json", "wants_json", is_flag=True, help="Svar som JSON med uafrundede tal.")
def command(
    file: str,
    effect: str,
    variance: str,
    label: str | None,
    scale: float | None,
    promise: float | None,
    volume: float | None,
    wants_json: bool,
) -> None:
    """Sig, hvor effekten kan lande hos os: FIL er en CSV-tabel med andres resultater.

    Spændet for den næste kommune står forrest, ikke spændet for middeltallet.
    """
    # Loaded here, so that `hoest --help` need not wait for the numerical libraries.
    from hoest.config.evidence_files.neighbours import answer, as_lines
    from hoest.config.evidence_files.reading import read_table
    from hoest.config.evidence_files.refusing import refused
    from hoest.config.evidence_files.showing import as_json
    from hoest.engine.transfer import studies_of, transferred

    table = read_table(file)
    names = [text for _, text in table.column(label)] if label else None
    with refused():
        studies = studies_of(table.numbers(effect), table.numbers(variance))
        found = transferred(studies, scale=scale, promised=promise)
        said = answer(studies, found, names, promise, volume)
    click.echo(as_json(said) if wants_json else as_lines(said))
