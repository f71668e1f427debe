"""Reference pages that are written from content, so that page and program never disagree.

What: one function per page, each returning the whole Markdown text.
Why: words, labels and limits are content files; a page typed by hand would age.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from hoest.foundation import content
from hoest.foundation.content.triggers import Trigger

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


def requirements_page() -> str:
    """Return the page of what a gate asks for: requirement, facts that trigger it, gate, law."""
    stages = {code: content.label("phase", code, "da") for code in content.codes("phase")}
    rows = [
        f"| {one.label.da} | {trigger_words(one.when)} | {stages[one.stage]} "
        f"| {'stopper' if one.is_blocking else 'anbefales'} | {_law(one)} |"
        for one in content.gate_requirements().values()
    ]
    asked = [
        f"| {one.label.da} | {one.ask.da} | {'fra første dag' if one.early else ''} |"
        for one in content.initiative_questions().values()
    ]
    return _page(
        [
            "# Krav ved porten",
            "Skrevet af `hoest docs` efter `requirements.yaml` og `facts.yaml`.",
            "Porten før en fase spørger om kravene fra den fase og fra dem før. Det, ingen har "
            "svaret på, bliver aldrig regnet for et nej. En henvisning med * er ikke efterprøvet. "
            "Listen siger, hvad der skrives ned; om loven er overholdt, vurderer kommunen selv.",
            "\n".join(
                [
                    "| Krav | Udløses af | Først ved porten til | Vægt | Grundlag |",
                    "| --- | --- | --- | --- | --- |",
                    *rows,
                ]
            ),
            "## Spørgsmålene",
            "\n".join(["| Forhold | Spørgsmål | |", "| --- | --- | --- |", *asked]),
        ]
    )


def trigger_words(when: Trigger) -> str:
    """Return a trigger as words: facts by their names, joined by og or eller."""
    if when.how == "always":
        return "altid"
    known = content.initiative_questions()
    words = [
        known[part].label.da.lower() if isinstance(part, str) else f"({trigger_words(part)})"
        for part in when.parts
    ]
    return (" og " if when.how == "all" else " eller ").join(words)


def _law(one: content.Requirement) -> str:
    return f"{one.law}{'*' if one.is_unconfirmed else ''}" if one.law else ""


PAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "glossary": ("GLOSSARY.md", glossary_page),
    "vocabulary": ("docs/reference/vocabulary.md", vocabulary_page),
    "limits": ("docs/reference/limits.md", limits_page),
    "requirements": ("docs/reference/krav-ved-porten.md", requirements_page),
}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _page(parts: list[str]) -> str:
    return "\n\n".join(parts) + "\n"
