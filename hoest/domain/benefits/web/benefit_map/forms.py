"""Forms of the benefit map: a new node, and what may be changed about one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.queries.benefit_map import ReadNode
from hoest.domain.benefits.rules.benefit_map import NodeKind
from hoest.domain.organisations.queries import people_of
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.forms.asking import AskingForm

# What one most often adds after and before a node of a kind.
NEXT = {
    NodeKind.DELIVERABLE: NodeKind.CAPABILITY,
    NodeKind.ACTIVITY: NodeKind.CAPABILITY,
    NodeKind.CAPABILITY: NodeKind.BEHAVIOUR,
    NodeKind.BEHAVIOUR: NodeKind.EFFECT,
    NodeKind.EFFECT: NodeKind.BENEFIT,
    NodeKind.BENEFIT: NodeKind.PURPOSE,
    NodeKind.DISBENEFIT: NodeKind.PURPOSE,
    NodeKind.PURPOSE: NodeKind.PURPOSE,
    NodeKind.ASSUMPTION: NodeKind.BEHAVIOUR,
}
BEFORE = {
    NodeKind.DELIVERABLE: NodeKind.DELIVERABLE,
    NodeKind.ACTIVITY: NodeKind.DELIVERABLE,
    NodeKind.CAPABILITY: NodeKind.DELIVERABLE,
    NodeKind.BEHAVIOUR: NodeKind.CAPABILITY,
    NodeKind.EFFECT: NodeKind.BEHAVIOUR,
    NodeKind.BENEFIT: NodeKind.EFFECT,
    NodeKind.DISBENEFIT: NodeKind.EFFECT,
    NodeKind.PURPOSE: NodeKind.BENEFIT,
    NodeKind.ASSUMPTION: NodeKind.DELIVERABLE,
}


class NewNodeForm(AskingForm):
    """A new node. A benefit is chosen among those there are, or written down with its type."""

    kind = forms.ChoiceField(label=_("Slags"))
    title = forms.CharField(label=_("Hvad hedder det?"), max_length=200, required=False)
    benefit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("En gevinst, der er skrevet ned"),
        queryset=None,
        required=False,
        empty_label=_("En ny gevinst"),
    )
    benefit_type = forms.ChoiceField(label=_("Gevinsttype"), required=False)

    needed_for = {
        "title": _("undtagen når du vælger en gevinst, der findes"),
        "benefit": _("kun for gevinster"),
        "benefit_type": _("kun for nye gevinster"),
    }

    def __init__(self, *args: Any, benefits: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Benefit.objects.none() if benefits is None else benefits
        self.fields["benefit"].queryset = rows  # type: ignore[attr-defined]
        if benefits is None:
            del self.fields["benefit"]
        _choose(self, "kind", content.choices("map_node"))
        _choose(self, "benefit_type", [("", _("Vælg type")), *content.choices("benefit_type")])


class NodeForm(AskingForm):
    """What may be changed about a node that is no benefit."""

    title = forms.CharField(label=_("Hvad hedder det?"), max_length=200)
    kind = forms.ChoiceField(label=_("Slags"))
    owner: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Ejer"),
        queryset=None,
        required=False,
        empty_label=_("Ingen endnu"),
        help_text=_("Den, der svarer for, at det sker. Én person."),
    )

    def __init__(self, *args: Any, actor: Actor, node: ReadNode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(actor)  # type: ignore[attr-defined]
        kinds = [one for one in content.choices("map_node") if one[0] != NodeKind.BENEFIT]
        _choose(self, "kind", kinds)
        if node.follows_initiative:
            del self.fields["title"], self.fields["kind"]


def _choose(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
