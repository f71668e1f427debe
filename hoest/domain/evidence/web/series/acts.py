"""The small acts on a series: count it anew, mark a break, decide on it, give an idea of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.actions.acting import give_idea_of_series
from hoest.domain.evidence.rules import BreakHandling
from hoest.domain.evidence.web.series import words
from hoest.domain.evidence.web.series.forms import BreakForm, DefinitionForm, HandleForm
from hoest.domain.evidence.web.series.pages import crumbs, kept
from hoest.domain.evidence.web.series.shown import shown
from hoest.domain.portfolio.permissions import GIVE_IDEAS
from hoest.domain.portfolio.web.ideas.forms import GiveForm
from hoest.domain.portfolio.web.small_page import small_page
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.posting import posted, posted_version

GIVEN = ("problem", "for_whom", "how_often", "suggestion", "unit", "is_shared")


@require_http_methods(["GET", "POST"])
def definition(request: HttpRequest, series_id: int) -> HttpResponse:
    """Count a series in another way from a day; that is a break, and it is marked."""
    actor, found = kept(request, series_id)
    url = reverse("series:series", args=[found.pk])

    def carried(cleaned: Any) -> tuple[str, str]:
        actions.change_definition(
            actor=actor, series_id=found.pk, version=posted_version(request), **cleaned
        )
        return _("Serien opgøres på en ny måde. Sig nu, hvilken side af bruddet der bruges."), url

    return small_page(
        request,
        DefinitionForm(posted(request), initial={"definition": found.definition}),
        carried,
        title=_("Opgør serien på en ny måde"),
        crumbs=crumbs(found),
        leave_url=url,
        label=_("Gem den nye opgørelse"),
        version=found.version,
        lead=_("Det bliver et brud: tal før og efter regnes aldrig sammen."),
    )


@require_http_methods(["GET", "POST"])
def mark(request: HttpRequest, series_id: int) -> HttpResponse:
    """Mark a day from which the series is counted in another way."""
    actor, found = kept(request, series_id)
    url = reverse("series:series", args=[found.pk])

    def carried(cleaned: Any) -> tuple[str, str]:
        actions.mark_break(actor=actor, series_id=found.pk, **cleaned)
        return _("Bruddet er markeret. Sig nu, hvilken side der bruges."), url

    return small_page(
        request,
        BreakForm(posted(request)),
        carried,
        title=_("Markér et brud"),
        crumbs=crumbs(found),
        leave_url=url,
        label=_("Markér bruddet"),
        lead=_("Et brud er en dag, hvor tallene begynder at betyde noget andet."),
    )


@require_http_methods(["GET", "POST"])
def handle(request: HttpRequest, series_id: int, break_id: int) -> HttpResponse:
    """Say which side of a break is used."""
    actor, found = kept(request, series_id)
    row = queries.breaks_of(found).filter(pk=break_id).first()
    if row is None:
        raise NotFound("Bruddet findes ikke.")
    url = reverse("series:series", args=[found.pk])

    def carried(cleaned: Any) -> tuple[str, str]:
        actions.handle_break(
            actor=actor,
            series_id=found.pk,
            break_id=row.pk,
            version=posted_version(request),
            handling=BreakHandling(cleaned["handling"]),
        )
        return _("Det er afgjort, hvad der bruges."), url

    return small_page(
        request,
        HandleForm(posted(request), initial={"handling": row.handling}),
        carried,
        title=_("Bruddet fra %(period)s") % {"period": words.period(row.on, found.step)},
        crumbs=crumbs(found),
        leave_url=url,
        label=_("Gem afgørelsen"),
        version=row.version,
        lead=row.what,
    )


@require_http_methods(["GET", "POST"])
def idea(request: HttpRequest, series_id: int) -> HttpResponse:
    """Give an idea of what could be changed; it keeps its link to the series."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.series_of(actor, series_id)
    if not allowed_somewhere(actor, GIVE_IDEAS):
        require(actor, GIVE_IDEAS)

    def carried(cleaned: Any) -> tuple[str, str]:
        made = give_idea_of_series(
            actor=actor,
            series_id=found.pk,
            fields={name: cleaned[name] for name in GIVEN},  # type: ignore[arg-type]
            photo=cleaned["photo"],
        )
        return (
            _("Tak for idéen. Den husker, at den kom af serien."),
            reverse("ideas:idea", args=[made.pk]),
        )

    told = "" if request.method == "POST" else shown(found, all_periods=False).point
    start = _("%(series)s: %(point)s.") % {"series": found.name, "point": told}
    form = GiveForm(
        posted(request),
        request.FILES or None,
        actor=actor,
        initial={"problem": start, "unit": found.unit_id},
    )
    return small_page(
        request,
        form,
        carried,
        title=_("Hvor kan vi ændre noget?"),
        crumbs=crumbs(found),
        leave_url=reverse("series:series", args=[found.pk]),
        label=_("Send idéen"),
        lead=_("Tallet står der allerede. Skriv, hvad der kunne gøres anderledes."),
    )
