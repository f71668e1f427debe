"""`hoest start`: everything in one foreground process, from an empty folder to a first log-in."""

from __future__ import annotations

import click

DEFAULT_PORT = 8000


@click.command(
    "start",
    help="Starter Høst: database, webserver og arbejder i ét vindue. Stop med Ctrl-C.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="Porten, som webserveren lytter på.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Adressen, som webserveren lytter på. Brug en TLS-proxy foran, hvis andre skal med.",
)
@click.option(
    "--uden-demo",
    "--no-demo",
    "without_demo",
    is_flag=True,
    help="Indlæs hverken Københavns offentlige tal eller demoen ved første start.",
)
def command(port: int, host: str, without_demo: bool) -> None:
    """Prepare the database, then run Høst until it is told to stop."""
    from hoest.config.processes import serve

    def prepare() -> None:
        from hoest.config import bootstrap, first_start

        bootstrap.prepare(click.echo)
        first_start.run_first_start(with_figures=not without_demo)

    serve(port=port, host=host, prepare=prepare)
