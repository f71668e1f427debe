"""A case in another year's prices: what a reader may ask for, and what she is shown."""

from __future__ import annotations

from dataclasses import dataclass

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.calculations import PriceIndex, converted_lines, price_index
from hoest.domain.business_cases.rules import CaseLineFigures
from hoest.foundation import clock


@dataclass(frozen=True)
class Prices:
    """The price level of a page's figures, and the one it can be asked for."""

    own: int
    shown: int
    offered: int | None
    index: PriceIndex

    @property
    def is_converted(self) -> bool:
        """Tell whether the figures stand in another price level than they were written in."""
        return self.shown != self.own

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the numbers of the index that were used come from."""
        used = self.index.between((self.own, self.shown))
        return tuple(dict.fromkeys(one.source_text for one in used))

    def lines(self, lines: list[CaseLineFigures]) -> list[CaseLineFigures]:
        """Return lines in the price level shown; as they are when the index does not reach."""
        levels = {line.price_level for line in lines}
        if not self.is_converted or self.index.lacks({*levels, self.shown}):
            return lines
        return converted_lines(lines, self.shown, self.index)


def prices_of(organisation_id: int, own: int, asked: str) -> Prices:
    """Return the prices a version is shown in: its own, or those asked for where the index reaches.

    Offered are this year's prices, or the newest the index reaches. One query.
    """
    index = price_index(queries.index_years(organisation_id))
    newest = max(index.values, default=own)
    wished = min(clock.today().year, newest)
    offered = wished if wished > own and not index.lacks((own, wished)) else None
    shown = offered if offered and asked == str(offered) else own
    return Prices(own, shown, offered, index)
