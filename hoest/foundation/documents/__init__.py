"""Documents that leave the house: one tree of blocks, written as tagged PDF and as DOCX.

What a subject wants to print it says once, as a `tree.Document`. `pdf.written` and `docx.written`
make the files from the same tree, so that they cannot say different things. Workbooks with live
formulas are written through `sheets`. Text is data in all three: it is never read as markup, as a
field or as a formula.

Source: docs/decisions/0011-documents.md.
"""
