"""The nested list as HTML.

Why not a template: a chain may be as long as the map, and an included template is entered many
times deeper than a function; a map of 150 nodes is written in a few milliseconds.
"""

from __future__ import annotations

from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hoest.domain.benefits.web.benefit_map.listing import Item


class Writer:
    """Writes the items of one map; `may_change` gives each its ways to be changed."""

    def __init__(self, initiative_id: int, *, may_change: bool) -> None:
        self.initiative_id, self.may_change = initiative_id, may_change
        page = reverse("benefits:map_node", args=[initiative_id, 0])
        self.page = page.replace("/0/", "/%d/")
        self.add = reverse("benefits:map_add", args=[initiative_id])
        self.words = {
            "again": _("står i fuld længde ovenfor"),
            "lacks": _("! mangler"),
            "before": _("Tilføj det, der fører hertil"),
        }

    def written(self, items: list[Item]) -> SafeString:
        """Return the items as one list; empty without items."""
        if not items:
            return SafeString("")
        return SafeString(f"<ul>{''.join(self._item(one) for one in items)}</ul>")

    def _item(self, item: Item) -> str:
        node = item.node
        title = escape(node.title)
        kind = f'<span class="map-kind">{escape(item.kind_label)}</span>'
        if item.is_again:
            return (
                f'<li class="map-again">{kind} <a href="#led-{node.id}">{title}</a>'
                f' <span class="muted small">{escape(self.words["again"])}</span></li>'
            )
        address = self.page % node.id
        lines = [f'{kind} <a class="map-title" href="{address}" data-sheet>{title}</a>']
        if item.lacks:
            lines.append(f'<strong class="small">{escape(self.words["lacks"])}</strong>')
        if item.owner:
            lines.append(f'<span class="muted small">{escape(item.owner)}</span>')
        if self.may_change:
            lines.append(self._ways(node.id, title))
        below = self.written(item.below)
        return f'<li id="led-{node.id}"><div class="map-item">{" ".join(lines)}</div>{below}</li>'

    def _ways(self, node_id: int, title: str) -> str:
        address = f"{self.add}?ved={node_id}&amp;side=before"
        words = escape(self.words["before"])
        return (
            f'<span class="map-ways"><a href="{address}" data-sheet'
            f' aria-label="{words}: {title}">{words}</a></span>'
        )
