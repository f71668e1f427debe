"""The business case as a workbook that calculates: every figure of its page is a formula.

Sheets: the overview with the key figures; the lines as written; rates and price index; the lines
year by year with sums; hours; steering areas; versions and sources. Change a blue number and
everything follows. Each formula carries the value the engine has (see `foundation.documents`).
"""

from hoest.domain.business_cases.web.documents.workbook.book import CaseBook, written

__all__ = ["CaseBook", "written"]
