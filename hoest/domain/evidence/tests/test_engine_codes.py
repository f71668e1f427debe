"""Every code that the engine can answer with has its words on the page."""

from __future__ import annotations

from hoest.domain.evidence.web import words
from hoest.engine.effects import Note, Reason, Remedy


def test_reasons_remedies_and_notes_of_the_engine_have_words() -> None:
    assert set(words.REASONS) >= {one.value for one in Reason}
    assert set(words.REMEDIES) >= {one.value for one in Remedy}
    assert set(words.NOTES) >= {one.value for one in Note}


def test_a_note_of_one_is_told_in_the_singular() -> None:
    for one in Note:
        assert "%" not in words.note(one.value, 1) + words.note(one.value, 1200)
    said = [
        (words.note(code, 1), words.note(code, 1200))
        for code in ("started_before", "missing_values", "single_cohorts")
    ]
    assert said == [
        (
            "1 enhed var begyndt fra første periode og er ikke med.",
            "1.200 enheder var begyndt fra første periode og er ikke med.",
        ),
        (
            "1 værdi mangler. Den er ikke fyldt ud.",
            "1.200 værdier mangler. De er ikke fyldt ud.",
        ),
        (
            "1 starttidspunkt har kun én enhed. Standardfejlen er for lille dér.",
            "1.200 starttidspunkter har kun én enhed. Standardfejlen er for lille dér.",
        ),
    ]
