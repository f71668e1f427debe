"""Loads the demo and brings it back: what is missing is built, in two processes at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Collection
from typing import Any

from hoest.config.bootstrap import PACKAGE
from hoest.config.demo.building import Built, build, open_told
from hoest.config.demo.log_ins import connect_again
from hoest.config.demo.reading import towns
from hoest.config.demo.removing import remove_rows
from hoest.config.demo.words import DemoFault
from hoest.domain.organisations.queries import demo_organisations

Say = Callable[[str], None]


def silent(text: str) -> None:
    """Say nothing."""


def load_missing(say: Say = silent, *, at_once: bool = True) -> list[Built]:
    """Build every demo municipality that is not here; return those that were built."""
    told = towns()
    for one in told:
        open_told(one)
    filled = {one.code for one in demo_organisations() if one.is_filled}
    return _build([one for one in told if one["code"] not in filled], say, at_once)


def is_half_loaded() -> bool:
    """Tell whether the demo was begun here and not finished.

    A demo that the files no longer tell of may stand empty.
    """
    empty = {one.code for one in demo_organisations() if not one.is_filled}
    return bool(empty) and any(one["code"] in empty for one in towns())


def reload(wanted: Collection[str], say: Say = silent, *, at_once: bool = True) -> list[Built]:
    """Bring demo municipalities back as they were, by their codes; the real ones are not touched.

    A demo that the files no longer tell of is emptied. Accounts keep their passwords.
    """
    told = [one for one in towns() if one["code"] in wanted]
    for here in demo_organisations():
        if here.code in wanted:
            remove_rows(here.pk)
    built = _build(told, say, at_once)
    for one in told:
        connect_again(one)
    return built


def _build(told: list[dict[str, Any]], say: Say, at_once: bool) -> list[Built]:
    """Build the first here, and with `at_once` the others in a process beside."""
    if not at_once or len(told) < 2:
        return [_said(built, say) for one in told if (built := build(one)) is not None]
    beside = subprocess.Popen(  # noqa: S603 - our own module and our own codes
        [sys.executable, "-m", "hoest.config.demo", *(one["code"] for one in told[1:])],
        env={**os.environ, "HOEST_DATABASE_ROLE": "app"},
        cwd=PACKAGE.parent,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        first = build(told[0])
        here = [] if first is None else [_said(first, say)]
        lines, _none = beside.communicate()
    finally:
        beside.kill()
        beside.wait()
    if beside.returncode:
        raise DemoFault("Demoen blev ikke færdig. Kør 'hoest demo load'; det gør den færdig.")
    return [*here, *(_said(Built(*json.loads(line)), say) for line in lines.splitlines())]


def _said(built: Built, say: Say) -> Built:
    say(f"{built.name}: {built.initiatives} initiativer, {built.benefits} gevinster.")
    return built
