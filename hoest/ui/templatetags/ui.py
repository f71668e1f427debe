"""Template tags of the look: signs, form fields, terms and messages.

Use: ``{% load ui %}``, then ``{% icon "check" %}``, ``{% widget field %}``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
    SelectMultiple,
    Textarea,
)
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hoest.ui import glossary, icons, messages

register = template.Library()
BLANK = ("—", "–")

register.simple_tag(icons.icon, name="icon")


@register.simple_tag
def widget(field: BoundField, inputmode: str = "", extra_class: str = "") -> SafeString:
    """Render a form field's widget with the design system's classes and its descriptions."""
    kind = field_kind(field)
    css = {
        "select": "form-select",
        "checkbox": "form-checkbox",
        "file": "form-file",
        "textarea": "form-input",
    }
    attrs: dict[str, Any] = {}
    if kind not in {"radios", "checkboxes"}:
        name = css.get(kind, "form-input")
        attrs["class"] = f"{name} {extra_class}".strip()
        described = described_by(field)
        if described:
            attrs["aria-describedby"] = described
    if inputmode:
        attrs["inputmode"] = inputmode
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def field_kind(field: BoundField) -> str:
    """Return how a field is laid out: text, textarea, select, checkbox, radios, file …"""
    shown = field.field.widget
    kinds: tuple[tuple[type, str], ...] = (
        (CheckboxSelectMultiple, "checkboxes"),
        (RadioSelect, "radios"),
        (CheckboxInput, "checkbox"),
        (FileInput, "file"),
        (SelectMultiple, "select-multiple"),
        (Select, "select"),
        (Textarea, "textarea"),
    )
    return next((name for kind, name in kinds if isinstance(shown, kind)), "text")


@register.filter
def described_by(field: BoundField) -> str:
    """Return the ids of what describes a field: its error first, then its hint."""
    parts = []
    if field.errors:
        parts.append(f"{field.auto_id}-error")
    if field.help_text:
        parts.append(f"{field.auto_id}-hint")
    return " ".join(parts)


@register.simple_tag
def faulty_fields(form: Any) -> list[BoundField]:
    """Return the visible fields of a form that carry an error, in the form's order."""
    return [field for field in form.visible_fields() if field.errors]


@register.simple_tag(takes_context=True)
def unique_id(context: template.Context, prefix: str) -> str:
    """Return an id that stands once on the page, also when a component is used several times.

    Counted on the request, so that panels rendered on their own go on counting; a part that comes
    later, into a page that stands, counts under a name of its own.
    """
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        root: dict[str, int] = context.render_context.dicts[0]  # type: ignore[assignment]
        root["_ui_ids"] = count = root.get("_ui_ids", 0) + 1
        return f"{prefix}-{count}"
    request.ui_ids = count = getattr(request, "ui_ids", 0) + 1
    is_part = "HX-Request" in request.headers or "X-Sheet" in request.headers
    return f"{prefix}-{'part-' if is_part else ''}{count}"


@register.simple_tag
def explanation(code: str) -> str:
    """Return the word list's explanation of a term, empty when there is none."""
    return glossary.explain(code) or ""


@register.simple_tag(takes_context=True)
def page_query(context: template.Context, parameter: str, page: int) -> str:
    """Return the address's query with another page number; the filters stay."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    query[parameter] = str(page)
    return query.urlencode()


@register.filter
def ways(message: Message) -> dict[str, str]:
    """Return where the act a message tells of is taken back, and what comes next."""
    return messages.ways_of(message)


@register.filter
def level_name(message: Message) -> str:
    """Return the level of a message: success, info, warning or error."""
    return messages.level_of(message)


@register.simple_tag
def cell_attributes(cell: Any, columns: Sequence[Any], place: int) -> SafeString:
    """Return a cell's attributes: its column's word for a phone, and what kind of cell it is.

    In one tag, because a page of a list has two hundred cells. Cells and columns are objects or
    dicts with the names of `foundation.lists.tables`.
    """
    column = columns[place] if place < len(columns) else {}
    label = _of(column, "said") or _of(column, "label") or ""
    kinds = [name for name in ("number", "day", "named") if _of(cell, name)]
    kinds += ["blank"] if _of(cell, "text") in BLANK else []
    kinds += ["wide"] if _of(cell, "only_wide") else []
    css = " ".join("num" if kind == "number" else kind for kind in kinds)
    return format_html('data-label="{}" class="{}"', str(label).lower(), css)


def _of(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


@register.filter
def steps(count: int) -> Iterable[int]:
    """Return the numbers from 0 up to a count."""
    return range(int(count))
