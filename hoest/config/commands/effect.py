"""`hoest effect`: did it work, from a long table of units, periods and values; needs no database.

The JSON answer is told in docs/reference/methods/effects.md.
"""

from __future__ import annotations

import click


@click.command("effect")
@click.argument("file", metavar="FIL")
@click.option("--unit", required=True, help="Kolonnen med enheden (team, kommune).")
@click.option("--time", required=True, help="Kolonnen med perioden (tal eller 2026-03).")
@click.option("--value", required=True, help="Kolonnen med værdien.")
@click.option("--treated", required=True, help="Kolonnen med første periode; tom eller 0 = aldrig.")
@click.option(
    "--method",
    type=click.Choice(["auto", "did", "cs", "sdid", "its", "bsts"]),
    default="auto",
    help="Metode; auto vælger den stærkeste, data kan bære.",
)
@click.option(
    "--control",
    type=click.Choice(["never", "notyet"]),
    default="notyet",
    help="Hvem der sammenlignes med (cs).",
)
@click.option("--seed", type=click.IntRange(min=0), default=0, help="Frø til lodtrækningen.")
@click.option("--drawn", is_flag=True, help="Rækkefølgen blev afgjort ved lodtrækning.")
@click.option("--season", type=click.IntRange(min=1), default=12, help="Perioder på et år (its).")
@click.option("--strata", help="Kolonnen med grupper, som rækkefølgen byttes inden for.")
@click.option("--json", "wants_json", is_flag=True, help="Svar som JSON med uafrundede tal.")
def command(
    file: str,
    unit: str,
    time: str,
    value: str,
    treated: str,
    method: str,
    control: str,
    seed: int,
    drawn: bool,
    season: int,
    strata: str | None,
    wants_json: bool,
) -> None:
    """Sig, om det virkede: FIL er en lang CSV-tabel, eller "-" for standardinput.

    Svaret er effekten, dens spænd, metodens grad og dommen, altid sammen.
    """
    # Loaded here, so that `hoest --help` need not wait for the numerical libraries.
    from hoest.config.evidence_files.reading import read_panel, read_table, strata_of
    from hoest.config.evidence_files.refusing import refused
    from hoest.config.evidence_files.showing import answer, as_json, as_lines
    from hoest.engine.effects import Control, Method, Question, effect_of

    table = read_table(file)
    with refused():
        panel = read_panel(table, unit, time, value, treated)
        if strata:
            panel = strata_of(table, unit, strata)(panel)
        asked = Question(
            method=Method(method), control=Control(control), seed=seed, drawn=drawn, season=season
        )
        effect = effect_of(panel, asked)
    click.echo(as_json(answer(effect, seed)) if wants_json else as_lines(effect))
