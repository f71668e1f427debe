"""Every code that the engine can answer with has its words on the page."""

from __future__ import annotations

from hoest.domain.evidence.web import words
from hoest.engine.effects import Note, Reason, Remedy


def test_reasons_remedies_and_notes_of_the_engine_have_words() -> None:
    assert set(words.REASONS) >= {one.value for one in Reason}
    assert set(words.REMEDIES) >= {one.value for one in Remedy}
    assert set(words.NOTES) >= {one.value for one in Note}
