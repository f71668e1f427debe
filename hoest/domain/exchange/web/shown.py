"""Imports as the pages show them: kinds and states in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.exchange.models import ImportRun

WORKING = ("waiting", "reading", "applying")


def state_label(state: str) -> str:
    """Return the state of an import in a word or two."""
    labels = {
        "waiting": _("venter på at blive læst"),
        "reading": _("bliver læst"),
        "faulty": _("har fejl"),
        "ready": _("klar til at bekræfte"),
        "applying": _("bliver indlæst"),
        "applied": _("indlæst"),
        "undone": _("fortrudt"),
        "failed": _("gik i stå"),
    }
    return labels[state]


def kind_counted(kind: str, number: int) -> str:
    """Return a number of things in words: "9 gevinster"."""
    forms = {
        "initiative": ngettext("%(n)s initiativ", "%(n)s initiativer", number),
        "version": ngettext(
            "%(n)s version af en business case", "%(n)s versioner af business cases", number
        ),
        "benefit": ngettext("%(n)s gevinst", "%(n)s gevinster", number),
        "measurement": ngettext("%(n)s måling", "%(n)s målinger", number),
        "take_out": ngettext("%(n)s indhøstning", "%(n)s indhøstninger", number),
        "unit": ngettext("%(n)s enhed", "%(n)s enheder", number),
        "body": ngettext("%(n)s udvalg", "%(n)s udvalg", number),
        "person": ngettext("%(n)s person", "%(n)s personer", number),
    }
    return forms[kind] % {"n": number}


def kind_label(kind: str) -> str:
    """Return the kind of a thing in a word."""
    labels = {
        "initiative": _("Initiativ"),
        "version": _("Business case"),
        "benefit": _("Gevinst"),
        "measurement": _("Måling"),
        "take_out": _("Indhøstning"),
        "unit": _("Enhed"),
        "body": _("Udvalg"),
        "person": _("Person"),
    }
    return labels[kind]


def step_label(step: str) -> str:
    """Return what is being worked on."""
    labels = {
        "read": _("Læser filen"),
        "initiatives": _("Initiativer"),
        "lines": _("Økonomi"),
        "benefits": _("Gevinster"),
        "measurements": _("Målinger"),
        "take_outs": _("Indhøstning"),
        "standing": _("Regner trin på stigen"),
    }
    return labels.get(step, _("Venter på tur"))


def in_words(counts: dict[str, int]) -> str:
    """Return counts as a list in words, or "intet"."""
    return ", ".join(kind_counted(kind, n) for kind, n in counts.items() if n) or _("intet")


def listed(runs: Iterable[ImportRun]) -> list[dict[str, Any]]:
    """Return imports for the list."""
    return [{"run": run, "state": state_label(run.state)} for run in runs]


def state_of(run: ImportRun) -> dict[str, Any]:
    """Return everything the page of one import shows."""
    told = run.result if run.state in ("applied", "undone") else run.preview
    changes = [
        {
            **change,
            "kind_label": kind_label(change["kind"]),
            "fields": list(change["fields"].items()),
        }
        for change in told.get("changes", [])
    ]
    return {
        "run": run,
        "state": state_label(run.state),
        "is_working": run.state in WORKING,
        "step": step_label(run.step),
        "told": told,
        "made": in_words(told.get("made", {})),
        "changed": in_words(told.get("changed", {})),
        "left": in_words(told.get("left", {})),
        "made_rows": [c for c in changes if c["what"] == "made"],
        "changed_rows": [c for c in changes if c["what"] == "changed"],
        "more": _more(told, len(changes)),
    }


def _more(told: dict[str, Any], listed_rows: int) -> int:
    everything = sum(told.get("made", {}).values()) + sum(told.get("changed", {}).values())
    return max(0, everything - listed_rows)
