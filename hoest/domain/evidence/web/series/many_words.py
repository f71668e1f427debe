"""What a file with many indicators expects where something else stands, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.evidence.rules import FileState
from hoest.domain.evidence.rules.many import MOST_CELLS, MOST_INDICATORS
from hoest.domain.evidence.web.series import words
from hoest.domain.evidence.web.series.line_words import stands_in, twice
from hoest.domain.evidence.web.series.tables import FAULTS
from hoest.ui import formats
from hoest.ui.words import in_a_row

HEADINGS = _("Indikator; Enhed; Periode; Værdi")
EXPECTED: dict[str, tuple[Any, Any]] = {
    **FAULTS,
    "too_long": (_("en periode, der passer til serien"), _("marts 2025 i en serie med måneder")),
    "no_place": (_("navnet på en enhed"), _("Distrikt Nord")),
    "empty_file": (_("en fil med indhold"), HEADINGS),
    "no_headings": (_("en første række med overskrifter"), HEADINGS),
    "no_values": (_("mindst én værdi"), _("Minutter pr. besøg; Nord; 2026-03; 12,5")),
    "too_many_cells": (_("færre værdier i én fil"), formats.number(MOST_CELLS)),
    "too_many_indicators": (_("færre indikatorer i én fil"), formats.number(MOST_INDICATORS)),
    "cell_error": (_("en celle uden fejl"), "12,5"),
    "more_cells": (_("højst lige så mange celler som overskrifter"), HEADINGS),
    "no_indicator": (_("navnet på en indikator, højst 160 tegn"), _("Minutter pr. besøg")),
    "said_otherwise": (
        _("det samme om en indikator alle steder i filen"),
        _("minutter begge steder"),
    ),
    "long_measure_unit": (_("en måleenhed på højst 60 tegn"), _("minutter")),
    "long_definition": (
        _("en opgørelse på højst 1.000 tegn"),
        _("Fra ansøgning til svar, i dage"),
    ),
    "not_a_step": (_("måned, kvartal eller år"), _("måned")),
    "not_a_way": (_("lavere eller højere"), _("lavere")),
    "not_a_series": (
        _("en serie, I har, eller en ny med måleenhed, hvad der er bedre, og hvordan den opgøres"),
        _("minutter; lavere; Tiden fra dør til dør"),
    ),
    "lacks_headings": (_("flere overskrifter"), HEADINGS),
    "new_lacks": (_("det, en ny serie skal have"), ""),
    "not_yours": (_("en serie, du kan rette"), ""),
    "other_unit": (_("seriens måleenhed"), ""),
    "other_step": (_("seriens perioder"), ""),
    "other_way": (_("det, der er bedre i serien"), ""),
    "other_definition": (
        _("seriens opgørelse, eller en dag i kolonnen Opgøres sådan fra"),
        "",
    ),
}
CODED = {
    "other_step": words.STEPS,
    "other_way": words.WANTED,
}
STATES: dict[str, Any] = {
    FileState.WAITING: _("venter på at blive læst"),
    FileState.READING: _("bliver læst"),
    FileState.FAULTY: _("har fejl"),
    FileState.ASKING: _("venter på, at du forklarer steder"),
    FileState.READY: _("klar til at gemme"),
    FileState.SAVING: _("bliver gemt"),
    FileState.SAVED: _("gemt"),
    FileState.FAILED: _("gik i stå"),
    FileState.PUT_AWAY: _("tømt, fordi ingen gemte den"),
}


# The headings a file is asked to have; they are Danish whatever the reader's language.
COLUMNS = {
    "indicator": "Indikator",
    "place": "Enhed",
    "period": "Periode",
    "value": "Værdi",
    "measure_unit": "Måleenhed",
    "wanted": "Bedre er",
    "definition": "Sådan opgøres det",
}
NEW_NEEDS: dict[str, tuple[Any, Any]] = {
    "measure_unit": (_("en måleenhed"), _("minutter")),
    "wanted": (_("hvad der er bedre"), _("lavere")),
    "definition": (_("hvordan den opgøres"), _("Tiden fra dør til dør")),
}


def fault(one: dict[str, Any]) -> dict[str, str]:
    """Return a fault in words: where it is, what stands there, what is expected."""
    code = one["code"]
    if code == "whole":
        return {"where": gettext("Hele filen"), "name": "", "stands": one["text"], "expected": ""}
    if code == "lacks_headings":
        return _lacks_headings(one)
    if code == "new_lacks":
        return _new_lacks(one)
    if code == "twice" and one.get("twin"):
        stands = f"»{one['text']}«"
        said = twice(one)
        return {
            "where": stands_in(one),
            "name": one["indicator"],
            "stands": stands,
            "expected": said,
        }
    expected, example = EXPECTED[code]
    coded = CODED.get(code, {})
    text, standing = (str(coded.get(said, said)) for said in (one["text"], one["standing"]))
    if standing:
        told = f"{expected}: {standing}"
    else:
        told = gettext("%(expected)s, for eksempel %(example)s") % {
            "expected": expected,
            "example": example,
        }
    return {
        "where": stands_in(one),
        "name": one["indicator"],
        "stands": f"»{text}«" if text else gettext("intet"),
        "expected": told,
    }


def _lacks_headings(one: dict[str, Any]) -> dict[str, str]:
    """Say which headings stand and which are missing, as one fault."""
    stand = [text for text in one["text"].split("; ") if text]
    facts = {
        "stand": in_a_row(stand),
        "missing": in_a_row([f"»{COLUMNS[name]}«" for name in one["missing"]]),
        "example": HEADINGS,
        "empty": in_a_row([f"»{text}«" for text in one["standing"].split("; ")]),
    }
    expected = gettext("også %(missing)s, som i: %(example)s") % facts
    if one["standing"]:
        expected = (
            gettext("også %(missing)s, som i: %(example)s. Eller tal under %(empty)s") % facts
        )
    stands = gettext("overskrifterne %(stand)s") % facts
    return {"where": stands_in(one), "name": "", "stands": stands, "expected": expected}


def _new_lacks(one: dict[str, Any]) -> dict[str, str]:
    """Say what a new series lacks, and in which columns."""
    names = one["missing"]
    columns = in_a_row([COLUMNS[name] for name in names])
    facts = {
        "where": stands_in(one),
        "columns": columns,
        "name": one["indicator"],
        "what": in_a_row([str(NEW_NEEDS[name][0]) for name in names]),
        "example": "; ".join(str(NEW_NEEDS[name][1]) for name in names),
    }
    where = ngettext(
        "%(where)s, kolonnen %(columns)s", "%(where)s, kolonnerne %(columns)s", len(names)
    )
    expected = gettext(
        "»%(name)s« er en ny serie, så der skal stå %(what)s, for eksempel %(example)s"
    )
    return {
        "where": where % facts,
        "name": one["indicator"],
        "stands": gettext("intet"),
        "expected": expected % facts,
    }
