"""Reference pages that are written from content, so that page and program never disagree.

What: one function per page, each returning the whole Markdown text.
Why: words, labels and limits are content files; a page typed by hand would age.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from hoest.foundation import content

PROJECT = Path(__file__).resolve().parents[2]
MADE = "<!-- Skrevet af `hoest docs`; ret i hoest/content og kør kommandoen igen. -->"

UNITS = {
    "days": "dage",
    "weeks": "uger",
    "months": "måneder",
    "years": "år",
    "people": "personer",
    "times": "gange",
    "share": "andel",
    "items": "ting",
    "seconds": "sekunder",
    "units per line": "enhed pr. linje",
    "MB": "MB",
    "rows": "rækker",
    "words": "ord",
    "points": "point",
}


def glossary_page() -> str:
    """Return GLOSSARY.md: every word in Danish order, in everyday words first, with its English."""
    english = {word.code: word for word in content.terms("en")}
    parts = [
        "# Ordbog",
        MADE,
        f"Høst bruger {len(english)} fagord. Her står de på dansk, først sagt med hverdagsord, "
        "og bagefter på engelsk. Det sidste navn er ordets kode i `hoest/content/glossary.yaml`, "
        "hvor en kommune kan skrive sine egne forklaringer.",
    ]
    for letter, words in groupby(content.terms("da"), key=lambda word: word.word[0].upper()):
        parts.append(f"## {letter}")
        for word in words:
            other = english[word.code]
            parts.append(
                f"**{word.word}** · *{other.word}* · `{word.code}`  \n"
                f"{_sentence(word.simply)} {word.means}  \n"
                f"*{_sentence(other.simply)} {other.means}*"
            )
    return _page(parts)


def vocabulary_page() -> str:
    """Return the page of coded values: code, Danish and English label, and what each means."""
    parts = [
        "# Kodede værdier",
        MADE,
        "Hvad felterne i Høst kan være, og hvad de hedder på skærmen. Koden er fast; etiket og "
        "forklaring står i `hoest/content/vocabulary.yaml` og kan skiftes ud.",
    ]
    for kind in content.kinds():
        rows = [
            f"| `{code}` | {content.label(kind, code, 'da')} | {content.label(kind, code, 'en')} "
            f"| {content.explanation(kind, code, 'da')} |"
            for code in content.codes(kind)
        ]
        parts.append(f"## {content.kind_label(kind, 'da')} (`{kind}`)")
        parts.append(
            "\n".join(
                ["| Kode | Dansk | Engelsk | Forklaring |", "| --- | --- | --- | --- |", *rows]
            )
        )
    return _page(parts)


def limits_page() -> str:
    """Return the page of named limits: value, unit, reason and source."""
    rows = [
        f"| `{one.name}` | {f'{one.value}'.replace('.', ',')} {UNITS.get(one.unit, one.unit)} "
        f"| {one.reason.da} | {one.source} |"
        for one in content.limits()
    ]
    table = ["| Navn | Grænse | Hvorfor | Kilde |", "| --- | ---: | --- | --- |", *rows]
    return _page(
        [
            "# Grænser",
            MADE,
            "Hvert tal i Høst, der afgør noget for nogen. Et tal med kilden *skøn* er vores bedste "
            "gæt og bør rettes, når I ved bedre. Tallene står i `hoest/content/limits.yaml`.",
            "\n".join(table),
        ]
    )


PAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "glossary": ("GLOSSARY.md", glossary_page),
    "vocabulary": ("docs/reference/vocabulary.md", vocabulary_page),
    "limits": ("docs/reference/limits.md", limits_page),
}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _page(parts: list[str]) -> str:
    return "\n\n".join(parts) + "\n"
