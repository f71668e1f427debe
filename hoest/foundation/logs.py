"""Logs as facts: one line per event, with the municipality it happened for.

Readable lines by default; `HOEST_LOG=json` gives one JSON object per line for a log collector. No
personal data is added: ids only. Source: structlog, "Rendering using structlog-based formatters".
"""

from __future__ import annotations

import os
from typing import Any

import structlog
from structlog.typing import EventDict, Processor


def _municipality(logger: Any, method: str, event: EventDict) -> EventDict:
    from hoest.foundation.tenancy.context import current_organisation_id

    organisation_id = current_organisation_id()
    if organisation_id is not None:
        event["organisation_id"] = organisation_id
    return event


def _text(logger: Any, method: str, event: EventDict) -> str:
    """Render a line for people: time, level, where, what, facts; then the trace, if any."""
    trace = event.pop("exception", None)
    head = " ".join(str(event.pop(key, "")) for key in ("timestamp", "level", "logger", "event"))
    facts = " ".join(f"{key}={value!r}" for key, value in event.items())
    return "\n".join(part for part in (f"{head} {facts}".rstrip(), trace) if part)


def formatter() -> structlog.stdlib.ProcessorFormatter:
    """Return the formatter of every log line, for `LOGGING`."""
    as_json = os.environ.get("HOEST_LOG") == "json"
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
        _municipality,
    ]
    render: Processor = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else _text
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            render,
        ],
    )
