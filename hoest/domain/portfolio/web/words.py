"""What the pages say about an initiative: status, reasons, the point in one sentence."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from hoest.domain.portfolio.rules import Status
from hoest.foundation import content
from hoest.ui.icons import icon

_ICONS = {
    Status.ON_TRACK: "check",
    Status.ATTENTION: "info",
    Status.ACTION_NEEDED: "warning",
    Status.UNKNOWN: "help",
}


def status_mark(status: Status) -> SafeString:
    """Return a status as a sign with its word; colour is never the only sign."""
    return format_html(
        '<span class="status status-{}">{}<span>{}</span></span>',
        status.value,
        icon(_ICONS[status]),
        content.label("status", status.value),
    )
