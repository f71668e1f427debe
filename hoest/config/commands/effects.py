"""`hoest effects`: many indicators at once, in processes here or on the machines of a scheduler.

Each answer is that of `hoest effect`; those that were not chosen beforehand are judged by how many
there are. The JSON answer is told in docs/reference/methods/effects.md.
"""

from __future__ import annotations

from pathlib import Path

import click

from hoest.foundation.faults import Fault


class MachinesNotReached(Fault):
    """The scheduler does not answer, or the library that speaks with it is not installed."""


def _progress(done: int, total: int) -> None:
    if done:
        click.echo(f"\r{done} af {total}", nl=done == total, err=True)


@click.command("effects")
@click.argument("file", metavar="FIL")
@click.option("--indicator", required=True, help="Kolonnen med tallets navn.")
@click.option("--unit", required=True, help="Kolonnen med enheden (team, kommune).")
@click.option("--time", required=True, help="Kolonnen med perioden (tal eller 2026-03).")
@click.option("--value", required=True, help="Kolonnen med værdien.")
@click.option("--treated", required=True, help="Kolonnen med første periode; tom eller 0 = aldrig.")
@click.option("--benefit", help="Kolonnen med gevinsten, som tallet hører til.")
@click.option("--primary", help="Kolonnen, hvor 1 eller ja er tallet, der blev valgt på forhånd.")
@click.option("--strata", help="Kolonnen med grupper, som rækkefølgen byttes inden for.")
@click.option(
    "--method",
    type=click.Choice(["auto", "did", "cs", "sdid", "its", "bsts"]),
    default="auto",
    help="Metode; auto vælger den stærkeste, data kan bære.",
)
@click.option("--seed", type=click.IntRange(min=0), default=0, help="Frø til lodtrækningen.")
@click.option("--store", type=click.Path(path_type=Path), help="Mappe, der gemmer svar undervejs.")
@click.option("--processes", type=click.IntRange(min=1), help="Antal processer på denne maskine.")
@click.option("--scheduler", help="Adressen på en Dask-planlægger, fx tcp://10.0.0.4:8786.")
@click.option("--json", "wants_json", is_flag=True, help="Svar som JSON med uafrundede tal.")
def command(
    file: str,
    indicator: str,
    unit: str,
    time: str,
    value: str,
    treated: str,
    benefit: str | None,
    primary: str | None,
    strata: str | None,
    method: str,
    seed: int,
    store: Path | None,
    processes: int | None,
    scheduler: str | None,
    wants_json: bool,
) -> None:
    """Sig om mange tal, om det virkede: FIL er en lang CSV-tabel med en kolonne til tallets navn.

    Afbrydes det, går det videre fra --store, hvor det slap. Et svar, der er gemt, regnes ikke om.
    """
    # Loaded here, so that `hoest --help` need not wait for the numerical libraries.
    from hoest.config.evidence_files.kept import Folder
    from hoest.config.evidence_files.reading import read_table
    from hoest.config.evidence_files.refusing import refused
    from hoest.config.evidence_files.showing import as_json
    from hoest.config.evidence_files.table_of_many import many_answer, many_lines, read_many
    from hoest.engine.effects import Cluster, Machines, Method, Processes, Question, effects_of_many

    many = read_many(
        read_table(file),
        indicator=indicator,
        unit=unit,
        time=time,
        value=value,
        treated=treated,
        benefit=benefit,
        primary=primary,
        strata=strata,
    )
    machines: Machines = Cluster(scheduler) if scheduler else Processes(processes)
    asked = Question(method=Method(method), seed=seed)
    kept = Folder(store) if store else None
    try:
        with refused():
            found = effects_of_many(many, asked, store=kept, machines=machines, progress=_progress)
    except ModuleNotFoundError as error:
        raise MachinesNotReached(
            "--scheduler skal bruge pakken distributed (requirements/machines.txt)."
        ) from error
    except OSError as error:
        if not scheduler:
            raise
        raise MachinesNotReached(f"Planlæggeren {scheduler} svarer ikke.") from error
    click.echo(as_json(many_answer(found, seed)) if wants_json else many_lines(found))
