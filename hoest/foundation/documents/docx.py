"""From a document to DOCX: real heading styles, repeated table headings, Danish as its language.

Word and LibreOffice read the structure from the styles, so that a screen reader and a table of
contents find the same headings as in the PDF. Cells and paragraphs get their text as text: no
field, no markup, nothing that runs.

Source: ISO/IEC 29500-1 (WordprocessingML); python-docx.
"""

from __future__ import annotations

import io
from typing import Any

from docx import Document as new_file
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from hoest.foundation.documents.characters import clean
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
)

FONT = "Arial"
INK, QUIET, ACCENT = (RGBColor.from_string(c) for c in ("1C1A16", "5B564A", "8A4A0B"))
PAGE_WIDTH, MARGIN = 210, 17
HEADINGS = {1: 17, 2: 12.5, 3: 11, 4: 10}
BODY, SMALL, TINY = Pt(9), Pt(8), Pt(7.5)
MANY_COLUMNS = 7
LONGEST_PROPERTY = 255


def written(document: Document) -> bytes:
    """Return the document as a DOCX file."""
    file = new_file()
    _styles(file, document.language)
    _page(file, document)
    properties = file.core_properties
    properties.title = clean(document.title)[:LONGEST_PROPERTY]
    properties.author = clean(document.author)[:LONGEST_PROPERTY]
    properties.subject = clean(document.subject)[:LONGEST_PROPERTY]
    properties.keywords = clean(document.organisation)[:LONGEST_PROPERTY]
    properties.language = document.language
    properties.comments = ""
    properties.last_modified_by = properties.author
    properties.created = properties.modified = document.made_at.replace(tzinfo=None)
    _block(file, Heading(document.title, 1))
    for block in document.front:
        _block(file, block)
    if document.annex:
        _block(file, Heading(document.annex_title, 2), new_page=True)
        for block in document.annex:
            _block(file, block)
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def _styles(file: Any, language: str) -> None:
    """Give the styles their look and the document its language."""
    defaults = file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    properties = defaults.find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    lang = OxmlElement("w:lang")
    for part in ("w:val", "w:eastAsia", "w:bidi"):
        lang.set(qn(part), language)
    properties.append(lang)
    names = ["Normal", "List Bullet", "Header", "Footer", *(f"Heading {n}" for n in HEADINGS)]
    for name in names:
        style = file.styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for part in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(part), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        style.font.color.rgb = INK
        style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.line_spacing = 1.05
    file.styles["Normal"].font.size = BODY
    for level, size in HEADINGS.items():
        style = file.styles[f"Heading {level}"]
        style.font.size = Pt(size)
        style.font.bold, style.font.italic = True, False
        style.paragraph_format.space_before = Pt(0 if level == 1 else 9)
        style.paragraph_format.space_after = Pt(3)
        style.paragraph_format.keep_with_next = True


def _page(file: Any, document: Document) -> None:
    """Set the paper, and what stands at the top and the bottom of every page."""
    section = file.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(22), Mm(18)
    section.header_distance = section.footer_distance = Mm(9)
    head = section.header.paragraphs[0]
    _tabs(head)
    _run(head, f"{document.top[0]}\t{document.top[1]}", SMALL, QUIET)
    if document.marking or document.notice:
        marked = section.header.add_paragraph(style="Header")
        _tabs(marked)
        _run(marked, document.marking, Pt(11), ACCENT, bold=True)
        _run(marked, f"\t{document.notice}", SMALL, ACCENT)
    foot = section.footer.paragraphs[0]
    _tabs(foot)
    before, _, rest = document.page_words.partition("{page}")
    between, _, after = rest.partition("{pages}")
    _run(foot, f"{document.bottom}\t{before}", SMALL, QUIET)
    _field(foot, "PAGE")
    _run(foot, between, SMALL, QUIET)
    _field(foot, "NUMPAGES")
    _run(foot, after, SMALL, QUIET)


def _tabs(paragraph: Any) -> None:
    """Let one tab reach the right margin, and nothing before it."""
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(PAGE_WIDTH - 2 * MARGIN), WD_ALIGN_PARAGRAPH.RIGHT)
    found = paragraph.style.element.find(qn("w:pPr"))
    tabs = None if found is None else found.find(qn("w:tabs"))
    if tabs is not None:
        found.remove(tabs)


