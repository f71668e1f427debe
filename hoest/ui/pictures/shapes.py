"""The drawn things: a sitting bird, a flying one, a roof, a ladder, an open hand, an arrow.

Drawn for Høst. Every function returns a piece of SVG as text; colours are presentation attributes,
so that the picture stands without a stylesheet and under a content security policy without inline
style.
"""

from __future__ import annotations

from hoest.ui.pictures import palette

BIRD_WIDTH, BIRD_HEIGHT = 63.0, 52.0
HAND_WIDTH, PALM = 295.0, 96.0

_SITTING = (
    "M60.5 17.2C58.6 15.4 57 14.4 55.6 13.6 54 8 49.3 4.6 44 5 38.6 5.4 35 9"
    " 32.4 13.6 28.4 20.6 20.5 25 12.5 30.6L2.6 37.4C2 37.9 2 38.7 2.5 39.2"
    "L5.2 41.8C5.6 42.2 6.2 42.3 6.7 42.1 10 40.9 13 39.9 16 39.4 20 44.4"
    " 27.5 47.2 34.8 46.2 46 44.7 53.9 36.2 55.4 25.2 55.7 23 55.8 21.2 55.5"
    " 19.6 57.2 19.2 59 18.4 60.5 17.2Z"
)
_WING = "M22.5 29.5C29 25.5 37.5 25.5 42.5 28.8 40.8 36 31.5 40.6 20.5 37.6"
_FLYING = (
    "M61 27C58.5 25.2 56.5 24.3 54.6 23.9 52.5 20.9 48.6 20 45 21.2 42 22.2 39.5"
    " 23.6 36.8 24.4 35.5 15.5 29.5 7.2 19 3 18.5 11.5 20.3 19.5 25 26.5 19 28.7"
    " 11.5 30.5 4 31 8 34.5 13.5 36.5 19.5 37 28 41.2 40.5 41 48.5 34.8 51 32.9 53"
    " 31 54.4 29.2 56.5 29 58.9 28.3 61 27Z"
)


