"""Forms of organisations. Choices are those of the actor's municipality."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.models import Body, Person, Unit
from hoest.domain.organisations.queries import open_units_of, unit_lines
from hoest.domain.organisations.rules import MAY_STAND_UNDER, UnitKind
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.forms import NEW_PASSWORD_HINT
from hoest.foundation.access.roles import ROLES
from hoest.foundation.forms.asking import AskingForm


class UnitChoice(forms.ModelChoiceField):
    """A choice among the open units, drawn as a tree."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), **kwargs)

    def offer(self, actor: Actor, without: frozenset[int] = frozenset()) -> None:
        """Offer the units of the actor's municipality, except some."""
        self.queryset = open_units_of(actor).exclude(pk__in=without)
        lines = [
            (line.unit.pk, f"{'– ' * line.depth}{line.unit.name}")
            for line in unit_lines(actor)
            if line.unit.pk not in without
        ]
        self.choices = [("", self.empty_label), *lines]


class UnitForm(AskingForm):
    """A new unit."""

    name = forms.CharField(label=_("Navn"), max_length=160)
    kind = forms.ChoiceField(label=_("Niveau"), widget=forms.RadioSelect)
    parent = UnitChoice(label=_("Ligger under"), required=False, empty_label=_("Kommunen"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = content.choices("unit_kind")  # type: ignore[attr-defined]
        self.fields["parent"].offer(actor)  # type: ignore[attr-defined]


class RenameForm(AskingForm):
    """Another name for a unit."""

    name = forms.CharField(label=_("Navn"), max_length=160)
    version = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(AskingForm):
    """Another place for a unit."""

    parent = UnitChoice(label=_("Skal ligge under"), required=False, empty_label=_("Kommunen"))
    kind = forms.ChoiceField(label=_("Niveau"), widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, actor: Actor, below: frozenset[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = content.choices("unit_kind")  # type: ignore[attr-defined]
        self.fields["parent"].offer(actor, without=below)  # type: ignore[attr-defined]


class BodyForm(AskingForm):
    """A committee or board, new or changed."""

    name = forms.CharField(label=_("Navn"), max_length=160)
    kind = forms.ChoiceField(label=_("Slags"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = content.choices("body_kind")  # type: ignore[attr-defined]


class InviteForm(AskingForm):
    """Somebody to invite, with her first role."""

    name = forms.CharField(label=_("Navn"), max_length=160)
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Invitationen sendes hertil, og personen logger ind med den."),
    )
    title = forms.CharField(label=_("Stilling"), max_length=160, required=False)
    unit = UnitChoice(label=_("Arbejder i"), required=False, empty_label=_("Vælg ingen enhed"))
    role = forms.ChoiceField(label=_("Rolle"))
    role_unit = UnitChoice(
        label=_("Rollen gælder"),
        required=False,
        empty_label=_("Hele kommunen"),
        help_text=_(
            "Ledere, initiativledere, gevinstejere og medarbejdere kan have rollen i én enhed."
        ),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices()  # type: ignore[attr-defined]
        for name in ("unit", "role_unit"):
            self.fields[name].offer(actor)  # type: ignore[attr-defined]


class PersonForm(AskingForm):
    """What stands about a person."""

    name = forms.CharField(label=_("Navn"), max_length=160)
    email = forms.EmailField(label=_("E-mail"), required=False)
    title = forms.CharField(label=_("Stilling"), max_length=160, required=False)
    unit = UnitChoice(label=_("Arbejder i"), required=False, empty_label=_("Vælg ingen enhed"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(actor)  # type: ignore[attr-defined]


class RoleForm(AskingForm):
    """A role for a person, for the municipality or one unit."""

    role = forms.ChoiceField(label=_("Rolle"), widget=forms.RadioSelect)
    unit = UnitChoice(label=_("Rollen gælder"), required=False, empty_label=_("Hele kommunen"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (code, f"{role.label}: {role.sentence}") for code, role in ROLES.items()
        ]
        self.fields["unit"].offer(actor)  # type: ignore[attr-defined]


class AcceptForm(AskingForm):
    """The password of a new account."""

    password = forms.CharField(
        label=_("Vælg en adgangskode"),
        help_text=NEW_PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Adgangskoden igen"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Refuse what is short, common or guessed from the name."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse two different passwords."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") != cleaned["password"]:
            self.add_error("again", gettext("De to adgangskoder er ikke ens."))
        return cleaned


def role_choices() -> list[tuple[str, str]]:
    """Return the roles as choices, after no role."""
    return [("", gettext("Vælg en rolle")), *((code, role.label) for code, role in ROLES.items())]


def kinds_under(parent: Unit | None) -> list[str]:
    """Return the levels a unit under a parent may have."""
    kind = UnitKind(parent.kind) if parent else None
    return [str(one) for one, places in MAY_STAND_UNDER.items() if kind in places]


def facts_of_person(person: Person) -> dict[str, Any]:
    """Return what the form of a person begins with."""
    names = ("name", "email", "title", "unit", "version")
    return {name: getattr(person, name) for name in names}


def facts_of_body(body: Body) -> dict[str, Any]:
    """Return what the form of a committee begins with."""
    return {"name": body.name, "kind": body.kind, "version": body.version}
