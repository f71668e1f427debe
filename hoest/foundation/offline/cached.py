"""Which files a device keeps, and the version that tells it to fetch them anew.

Only files that are the same for everybody: style, scripts, letters, signs, and the page that says
there is no connection. No page of a person is ever kept.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from hoest import __version__

FILES = (
    "ui/vendor/dkfds/dkfds.css",
    "ui/css/tokens.css",
    "ui/css/base.css",
    "ui/css/components.css",
    "ui/css/pictures.css",
    "ui/css/print.css",
    "ui/vendor/dkfds/fonts/IBMPlexSans-Regular-Latin1.woff2",
    "ui/vendor/dkfds/fonts/IBMPlexSans-SemiBold-Latin1.woff2",
    "ui/vendor/htmx/htmx.min.js",
    "ui/js/page.js",
    "ui/js/forms.js",
    "ui/js/sheet.js",
    "ui/js/outbox.js",
    "ui/js/keep.js",
    "ui/js/shortcuts.js",
    "ui/js/words.js",
    "ui/img/icon.svg",
)
WORKER = "offline/worker.js"


def text_of(name: str) -> str:
    """Return a static file's text. Raises FileNotFoundError."""
    return _found(name).read_text(encoding="utf-8")


@cache
def version() -> str:
    """Return a short sum of all kept files and the worker: it changes when one of them does."""
    total = hashlib.sha256(__version__.encode())
    for name in (*FILES, WORKER):
        total.update(_found(name).read_bytes())
    return total.hexdigest()[:12]


def _found(name: str) -> Path:
    place = finders.find(name)
    if not isinstance(place, str):
        raise FileNotFoundError(name)
    return Path(place)
