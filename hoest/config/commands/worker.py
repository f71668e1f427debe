"""`hoest worker`: runs the jobs. Started by `hoest start`; an operator may run several."""

from __future__ import annotations

import asyncio

import click

STALLED_SECONDS = 30


@click.command("worker", help="Kører opgaver i baggrunden. Startes af 'hoest start'.", hidden=True)
def command() -> None:
    """Work until told to stop; first take up what a killed worker left."""
    from hoest.config.bootstrap import set_up

    set_up("worker")
    asyncio.run(_work())


async def _work() -> None:
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app

    from hoest.foundation.database import connection

    # The connector's own pool, listening for new jobs, beside Django's that the jobs use.
    address = connection.database_url("worker")
    worker_app = app.with_connector(PsycopgConnector(conninfo=address, max_size=4))
    async with worker_app.open_async():
        watch = asyncio.create_task(_take_up_stalled(worker_app))
        try:
            await worker_app.run_worker_async(
                concurrency=2,
                fetch_job_polling_interval=2.0,
                shutdown_graceful_timeout=5,
                update_heartbeat_interval=5.0,
                stalled_worker_timeout=STALLED_SECONDS,
                install_signal_handlers=True,
            )
        finally:
            watch.cancel()


async def _take_up_stalled(worker_app: object) -> None:
    """Retry, now and then, the jobs whose worker was killed."""
    from procrastinate import App

    assert isinstance(worker_app, App)
    while True:
        stalled = await worker_app.job_manager.get_stalled_jobs(
            seconds_since_heartbeat=STALLED_SECONDS
        )
        for job in stalled:
            await worker_app.job_manager.retry_job(job)
        await asyncio.sleep(5)
