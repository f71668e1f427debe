"""The shipped texts keep the language rules: short sentences, both languages, no shouting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hoest.foundation import content
from hoest.foundation.content.files import SHIPPED, read_yaml

SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")


def texts() -> Iterator[tuple[str, str]]:
    """Yield (place, text) for every text that a reader can meet."""
    for name in ("glossary.yaml", "vocabulary.yaml", "limits.yaml"):
        yield from _strings(name, read_yaml(SHIPPED / name))


def _strings(where: str, node: object) -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield where, node
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in ("forms", "forms_en"):
                yield from _strings(f"{where}/{key}", value)


def test_no_sentence_is_longer_than_the_limit() -> None:
    longest = content.limit("sentence_words")
    too_long = [
        (where, sentence)
        for where, text in texts()
        for sentence in SENTENCE_END.split(text)
        if len(sentence.split()) > longest
    ]
    assert too_long == []


def test_no_text_shouts_or_ends_in_mid_air() -> None:
    assert [where for where, text in texts() if "!" in text] == []
    sentences = ("means", "about_da", "about_en", "holds", "lifts", "reason")
    unfinished = [
        where
        for where, text in texts()
        if any(part in where for part in sentences) and not text.endswith((".", "?"))
    ]
    assert unfinished == []


def test_danish_letters_are_danish() -> None:
    danish = [(where, text) for where, text in texts() if where.endswith(("/da", "_da"))]
    assert len(danish) > 300
    assert [where for where, text in danish if re.search("ae(?!ti)|oe|aa", text.casefold())] == []


def test_no_form_belongs_to_two_words() -> None:
    owners: dict[str, str] = {}
    clashes = []
    for word in content.terms("da"):
        for form in word.forms:
            if owners.setdefault(form.casefold(), word.code) != word.code:
                clashes.append((form, owners[form.casefold()], word.code))
    assert clashes == []


def test_every_word_of_the_product_description_is_explained() -> None:
    forms = {form.casefold() for word in content.terms("da") for form in word.forms}
    assert [word for word in PRODUCT_WORDS if word not in forms] == []


PRODUCT_WORDS = (
    """
gevinst|ulempe|gevinstejer|gevinstdiagram|leverance|kompetence|adfærd|ny praksis|effekt|formål
indikator|baseline|målværdi|måling|frigjort tid|provenu|budgetreduktion|indhøstning|hjemtagning
indfasningsprofil|engangs|varig|pris- og lønniveau|p/l|trepunktsestimat|risikopulje
tilbagebetalingstid|nutidsværdi|intern rente|nulalternativ|initiativ|udrulning|ibrugtagningsgrad
portefølje|styregruppe|faseovergang|forvaltning|udvalg|økonomiudvalg|byråd|direktion
sagsfremstilling|indstilling|styrelsesvedtægt|bevilling|kommunekasse|samarbejde|fællesskab|ildsjæl
samskabelse|behov|modenhed|arketype|databehandleraftale|tryghedsblad|omverdensradar|årshjul
makkerpar|skub|høstregnskab|gevinstrealisering|business case|rammearkitektur|byggeblok|monopolbrud
silo|smart city|eoj|esdh|compliance|performance|emergens|resiliens|governance|hygiejnefaktor
digital dannelse|data-etik|persona|fælleskommunal|fællesoffentlig|rekvireret forløb|delprogram
stab|kerneopgave|ledelsesinformation|velfærdsteknologi|automatisering
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
