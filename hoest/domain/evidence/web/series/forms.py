"""The forms of series: what it is, the pasted table, a break, a new way of counting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.evidence.permissions import KEEP_SERIES
from hoest.domain.evidence.rules import BreakHandling
from hoest.domain.evidence.rules.many import decoded
from hoest.domain.evidence.rules.reading import as_text
from hoest.domain.evidence.web.series import words
from hoest.domain.organisations.queries import open_units_of
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField
from hoest.foundation.imports.limits import LONG_TABLES
from hoest.foundation.imports.reader import read_workbook
from hoest.foundation.imports.refusals import FileRefused

LARGEST_TEXT = 2_000_000
ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm")


class ChangeForm(AskingForm):
    """What a series is called and counted in."""

    name = forms.CharField(
        label=_("Hvad hedder serien?"),
        max_length=160,
        help_text=_("For eksempel: Minutter pr. besøg."),
    )
    measure_unit = forms.CharField(
        label=_("Måleenhed"), max_length=60, help_text=_("For eksempel: minutter, pct., dage.")
    )
    wanted = forms.ChoiceField(
        label=_("Hvad er bedst?"),
        widget=forms.RadioSelect,
        choices=[("lower", _("Lavere er bedre")), ("higher", _("Højere er bedre"))],
    )
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Hvem holder serien?"),
        queryset=None,
        required=False,
        empty_label=_("Hele kommunen"),
        help_text=_("Enheden og de enheder, der ligger over, kan rette den."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = open_units_of(actor)
        mine = units_where(actor, KEEP_SERIES)
        if mine is not None:
            rows = rows.filter(pk__in=mine)
        self.fields["unit"].queryset = rows  # type: ignore[attr-defined]


class NewForm(ChangeForm):
    """A new series: also its periods and its definition, which are not changed as names are."""

    step = forms.ChoiceField(
        label=_("Hvor tit er der et tal?"),
        widget=forms.RadioSelect,
        choices=[
            ("month", _("Hver måned")),
            ("quarter", _("Hvert kvartal")),
            ("year", _("Hvert år")),
        ],
        initial="month",
    )
    definition = forms.CharField(
        label=_("Sådan opgøres det"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Skriv det, så en anden kunne tælle det samme: hvad er med, og hvad er ikke."),
    )
    indicator_type = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    field_order = ("name", "measure_unit", "step", "wanted", "definition", "unit")


class DefinitionForm(AskingForm):
    """A new way of counting, from a day, and why."""

    definition = forms.CharField(
        label=_("Sådan opgøres det fra nu af"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    on = DanishDateField(label=_("Fra hvornår?"), help_text=_("Den første dag, der er talt nyt."))
    why = forms.CharField(
        label=_("Hvad blev anderledes, og hvorfor?"),
        max_length=300,
        help_text=_("For eksempel: Nyt fagsystem tæller pauser med."),
    )


class BreakForm(AskingForm):
    """A day from which the series is counted in another way."""

    on = DanishDateField(label=_("Fra hvornår?"))
    what = forms.CharField(
        label=_("Hvad blev anderledes?"),
        max_length=300,
        help_text=_("For eksempel: Distrikterne blev lagt sammen."),
    )


class HandleForm(AskingForm):
    """Which side of a break is used."""

    handling = forms.ChoiceField(
        label=_("Hvad bruger vi?"),
        widget=forms.RadioSelect,
        choices=[
            (BreakHandling.AFTER.value, words.HANDLING[BreakHandling.AFTER]),
            (BreakHandling.BEFORE.value, words.HANDLING[BreakHandling.BEFORE]),
        ],
        error_messages={"required": _("Vælg, hvilken side der bruges.")},
        help_text=_("Tal før og efter et brud regnes aldrig sammen."),
    )


class SourcedForm(AskingForm):
    """Where values come from."""

    source = forms.CharField(
        label=_("Hvor kommer tallene fra?"),
        error_messages={"required": _("Skriv, hvor tallene kommer fra.")},
        max_length=300,
        help_text=_("For eksempel fagsystemet og rapportens navn."),
    )
    source_on = DanishDateField(label=_("Hvornår er de hentet?"), required=False)


class TableForm(SourcedForm):
    """The pasted table, or a file with it, and where it comes from."""

    text = forms.CharField(
        label=_("Sted, periode og værdi"),
        required=False,
        max_length=LARGEST_TEXT,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 10, "spellcheck": "false", "class": "form-input tabular"}
        ),
        help_text=_(
            "Kopiér fra regnearket: én linje for hver værdi, eller steder ned og perioder hen."
        ),
    )
    file = forms.FileField(
        label=_("Eller vælg en fil"),
        required=False,
        help_text=_("CSV eller Excel (.xlsx). Det første ark med indhold læses."),
    )
    field_order = ("text", "file", "source", "source_on")

    def clean(self) -> dict[str, Any]:
        """Put a file's table in the place of the pasted lines."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file:
            try:
                cleaned["text"] = table_in(file)
            except ValidationError as refused:
                self.add_error("file", refused)
                return cleaned
        if not (cleaned.get("text") or "").strip() and "file" not in self.errors:
            self.add_error("text", gettext("Indsæt tabellen, eller vælg en fil."))
        return cleaned


def table_in(file: Any) -> str:
    """Return the table of an uploaded file as lines. Raises ValidationError.

    A workbook is opened by a child process with limits; nothing of it is parsed here.
    """
    if str(file.name).lower().endswith((".xlsx", ".xlsm")):
        try:
            sheets = read_workbook(file.file)
        except FileRefused as refused:
            raise ValidationError(str(refused)) from refused
        first = next((sheet for sheet in sheets if sheet.rows and not sheet.hidden), None)
        if first is None:
            raise ValidationError(gettext("Filen har ingen ark med indhold."))
        if first.errors:
            raise ValidationError(gettext("Arket har celler med fejl, for eksempel #REF. Ret dem."))
        return as_text([row.cells for row in first.rows])
    if file.size > LARGEST_TEXT:
        raise ValidationError(gettext("Filen er for stor. En tabel fylder højst 2 MB."))
    text = decoded(file.read())
    if text is None:
        raise ValidationError(gettext("Filen kan ikke læses. Gem den som CSV eller Excel."))
    return text


class ManyForm(SourcedForm):
    """A file with many indicators, and where it comes from."""

    file = forms.FileField(
        label=_("Fil"),
        help_text=_("CSV eller Excel (.xlsx) på højst 20 MB."),
        error_messages={
            "required": _("Vælg først en fil (.csv eller .xlsx)."),
            "empty": _("Filen er tom. Vælg en fil med værdier."),
        },
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    field_order = ("file", "source", "source_on")

    def clean_file(self) -> Any:
        """Refuse by name and size at once; the rest is the reader's to judge."""
        file = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(ENDINGS):
            raise ValidationError(
                gettext("»%(name)s« kan ikke læses. Vælg en fil, der ender på .csv eller .xlsx.")
                % {"name": file.name}
            )
        if (file.size or 0) > LONG_TABLES.packed_bytes:
            raise ValidationError(gettext("Filen er for stor. Den må højst fylde 20 MB."))
        return file
