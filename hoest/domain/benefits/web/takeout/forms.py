"""Forms of taking home: how and by which model, the agreement itself, its next status, a layer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.models import TakeoutAgreement
from hoest.domain.benefits.rules.takeout import COUNTING, NEXT, TakeoutKind, TakeoutStatus
from hoest.domain.organisations.queries import bodies_of, open_units_of
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.content import TakeoutModel
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField, DanishNumberField, PercentField

LARGEST = Decimal(10) ** 13
YEAR = "aar_"


def _year(**kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=1990,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        **kwargs,
    )


def with_explanation(kind: str) -> list[tuple[str, str]]:
    """Return the choices of a coded field, each with the line that explains it."""
    return [
        (code, f"{label}. {content.explanation(kind, code)}")
        for code, label in content.choices(kind)
    ]


def models_for(kind: TakeoutKind) -> dict[str, TakeoutModel]:
    """Return the models an agreement of a kind can follow."""
    return {
        code: model
        for code, model in content.takeout_models().items()
        if kind.measure == "dkk" or model.basis != "expenditure"
    }


class KindForm(AskingForm):
    """The first question: how is the benefit taken home?"""

    slags = forms.ChoiceField(label=_("Hvordan tages gevinsten hjem?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slags"].choices = with_explanation("takeout_kind")  # type: ignore[attr-defined]


class ModelForm(AskingForm):
    """The second question: by which model, and from which year?"""

    model = forms.ChoiceField(label=_("Efter hvilken model?"), widget=forms.RadioSelect)
    fra = _year(label=_("Første budgetår"))
    udgift = DanishNumberField(
        label=_("Enhedens serviceudgifter om året"),
        required=False,
        lowest=0,
        highest=LARGEST - 1,
        decimals=2,
        help_text=_("Bruges kun, når modellen regner ud fra enhedens udgifter."),
    )
    slags = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: TakeoutKind, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        models = models_for(kind)
        en = language == "en"
        self.fields["model"].choices = [  # type: ignore[attr-defined]
            (code, f"{_in(model.label, en)}. {_in(model.about, en)}")
            for code, model in models.items()
        ]
        if all(model.basis != "expenditure" for model in models.values()):
            del self.fields["udgift"]


def _in(text: Any, en: bool) -> str:
    return str(text.en if en else text.da)


class DecisionFields(AskingForm):
    """Who decided, when, and where it stands."""

    decided_on = DanishDateField(label=_("Dato"))
    by_name = forms.CharField(
        label=_("Hvem besluttede det?"),
        required=False,
        max_length=160,
        help_text=_("Et udvalg eller en person med sin rolle. For eksempel Økonomiudvalget."),
    )
    reference = forms.CharField(
        label=_("Hvor står beslutningen?"),
        required=False,
        max_length=200,
        help_text=_("Møde og punkt, sagsnummer eller budgetbilag."),
    )
    sure = forms.BooleanField(
        label=_("Vi kender advarslen og beslutter det alligevel"), required=False
    )


class TakeoutForm(DecisionFields):
    """The agreement: who gives, from where, how much each year, and whether it is decided."""

    needed_for = {
        "by_name": _("når det er besluttet"),
        "reference": _("når det er besluttet"),
    }

    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Enheden, der afleverer"), queryset=None, empty_label=_("Vælg enhed")
    )
    budget_place = forms.CharField(
        label=_("Budgetsted"),
        max_length=120,
        help_text=_("Hvor i budgettet pengene tages fra. For eksempel Hjemmepleje, kørsel."),
    )
    account = forms.CharField(
        label=_("Kontostreng"),
        required=False,
        max_length=60,
        help_text=_("Som i økonomisystemet. Så kan beløbet hentes direkte til budgettet."),
    )
    price_level = _year(
        label=_("Pris- og lønniveau"), help_text=_("Hvilket års kroner beløbene står i.")
    )
    named_use = forms.CharField(label=_("Anvendelse"), max_length=300)
    take_share = PercentField(label=_("Så stor en del tages hjem"), required=False, decimals=2)
    unit_carries_share = PercentField(
        label=_("Så stor en del af et gab bærer enheden"),
        required=False,
        help_text=_("Gabet er det, der er taget hjem, men ikke er kommet. Kassen bærer resten."),
    )
    varig = forms.ChoiceField(
        label=_("Er det varigt eller én gang?"),
        widget=forms.RadioSelect,
        choices=[
            ("ja", _("Varigt. Det sidste år fortsætter i årene efter.")),
            ("nej", _("Én gang. Kun de år, der står her.")),
        ],
    )
    body: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Udvalg"), queryset=None, required=False, empty_label=_("Intet udvalg")
    )
    legal_basis = forms.CharField(
        label=_("Hjemmel"),
        required=False,
        max_length=200,
        help_text=_("Lov, styrelsesvedtægt eller økonomisk regulativ, beslutningen hviler på."),
    )
    status = forms.ChoiceField(label=_("Hvor langt er beslutningen?"), widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        kind: TakeoutKind,
        asks_shares: bool,
        years: Iterable[int],
        statuses: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.years = kind, list(years) if kind.measure else []
        self.fields["unit"].queryset = open_units_of(actor)  # type: ignore[attr-defined]
        self.fields["body"].queryset = bodies_of(actor)  # type: ignore[attr-defined]
        known = dict(with_explanation("takeout_status"))
        self.fields["status"].choices = [(code, known[code]) for code in statuses]  # type: ignore[attr-defined]
        for year in self.years:
            self.fields[f"{YEAR}{year}"] = DanishNumberField(
                label=str(year), required=False, lowest=0, highest=LARGEST - 1, decimals=2
            )
        unused = []
        if kind.measure != "dkk":
            unused += ["budget_place", "account", "price_level"]
        if kind.measure == "dkk":
            unused.append("named_use")
        if not kind.measure:
            unused += ["varig", "take_share", "unit_carries_share"]
            self.fields["named_use"].label = _("Hvilken kvalitet beholder I?")
        if not asks_shares:
            unused += ["take_share", "unit_carries_share"]
        if not list(statuses):
            unused += ["status", "sure", "by_name", "reference", "decided_on"]
        for name in set(unused):
            del self.fields[name]

    GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (_("Hvor tages det fra?"), ("unit", "budget_place", "account", "named_use")),
        (_("Hvor længe, og hvem bærer hvad?"), ("varig", "take_share", "unit_carries_share")),
        (
            _("Beslutningen"),
            ("status", "decided_on", "by_name", "reference", "body", "legal_basis"),
        ),
    )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields under their headings, without the amounts and the last question."""
        found = [
            (str(words), [self[name] for name in names if name in self.fields])
            for words, names in self.GROUPS
        ]
        return [(words, fields) for words, fields in found if fields]

    def year_fields(self) -> list[forms.BoundField]:
        """Return the fields of the amounts."""
        return [self[f"{YEAR}{year}"] for year in self.years]

    def amounts(self) -> dict[int, Decimal]:
        """Return the amounts that were written, by year."""
        return written_amounts(self.cleaned_data, self.years)

    def agreement_fields(self, model: str, expenditure: Decimal | None) -> dict[str, Any]:
        """Return what was written as the action takes it."""
        given = self.cleaned_data
        names = ("unit", "budget_place", "account", "named_use", "price_level", "body")
        return {
            **{name: given[name] for name in names if name in given},
            **{n: given[n] for n in ("take_share", "unit_carries_share") if n in given},
            "legal_basis": given.get("legal_basis", ""),
            "kind": self.kind.value,
            "model": model,
            "is_lasting": given.get("varig", "ja") == "ja",
            "expenditure_dkk": expenditure,
        }


