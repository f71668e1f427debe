"""`hoest design`: who starts when by lot, and what effect that can show; needs no database.

The noise comes from a history (a long CSV table) or is told. The JSON answer is told in
docs/reference/methods/effects.md.
"""

from __future__ import annotations

import click

from hoest.foundation.faults import Fault


class NothingToPlan(Fault):
    """Neither a history nor a number of units was given."""


@click.command("design")
@click.argument("file", metavar="FIL", required=False)
@click.option("--unit", default="unit", help="Kolonnen med enheden.")
@click.option("--time", default="time", help="Kolonnen med perioden.")
@click.option("--value", default="value", help="Kolonnen med værdien.")
@click.option("--units", "count", type=click.IntRange(2, 5000), help="Antal enheder uden fil.")
@click.option("--sd", type=float, help="Udsving fra måned til måned uden fil.")
@click.option("--carried", type=float, default=0.5, help="Hvor meget naboperioder følges ad, 0-1.")
@click.option("--before", type=click.IntRange(min=1), default=24, help="Perioder før, uden fil.")
@click.option("--after", type=click.IntRange(min=1), default=24, help="Perioder fra første start.")
@click.option("--waves", type=click.IntRange(min=1), default=4, help="Antal bølger.")
@click.option("--every", type=click.IntRange(min=1), help="Perioder mellem bølger.")
@click.option("--effect", type=float, help="Effekt, som styrken skal regnes for.")
@click.option("--wish", help="Ønsket rækkefølge: A,B;C,D (bølger skilt af semikolon).")
@click.option("--seed", type=click.IntRange(min=0), default=0, help="Frø til lodtrækningen.")
@click.option("--strata", help="Kolonnen med grupper, der hver spredes over bølgerne.")
@click.option("--json", "wants_json", is_flag=True, help="Svar som JSON med uafrundede tal.")
def command(
    file: str | None,
    unit: str,
    time: str,
    value: str,
    count: int | None,
    sd: float | None,
    carried: float,
    before: int,
    after: int,
    waves: int,
    every: int | None,
    effect: float | None,
    wish: str | None,
    seed: int,
    strata: str | None,
    wants_json: bool,
) -> None:
    """Træk lod om rækkefølgen, og se, hvad den kan vise.

    FIL er en lang CSV-tabel med tiden før, eller "-". Uden fil gives --units og --sd.
    """
    # Loaded here, so that `hoest --help` need not wait for the numerical libraries.
    from hoest.config.evidence_files.planning import (
        Asked,
        answer,
        as_lines,
        noise_and_units,
        wished,
    )
    from hoest.config.evidence_files.reading import read_history, read_table, strata_of
    from hoest.config.evidence_files.refusing import refused
    from hoest.config.evidence_files.showing import as_json
    from hoest.engine.effects import Noise

    if file is None and (count is None or sd is None):
        raise NothingToPlan("Angiv en fil med tiden før, eller --units og --sd.")
    layers = None
    with refused():
        if file is not None:
            table = read_table(file)
            panel = read_history(table, unit, time, value)
            if strata:
                layers = strata_of(table, unit, strata)(panel).rollout.strata
            noise, units, before = noise_and_units(panel)
        else:
            noise, units = Noise(sd or 0.0, carried), tuple(f"{n + 1}" for n in range(count or 0))
        asked = Asked(
            units, before, after, waves, every, noise, seed, effect, wished(wish, units), layers
        )
        said = answer(asked)
    click.echo(as_json(said) if wants_json else as_lines(said))
