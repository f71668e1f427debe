"""The words that are stored."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """How long a period of a series is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Wanted(StrEnum):
    """Which way is better."""

    LOWER = "lower"
    HIGHER = "higher"


class Origin(StrEnum):
    """Where a value comes from."""

    TYPED = "typed"
    FILE = "file"
    MEASURED = "measured"
    STATBANK = "statbank"
    SHARED = "shared"


class BreakHandling(StrEnum):
    """What is used of a series whose way of counting changed. Nothing is joined by itself."""

    NOT_DECIDED = ""
    AFTER = "after"
    BEFORE = "before"


class Method(StrEnum):
    """How an effect is asked for; the engine's own codes."""

    AUTO = "auto"
    IMPUTATION = "did"
    GROUP_TIME = "cs"
    SYNTHETIC = "sdid"
    INTERRUPTED = "its"
    STRUCTURAL = "bsts"


class Control(StrEnum):
    """With whom those who have started are compared; the engine's own codes."""

    NOT_YET = "notyet"
    NEVER = "never"


class RunState(StrEnum):
    """Where a run over many studies stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class FileState(StrEnum):
    """Where a file with many indicators stands between being chosen and being saved."""

    WAITING = "waiting"
    READING = "reading"
    FAULTY = "faulty"
    ASKING = "asking"
    READY = "ready"
    SAVING = "saving"
    SAVED = "saved"
    FAILED = "failed"
    PUT_AWAY = "put_away"
