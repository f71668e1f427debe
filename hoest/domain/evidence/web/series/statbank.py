"""Reading a series from Statistics Denmark: name the table, choose, read, read again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hoest.domain.evidence.actions.statbank import connect_table, read_series_table
from hoest.domain.evidence.queries.statbank import describe, statbank_of
from hoest.domain.evidence.rules.statbank import Table
from hoest.domain.evidence.web.series.pages import crumbs, kept
from hoest.domain.evidence.web.series.read_words import read_in_words
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import carried_out, posted
from hoest.ui.messages import tell

TOTALS = ("TOT", "IALT", "000", "0")


class CodeForm(AskingForm):
    """The table's name."""

    code = forms.CharField(
        label=_("Hvad hedder tabellen?"),
        max_length=20,
        help_text=_("Navnet står i Statistikbanken, for eksempel FOLK1A."),
        error_messages={"required": _("Skriv tabellens navn.")},
    )


class ChoiceForm(CodeForm):
    """What is chosen of the table: a value of each variable that is neither place nor time."""

    is_on = forms.BooleanField(label=_("Hent den igen hver måned"), required=False, initial=True)

    def __init__(self, *args: Any, table: Table, selection: dict[str, str], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["code"].widget = forms.HiddenInput()
        for turn, one in enumerate(table.others):
            codes = [code for code, _text in one.values]
            first = next((code for code in TOTALS if code in codes), None)
            self.fields[f"choice-{turn}"] = forms.ChoiceField(
                label=one.text[:1].upper() + one.text[1:],
                choices=[("", gettext("Vælg")), *one.values],
                initial=selection.get(one.code) or first,
            )
        self.order_fields([*(f"choice-{n}" for n in range(len(table.others))), "is_on"])


@require_http_methods(["GET", "POST"])
def statbank(request: HttpRequest, series_id: int) -> HttpResponse:
    """Name a table, choose of it, and read it; or read the one that is connected again."""
    actor, found = kept(request, series_id)
    standing = statbank_of(found)
    if "igen" in request.POST and standing is not None:
        table = read_series_table(actor=actor, series_id=found.pk)
        tell(request, read_in_words(table), level="info" if table.fault else "success")
        return redirect("series:series", found.pk)
    form: Any = CodeForm(posted(request), initial={"code": standing.table if standing else ""})
    described = _described(form)
    if described is not None:
        chosen = standing.selection if standing else {}
        is_chosen = "choice" in request.POST
        form = ChoiceForm(
            posted(request) if is_chosen else None,
            table=described,
            selection=chosen,
            initial={"code": described.code},
        )
        if is_chosen:

            def write(cleaned: dict[str, Any]) -> str:
                connect_table(
                    actor=actor,
                    series_id=found.pk,
                    code=described.code,
                    selection={
                        one.code: cleaned[f"choice-{turn}"]
                        for turn, one in enumerate(described.others)
                    },
                    is_on=cleaned["is_on"],
                )
                return read_in_words(read_series_table(actor=actor, series_id=found.pk))

            said = carried_out(form, write)
            if said is not None:
                tell(request, said)
                return redirect("series:series", found.pk)
    context = {
        "series": found,
        "crumbs": crumbs(found),
        "form": form,
        "table": described,
        "standing": standing,
        "told": read_in_words(standing) if standing else "",
    }
    return render(request, "series/statbank.html", context, status=422 if form.errors else 200)


def _described(form: CodeForm) -> Table | None:
    """Return the table a posted form names; a fault stands on the form."""
    found: list[Table] = []

    def look(cleaned: dict[str, Any]) -> str:
        found.append(describe(cleaned["code"]))
        return ""

    carried_out(form, look)
    return found[0] if found else None
