"""Tables of business cases."""

from hoest.domain.business_cases.models.versions import (
    BusinessCase,
    CaseLine,
    CaseVersion,
    LineAmount,
    PriceIndexYear,
)

__all__ = ["BusinessCase", "CaseLine", "CaseVersion", "LineAmount", "PriceIndexYear"]
