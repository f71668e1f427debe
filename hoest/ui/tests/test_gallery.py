"""The gallery shows what there is: every component, every rung, every state that has a look."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from hoest.ui.gallery_examples import LADDER, RUNG_LABELS, ladder_at

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
COMPONENTS = sorted(one.stem.replace("_", "-") for one in (TEMPLATES / "cotton").glob("*.html"))


def shown_in(folder: Path) -> set[str]:
    """Return the components the pages of the gallery use themselves."""
    pages = "".join(one.read_text(encoding="utf-8") for one in folder.glob("gallery*.html"))
    return set(re.findall(r"<c-([\w-]+)", pages))


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_stands_in_the_gallery(name: str) -> None:
    assert name in shown_in(TEMPLATES / "ui"), f"show <c-{name}> in ui/gallery.html"


def test_a_component_that_is_not_shown_is_seen(tmp_path: Path) -> None:
    (tmp_path / "gallery.html").write_text("<c-button>Gem</c-button>", encoding="utf-8")
    assert shown_in(tmp_path) == {"button"}


def test_the_ladder_is_shown_on_every_rung() -> None:
    for place in range(len(RUNG_LABELS)):
        states = [rung["state"] for rung in ladder_at(place)]
        assert states.count("present") == 1
        assert states.index("present") == place
        assert states[:place] == ["reached"] * place
        assert states[place + 1 : place + 2] == ["next"][: len(LADDER) - place - 1]


def test_no_component_writes_style_or_script_into_the_page() -> None:
    for place in TEMPLATES.rglob("*.html"):
        text = place.read_text(encoding="utf-8")
        assert " style=" not in text, place
        assert not re.search(r"\son\w+=", text), place
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), place


def test_cancel_and_undo_have_each_their_word() -> None:
    """What leaves without saving is called Annullér; Fortryd takes back what was done."""
    root = TEMPLATES.parents[1]
    for place in root.rglob("templates/**/*.html"):
        text = place.read_text(encoding="utf-8")
        for link in re.findall(r'<c-button kind="quiet"[^>]*href=.*?</c-button>', text):
            assert "Fortryd" not in link, place
    assert get_template("cotton/message.html")
