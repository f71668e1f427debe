"""The signs of Høst on a home screen, drawn from our own SVG: `python -m tests.support.icons`.

Three PNG files beside hoest/ui/static/ui/img/icon.svg: 192 and 512 px as it is, and 512 px to be
cut to any shape (the mark within the inner four fifths, the ground to the edge).
Source: W3C, Web Application Manifest, "Icon masks".
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.support.browser import chromium_running
from tests.support.environment import ROOT

FOLDER = ROOT / "hoest" / "ui" / "static" / "ui" / "img"
SOURCE = FOLDER / "icon.svg"
SAFE = 0.8


def drawn(size: int, *, maskable: bool) -> str:
    """Return the sign as an SVG of a size in pixels."""
    source = SOURCE.read_text(encoding="utf-8").replace(
        "<svg ", f'<svg width="{size}" height="{size}" ', 1
    )
    if not maskable:
        return source
    side = float(re.search(r'viewBox="0 0 (\d+)', source)[1])  # type: ignore[index]
    edge = side * (1 / SAFE - 1) / 2
    wide = f"{-edge} {-edge} {side / SAFE} {side / SAFE}"
    ground = f'<rect x="{-edge}" y="{-edge}" width="{side / SAFE}" height="{side / SAFE}"'
    source = re.sub(r'viewBox="[^"]+"', f'viewBox="{wide}"', source, count=1)
    return re.sub(r'<rect width="\d+" height="\d+" rx="\d+"', ground, source, count=1)


def draw(folder: Path) -> list[Path]:
    """Write the pictures into a folder; returns their places."""
    made = []
    with chromium_running() as browser:
        for name, size, maskable in (
            ("icon-192", 192, False),
            ("icon-512", 512, False),
            ("icon-maskable-512", 512, True),
        ):
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(
                f"<body style='margin:0;line-height:0'>{drawn(size, maskable=maskable)}</body>"
            )
            place = folder / f"{name}.png"
            page.screenshot(path=str(place), omit_background=True)
            page.close()
            made.append(place)
    return made


if __name__ == "__main__":
    for one in draw(FOLDER):
        sys.stdout.write(f"{one.relative_to(ROOT)}: {one.stat().st_size} bytes\n")
