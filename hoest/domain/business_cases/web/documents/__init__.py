"""The business case on paper: one page and its annex as PDF and DOCX, and a living workbook."""
