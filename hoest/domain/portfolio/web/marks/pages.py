"""The page of how the portfolio divides over its marks, and the form that sets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions.marks import mark_solution
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, VIEW_INITIATIVES
from hoest.domain.portfolio.queries.marks import counts_of_marks, mark_of
from hoest.domain.portfolio.web.filters import WITHOUT
from hoest.domain.portfolio.web.small_page import small_page
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import posted, posted_version
from hoest.ui import formats

KINDS = (("solution_reach", "reach", 0), ("automation_degree", "automation", 1))


@dataclass(frozen=True)
class Share:
    """One mark: how many of the initiatives in progress have it, and where they are listed."""

    label: str
    about: str
    count: int
    share: str
    url: str


class MarkForm(AskingForm):
    """Who shares the solution, and how much happens by itself."""

    reach = forms.ChoiceField(label=gettext_lazy("Hvem er løsningen fælles for?"), required=False)
    automation = forms.ChoiceField(
        label=gettext_lazy("Hvor meget sker af sig selv?"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, name, _place in KINDS:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Ikke skrevet"))] + [
                (code, f"{label}. {content.explanation(kind, code)}")
                for code, label in content.choices(kind)
            ]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the shares with their counts: two tables, never one number."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        require(actor, VIEW_INITIATIVES)
    counts, total = counts_of_marks(actor)
    tables = [
        (content.kind_label(kind), _shares(kind, name, place, counts, total))
        for kind, name, place in KINDS
    ]
    shared = sum(n for (reach, _auto), n in counts.items() if reach not in ("", "single"))
    return render(
        request,
        "portfolio/marks.html",
        {"tables": tables, "total": total, "point": _point(shared, total)},
    )


@require_http_methods(["GET", "POST"])
def mark(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Set the marks of an initiative's solution."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, found.unit_id)
    standing = mark_of(found)
    url = reverse("portfolio:initiative", args=[found.pk])

    def write(cleaned: Any) -> tuple[str, str]:
        mark_solution(
            actor=actor, initiative_id=found.pk, version=posted_version(request), **cleaned
        )
        return _("Mærket er sat."), url

    initial = {"reach": standing.reach, "automation": standing.automation} if standing else {}
    return small_page(
        request,
        MarkForm(posted(request), initial=initial),
        write,
        title=_("Skriv, hvem løsningen er fælles for"),
        crumbs=[(found.title, url)],
        leave_url=url,
        label=_("Gem mærket"),
        version=standing.version if standing else 0,
    )


def _shares(
    kind: str, name: str, place: int, counts: Mapping[tuple[str, str], int], total: int
) -> list[Share]:
    listed = reverse("portfolio:initiatives")
    rows = []
    for code, label in [*content.choices(kind), ("", _("Ikke skrevet"))]:
        count = sum(n for key, n in counts.items() if key[place] == code)
        rows.append(
            Share(
                label=label,
                about=content.explanation(kind, code) if code else "",
                count=count,
                share=formats.percent(count / total) if total else "",
                url=f"{listed}?{name}={code or WITHOUT}",
            )
        )
    return rows


def _point(shared: int, total: int) -> str:
    if not total:
        return _("Ingen initiativer er i gang")
    return ngettext(
        "%(n)s af %(all)s initiativer i gang deler sin løsning med andre",
        "%(n)s af %(all)s initiativer i gang deler deres løsning med andre",
        shared,
    ) % {"n": formats.number(shared), "all": formats.number(total)}
