"""Step 5: the numbers the case rests on, each with source and date, and the lines made of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hoest.domain.business_cases import actions, queries
from hoest.domain.business_cases.permissions import CHANGE_CASES
from hoest.domain.business_cases.queries import Parts, Written
from hoest.domain.business_cases.rules.assumptions import LARGEST_VALUE, VALUE_PLACES, Used
from hoest.domain.business_cases.rules.guide import (
    LONGEST_NAME,
    LONGEST_SOURCE,
    LONGEST_UNIT,
    Question,
)
from hoest.domain.business_cases.web.editing import act_page, open_version
from hoest.domain.business_cases.web.forms import YesForm
from hoest.domain.business_cases.web.guide import formulas
from hoest.domain.business_cases.web.guide.answering import AnswerForm, answer, words
from hoest.domain.business_cases.web.guide.frame import url_of
from hoest.domain.business_cases.web.guide.steps import (
    Standing,
    Step,
    Visit,
    standing,
    step_called,
)
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField, DanishNumberField
from hoest.foundation.forms.posting import posted, posted_version

SLUG = "forudsaetninger"
MOST_CHOSEN = 6


def value_field(label: Any, **more: Any) -> DanishNumberField:
    """Return a field for the value of an assumption."""
    return DanishNumberField(
        label=label, lowest=0, highest=LARGEST_VALUE - 1, decimals=VALUE_PLACES, **more
    )


class AssumptionForm(AskingForm):
    """A number with unit, source and date; or what is multiplied to make it."""

    name = forms.CharField(
        label=_("Forudsætning"),
        max_length=LONGEST_NAME,
        help_text=_("For eksempel »Breve om året« eller »Timepris, sosu-assistent«."),
    )
    value = value_field(_("Værdi"), required=False)
    unit = forms.CharField(
        label=_("Enhed"),
        max_length=LONGEST_UNIT,
        required=False,
        help_text=_("For eksempel breve, min pr. besøg eller kr. pr. time."),
    )
    source_text = forms.CharField(
        label=_("Hvor kommer tallet fra?"),
        max_length=LONGEST_SOURCE,
        required=False,
        help_text=_("Et system, et notat eller et skøn og hvem der har skønnet."),
    )
    dated_on = DanishDateField(label=_("Kildens dato"), required=False)
    needed_for = {
        "source_text": _("skal stå der, før trinnet er svaret"),
        "dated_on": _("skal stå der, før trinnet er svaret"),
    }


class ProductForm(AskingForm):
    """A number that is made of others by multiplying and dividing."""

    name = forms.CharField(label=_("Mellemregning"), max_length=LONGEST_NAME)
    unit = forms.CharField(label=_("Enhed"), max_length=LONGEST_UNIT, required=False)

    def __init__(self, *args: Any, parts: Parts, but: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_factors(self, parts, but)

    def factors(self) -> tuple[Used, ...]:
        """Return what was chosen."""
        return chosen_factors(self)

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the choices in sight, each with whether it divides."""
        return factor_pairs(self, filled=True)

    def more_pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the choices that are folded."""
        return factor_pairs(self, filled=False)


def add_factors(form: forms.Form, parts: Parts, but: int = 0) -> None:
    """Add the choices of what is multiplied; none of them is the assumption itself."""
    choices: list[tuple[str, Any]] = [("", _("Ikke valgt"))]
    for one in parts.assumptions:
        if one.pk != but:
            shown = f"{formulas.plain(one.value)} {one.unit}" if one.value is not None else ""
            choices.append((str(one.pk), f"{one.name} ({shown.strip()})" if shown else one.name))
    for place in range(1, MOST_CHOSEN + 1):
        form.fields[f"factor_{place}"] = forms.ChoiceField(
            label=_("Forudsætning %(place)s") % {"place": place}, choices=choices, required=False
        )
        form.fields[f"divides_{place}"] = forms.ChoiceField(
            label=_("Hvordan %(place)s regnes med") % {"place": place},
            choices=[("", _("gang med")), ("1", _("divider med"))],
            required=False,
        )


def chosen_factors(form: forms.Form) -> tuple[Used, ...]:
    """Return the factors chosen in a form."""
    cleaned = form.cleaned_data
    return tuple(
        Used(int(cleaned[f"factor_{place}"]), bool(cleaned[f"divides_{place}"]))
        for place in range(1, MOST_CHOSEN + 1)
        if cleaned[f"factor_{place}"]
    )


def factor_pairs(
    form: forms.Form, filled: bool | None = None
) -> list[tuple[forms.BoundField, forms.BoundField]]:
    """Return each choice with whether it divides: those in sight, or (`filled` False) the rest.

    In sight are the filled ones and two more, so that a small screen is not a long list.
    """
    pairs = [(form[f"divides_{n}"], form[f"factor_{n}"]) for n in range(1, MOST_CHOSEN + 1)]
    last = max((n for n, (_d, one) in enumerate(pairs, 1) if one.value()), default=0)
    seen = min(last + (1 if last else 2), MOST_CHOSEN)
    return pairs if filled is None else pairs[:seen] if filled else pairs[seen:]


def initial_factors(used: tuple[Used, ...]) -> dict[str, Any]:
    """Return what stands in the choices for some factors."""
    found: dict[str, Any] = {}
    for place, one in enumerate(used[:MOST_CHOSEN], start=1):
        found[f"factor_{place}"] = str(one.assumption_id)
        found[f"divides_{place}"] = "1" if one.divides else ""
    return found


class NoAssumptionsForm(AnswerForm):
    """Why a case rests on no numbers of its own."""

    asks = {"none": Question.NO_ASSUMPTIONS}
    none = words(
        _("Hviler tallene ikke på antal og priser? Skriv, hvad de så hviler på"),
        _("For eksempel et fast tilbud fra leverandøren."),
        2,
    )


def where(parts: Parts) -> Standing:
    """Tell where the assumptions are: each with source and date, and a line made of them."""
    leaves = [one for one in parts.assumptions if one.value is not None]
    bare = [one.name for one in leaves if not one.source_text or one.dated_on is None]
    if not leaves:
        done: list[tuple[bool, Any]] = [
            (
                Question.NO_ASSUMPTIONS in parts.answered,
                _("Skriv de tal, som posterne hviler på."),
            )
        ]
    else:
        names = ", ".join(bare)
        done = [
            (not bare, _("Skriv kilde og dato ved: %(names)s.") % {"names": names}),
            (bool(parts.tree.lines), _("Udregn mindst én post af forudsætningerne.")),
        ]
    written = [Written(one.written_by_name, one.written_at) for one in parts.assumptions]
    return standing(parts, SLUG, done, begun=bool(leaves), written=written)


def view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the assumptions with what rests on them, and the derived lines as formulas."""
    parts = visit.parts
    derived = [
        {"line": line, "formula": formulas.of_line(parts, line.line_id, line.measure)}
        for line in parts.lines
        if line.line_id in parts.tree.lines
    ]
    return answer(
        request,
        visit,
        NoAssumptionsForm,
        "business_cases/guide/assuming.html",
        rows=formulas.rows(parts),
        derived=derived,
        typed=[line for line in parts.lines if line.line_id not in parts.tree.lines],
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, version_id: int, assumption_id: int = 0) -> HttpResponse:
    """Write a number with its source, or change one."""
    actor, version = open_version(request, version_id, CHANGE_CASES)
    parts = queries.parts_of(version)
    row = next((one for one in parts.assumptions if one.pk == assumption_id), None)
    if assumption_id and row is None:
        raise NotFound(gettext("Forudsætningen findes ikke længere i udkastet."))
    if row is not None and row.value is None:
        return _product(request, actor, version, parts, row)
    names = ("name", "value", "unit", "source_text", "dated_on")
    initial = {name: getattr(row, name) for name in names} if row else {}
    form = AssumptionForm(posted(request), initial=initial)

    def write(cleaned: dict[str, Any]) -> str:
        actions.set_assumption(
            actor=actor,
            version_id=version.pk,
            version=posted_version(request),
            assumption=actions.AssumptionInput(**cleaned),
            assumption_id=row.pk if row else None,
        )
        return _saved(parts, row.pk if row else 0, cleaned["name"])

    title = gettext("Ret forudsætningen") if row else gettext("Skriv en forudsætning")
    return _page(request, version, form, write, title, row.pk if row else 0, parts=parts)


