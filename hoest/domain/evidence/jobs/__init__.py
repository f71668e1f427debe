"""What evidence does outside a request: estimates, tables of statistics, files of many series."""

from hoest.domain.evidence.jobs.estimating import (
    estimate_all,
    estimate_nightly,
    give_up,
    read_statbank,
    read_statbank_of,
    run_all,
)
from hoest.domain.evidence.jobs.files import give_up_file, put_away, read_file, save_file

__all__ = [
    "estimate_all",
    "estimate_nightly",
    "give_up",
    "give_up_file",
    "put_away",
    "read_file",
    "read_statbank",
    "read_statbank_of",
    "run_all",
    "save_file",
]
