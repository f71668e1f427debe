"""A file with many indicators as its page shows it: the point, each indicator, what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.evidence.models import SeriesFile
from hoest.domain.evidence.queries.many import may_decide
from hoest.domain.evidence.queries.series import series_here
from hoest.domain.evidence.rules import FileState
from hoest.domain.evidence.web.series import many_words, words
from hoest.domain.evidence.web.series.line_words import question
from hoest.domain.evidence.web.series.tables import MEANINGS, MOST_ASKED, unit_choices
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.ui import formats
from hoest.ui.words import in_a_row

WORKING = (FileState.WAITING, FileState.READING, FileState.SAVING)
FAULTS_SHOWN, ROWS_SHOWN, EXAMPLES_SHOWN, UNKNOWN_SHOWN = 100, 25, 30, 20


def crumb() -> tuple[str, str]:
    """Return the way back to the files."""
    return _("Mange serier fra en fil"), reverse("series:many")


def listed(files: Iterable[SeriesFile]) -> list[dict[str, Any]]:
    """Return files for the list."""
    return [{"file": one, "state": many_words.STATES[one.state]} for one in files]


def limit_text() -> str:
    """Return how many days a file that is not saved stays."""
    return formats.number(content.limit("series_file_days"))


def state_of(
    actor: Actor,
    file: SeriesFile,
    *,
    show_all: bool = False,
    answers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return everything the page of one file shows.

    `answers` is what was just said of unknown places, by name in small letters; None before.
    """
    rows = sorted(file.preview.get("indicators", []), key=_order)
    shown = rows if show_all else rows[:ROWS_SHOWN]
    begun = _begun(actor, shown) if file.state == FileState.SAVED else {}
    asked = file.preview.get("asked", []) if file.state == FileState.ASKING else []
    return {
        "file": file,
        "may_decide": may_decide(actor, file),
        "days": limit_text(),
        "is_working": file.state in WORKING,
        "is_empty": file.state == FileState.READY and _is_empty(file),
        "point": point_of(file, rows),
        "step": _step(file),
        "faults": [many_words.fault(one) for one in file.faults[:FAULTS_SHOWN]],
        "more_faults": max(0, file.fault_count - min(len(file.faults), FAULTS_SHOWN)),
        "rows": [_row(one, begun) for one in shown],
        "more_rows": len(rows) - len(shown),
        "all_rows": len(rows),
        "notes": _notes(file, rows),
        "examples": _examples(rows),
        "asked": [_asked(one, answers or {}) for one in asked[:MOST_ASKED]],
        "unanswered": names_left(file, answers) if answers is not None else (),
        "also_unknown": _also_unknown(file),
        "offset": 0,
        "meanings": MEANINGS,
        "units": unit_choices(actor) if asked else [],
    }


def names_left(file: SeriesFile, answers: Mapping[str, str]) -> set[str]:
    """Return the names a page asks of that are not among the answers."""
    asked = file.preview.get("asked", [])[:MOST_ASKED]
    return {one["name"] for one in asked if one["name"].casefold() not in answers}


