"""Two people changed the same initiative: what each wrote, field by field, to choose between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language

from hoest.foundation import content
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.ui import formats


@dataclass(frozen=True)
class Choice:
    """One field with both versions, as read and as posted; `keep_mine` is the first guess."""

    name: str
    label: str
    mine: str
    mine_posted: str
    theirs: str
    theirs_posted: str
    keep_mine: bool


def choices_between(
    conflict: ChangedMeanwhile,
    form: forms.Form,
    before: Mapping[str, Any] | None,
    standing: Mapping[str, Any],
) -> list[Choice]:
    """Return a choice per field that differs.

    `before` holds the values both people started from, when known: what the person did not touch
    herself is taken from the other one at first guess.
    """
    return [
        Choice(
            name=one.field,
            label=str(form.fields[one.field].label),
            mine=_shown(one.field, one.mine),
            mine_posted=_posted(form, one.field, one.mine),
            theirs=_shown(one.field, one.theirs),
            theirs_posted=_posted(form, one.field, standing[one.field]),
            keep_mine=before is None or _raw(one.mine) != before.get(one.field),
        )
        for one in conflict.differences
    ]


def _raw(value: Any) -> Any:
    return getattr(value, "pk", value)


def _posted(form: forms.Form, name: str, value: Any) -> str:
    text = form.fields[name].prepare_value(_raw(value))
    return "" if text is None else str(text)


def _shown(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    language = get_language() or "da"
    if name in ("purpose_type", "initiative_type"):
        return content.label(name, value)
    if name.endswith("_share"):
        return formats.percent(value, language=language)
    if name.endswith("_on"):
        return formats.long_date(value, language)
    return str(value)
