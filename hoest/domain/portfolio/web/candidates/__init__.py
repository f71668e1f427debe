"""Candidates for automation: list, page, forms, and the workbook they are read from."""
