"""What is missing is named by its field, and own words stay."""

from __future__ import annotations

import ast

import pytest
from django import forms

from hoest.foundation.forms.asking import AskingForm
from tests.architecture.trees import ROOT


class Everything(AskingForm):
    """One field of each kind."""

    needed_for = {"later": "skal bruges senere"}

    title = forms.CharField()
    theme = forms.CharField(label="Tema")
    colour = forms.ChoiceField(label="Farve", choices=[("a", "A")])
    agreed = forms.BooleanField(label="Jeg er enig")
    why = forms.CharField(label="Hvorfor?")
    which = forms.ChoiceField(label="Hvad vælger du?", choices=[("a", "A")])
    own = forms.CharField(error_messages={"required": "Sig noget."})
    later = forms.CharField(required=False)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("title", "Skriv titlen."),
        ("theme", "Udfyld »Tema«."),
        ("colour", "Vælg »Farve«."),
        ("agreed", "Sæt kryds ved »Jeg er enig«."),
        ("why", "Svar på »Hvorfor?«."),
        ("which", "Svar på »Hvad vælger du?«."),
        ("own", "Sig noget."),
    ],
)
def test_an_empty_field_is_named(name, said):
    assert Everything({}).errors[name] == [said]


def test_a_field_that_comes_later_is_named_too():
    form = Everything({})
    form.fields["year"] = forms.CharField()
    assert form.errors["year"] == ["Skriv året."]


def test_a_field_says_what_it_is_needed_for():
    form = Everything()
    assert form.fields["later"].needed_for == "skal bruges senere"
    assert not hasattr(form.fields["title"], "needed_for")


def test_no_subject_makes_a_form_that_names_nothing():
    found = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in (ROOT / "hoest" / "domain").rglob("web/**/*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base) in ("forms.Form", "Form") for base in node.bases)
    ]
    assert found == []
