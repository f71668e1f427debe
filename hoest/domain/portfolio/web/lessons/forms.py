"""The form of a lesson."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.permissions import WRITE_LESSONS
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField


def _sentences(label: Any, *, required: bool, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
    )


class LessonForm(AskingForm):
    """What was promised, what came, why, and what we would do again."""

    title = forms.CharField(
        label=_("Sidst vi gjorde …"),
        max_length=160,
        help_text=_("For eksempel: Skærmbesøg i hjemmeplejen."),
    )
    promised = _sentences(_("Det lovede vi"), required=False)
    came = _sentences(_("Det kom der"), required=True)
    why = _sentences(
        _("Derfor blev det sådan"),
        required=True,
        help_text=_("Skriv om opgaven, ikke om personer."),
    )
    again = _sentences(_("Det ville vi gøre igen, og det ville vi gøre anderledes"), required=False)
    learnt_on = DanishDateField(label=_("Hvornår var det?"))
    initiative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Initiativ"), queryset=None, required=False, empty_label=_("Uden for initiativerne")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = queries.visible_to(actor).only("pk", "title").order_by("title")
        units = units_where(actor, WRITE_LESSONS)
        if units is not None:
            rows = rows.filter(unit_id__in=units)
        self.fields["initiative"].queryset = rows  # type: ignore[attr-defined]
