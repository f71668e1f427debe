"""Tags about the person and her sessions: panels of other subjects, and browsers in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from hoest.foundation import panels as registry

register = template.Library()

# In this order: Edge and Opera call themselves Chrome, Chrome calls itself Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


@register.simple_tag(takes_context=True)
def panels(context: template.Context, place: str, thing: Any) -> SafeString:
    """Render what other subjects show at a place about a thing."""
    return SafeString("\n".join(registry.rendered(place, context["request"], thing)))


@register.filter
def browser(user_agent: str) -> str:
    """Say in words which browser and machine a session comes from: `Firefox på Windows`."""
    name = next((word for mark, word in BROWSERS if mark in user_agent), "")
    system = next((word for mark, word in SYSTEMS if mark in user_agent), "")
    if name and system:
        return gettext("%(browser)s på %(machine)s") % {"browser": name, "machine": system}
    return name or system or gettext("Ukendt browser")
