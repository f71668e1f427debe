"""Labels of coded values in templates.

Use: ``{% load content %}``, then ``{{ initiative.phase|label:"phase" }}`` and
``{{ initiative.phase|about:"phase" }}``. A code nobody knows shows as itself, never as nothing.
"""

from __future__ import annotations

from django import template

from hoest.foundation import content

register = template.Library()


@register.filter
def label(code: object, kind: str) -> str:
    """Return what a coded value is called; empty for no value."""
    if not code:
        return ""
    return content.label(kind, str(code)) if str(code) in content.codes(kind) else str(code)


@register.filter
def about(code: object, kind: str) -> str:
    """Return the one line that explains a coded value; empty for no value."""
    known = bool(code) and str(code) in content.codes(kind)
    return content.explanation(kind, str(code)) if known else ""
