"""Where a row stands in KITOS, and the crumbs of trust's pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.trust.rules.register import Kind, Origin

# The pages of KITOS' own interface, under the address the municipality has written down.
PAGES = {
    Kind.SYSTEM: "/ui/it-systems/it-system-usages/{id}/frontpage",
    Kind.CONTRACT: "/ui/it-contracts/{id}/frontpage",
    Kind.PROCESSING: "/ui/data-processing/{id}/frontpage",
}


def link_of(kind: Kind, row: Any, base_url: str) -> str:
    """Return the address of a row in KITOS; empty for one that came from a file."""
    if row.origin != Origin.KITOS or not base_url:
        return ""
    return base_url + PAGES[kind].format(id=row.external_id)


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way from the portfolio to a page, as (words, address)."""
    way = ((_("Portefølje"), reverse("portfolio:initiatives")), *more)
    return [{"label": label, "url": url} for label, url in way]