def n(value: float) -> str:
    """Write a coordinate with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def definitions(prefix: str, parts: dict[str, float]) -> str:
    """Return the definitions a picture uses; ``parts`` is each rung's last bird's part."""
    clips = "".join(
        f'<clipPath id="{prefix}-part-{code}"><rect x="-3" y="-3" width="{n(3 + 62 * part)}"'
        f' height="60"/></clipPath>'
        for code, part in parts.items()
    )
    return (
        "<defs>"
        f'<g id="{prefix}-bird"><path d="{_SITTING}"/><path d="{_WING}" fill="none"'
        ' stroke="currentColor"/><circle cx="48.2" cy="13.6" r="1.7" fill="currentColor"'
        ' stroke="none"/><path d="M32 46.4V52M38.5 45.3V52" fill="none"/></g>'
        f'<g id="{prefix}-outline"><path d="{_SITTING}"/></g>'
        f'<g id="{prefix}-flying"><path d="{_FLYING}"/><circle cx="51.5" cy="25.6" r="1.6"'
        f' fill="{palette.INK_2}" stroke="none"/></g>'
        f'<pattern id="{prefix}-hatch" width="5" height="5" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="5" height="5" fill="{palette.PAPER}"/>'
        f'<rect width="1.7" height="5" fill="{palette.INK_2}"/></pattern>'
        f'<pattern id="{prefix}-tiles" width="18" height="16" patternUnits="userSpaceOnUse">'
        f'<path d="M0 0V5a9 8.5 0 0018 0V0M-9 8V13a9 8.5 0 0018 0V8M9 8V13a9 8.5 0 0018 0V8"'
        f' fill="none" stroke="{palette.LINE}" stroke-width="1.1"/></pattern>'
        f"{clips}</defs>"
    )


def bird(prefix: str, code: str, x: float, y: float, size: float, turned: bool = False) -> str:
    """Return a sitting bird whose feet stand at y, its left edge at x."""
    colours = palette.step(code)
    return _placed(
        f'<use href="#{prefix}-bird" fill="{colours.fill}" stroke="{colours.line}"'
        f' color="{colours.detail}"',
        x,
        y,
        size,
        turned,
    )


def part_of_bird(prefix: str, code: str, x: float, y: float, size: float) -> str:
    """Return the last bird of a rung: the part that counts, the rest as a faint outline."""
    rest = _placed(
        f'<use href="#{prefix}-outline" fill="none" stroke="{palette.LINE_STRONG}"'
        ' stroke-opacity=".55"',
        x,
        y,
        size,
    )
    colours = palette.step(code)
    shown = _placed(
        f'<use href="#{prefix}-bird" fill="{colours.fill}" stroke="{colours.line}"'
        f' color="{colours.detail}" clip-path="url(#{prefix}-part-{code})"',
        x,
        y,
        size,
    )
    return rest + shown


def outlined_bird(prefix: str, x: float, y: float, size: float) -> str:
    """Return a place that only the original promise fills."""
    return _placed(
        f'<use href="#{prefix}-outline" fill="{palette.PAPER}" stroke="{palette.LINE_STRONG}"'
        ' stroke-dasharray="5 4"',
        x,
        y,
        size,
    )


def flying_bird(
    prefix: str, x: float, y: float, size: float, clip: str = "", outlined: bool = False
) -> str:
    """Return a bird that flew away: hatched, or dashed when only the promise fills its place."""
    fill = palette.PAPER if outlined else f"url(#{prefix}-hatch)"
    extra = ' stroke-dasharray="5 4"' if outlined else ""
    clipped = f' clip-path="url(#{clip})"' if clip else ""
    return _placed(
        f'<use href="#{prefix}-flying" fill="{fill}" stroke="{palette.INK_2}"{extra}{clipped}',
        x,
        y,
        size,
    )


def _placed(start: str, x: float, y: float, size: float, turned: bool = False) -> str:
    left = x + (BIRD_WIDTH * size if turned else 0)
    scale = f"{n(-size)} {n(size)}" if turned else n(size)
    return f'{start} transform="translate({n(left)} {n(y - BIRD_HEIGHT * size)}) scale({scale})"/>'


def roof(
    prefix: str, left: float, right: float, top: float, bottom: float, courses: list[float]
) -> str:
    """Return a roof: its ridge from left to right at the top, its eaves wider at the bottom."""
    out = min(34.0, (bottom - top) * 0.55)
    face = f"M{n(left)} {n(top)}H{n(right)}L{n(right + out)} {n(bottom)}H{n(left - out)}Z"
    chimney = right - 58
    lines = "".join(
        f'<path d="M{n(left - out * (y - top) / (bottom - top))} {n(y)}'
        f'H{n(right + out * (y - top) / (bottom - top))}" stroke="{palette.LINE_STRONG}"'
        ' stroke-width="1.2"/>'
        for y in courses
    )
    return (
        f'<path d="M{n(chimney)} {n(top)}v-30h-3v-6h32v6h-3v30" fill="{palette.PAPER_2}"'
        f' stroke="{palette.INK}" stroke-width="2"/>'
        f'<path d="{face}" fill="{palette.PAPER_2}"/>'
        f'<path d="{face}" fill="url(#{prefix}-tiles)" stroke="{palette.INK}" stroke-width="2"/>'
        f"{lines}"
        f'<path d="M{n(left - 3)} {n(top)}H{n(right + 3)}" stroke="{palette.INK}"'
        ' stroke-width="4"/>'
        f'<path d="M{n(left - out - 8)} {n(bottom)}H{n(right + out + 8)}" stroke="{palette.INK}"'
        ' stroke-width="4"/>'
    )


def ladder(
    left: float, right: float, lean: float, top: float, bottom: float, perches: list[float]
) -> str:
    """Return a ladder that leans against the roof, with a rung at each perch."""
    inwards = [lean * (bottom - y) / (bottom - top) for y in perches]
    rungs = "".join(
        f"M{n(left + gap)} {n(y)}H{n(right - gap)}" for y, gap in zip(perches, inwards, strict=True)
    )
    return (
        f'<path d="M{n(left + lean)} {n(top)}L{n(left)} {n(bottom)}'
        f'M{n(right - lean)} {n(top)}L{n(right)} {n(bottom)}" stroke="{palette.INK}"'
        f' stroke-width="4.5" fill="none"/><path d="{rungs}" stroke="{palette.INK}"'
        ' stroke-width="3" fill="none"/>'
    )


def hand(x: float, y: float, size: float, stretch: float) -> tuple[str, str]:
    """Return an open hand behind and in front of what it holds.

    ``x`` is where the sleeve begins, ``y`` the height of the palm, ``size`` the scale and
    ``stretch`` how much wider than drawn the palm is, in the hand's own units.
    """
    s = stretch
    line = f'fill="{palette.PAPER}" stroke="{palette.INK}" stroke-width="{n(2.3 / size)}"'
    place = f'transform="translate({n(x)} {n(y - 66 * size)}) scale({n(size)})"'
    back = (
        f"<g {place}>"
        f'<path d="M{n(214 + s)} 64C{n(230 + s)} 56 {n(246 + s)} 48 {n(262 + s)} 38 {n(268 + s)} 34'
        f" {n(276 + s)} 36 {n(278 + s)} 41 {n(280 + s)} 46 {n(277 + s)} 51 {n(272 + s)} 55"
        f' {n(262 + s)} 63 {n(250 + s)} 70 {n(238 + s)} 76" {line}/>'
        f'<path d="M92 60C100 44 112 30 126 22 133 18 141 21 142 28 143 33 139 37 135 41 128 48 124'
        f' 55 122 64" {line}/></g>'
    )
    front = (
        f"<g {place}>"
        f'<path d="M58 60C78 58 104 60 128 64 {n(160 + s * 0.3)} 69 {n(196 + s * 0.85)} 70'
        f" {n(226 + s)} 62 {n(244 + s)} 56 {n(262 + s)} 50 {n(278 + s)} 44 {n(286 + s)} 41"
        f" {n(293 + s)} 45 {n(294 + s)} 51 {n(295 + s)} 57 {n(291 + s)} 61 {n(285 + s)} 65"
        f" {n(262 + s)} 80 {n(236 + s)} 96 {n(204 + s * 0.9)} 102 {n(170 + s * 0.6)} 108"
        f' {n(128 + s * 0.2)} 104 100 100 84 98 70 98 58 100Z" {line}/>'
        f'<path d="M{n(232 + s)} 74C{n(246 + s)} 69 {n(258 + s)} 63 {n(268 + s)} 57" fill="none"'
        f' stroke="{palette.INK}" stroke-width="{n(1.4 / size)}"/>'
        f'<path d="M46 53H61V107H46Z" {line}/>'
        f'<path d="M0 44C16 46 32 47 46 47V113C32 113 16 114 0 116Z" fill="{palette.ACCENT}"/>'
        f'<circle cx="38" cy="98" r="2.4" fill="{palette.PAPER}"/></g>'
    )
    return back, front


def arrow(x: float, start: float, end: float, count: int, back: bool, radius: float = 10) -> str:
    """Return an arrow along the ladder with a count: full towards the hand, dashed away from it."""
    colour = palette.INK_2 if back else palette.ACCENT
    down = 1 if end > start else -1
    tip = end - 2 * down
    dashes = ' stroke-dasharray="4 3"' if back else ""
    middle = (start + end) / 2
    return (
        f'<g stroke="{colour}" fill="none" stroke-width="1.8"><path d="M{n(x - 7)} {n(start)}'
        f"Q{n(x)} {n(start)} {n(x)} {n(start + 9 * down)}V{n(end - 9 * down)}Q{n(x)} {n(tip)}"
        f' {n(x - 7)} {n(tip)}"{dashes}/><path d="M{n(x - 4)} {n(tip - 4)}L{n(x - 9)} {n(tip)}'
        f'L{n(x - 4)} {n(tip + 4)}"/></g>'
        f'<circle cx="{n(x)}" cy="{n(middle)}" r="{n(radius)}" fill="{palette.PAPER}"'
        f' stroke="{colour}" stroke-width="1.4"/><text x="{n(x)}"'
        f' y="{n(middle + radius / 2)}" text-anchor="middle"'
        f' font-size="{n(radius * 1.4)}" font-weight="600" fill="{colour}">{count}</text>'
    )
