"""A map of boxes and arrows as SVG: each kind has its own shape, so it reads without colour.

The same drawing stands on the page (with links one can choose) and in a file (without). Every word
is text, so it can be searched, and every box says its kind in words. No style attributes, so the
content security policy holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from hoest.ui.pictures.layered import Box, Form, Layout, lay_out
from hoest.ui.pictures.letters import lines_of, shortened, width_of
from hoest.ui.pictures.palette import ACCENT, INK, INK_2, PAPER
from hoest.ui.pictures.shapes import n

FORM = Form()
TEXT, SMALL = 13.0, 11.0
LINE = 17.0
PAD = 10.0
HEADING = 30.0
HANDLE = 7.0
EDGE = 14.0
# Up to this width a drawing is fitted to its place on a wide screen; a wider one is moved about in.
FITS = 1200.0
FILLS = {
    "deliverable": PAPER,
    "activity": PAPER,
    "capability": "#f7f3ea",
    "behaviour": "#e3eeea",
    "effect": "#f7f3ea",
    "benefit": "#f6eed7",
    "disbenefit": PAPER,
    "purpose": "#e3eeea",
    "assumption": PAPER,
}


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A box: `label` is all of it in one sentence for whoever cannot see it; `href` its page."""

    id: int
    kind: str
    kind_label: str
    title: str
    owner: str = ""
    mark: str = ""
    column: int = 0
    label: str = ""
    href: str = ""
    is_gone: bool = False

    def lines(self) -> tuple[str, ...]:
        """Return the title broken into lines."""
        return lines_of(self.title, TEXT, FORM.width - 2 * PAD) or ("",)

    @property
    def height(self) -> float:
        """How high the box is."""
        rows = len(self.lines()) * LINE + SMALL + (LINE if self.owner else 0)
        return rows + 2 * PAD + 2


@dataclass(frozen=True)
class FlowMap:
    """A drawing: the SVG, and its size in its own unit (one unit is a pixel on the screen)."""

    svg: str
    width: float
    height: float


def layout_of(nodes: Sequence[FlowNode], arrows: Sequence[tuple[int, int]]) -> Layout:
    """Return the places of the boxes."""
    return lay_out([Box(one.id, one.column, one.height) for one in nodes], arrows, FORM)


def flow_map(
    nodes: Sequence[FlowNode],
    arrows: Sequence[tuple[int, int]],
    *,
    headings: Sequence[str] = (),
    label: str,
    prefix: str = "map",
    is_live: bool = False,
    has_handles: bool = False,
    dashed: frozenset[int] = frozenset(),
    top_lines: Sequence[str] = (),
) -> FlowMap:
    """Draw the map.

    `is_live` makes every box a link, `has_handles` gives it a handle to draw arrows from.
    `headings` stand over the columns, `top_lines` over it all (the first one large), `dashed` are
    the boxes whose arrows are dashed. `label` is the picture in one sentence.
    """
    layout = layout_of(nodes, arrows)
    head = sum(26.0 if not number else 20.0 for number, _ in enumerate(top_lines))
    top = EDGE + head + (HEADING if headings else 0)
    width, height = layout.width + 2 * EDGE, layout.height + top + EDGE
    look = "flow-map flow-wide" if width > FITS else "flow-map"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{look}" viewBox="0 0 {n(width)}'
        f' {n(height)}" width="{n(width)}" height="{n(height)}"'
        f' font-family="IBM Plex Sans, sans-serif" font-size="{n(TEXT)}" fill="{INK}"'
        + (">" if is_live else f' role="img" aria-label="{escape(label)}">'),
        _marker(prefix),
        "" if is_live else f'<rect width="{n(width)}" height="{n(height)}" fill="{PAPER}"/>',
        *_top(top_lines),
        *_headings(headings, layout, EDGE + head),
        f'<g transform="translate({n(EDGE)} {n(top)})">',
        f'<g class="flow-arrows" aria-hidden="true" fill="none" stroke="{INK_2}"'
        f' stroke-width="1.5" marker-end="url(#{prefix}-head)">',
        *(_arrow(layout, arrow, is_live=is_live, is_dashed=arrow[0] in dashed) for arrow in arrows),
        "</g>",
        # In the order one reads: column by column, from the top.
        *(
            _node(node, layout, prefix, is_live, has_handles)
            for node in sorted(nodes, key=lambda one: (one.column, layout.boxes[one.id].y))
        ),
        "</g></svg>",
    ]
    return FlowMap("".join(parts), width, height)


def _marker(prefix: str) -> str:
    return (
        f'<defs><marker id="{prefix}-head" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="9"'
        f' markerHeight="9" orient="auto" markerUnits="userSpaceOnUse">'
        f'<path d="M0 0.5 L8 4 L0 7.5 z" fill="{INK_2}"/></marker></defs>'
    )


def _top(lines: Sequence[str]) -> list[str]:
    drawn, y = [], EDGE + 14
    for number, line in enumerate(lines):
        look = 'font-size="19" font-weight="600"' if not number else f'fill="{INK_2}"'
        drawn.append(f'<text x="{n(EDGE)}" y="{n(y)}" {look}>{escape(line)}</text>')
        y += 24.0 if not number else 20.0
    return drawn


def _headings(headings: Sequence[str], layout: Layout, top: float) -> list[str]:
    drawn = []
    for x, heading in zip(layout.column_x, headings, strict=False):
        if heading:
            drawn.append(
                f'<text x="{n(EDGE + x)}" y="{n(top + 12)}" font-weight="600"'
                f' fill="{INK_2}">{escape(heading)}</text>'
            )
    return drawn


