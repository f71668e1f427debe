"""The form of a person's own choice of mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField
from hoest.foundation.messages.rules import Choice, Rhythm

RHYTHMS = (
    (Rhythm.DAILY.value, _("Når der er noget, højst én gang om dagen")),
    (Rhythm.WEEKLY.value, _("Samlet én gang om ugen")),
    (Rhythm.NEVER.value, _("Kun det, andre venter på dit svar på")),
)
WEEKDAYS = (
    (0, _("mandag")),
    (1, _("tirsdag")),
    (2, _("onsdag")),
    (3, _("torsdag")),
    (4, _("fredag")),
    (5, _("lørdag")),
    (6, _("søndag")),
)


class ChoiceForm(AskingForm):
    """How often, on which day of the week, and until when she is away."""

    rhythm = forms.ChoiceField(
        label=_("Hvor tit vil du have mail?"), choices=RHYTHMS, widget=forms.RadioSelect
    )
    weekday = forms.TypedChoiceField(
        label=_("Hvilken dag, hvis det er ugentligt?"), choices=WEEKDAYS, coerce=int
    )
    away_until = DanishDateField(
        label=_("Er du væk, så til og med hvornår?"),
        required=False,
        help_text=_("Så længe sender vi intet. Beskederne venter, til du er tilbage."),
    )

    @classmethod
    def of(cls, choice: Choice, sent: Any = None) -> ChoiceForm:
        """Return the form filled with what is chosen."""
        known = {
            "rhythm": choice.rhythm.value,
            "weekday": choice.weekday,
            "away_until": choice.away_until,
        }
        return cls(sent, initial=known)