def _run(paragraph: Any, text: str, size: Any, color: Any, *, bold: bool = False) -> None:
    run = paragraph.add_run(clean(text))
    run.font.size, run.font.color.rgb, run.font.bold = size, color, bold


def _field(paragraph: Any, code: str) -> None:
    """Add a field of our own, such as the number of the page."""
    run = paragraph.add_run()
    run.font.size, run.font.color.rgb = SMALL, QUIET
    for kind in ("begin", "", "separate", "1", "end"):
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        elif kind == "":
            mark = OxmlElement("w:instrText")
            mark.text = f" {code} "
        else:
            mark = OxmlElement("w:t")
            mark.text = kind
        run._r.append(mark)


def _block(file: Any, block: Block, *, new_page: bool = False) -> None:
    match block:
        case Heading():
            paragraph = file.add_paragraph(style=f"Heading {block.level}")
            paragraph.add_run(clean(block.text))
            paragraph.paragraph_format.page_break_before = new_page or None
        case Paragraph():
            _paragraph(file, block)
        case Items():
            for text in block.texts:
                _lines(file.add_paragraph(style="List Bullet"), text)
        case Table():
            _table(file, block)


def _paragraph(file: Any, block: Paragraph) -> None:
    paragraph = file.add_paragraph(style="Normal")
    run = _lines(paragraph, block.text)
    if block.tone == Tone.LEAD:
        run.font.size = Pt(11)
    elif block.tone == Tone.NOTE:
        run.font.size, run.font.color.rgb = SMALL, QUIET


def _lines(paragraph: Any, text: str) -> Any:
    """Write a text, its line breaks as line breaks, and return its run."""
    run = paragraph.add_run()
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            run.add_break(WD_BREAK.LINE)
        run.add_text(line)
    return run


def _table(file: Any, block: Table) -> None:
    if block.shows_caption:
        said = file.add_paragraph(style="Normal")
        said.add_run(clean(block.caption)).font.bold = True
        said.paragraph_format.keep_with_next = True
    table = file.add_table(rows=0, cols=len(block.head))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    properties = table._tbl.tblPr
    _attribute(properties, "w:tblCaption", clean(block.caption))
    _attribute(properties, "w:tblDescription", clean(block.caption))
    _looks(properties)
    size = TINY if len(block.head) >= MANY_COLUMNS else SMALL
    head = _row(table, block, Row(block.head, Weight.SUM), size)
    marked = head._tr.get_or_add_trPr()
    marked.append(OxmlElement("w:tblHeader"))
    for row in block.rows:
        _row(table, block, row, size)
    unit = (PAGE_WIDTH - 2 * MARGIN) / sum(block.shares)
    for column, share in zip(table.columns, block.shares, strict=True):
        column.width = Mm(share * unit)
    file.add_paragraph().paragraph_format.space_after = Pt(0)


def _row(table: Any, block: Table, row: Row, size: Any) -> Any:
    added = table.add_row()
    unit = (PAGE_WIDTH - 2 * MARGIN) / sum(block.shares)
    added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for number, (cell, text) in enumerate(zip(added.cells, row.cells, strict=True)):
        cell.width = Mm(block.shares[number] * unit)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        if number in block.numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = _lines(paragraph, text)
        run.font.size = size
        run.font.bold = row.weight == Weight.SUM
    return added


def _attribute(properties: Any, name: str, value: str) -> None:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    properties.append(element)


def _looks(properties: Any) -> None:
    """Draw a line under each row, and say that the first row holds the headings."""
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    borders = OxmlElement("w:tblBorders")
    for side, width in (("w:bottom", "6"), ("w:insideH", "4")):
        line = OxmlElement(side)
        for name, value in (("w:val", "single"), ("w:sz", width), ("w:color", "CFC9BA")):
            line.set(qn(name), value)
        borders.append(line)
    look = OxmlElement("w:tblLook")
    for name, value in (("w:firstRow", "1"), ("w:firstColumn", "1"), ("w:noVBand", "1")):
        look.set(qn(name), value)
    for new, before in ((borders, "w:tblCaption"), (look, "w:tblCaption")):
        properties.find(qn(before)).addprevious(new)
