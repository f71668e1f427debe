"""One tree, two files: tagged PDF and DOCX say the same, and text is never markup."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoest.foundation.documents import characters, docx, pdf
from hoest.foundation.documents.tests.reading import (
    bare,
    docx_of,
    docx_texts,
    pdf_text,
    reader,
    tags,
)
from hoest.foundation.documents.tree import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Row,
    Table,
    Tone,
    Weight,
    texts,
)

AT = dt.datetime(2026, 11, 22, 14, 30, tzinfo=dt.UTC)
TABLE = Table(
    "Kroner, år for år",
    ("Post", "2026", "2027"),
    (Row(("Støvsugere", "2.400.000", "")), Row(("I alt", "2.400.000", "0"), Weight.SUM)),
    numeric=frozenset({1, 2}),
    shows_caption=True,
)
PLAIN = Document(
    title="Robotstøvsugere på plejehjem",
    author="Controller",
    organisation="Ådal Kommune",
    made_at=AT,
    top=("Ådal Kommune · Ældre", "Business case, version 2"),
    bottom="Hentet 22. november 2026",
    front=(
        Paragraph("Giver 4,1 mio. kr. netto", Tone.LEAD),
        Heading("Hvad og hvorfor"),
        Paragraph("Borgerne får rene gulve."),
        Items(("Første punkt", "Andet punkt")),
        Heading("Summen"),
        TABLE,
    ),
    annex_title="Bilag",
    annex=(Heading("Posterne", 3), TABLE, Paragraph("Hele kroner.", Tone.NOTE)),
)


def with_text(text: str) -> Document:
    """Return a document that says a text wherever people's text can stand."""
    table = Table(text, (text, "Tal"), (Row((text, "1")),), shows_caption=True)
    return replace(
        PLAIN,
        title=text,
        author=text,
        organisation=text,
        top=(text, text),
        bottom=text,
        subject=text,
        front=(Heading(text), Paragraph(text), Items((text,)), table),
        annex=(Heading(text, 3), Paragraph(text, Tone.NOTE)),
    )


def test_the_pdf_says_what_pdf_ua_asks_of_the_file() -> None:
    file = reader(pdf.written(PLAIN))
    root = file.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "da-DK"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert file.metadata is not None
    assert file.metadata.title == PLAIN.title
    assert file.metadata.author == PLAIN.author
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode("utf-8", "replace")
    assert all("/StructParents" in page for page in file.pages)


def test_headings_follow_each_other_without_a_leap_and_tables_have_headings() -> None:
    found = tags(pdf.written(PLAIN))
    levels = [int(tag.kind[1:]) for tag in found if tag.kind[:1] == "H" and tag.kind[1:].isdigit()]
    assert levels == [1, 2, 2, 2, 3]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert [tag.kind for tag in found].count("Table") == 2
    headings = [tag for tag in found if tag.kind == "TH"]
    assert len(headings) == 2 * len(TABLE.head)
    assert {tag.attributes.get("/Scope") for tag in headings} == {"/Column"}
    assert [tag.kind for tag in found].count("TD") == 2 * 2 * 3
    assert [tag.kind for tag in found].count("Caption") == 2
    assert {"L", "LI", "P", "THead", "TBody"} <= {tag.kind for tag in found}


def test_every_page_tells_whose_it_is_and_which_page_it_is() -> None:
    pages = [page.extract_text() for page in reader(pdf.written(PLAIN)).pages]
    assert len(pages) == 2
    for number, page in enumerate(pages, start=1):
        assert "Ådal Kommune · Ældre" in page
        assert "Business case, version 2" in page
        assert f"Side {number} af 2" in page
    assert "Kladde" not in "".join(pages)


def test_a_draft_and_a_demo_are_marked_on_every_page_of_both() -> None:
    marked = replace(PLAIN, marking="Kladde", notice="Demo – opdigtede tal")
    for page in reader(pdf.written(marked)).pages:
        # Once at the top, once across the page.
        assert page.extract_text().count("Kladde") == 2
        assert "Demo – opdigtede tal" in page.extract_text()
    head = docx_of(docx.written(marked)).sections[0].header
    said = "\n".join(paragraph.text for paragraph in head.paragraphs)
    assert "Kladde" in said
    assert "Demo – opdigtede tal" in said


