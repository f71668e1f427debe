"""Forms that say which field is missing, and what an optional field is needed for.

Why: "Dette felt er påkrævet" in a list of faults names no field, and "(kan udelades)" is untrue
of a field that the next rung asks for. `AskingForm` is the base of every form of a subject; a
subject sets `needed_for` for fields that may wait but will be asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

# The fields that many forms have, in the words one would use.
ASKED: dict[str, Any] = {
    "title": _("Skriv titlen."),
    "name": _("Skriv navnet."),
    "email": _("Skriv e-mailadressen."),
    "reason": _("Skriv begrundelsen."),
    "value": _("Skriv værdien."),
    "on": _("Skriv datoen."),
    "decision": _("Skriv beslutningen."),
    "decided_on": _("Skriv, hvornår det blev besluttet."),
    "closed_on": _("Skriv, hvornår den blev lukket."),
    "year": _("Skriv året."),
    "key": _("Skriv, hvad posten hedder."),
    "benefit_type": _("Vælg gevinsttypen."),
    "initiative": _("Vælg initiativet."),
    "unit": _("Vælg enheden."),
    "phase": _("Vælg fasen."),
    "role": _("Vælg rollen."),
    "share": _("Skriv andelen."),
    "price_level": _("Skriv, hvilket års priser det er."),
    "file": _("Vælg filen."),
    "password": _("Skriv adgangskoden."),
    "login": _("Skriv e-mailadressen."),
}


def name_what_is_missing(form: forms.BaseForm) -> None:
    """Let each required field of a form say itself when it is empty; own words stay."""
    standard = str(forms.Field.default_error_messages["required"])
    for name, field in form.fields.items():
        if str(field.error_messages.get("required", "")) == standard:
            said: Any = ASKED.get(name) or _asked(field, name)
            field.error_messages["required"] = said


def _asked(field: forms.Field, name: str) -> Text:
    label = str(field.label or name)
    if label.endswith("?"):
        return _("Svar på »%(label)s«.") % {"label": label}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField):
        return _("Vælg »%(label)s«.") % {"label": label}
    if isinstance(field, forms.BooleanField):
        return _("Sæt kryds ved »%(label)s«.") % {"label": label}
    return _("Udfyld »%(label)s«.") % {"label": label}


class AskingForm(forms.Form):
    """A form whose faults name their field.

    `needed_for` names fields that may be left empty now, with what they are needed for later.
    """

    needed_for: Mapping[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, purpose in self.needed_for.items():
            if name in self.fields:
                self.fields[name].needed_for = purpose  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        """Name what is missing, also in fields that came after the form was made."""
        name_what_is_missing(self)
        super().full_clean()
