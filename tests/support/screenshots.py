"""Pictures of every page at 360, 768 and 1280 px, to be looked at by people.

Each page is taken full, in a municipality on its first day (empty), and with its form sent without
anything in it (error). `make screenshots` puts them in build/screenshots, which git ignores.

    python -m tests.support.screenshots [--out FOLDER] [--only TEXT] [--docs]

Writes an index.html beside the pictures. `--docs` renews docs/images/hoestregnskab.png: the harvest
account of Copenhagen's public figures.
"""

from __future__ import annotations

import argparse
import html
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support import environment

if TYPE_CHECKING:
    from tests.support.addresses import Address
    from tests.support.browser import Pages
    from tests.support.site import Site

WIDTHS = (360, 768, 1280)
DATABASE = f"hoest_test_pictures_{os.getpid()}"
DOCS_DATABASE = f"hoest_test_docs_{os.getpid()}"
DOCS_PICTURE = environment.ROOT / "docs" / "images" / "hoestregnskab.png"


@dataclass(frozen=True)
class Shot:
    """One page in one state: its name, who reads it, and where."""

    name: str
    state: str
    email: str | None
    path: str

    def file(self, width: int) -> str:
        """Return the name of its picture."""
        return f"{self.name.replace(':', '-')}-{self.state}-{width}.png"


@contextmanager
def _site(database: str, *, filled: bool) -> Iterator[Site]:
    """Serve a database of our own: the world of the tests, or only the migrated template."""
    from django.db import connections

    from hoest.foundation.database.sharing import running
    from tests.support.database import clone, drop, make_template, pointed_at
    from tests.support.site import serving

    with running():
        make_template()
        connections.close_all()
        clone(database)
        try:
            with pointed_at(database):
                if filled:
                    _fill()
                with serving(database) as site:
                    yield site
        finally:
            connections.close_all()
            drop(database)


def _fill() -> None:
    from tests.support.empty import build_empty
    from tests.support.states import add_states
    from tests.support.world import HERE, build_world, organisation_id

    build_world()
    build_empty()
    add_states(organisation_id(HERE))


def _shots(only: str) -> Iterator[Shot]:
    from tests.support.addresses import all_addresses
    from tests.support.empty import EMPTY, email_of_empty
    from tests.support.world import HERE, email_of

    for address in all_addresses():
        if only and only not in address.name:
            continue
        yield from _shot(address, "filled", HERE, email_of)
        if not address.parameters and address.access == "municipality":
            yield from _shot(address, "empty", EMPTY, email_of_empty)


def _shot(address: Address, state: str, code: str, email_of: object) -> Iterator[Shot]:
    from django.db import transaction

    from hoest.foundation.tenancy.context import acting_for
    from tests.support.readers import read_by
    from tests.support.world import organisation_id

    organisation = organisation_id(code)
    with acting_for(organisation), transaction.atomic():
        path = address.path(organisation)
    reading = read_by(address, path, email_of)  # type: ignore[arg-type]
    if reading.is_page:
        yield Shot(address.name, state, reading.email, path)


def take(pages: Pages, shot: Shot, folder: Path) -> list[Shot]:
    """Take the pictures of a page at every width; its form with faults is a shot of its own."""
    from tests.support.empty_forms import WITH_FORM, send_empty

    page = pages(email=shot.email)
    faulty = replace(shot, state="error")
    taken = [shot]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740 if width < 500 else 900})
        page.goto(shot.path)
        page.screenshot(path=str(folder / shot.file(width)), full_page=True)
        has_form = page.locator(WITH_FORM).count() and not shot.name.startswith("ui:")
        if shot.state == "filled" and has_form:
            send_empty(page)
            page.screenshot(path=str(folder / faulty.file(width)), full_page=True)
            taken = [shot, faulty]
    page.context.close()
    pages.contexts.remove(page.context)
    return taken


def index(shots: list[Shot]) -> str:
    """Return a page with all pictures side by side."""
    rows = []
    for shot in shots:
        images = "".join(
            f'<a href="{shot.file(width)}"><img src="{shot.file(width)}" width="{width // 3}" '
            f'alt="{width} px" loading="lazy"></a>'
            for width in WIDTHS
        )
        title = html.escape(f"{shot.name} · {shot.state} · {shot.email or 'besøgende'}")
        rows.append(f"<h2>{title}</h2><p><code>{html.escape(shot.path)}</code></p>{images}")
    return (
        '<!doctype html><html lang="da"><meta charset="utf-8"><title>Høst i billeder</title>'
        "<style>body{font-family:sans-serif;margin:2rem}img{border:1px solid #ccc;margin:4px;"
        f"vertical-align:top}}</style><h1>Høst i billeder</h1>{''.join(rows)}</html>"
    )


def take_all(folder: Path, only: str = "") -> int:
    """Take every picture; returns how many pages there were."""
    from tests.support.browser import Pages, chromium_running

    folder.mkdir(parents=True, exist_ok=True)
    shots = []
    with _site(DATABASE, filled=True) as site, chromium_running() as browser:
        pages = Pages(browser, site)
        for shot in _shots(only):
            for one in take(pages, shot, folder):
                shots.append(one)
                sys.stdout.write(f"{one.name} {one.state}\n")
        for fault in dict.fromkeys(pages.close()):
            sys.stderr.write(f"! {fault}\n")
    (folder / "index.html").write_text(index(shots), encoding="utf-8")
    return len(shots)


def take_docs() -> None:
    """Take the picture of the README: the account of Copenhagen's public figures."""
    from tests.support.browser import Pages, chromium_running

    with _site(DOCS_DATABASE, filled=False) as site:
        from hoest.domain.exchange.management.public import load_public_figures
        from hoest.domain.organisations.actions import administrator_for, open_municipality
        from hoest.foundation.access.models import Account

        load_public_figures(lambda text: None)
        organisation = open_municipality(name_or_code="0101")
        roles = ("executive", "portfolio_manager")
        email = "direktion@koebenhavn.example"
        administrator_for(organisation, email, name="Direktionen", roles=roles)
        assert Account.objects.filter(email=email).exists()
        with chromium_running() as browser:
            pages = Pages(browser, site)
            page = pages(email=email)
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto("/hoestregnskab/")
            DOCS_PICTURE.parent.mkdir(parents=True, exist_ok=True)
            box = page.locator(".harvest-wide").bounding_box()
            assert box is not None
            clip = {"x": 0, "y": 0, "width": 1280, "height": box["y"] + box["height"] + 24}
            page.screenshot(path=str(DOCS_PICTURE), full_page=True, clip=clip)  # type: ignore[arg-type]
            pages.close()


def main() -> None:
    """Read the command line and take the pictures."""

    import django

    reader = argparse.ArgumentParser(description="Tager billeder af alle sider.")
    reader.add_argument("--out", type=Path, default=environment.ROOT / "build" / "screenshots")
    reader.add_argument("--only", default="", help="kun adresser, hvis navn indeholder teksten")
    reader.add_argument("--docs", action="store_true", help="forny billedet i docs/images")
    given = reader.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hoest.config.settings")
    # The event loop that runs here is Playwright's, and it stands still while we ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    django.setup()
    if given.docs:
        take_docs()
        sys.stdout.write(f"{DOCS_PICTURE.relative_to(environment.ROOT)}\n")
    else:
        count = take_all(given.out, given.only)
        sys.stdout.write(f"{count} pages: {given.out / 'index.html'}\n")


if __name__ == "__main__":
    main()