def test_word_gets_real_headings_repeated_table_headings_and_danish() -> None:
    raw = docx.written(PLAIN)
    file = docx_of(raw)
    styles = [p.style.name for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert styles == ["Heading 1", "Heading 2", "Heading 2", "Heading 2", "Heading 3"]
    for table in file.tables:
        assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
        assert not any(row._tr.trPr.xpath("w:tblHeader") for row in table.rows[1:])
        assert table._tbl.tblPr.xpath("w:tblDescription/@w:val") == [TABLE.caption]
    assert file.core_properties.language == "da-DK"
    assert file.core_properties.title == PLAIN.title
    with zipfile.ZipFile(BytesIO(raw)) as parts:
        styles_xml = parts.read("word/styles.xml").decode()
        assert styles_xml.count("<w:lang ") == 1
        assert 'w:lang w:val="da-DK"' in styles_xml
        assert not [name for name in parts.namelist() if "vba" in name.lower()]


def test_both_files_say_every_text_of_the_tree_in_its_order() -> None:
    wanted = [text for text in texts(PLAIN) if text]
    assert [text for text in docx_texts(docx.written(PLAIN)) if text] == wanted
    said, place = bare(pdf_text(pdf.written(PLAIN))), 0
    for text in wanted:
        place = said.index(bare(text), place) + len(bare(text))


HOSTILE = (
    "#let x = 1; #sys.inputs",
    '#read("/etc/passwd")',
    "*fed* _kursiv_ `kode` $x^2$ @ref <mærke> = Overskrift",
    "</w:t><w:instrText>DDE</w:instrText>",
    "&amp; <b>fed</b> {{ felt }} {page} {pages}",
    '=HYPERLINK("http://x")',
    "\\u{41} \\ \\n // kommentar /* x */",
    "”citat” »gåseøjne« – − … æøå ÆØÅ",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_text_is_shown_as_it_was_written(text: str) -> None:
    hostile = with_text(text)
    assert pdf_text(pdf.written(hostile)).count(text[:12]) >= 5 or bare(text) in bare(
        pdf_text(pdf.written(hostile))
    )
    assert docx_texts(docx.written(hostile)).count(text) >= 6


TEXTS = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("#$*_`\\@<>{}[]=-+/~\"'&%\t\n\r\u00ad\u200b\u2028😀ÆØÅ"),
    ),
    min_size=1,
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_text_at_all_gives_a_tagged_pdf_and_a_readable_docx(text: str) -> None:
    strange = with_text(text)
    made = pdf.written(strange, box_words="Et tegn er vist som □.")
    assert bool(reader(made).trailer["/Root"]["/MarkInfo"]["/Marked"])
    assert ("vist som" in pdf_text(made)) == characters.lost(text)
    assert docx_of(docx.written(strange)).tables


def test_every_character_said_to_be_covered_has_a_shape() -> None:
    every = "".join(map(chr, sorted(characters.covered())))
    pdf.written(replace(PLAIN, front=(Paragraph(every), Heading(every))))
    assert characters.printable("Łódź 😀 中") == "Łódź □ □"


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 14), st.integers(0, 14), st.integers(1, 400))
def test_the_front_keeps_to_one_page_however_much_stands_on_it(
    rows: int, points: int, length: int
) -> None:
    words = "ibrugtagningsgradsopfølgning og " * (length // 30 + 1)
    table = Table("Nøgletal", ("Navn", "Tal"), tuple(Row((words[:120], "1")) for _ in range(rows)))
    front: tuple[Block, ...] = (
        Paragraph(words[:length], Tone.LEAD),
        Heading("Summen"),
        table,
        Items(tuple(words[:90] for _ in range(points))),
    )
    pages = reader(pdf.written(replace(PLAIN, front=front))).pages
    assert "Bilag" not in pages[0].extract_text()
    assert "Bilag" in pages[1].extract_text()


def test_a_row_that_does_not_fit_its_headings_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells under 2 headings"):
        Table("x", ("a", "b"), (Row(("1",)),))


def test_a_long_table_repeats_its_headings_on_every_page() -> None:
    rows = tuple(Row((f"Post {n}", str(n), "")) for n in range(200))
    long = replace(PLAIN, annex=(replace(TABLE, rows=rows),))
    pages = reader(pdf.written(long)).pages
    assert len(pages) > 4
    assert all(
        "2026" in page.extract_text() and "2027" in page.extract_text() for page in pages[1:]
    )