@require_http_methods(["GET", "POST"])
def new_product(request: HttpRequest, version_id: int) -> HttpResponse:
    """Make a number of others."""
    actor, version = open_version(request, version_id, CHANGE_CASES)
    return _product(request, actor, version, queries.parts_of(version), None)


def _product(
    request: HttpRequest, actor: Any, version: Any, parts: Parts, row: Any
) -> HttpResponse:
    pk = row.pk if row else 0
    initial = {"name": row.name, "unit": row.unit} if row else {}
    initial |= initial_factors(parts.tree.products.get(pk, ()))
    form = ProductForm(posted(request), initial=initial, parts=parts, but=pk)

    def write(cleaned: dict[str, Any]) -> str:
        actions.set_assumption(
            actor=actor,
            version_id=version.pk,
            version=posted_version(request),
            assumption=actions.AssumptionInput(
                cleaned["name"], cleaned["unit"], factors=form.factors()
            ),
            assumption_id=pk or None,
        )
        return _saved(parts, pk, cleaned["name"])

    title = gettext("Ret mellemregningen") if row else gettext("Skriv en mellemregning")
    return _page(
        request,
        version,
        form,
        write,
        title,
        pk,
        parts=parts,
        template="business_cases/guide/product.html",
    )


def _saved(parts: Parts, pk: int, name: str) -> str:
    moved = len(parts.tree.used_by_lines(pk))
    if not moved:
        return gettext("»%(name)s« er gemt.") % {"name": name}
    return gettext("»%(name)s« er gemt. Poster regnet om: %(count)s.") % {
        "name": name,
        "count": moved,
    }


