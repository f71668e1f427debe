"""How each field of the consolidated profile is asked: its words, its help, its bounds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.foundation.forms.fields import DanishDateField, DanishNumberField, PercentField

LARGEST = Decimal(10) ** 13
Row = forms.ModelChoiceField


def value_field(**kwargs: Any) -> DanishNumberField:
    """Return a field for a value in the indicator's own unit."""
    return DanishNumberField(lowest=-LARGEST, highest=LARGEST, **kwargs)


def count_field(label: Any, help_text: Any = "", decimals: int = 2) -> DanishNumberField:
    """Return a field for a count or a price: never below zero."""
    return DanishNumberField(
        label=label,
        required=False,
        lowest=0,
        highest=LARGEST - 1,
        decimals=decimals,
        help_text=help_text,
    )


def text_field(label: Any, length: int, help_text: Any = "", rows: int = 0) -> forms.CharField:
    """Return a field for words that may wait."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else None
    return forms.CharField(
        label=label, required=False, max_length=length, help_text=help_text, widget=widget
    )


def year_field(label: Any, help_text: Any = "") -> forms.IntegerField:
    """Return a field for the year of a price level."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1990,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=help_text,
    )


def row_field(label: Any, help_text: Any = "", empty: Any = None) -> Any:
    """Return a choice of one row; the form says of which."""
    return Row(
        label=label,
        queryset=None,
        required=False,
        help_text=help_text,
        empty_label=empty or _("Ingen endnu"),
    )


def _choice(label: Any, help_text: Any = "", required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, help_text=help_text)


