"""What others made is carried unchanged, with its licence, and a page stays light."""

import gzip
import hashlib
import re
from pathlib import Path

UI = Path(__file__).resolve().parents[1]
STATIC = UI / "static" / "ui"
VENDOR = STATIC / "vendor"


def test_every_carried_file_is_listed_with_its_sum():
    text = (VENDOR / "VENDORED.md").read_text(encoding="utf-8")
    listed = {path: total for total, path in re.findall(r"([0-9a-f]{64})  (\S+)", text)}
    there = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "VENDORED.md"
    }
    assert listed == there


def test_every_carried_folder_has_its_licence():
    for folder in ("dkfds/LICENSE.md", "dkfds/fonts/LICENSE-OFL.txt", "htmx/LICENSE"):
        assert len((VENDOR / folder).read_text(encoding="utf-8")) > 300


def test_every_file_a_stylesheet_asks_for_is_there():
    for sheet in STATIC.rglob("*.css"):
        for asked in re.findall(r"url\(\"?([^\")]+)\"?\)", sheet.read_text(encoding="utf-8")):
            if not asked.startswith("data:"):
                assert (sheet.parent / asked).resolve().is_file(), (sheet.name, asked)


def test_style_script_and_type_of_a_page_weigh_less_than_200_kilobytes():
    head = (UI / "templates" / "layout" / "head.html").read_text(encoding="utf-8")
    files = {STATIC.parent / name for name in re.findall(r"static '([^']+)'", head)}
    files |= set((VENDOR / "dkfds" / "fonts").glob("*.woff2"))
    assert len(files) >= 11
    weight = sum(len(gzip.compress(path.read_bytes())) for path in files)
    assert weight < 200_000