def _page(
    request: HttpRequest,
    version: Any,
    form: forms.Form,
    write: Any,
    title: str,
    pk: int,
    *,
    parts: Parts,
    **more: Any,
) -> HttpResponse:
    back = url_of(step_called(SLUG), version.pk)
    keys = {line.line_id: line.line_key for line in parts.lines}
    return act_page(
        request,
        version,
        form,
        write,
        title,
        back_url=back,
        after_url=back,
        save_label=gettext("Gem forudsætningen"),
        used_by=[keys[one] for one in parts.tree.used_by_lines(pk)] if pk else [],
        remove_url=reverse("business_cases:remove_assumption", args=[version.pk, pk]) if pk else "",
        remove_label=gettext("Fjern forudsætningen"),
        **more,
    )


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, version_id: int, assumption_id: int) -> HttpResponse:
    """Take an assumption out, after a yes."""
    actor, version = open_version(request, version_id, CHANGE_CASES)
    back = url_of(step_called(SLUG), version.pk)
    row = version.assumptions.filter(pk=assumption_id).first()
    if row is None:
        return redirect(back)

    def write(cleaned: dict[str, Any]) -> str:
        actions.remove_assumption(
            actor=actor,
            version_id=version.pk,
            version=posted_version(request),
            assumption_id=row.pk,
        )
        return gettext("»%(name)s« er fjernet.") % {"name": row.name}

    about = gettext("»%(name)s« tages ud af udkastet.") % {"name": row.name}
    return act_page(
        request,
        version,
        YesForm(posted(request)),
        write,
        gettext("Fjern forudsætningen"),
        about=about,
        back_url=back,
        after_url=back,
    )


STEP = Step(
    SLUG,
    5,
    _("Forudsætninger"),
    _("det, tallene hviler på"),
    _("Antal gange pris. Skriv hvert tal én gang med kilde og dato, så følger posterne med."),
    where,
    view,
)
