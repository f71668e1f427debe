"""Forms of Min uge: until when, to whom, and an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import people_with_roles
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.roles import INSIDE
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField

# Those who can take care of something here; a neighbour and a politician cannot.
TAKERS = INSIDE - {"politician", "employee"}


class LaterForm(AskingForm):
    """The day on which a thing comes back."""

    until = DanishDateField(label=_("En anden dag"))


class PassOnForm(AskingForm):
    """Who is asked, and a few words to her. Those who are near stand first."""

    person: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Hvem skal tage sig af det?"), queryset=None, empty_label=_("Vælg en person")
    )
    note = forms.CharField(
        label=_("Besked"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, actor: Actor, near: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people_with_roles(actor, TAKERS).exclude(pk=actor.person_id or 0)
        others = [p for p in field.queryset if p.pk not in {one.pk for one in near}]
        field.choices = [
            ("", field.empty_label),
            *([(_("Foreslået"), [(p.pk, str(p)) for p in near])] if near else []),
            (_("Andre"), [(p.pk, str(p)) for p in others]),
        ]


class SendBackForm(AskingForm):
    """A short answer to the one who passed it on."""

    answer = forms.CharField(
        label=_("Svar"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