def written_amounts(cleaned: Mapping[str, Any], years: Iterable[int]) -> dict[int, Decimal]:
    """Return the amounts of a form by year, without those left empty."""
    found = {year: cleaned.get(f"{YEAR}{year}") for year in years}
    return {year: amount for year, amount in found.items() if amount is not None}


class StepForm(DecisionFields):
    """The next status of an agreement."""

    needed_for = {
        "by_name": _("når det er besluttet"),
        "reference": _("når det er besluttet"),
    }

    status = forms.ChoiceField(label=_("Hvad er der sket?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Bemærkning"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, agreement: TakeoutAgreement, may_decide: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = dict(with_explanation("takeout_status"))
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            (code.value, known[code.value])
            for code in NEXT[TakeoutStatus(agreement.status)]
            if may_decide or code not in COUNTING
        ]
        if agreement.status in COUNTING:
            for name in ("by_name", "reference", "sure"):
                del self.fields[name]
        self.order_fields(["status", "decided_on", "by_name", "reference", "note", "sure"])

    def clean(self) -> dict[str, Any]:
        """Name each field that a decision lacks, and a day to come."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        on = cleaned.get("decided_on")
        if on is not None and on > clock.today():
            self.add_error("decided_on", _("Datoen er ikke kommet endnu. Skriv dagen, det skete."))
        if cleaned.get("status") == TakeoutStatus.DECIDED:
            asked = {
                "by_name": _("Skriv, hvem der besluttede det."),
                "reference": _("Skriv, hvor beslutningen står."),
            }
            for name, said in asked.items():
                if name in self.fields and not (cleaned.get(name) or "").strip():
                    self.add_error(name, said)
        return cleaned


class LayerForm(AskingForm):
    """What shall be taken from now on, year by year."""

    reason = forms.CharField(
        label=_("Hvorfor ændres det?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = list(years)
        for year in self.years:
            self.fields[f"{YEAR}{year}"] = DanishNumberField(
                label=str(year), required=False, lowest=0, highest=LARGEST - 1, decimals=2
            )

    def year_fields(self) -> list[forms.BoundField]:
        """Return the fields of the amounts."""
        return [self[f"{YEAR}{year}"] for year in self.years]

    def amounts(self) -> dict[int, Decimal]:
        """Return what shall be taken, by year."""
        return written_amounts(self.cleaned_data, self.years)


class InvolvementForm(AskingForm):
    """How and when the staff were involved."""

    form = forms.ChoiceField(label=_("Hvordan?"), widget=forms.RadioSelect)
    on = DanishDateField(label=_("Dato"))
    told = forms.CharField(
        label=_("Hvad kom der frem?"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Skriv om sagen og ikke om enkelte medarbejdere."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = with_explanation("involvement_form")  # type: ignore[attr-defined]


class ExperienceForm(AskingForm):
    """What a unit learned when something was taken home there."""

    on = DanishDateField(label=_("Dato"))
    told = forms.CharField(
        label=_("Hvad skete der, og hvad kan andre lære af det?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Skriv om sagen og ikke om enkelte medarbejdere."),
    )


class PublishForm(AskingForm):
    """The management's own words when a quarter is published."""

    note = forms.CharField(
        label=_("Bemærkning fra ledelsen"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Står øverst i opfølgningen."),
    )
    reason = forms.CharField(
        label=_("Hvorfor en ny udgave?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"]