def profile_fields() -> dict[str, Callable[[], forms.Field]]:
    """Return how each field of the consolidated profile is asked, in the order of the portions."""
    return {
        "title": lambda: forms.CharField(
            label=_("Titel"),
            max_length=200,
            help_text=_("Kort: hvad bliver bedre, og for hvem?"),
        ),
        "benefit_type": lambda: _choice(_("Gevinsttype"), required=True),
        "is_disbenefit": lambda: forms.BooleanField(
            label=_("Det er en ulempe"),
            required=False,
            help_text=_(
                "Noget, der bliver dårligere for nogen, og som I har valgt at tage med. Den måles "
                "som en gevinst, men tages aldrig hjem."
            ),
        ),
        "unit": lambda: row_field(_("Enhed"), empty=_("Initiativets enhed")),
        "line_key": lambda: _choice(
            _("Post i business casen"), _("Posten giver gevinsten dens kroner eller timer.")
        ),
        "beneficiaries": lambda: forms.MultipleChoiceField(
            label=_("Hvem mærker det?"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Også dem uden for kommunen. Vælg alle, der passer."),
        ),
        "citizen_effect": lambda: text_field(
            _("Hvad betyder det for borgerne?"),
            600,
            _("Hvad bliver anderledes for dem? Betyder det intet, så skriv hvorfor."),
            3,
        ),
        **_measured(),
        **_worth(),
        **_real(),
    }


def _measured() -> dict[str, Callable[[], forms.Field]]:
    return {
        "indicator": lambda: text_field(
            _("Indikator"),
            200,
            _("Det tal, der viser, om gevinsten kommer. For eksempel minutter pr. besøg."),
        ),
        "measure_unit": lambda: text_field(
            _("Måleenhed"), 60, _("For eksempel minutter, kr. eller sager.")
        ),
        "baseline_value": lambda: value_field(
            label=_("Baseline"), required=False, help_text=_("Tallet, før I ændrede noget.")
        ),
        "baseline_on": lambda: DanishDateField(label=_("Baseline målt den"), required=False),
        "target_value": lambda: value_field(
            label=_("Mål"), required=False, help_text=_("Tallet, I vil nå.")
        ),
        "target_on": lambda: DanishDateField(label=_("Målet er nået senest"), required=False),
        "method": lambda: text_field(
            _("Målemetode"),
            300,
            _("Hvor hentes tallet, så to mennesker når samme resultat?"),
            2,
        ),
        "frequency": lambda: _choice(_("Hvor tit måles der?")),
        "data_source": lambda: text_field(
            _("Datakilde"), 300, _("System, udtræk eller optælling. For eksempel vagtplanen.")
        ),
        "measurer": lambda: row_field(
            _("Hvem måler?"), _("Den, der henter tallet og skriver det ind.")
        ),
        "measuring_effort": lambda: text_field(
            _("Hvad koster det at måle?"), 200, _("For eksempel ti minutter i kvartalet.")
        ),
    }


def _worth() -> dict[str, Callable[[], forms.Field]]:
    return {
        "cases_a_year": lambda: count_field(_("Antal om året"), _("Sager, besøg eller gange.")),
        "minutes_before": lambda: count_field(_("Minutter før"), _("Tid pr. gang i dag.")),
        "minutes_after": lambda: count_field(
            _("Minutter efter"), _("Tid pr. gang, når det nye virker. Ved en robot ofte 0.")
        ),
        "adoption_share": lambda: PercentField(
            label=_("Andel, der bruger det nye"),
            required=False,
            help_text=_("Ved tal fra OS2autoproces er det graden, robotten tager over."),
        ),
        "time_basis": lambda: _choice(_("Hvor kommer minutterne fra?")),
        "time_source": lambda: text_field(_("Kilde til tiden"), 300, _("Hvem målte, og hvordan?")),
        "time_on": lambda: DanishDateField(label=_("Tiden er målt den"), required=False),
        "hour_price_dkk": lambda: count_field(
            _("Pris pr. time"),
            _("Giver timerne en værdi at tale om. Kroner bliver de først ved en aftale."),
        ),
        "unit_word": lambda: text_field(
            _("Hvad prissættes?"), 60, _("Én km, ét brev, ét vikardøgn.")
        ),
        "units_a_year": lambda: count_field(_("Hvor mange færre om året?")),
        "unit_price_dkk": lambda: count_field(_("Pris for hver")),
        "price_level": lambda: year_field(
            _("Pris- og lønniveau"), _("Hvilket års kroner prisen står i.")
        ),
        "price_source": lambda: text_field(
            _("Hvor kommer prisen fra?"), 300, _("Kontrakt, takst eller regnskab, med dato.")
        ),
        "price_on": lambda: DanishDateField(label=_("Prisen er fra den"), required=False),
        "cost_base_dkk": lambda: count_field(
            _("Hvad koster opgaven i dag?"),
            _("Hele udgiften om året. Gevinsten kan ikke være større end den."),
        ),
        "cost_base_source": lambda: text_field(_("Hvor står den udgift?"), 300),
    }


def _real() -> dict[str, Callable[[], forms.Field]]:
    return {
        "responsible": lambda: row_field(
            _("Gevinstansvarlig"),
            _("Den, der gør arbejdet i hverdagen. Ejeren svarer stadig for resultatet."),
        ),
        "receiving_unit": lambda: row_field(
            _("Modtagende enhed"), _("Den enhed, hvis budget eller hverdag ændrer sig.")
        ),
        "changes_required": lambda: text_field(
            _("Hvad skal gøres anderledes?"),
            600,
            _("Den nye praksis. Uden den kommer gevinsten ikke."),
            3,
        ),
        "prerequisites": lambda: text_field(
            _("Hvad skal være på plads først?"), 600, _("Leverancer, aftaler og kompetencer."), 2
        ),
        "conversion": lambda: _choice(
            _("Hvordan tages gevinsten?"),
            _("Timer bliver først til kroner, når en aftale om at tage dem ud er besluttet."),
        ),
        "conversion_note": lambda: text_field(
            _("Hvad er det, der tages?"),
            300,
            _("For eksempel to aftenruter eller 3 % af vikarerne."),
        ),
        "priority": lambda: forms.TypedChoiceField(
            label=_("Prioritet"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[
                ("", _("Ikke valgt")),
                (1, _("1, vigtigst")),
                (2, "2"),
                (3, "3"),
                (4, "4"),
                (5, _("5, mindst vigtig")),
            ],
        ),
    }