def _asked(one: dict[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    """Return a name to ask of, with what was chosen or is believed of it."""
    guess = answers.get(one["name"].casefold(), one["guess"])
    return {**one, "guess": guess, "question": question(one)}


def _also_unknown(file: SeriesFile) -> str:
    """Name the places that will be asked of once the faults are mended."""
    names = [one["name"] for one in file.preview.get("asked", [])]
    if file.state != FileState.FAULTY or not names:
        return ""
    said = [f"»{name}«" for name in names[:UNKNOWN_SHOWN]]
    if len(names) > UNKNOWN_SHOWN:
        said.append(_("%(n)s til") % {"n": formats.number(len(names) - UNKNOWN_SHOWN)})
    return ngettext(
        "Desuden kender Høst ikke %(n)s sted: %(names)s. Er det rigtigt, spørger Høst om det, når "
        "fejlene er rettet.",
        "Desuden kender Høst ikke %(n)s steder: %(names)s. Er de rigtige, spørger Høst om dem, når "
        "fejlene er rettet.",
        len(names),
    ) % {"n": formats.number(len(names)), "names": in_a_row(said)}


def _order(one: dict[str, Any]) -> tuple[int, str]:
    if one["series_id"] is None:
        rank = 0
    elif one["since"]:
        rank = 1
    elif one["corrected"]:
        rank = 2
    else:
        rank = 3 if one["new"] else 4
    return rank, one["name"].casefold()


def _is_empty(file: SeriesFile) -> bool:
    begun = any(one["series_id"] is None or one["since"] for one in file.preview["indicators"])
    return not file.preview["changes"] and not begun


def point_of(file: SeriesFile, rows: Sequence[dict[str, Any]]) -> str:
    """Say where a file is, or what it does, in one sentence."""
    if file.state == FileState.FAULTY:
        return ngettext(
            "%(n)s fejl i filen. Intet er gemt", "%(n)s fejl i filen. Intet er gemt",
            file.fault_count,
        ) % {"n": formats.number(file.fault_count)}  # fmt: skip
    if file.state == FileState.ASKING:
        count = len(file.preview["asked"])
        return ngettext(
            "%(n)s sted kender Høst ikke endnu", "%(n)s steder kender Høst ikke endnu", count
        ) % {"n": formats.number(count)}
    if file.state == FileState.READY:
        if _is_empty(file):
            return _("Filen ændrer intet: alt står allerede, som den siger")
        told = ngettext("%(n)s indikator er klar", "%(n)s indikatorer er klar", len(rows)) % {
            "n": formats.number(len(rows))
        }
        return f"{told}: {_counts(rows)}"
    if file.state == FileState.SAVED:
        told = ngettext("%(n)s indikator er gemt", "%(n)s indikatorer er gemt", len(rows)) % {
            "n": formats.number(len(rows))
        }
        return f"{told}: {_counts(rows)}"
    return {
        FileState.WAITING: _("Filen bliver læst igennem"),
        FileState.READING: _("Filen bliver læst igennem"),
        FileState.SAVING: _("Værdierne bliver gemt"),
        FileState.FAILED: _("Arbejdet gik i stå. Intet er gemt"),
        FileState.PUT_AWAY: _("Filen er tømt. Den har ikke ændret noget"),
    }[FileState(file.state)]


def _counts(rows: Sequence[dict[str, Any]]) -> str:
    """Count what is new and corrected, in words."""
    begun = sum(one["series_id"] is None for one in rows)
    new = sum(one["new"] for one in rows)
    corrected = sum(one["corrected"] for one in rows)
    said = []
    if new or not corrected:
        said.append(
            ngettext("%(n)s ny værdi", "%(n)s nye værdier", new) % {"n": formats.number(new)}
        )
    if corrected:
        said.append(
            ngettext("%(n)s rettet værdi", "%(n)s rettede værdier", corrected)
            % {"n": formats.number(corrected)}
        )
    if begun:
        said.append(
            ngettext("%(n)s ny serie", "%(n)s nye serier", begun) % {"n": formats.number(begun)}
        )
    return ", ".join(said)


def _step(file: SeriesFile) -> str:
    if file.state == FileState.WAITING:
        return _("Venter på at komme til")
    return _("Læser filen") if file.state == FileState.READING else _("Gemmer værdierne")


def _begun(actor: Actor, rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Return the series a file began, by name; one query."""
    names = [one["name"] for one in rows if one["series_id"] is None]
    return dict(series_here(actor).filter(name__in=names).values_list("name", "pk"))


def _row(one: dict[str, Any], begun: dict[str, int]) -> dict[str, Any]:
    """Return one indicator for the table."""
    said, series_id = "", one["series_id"] or begun.get(one["name"])
    if one["series_id"] is None:
        said = _("Ny serie, et tal for hver %(step)s") % {"step": words.STEPS[one["step"]]}
    elif one["since"]:
        said = _("Opgøres på en ny måde fra %(period)s: det bliver et brud") % {
            "period": words.period(dt.date.fromisoformat(one["since"]), one["step"])
        }
    elif one["waiting"]:
        said = _("Et brud venter på en afgørelse")
    return {
        "name": one["name"],
        "url": reverse("series:series", args=[series_id]) if series_id else "",
        "said": said,
        "unit": one["measure_unit"],
        "cells": [
            {"n": formats.number(one[name]), "label": label, "is_none": not one[name]}
            for name, label in (
                ("places", ngettext("sted", "steder", one["places"])),
                ("new", ngettext("ny", "nye", one["new"])),
                ("corrected", ngettext("rettet", "rettede", one["corrected"])),
                ("same", ngettext("uændret", "uændrede", one["same"])),
            )
        ],
    }


def _examples(rows: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """Return some of the values that are corrected, with what stood."""
    found = [
        {
            "name": row["name"],
            "place": one["place"],
            "period": words.period(dt.date.fromisoformat(one["on"]), row["step"]),
            "standing": words.number(Decimal(one["standing"])),
            "value": words.with_unit(Decimal(one["value"]), row["measure_unit"]),
        }
        for row in rows
        for one in row["examples"]
    ]
    return found[:EXAMPLES_SHOWN]


def _notes(file: SeriesFile, rows: Sequence[dict[str, Any]]) -> list[str]:
    """Say what a reader should know before saying yes."""
    said = []
    is_ready = file.state == FileState.READY
    if is_ready and (refused := file.preview.get("refused")):
        said.append(_("Filen blev ikke gemt, da %(name)s sagde ja. Svaret var: %(why)s") % refused)
    if is_ready and file.preview.get("is_anew"):
        said.append(_("Noget er rettet, siden du så filen. Intet er gemt. Se den igen herunder."))
    waiting = sum(bool(one["waiting"]) for one in rows)
    if waiting:
        said.append(
            ngettext(
                "%(n)s serie har et brud, ingen har taget stilling til. Tal før og efter regnes "
                "aldrig sammen.",
                "%(n)s serier har et brud, ingen har taget stilling til. Tal før og efter regnes "
                "aldrig sammen.",
                waiting,
            )
            % {"n": formats.number(waiting)}
        )
    missing = sum(one["missing"] for one in rows)
    if missing:
        said.append(
            ngettext(
                "%(n)s celle er tom og springes over.",
                "%(n)s celler er tomme og springes over.",
                missing,
            )
            % {"n": formats.number(missing)}
        )
    if file.preview.get("ignored"):
        said.append(
            _("Kolonner, der ikke bruges: %(names)s.")
            % {"names": ", ".join(file.preview["ignored"])}
        )
    return said
