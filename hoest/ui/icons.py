"""The small signs: own drawings on a grid of 24, one line weight, always beside a word.

Drawn for Høst. A sign is written into the page as SVG with ``currentColor`` and hidden from
assistive technology, because the word beside it says the same.
"""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS: dict[str, str] = {
    "account": "M12 11.5a4 4 0 100-8 4 4 0 000 8zM4.5 20.5c0-4 3-6 7.5-6s7.5 2 7.5 6",
    "arrow-right": "M4.5 12h15M13.5 6l6 6-6 6",
    "arrow-down": "M12 4.5v15M6 13.5l6 6 6-6",
    "arrow-up": "M12 19.5v-15M6 10.5l6-6 6 6",
    "benefit": "M2.5 15.5c4 0 5.5-1.5 7.5-4.5 1.5-3 3.5-4 6-4 .8-1.8 4.3-1.5 4.5 1l1.5 1"
    "-1.7 1c-.5 4.5-3.8 7-8.3 7-3.5 0-6.5-.5-9.5-1.5zM12.5 17v3.5",
    "calendar": "M4.5 6h15v13.5h-15zM4.5 10h15M8.5 3.5v4M15.5 3.5v4",
    "check": "M4.5 12.5 10 18 19.5 7",
    "chevron-down": "M6 9.5l6 6 6-6",
    "chevron-left": "M14.5 6l-6 6 6 6",
    "chevron-right": "M9.5 6l6 6-6 6",
    "close": "M6 6l12 12M18 6L6 18",
    "download": "M12 4v11M7 10.5l5 5 5-5M4.5 20h15",
    "edit": "M4.5 19.5l1-4.5L16.5 4l3.5 3.5L9 18.5zM14 6.5l3.5 3.5",
    "globe": "M12 21a9 9 0 100-18 9 9 0 000 18zM3 12h18M12 3c2.8 2.5 4 5.5 4 9s-1.2 6.5-4 9"
    "c-2.8-2.5-4-5.5-4-9s1.2-6.5 4-9z",
    "harvest": "M12 21V8M12 8c-2.2-1.2-2.2-3.8 0-5.5 2.2 1.7 2.2 4.3 0 5.5z"
    "M12 13.5c-3.2 0-5-1.8-5-4.8 3.2 0 5 1.8 5 4.8zM12 13.5c3.2 0 5-1.8 5-4.8-3.2 0-5 1.8-5 4.8z"
    "M12 19c-3.2 0-5-1.8-5-4.8 3.2 0 5 1.8 5 4.8zM12 19c3.2 0 5-1.8 5-4.8-3.2 0-5 1.8-5 4.8z",
    "help": "M12 21a9 9 0 100-18 9 9 0 000 18zM9.2 9.3c.3-1.6 1.4-2.3 2.9-2.3 1.7 0"
    " 2.9 1 2.9 2.5 0 2.3-3 2.3-3 4.5M12 17.2v.1",
    "idea": "M9 18h6M10 21h4M8.5 15c-1.8-1.2-3-3.1-3-5.3a6.5 6.5 0 0113 0c0 2.2-1.2 4.1-3 5.3"
    "-.4.3-.5.7-.5 1.2H9c0-.5-.1-.9-.5-1.2z",
    "import": "M12 15.5v-11M7 9l5-5 5 5M4.5 20h15",
    "info": "M12 21a9 9 0 100-18 9 9 0 000 18zM12 11v6M12 7.3v.1",
    "keyboard": "M2.5 6.5h19v11h-19zM6 10h.1M10 10h.1M14 10h.1M18 10h.1M7.5 14h9",
    "link": "M10 14a4 4 0 006 .4l3-3a4 4 0 00-5.7-5.7l-1.2 1.2M14 10a4 4 0 00-6-.4l-3 3"
    "a4 4 0 005.7 5.7l1.2-1.2",
    "list": "M8.5 6h11M8.5 12h11M8.5 18h11M4.5 6h.1M4.5 12h.1M4.5 18h.1",
    "mail": "M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5",
    "minus": "M5.5 12h13",
    "more": "M4 12a1 1 0 102 0 1 1 0 00-2 0zM11 12a1 1 0 102 0 1 1 0 00-2 0z"
    "M18 12a1 1 0 102 0 1 1 0 00-2 0z",
    "organisation": "M3.5 20.5h17M5.5 20.5V10L12 5l6.5 5v10.5M10 20.5v-5h4v5M12 5V2.5",
    "people": "M9 11.5a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20c0-3.5 2.7-5.5 6.5-5.5"
    "s6.5 2 6.5 5.5M15.5 4.8a3.5 3.5 0 010 6.4M18 14.8c2.2.7 3.5 2.5 3.5 5.2",
    "plus": "M12 5v14M5 12h14",
    "portfolio": "M4 5.5h7v6H4zM13.5 5.5H20v13h-6.5zM4 14h7v4.5H4z",
    "print": "M7 9V4h10v5M7 16.5H4.5V9h15v7.5H17M7 14h10v6H7z",
    "search": "M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13zM15.5 15.5l5 5",
    "sign-out": "M10 4.5H5v15h5M10 12h10M16 8l4 4-4 4",
    "source": "M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5M9 12.5h6.5M9 16h6.5",
    "undo": "M8.5 5L4.5 9l4 4M5 9h9a5.5 5.5 0 010 11H9",
    "warning": "M12 4L2.5 20h19zM12 10v5M12 17.7v.1",
}


def icon(name: str) -> SafeString:
    """Return a sign as inline SVG, hidden from assistive technology.

    Raises: KeyError for a name that is not drawn.
    """
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'
        ' aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        mark_safe(PATHS[name]),  # noqa: S308 - a constant of this file
    )
