"""The municipality's price index: the table, and writing or removing a year of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hoest.domain.business_cases import actions, queries
from hoest.domain.business_cases.calculations import PriceIndex, price_index
from hoest.domain.business_cases.permissions import KEEP_INDEX, VIEW_CASES
from hoest.domain.business_cases.rules import ZERO, IndexYear
from hoest.domain.business_cases.web.forms import HUNDRED, IndexYearForm, YesForm
from hoest.domain.business_cases.web.words import language
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui import formats
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the yearly changes, the chained index, and where each number comes from."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_CASES):
        require(actor, VIEW_CASES)
    kept = price_index(queries.index_years(actor.organisation_id))
    first, last = min(kept.values, default=0), max(kept.values, default=0)
    change = kept.values[last] / kept.values[first] - 1 if kept.years else ZERO
    return render(
        request,
        "business_cases/index.html",
        {
            "crumbs": _crumbs(),
            "rows": [
                {
                    "kept": one,
                    "value": kept.values[one.year],
                    "change": _change(one.change_share),
                }
                for one in reversed(kept.years)
            ],
            "base_year": first,
            "last_year": last,
            "change": abs(change),
            "has_fallen": change < 0,
            "may_keep": allowed(actor, KEEP_INDEX),
        },
    )


@require_http_methods(["GET", "POST"])
def write_year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Write a year of the index, or change the one of the address."""
    actor, kept = _keeper(request)
    standing = _standing(kept, year) if year is not None else None
    form = IndexYearForm(posted(request), initial=_initial(kept, standing))

    def write(cleaned: dict[str, Any]) -> str:
        written = actions.set_index_year(
            actor=actor,
            year=standing.year if standing else cleaned["year"],
            change_share=cleaned["change_percent"] / HUNDRED,
            source_text=cleaned["source_text"],
            version=posted_version(request),
        )
        return _("%(year)s står nu i prisindekset.") % {"year": written.year}

    title = (
        _("Ret %(year)s i prisindekset") % {"year": year}
        if standing
        else _("Skriv et år i prisindekset")
    )
    if standing:
        form.fields["year"].widget.attrs["readonly"] = True
    return _act(request, form, write, title, standing)


@require_http_methods(["GET", "POST"])
def remove_year(request: HttpRequest, year: int) -> HttpResponse:
    """Remove a year of the index, after a yes."""
    actor, kept = _keeper(request)
    standing = _standing(kept, year)

    def write(cleaned: dict[str, Any]) -> str:
        actions.remove_index_year(actor=actor, year=year, version=posted_version(request))
        return _("%(year)s er fjernet fra prisindekset.") % {"year": year}

    title = _("Fjern %(year)s fra prisindekset") % {"year": year}
    about = _(
        "Tallet er %(change)s. Beløb, der kun kunne regnes om med det år, står igen i deres egne "
        "prisniveauer."
    ) % {"change": _change(standing.change_share)}
    return _act(request, YesForm(posted(request)), write, title, standing, about=about)


def _keeper(request: HttpRequest) -> tuple[Actor, PriceIndex]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, KEEP_INDEX)
    return actor, price_index(queries.index_years(actor.organisation_id))


def _standing(kept: PriceIndex, year: int) -> IndexYear:
    found = next((one for one in kept.years if one.year == year), None)
    if found is None:
        raise NotFound(_("Året står ikke i prisindekset."))
    return found


def _initial(kept: PriceIndex, standing: IndexYear | None) -> dict[str, Any]:
    if standing is None:
        following = kept.years[-1].year + 1 if kept.years else clock.today().year
        return {"year": following}
    return {
        "year": standing.year,
        "change_percent": standing.change_share * HUNDRED,
        "source_text": standing.source_text,
    }


def _act(
    request: HttpRequest, form: Any, write: Any, title: str, standing: IndexYear | None, **more: Any
) -> HttpResponse:
    """Show the form, or write and go back to the table."""
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(back_address(request, reverse("business_cases:index")))
    context = {
        "form": form,
        "title": title,
        "crumbs": [*_crumbs(), {"label": title, "url": ""}],
        "read_version": posted_version(request) or (standing.version if standing else 0),
        "back_url": back_address(request),
        "leave_url": back_address(request, reverse("business_cases:index")),
        "remove_year": standing.year if standing else None,
        **more,
    }
    status = 422 if form.is_bound else 200
    return render(request, "business_cases/index_act.html", context, status=status)


def _crumbs() -> list[dict[str, str]]:
    return [
        {"label": _("Høstregnskab"), "url": reverse("reporting:account")},
        {"label": _("Prisindeks"), "url": reverse("business_cases:index")},
    ]


def _change(share: Decimal) -> str:
    """Write a yearly change with its sign and the digits it was written with."""
    exponent = (share * HUNDRED).normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    text = formats.percent(share, decimals, language())
    return f"+{text}" if share > 0 else text
