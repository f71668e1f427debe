"""The post of messages: gather every hour, send each digest as a job of its own.

The queue carries ids only; each job binds its municipality itself. The hour is checked in Danish
time, so that summer and winter time move nothing.
"""

from __future__ import annotations

import smtplib

from django.db import transaction

from hoest.foundation.jobs import defer, job, periodic
from hoest.foundation.messages.actions import digests
from hoest.foundation.messages.recipients import municipalities
from hoest.foundation.tenancy.context import acting_for


@job("messages.send_digest")
def send_digest(*, organisation_id: int, digest_id: int) -> None:
    """Send a digest once; a failed try is noted and raised, so that it is made again."""
    message = digests.prepare(organisation_id=organisation_id, digest_id=digest_id)
    if message is None:
        return
    try:
        digests.hand_over(organisation_id=organisation_id, digest_id=digest_id, message=message)
    except (smtplib.SMTPException, OSError):
        digests.note_failed(organisation_id=organisation_id, digest_id=digest_id)
        raise


@periodic("messages.collect", cron="7 * * * *")
def collect() -> None:
    """Gather the digests of every municipality, each in a transaction of its own."""
    for organisation_id, _name in municipalities():
        collect_for(organisation_id)


def collect_for(organisation_id: int) -> list[int]:
    """Gather and ask for the sending of one municipality's digests; return their ids."""
    with acting_for(organisation_id), transaction.atomic():
        ids = digests.gather(organisation_id=organisation_id)
        for digest_id in ids:
            defer(send_digest, organisation_id=organisation_id, digest_id=digest_id)
    return ids
