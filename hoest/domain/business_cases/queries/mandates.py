"""Which mandate covers a case: the municipality's content, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from hoest.domain.business_cases.rules import CaseLineFigures
from hoest.domain.business_cases.rules.mandates import Mandate, amount_to_approve, mandate_for
from hoest.foundation import content
from hoest.foundation.content.language import active_language


def mandate_of(lines: Iterable[CaseLineFigures]) -> Mandate:
    """Return the mandate that covers all expenditure of some lines; no query."""
    language = active_language()
    mandates = [
        Mandate(one.up_to_dkk, one.roles, one.reason.in_language(language))
        for one in content.mandate_entries()
    ]
    return mandate_for(amount_to_approve(lines), mandates)