def _arrow(layout: Layout, arrow: tuple[int, int], *, is_live: bool, is_dashed: bool) -> str:
    points = layout.routes[arrow]
    path = f"M{n(points[0][0])} {n(points[0][1])}"
    for number, (x, y) in enumerate(points[1:]):
        before = points[number]
        if number % 2:
            path += f" L{n(x)} {n(y)}"
            continue
        bend = (x - before[0]) / 2
        path += f" C{n(before[0] + bend)} {n(before[1])} {n(x - bend)} {n(y)} {n(x)} {n(y)}"
    dash = ' stroke-dasharray="5 4"' if is_dashed else ""
    ends = f' data-source="{arrow[0]}" data-target="{arrow[1]}"' if is_live else ""
    return f'<path class="flow-arrow" d="{path}"{ends}{dash}/>'


def _node(node: FlowNode, layout: Layout, prefix: str, is_live: bool, has_handles: bool) -> str:
    placed = layout.boxes[node.id]
    width, height = FORM.width, placed.height
    body = [_shape(node, width, height)]
    y = PAD + SMALL - 1
    body.append(
        f'<text x="{n(PAD)}" y="{n(y)}" font-size="{n(SMALL)}" fill="{INK_2}">'
        f"{escape(node.kind_label)}</text>"
    )
    if node.mark:
        x = width - PAD - width_of(node.mark, SMALL, bold=True)
        body.append(
            f'<text x="{n(x)}" y="{n(y)}" font-size="{n(SMALL)}" font-weight="600">'
            f"{escape(node.mark)}</text>"
        )
    y += 2
    for line in node.lines():
        y += LINE
        body.append(f'<text x="{n(PAD)}" y="{n(y)}" font-weight="400">{escape(line)}</text>')
    if node.owner:
        owner = shortened(node.owner, SMALL, width - 2 * PAD)
        body.append(
            f'<text x="{n(PAD)}" y="{n(y + LINE)}" font-size="{n(SMALL)}" fill="{INK_2}">'
            f"{escape(owner)}</text>"
        )
    place = f'transform="translate({n(placed.x)} {n(placed.y)})"'
    if not is_live:
        return f"<g {place}>{''.join(body)}</g>"
    return (
        f'<g class="flow-node" {place} data-node="{node.id}" data-kind="{node.kind}"'
        f' data-title="{escape(node.title)}">'
        f'<a id="{prefix}-{node.id}" href="{escape(node.href)}" aria-label="{escape(node.label)}">'
        f"{_as_read(body)}</a>{_handle(node.id, width, height) if has_handles else ''}</g>"
    )


def _as_read(body: Sequence[str]) -> str:
    """Join the words so that they read as they are said: a word broken over lines stays one."""
    return " ".join(body).replace("-</text> <text", "-</text><text")


def _handle(node_id: int, width: float, height: float) -> str:
    middle = f'cx="{n(width)}" cy="{n(height / 2)}"'
    return (
        f'<g class="flow-handle" data-from="{node_id}" aria-hidden="true">'
        f'<circle class="flow-reach" {middle} r="22" fill="transparent"/>'
        f'<circle {middle} r="{n(HANDLE)}" fill="{PAPER}" stroke="{ACCENT}" stroke-width="2"/></g>'
    )


def _shape(node: FlowNode, width: float, height: float) -> str:
    """Return the outline of a kind; its line tells it without colour."""
    fill = f'fill="{FILLS.get(node.kind, PAPER)}" stroke="{INK}"'
    w, h = n(width), n(height)
    gone = ' stroke-dasharray="1 3"' if node.is_gone else ""
    box = f'<rect class="flow-box" width="{w}" height="{h}"'
    match node.kind:
        case "capability":
            return f'{box} rx="16" {fill} stroke-width="1.2"/>'
        case "behaviour":
            bar = f'<rect width="6" height="{h}" fill="{INK}"/>'
            return f'{box} {fill} stroke-width="1.2"/>{bar}'
        case "effect":
            cut = 10
            points = (
                f"{cut},0 {n(width - cut)},0 {w},{cut} {w},{n(height - cut)} {n(width - cut)},{h}"
                f" {cut},{h} 0,{n(height - cut)} 0,{cut}"
            )
            return f'<polygon class="flow-box" points="{points}" {fill} stroke-width="1.2"/>'
        case "benefit":
            inner = (
                f'<rect x="3" y="3" width="{n(width - 6)}" height="{n(height - 6)}" rx="4"'
                f' fill="none" stroke="{INK}"{gone}/>'
            )
            return f'{box} rx="6" {fill} stroke-width="1.2"{gone}/>{inner}'
        case "disbenefit":
            return f'{box} rx="6" {fill} stroke-width="1.6" stroke-dasharray="7 4"/>'
        case "purpose":
            return f'{box} rx="6" {fill} stroke-width="3.2"/>'
        case "assumption":
            return f'{box} rx="16" {fill} stroke-width="1.6" stroke-dasharray="2 3"/>'
        case "activity":
            point = (
                f"0,0 {n(width - 9)},0 {w},{n(height / 2)} {n(width - 9)},{h} 0,{h} 7,"
                f"{n(height / 2)}"
            )
            return f'<polygon class="flow-box" points="{point}" {fill} stroke-width="1.2"/>'
    return f'{box} {fill} stroke-width="1.2"/>'
