"""Citizens' journeys: the list, one journey as a path, and the forms (B-09)."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hoest.domain.portfolio.actions import crossing as actions
from hoest.domain.portfolio.models import Journey
from hoest.domain.portfolio.permissions import KEEP_JOURNEYS, VIEW_INITIATIVES
from hoest.domain.portfolio.queries.crossing import journey_of, journeys_of, step_of, steps_of
from hoest.domain.portfolio.web.delivery.forms import JourneyForm, StepForm
from hoest.domain.portfolio.web.delivery.pages import form_page
from hoest.domain.portfolio.web.delivery.words import number
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.forms.posting import posted, posted_version
from hoest.foundation.lists.columns import Column, DateColumn, NumberColumn, PersonColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui.messages import tell


class JourneyTable(ListTable):
    """Journeys: what they are called, who owns them, and how many units they cross."""

    name = Column(_("Borgerforløb"))
    promise = Column(_("Det skal borgeren mærke"))
    owner = PersonColumn(_("Ejer"), accessor="owner__name")
    unit_count = NumberColumn(_("Enheder"))
    step_count = NumberColumn(_("Skridt"), wide=True)
    initiative_count = NumberColumn(_("Initiativer"), wide=True)
    citizen = Column(_("Borgeren"), sheet=True)
    retired_on = DateColumn(_("Taget ud af brug"), sheet=True)

    def href(self, record: Journey) -> str:
        """Return the address of the journey."""
        return reverse("delivery:journey", args=[record.pk])


def _uses(_actor: Actor) -> list[tuple[str, Any]]:
    return [("ja", gettext("der er i brug")), ("nej", gettext("der er taget ud af brug"))]


class JourneyFilter(ListFilter):
    """Which journeys are shown."""

    sentence = _("Vis borgerforløb {use}, der nævner {q}")
    q = SearchFilter(fields=("name", "citizen", "promise", "owner__name"))
    use = WordFilter(any_word=_("af alle slags"), label=_("Brug"), choices=_uses, method="in_use")

    def in_use(self, rows: QuerySet[Journey], _name: str, value: str) -> QuerySet[Journey]:
        """Keep the journeys that are in use, or those that are not."""
        return rows.filter(retired_on__isnull=value == "ja")


class Journeys(ListPage):
    """All journeys of the municipality."""

    name, url_name = "journeys", "delivery:journeys"
    title = _("Borgerforløb")
    permission = VIEW_INITIATIVES
    template_name = "portfolio/delivery/list.html"
    table_class, filter_class = JourneyTable, JourneyFilter
    beside = ((_("Se initiativerne på tværs af forvaltninger"), "delivery:crossings"),)
    empty = Empty(
        _("Her kommer de veje til at stå, som borgere går gennem kommunen."),
        example=_("Hjem fra sygehuset: fra udskrivningen til den første træning derhjemme"),
        why=_("Et forløb med én ejer hænger sammen, også mellem enhederne."),
    )

    def rows(self, actor: Actor) -> QuerySet[Journey]:
        """Return the journeys with their owner and counts."""
        return journeys_of(actor)

    def point(self, actor: Actor, total: int) -> str:
        """Say how many journeys have an owner: all of them."""
        if not total:
            return gettext("Ingen borgerforløb er skrevet ned endnu")
        return ngettext(
            "%(n)s borgerforløb, og det har én ejer",
            "%(n)s borgerforløb, hver med én ejer",
            total,
        ) % {"n": number(total)}

    def act(self, actor: Actor) -> Act | None:
        """Offer to write one down to those who may."""
        if not allowed(actor, KEEP_JOURNEYS):
            return None
        return Act(_("Skriv et borgerforløb ned"), reverse("delivery:create_journey"))


@require_GET
def journey(request: HttpRequest, journey_id: int) -> HttpResponse:
    """Show a journey as a path of steps."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = journey_of(actor, journey_id)
    steps = steps_of(actor, found)
    units = len({one.unit_id for one in steps if one.unit_id})
    context = {
        "journey": found,
        "steps": steps,
        "units": units,
        "may_keep": allowed(actor, KEEP_JOURNEYS),
        "point": ngettext(
            "%(name)s: %(steps)s skridt hos %(units)s, og %(owner)s ejer hele vejen",
            "%(name)s: %(steps)s skridt gennem %(units)s, og %(owner)s ejer hele vejen",
            units,
        )
        % {
            "name": found.name,
            "steps": number(len(steps)),
            "units": ngettext("%(n)s enhed", "%(n)s enheder", units) % {"n": number(units)},
            "owner": found.owner,
        }
        if steps
        else gettext("%(name)s har en ejer, men ingen skridt endnu") % {"name": found.name},
    }
    return render(request, "portfolio/delivery/journey.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Write a journey down."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, KEEP_JOURNEYS)

    def write(cleaned: dict[str, Any]) -> str:
        made = actions.create_journey(actor=actor, fields=cleaned)  # type: ignore[arg-type]
        return gettext("Borgerforløbet »%(name)s« er skrevet ned. Åbn det, og skriv skridtene.") % {
            "name": made.name
        }

    return form_page(
        request,
        JourneyForm(posted(request), actor=actor),
        write,
        title=gettext("Skriv et borgerforløb ned"),
        submit=gettext("Gem borgerforløbet"),
        leave_url=reverse("delivery:journeys"),
        crumbs=((gettext("Borgerforløb"), reverse("delivery:journeys")),),
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, journey_id: int) -> HttpResponse:
    """Change a journey."""
    actor, found = _kept(request, journey_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.change_journey(
            actor=actor,
            journey_id=found.pk,
            version=posted_version(request),
            fields=cleaned,  # type: ignore[arg-type]
        )
        return gettext("Borgerforløbet er rettet.")

    initial = {
        "name": found.name,
        "citizen": found.citizen,
        "promise": found.promise,
        "owner": found.owner_id,
    }
    form = JourneyForm(posted(request), actor=actor, initial=initial)
    return _page(
        request,
        found,
        form,
        write,
        gettext("Ret borgerforløbet"),
        gettext("Gem borgerforløbet"),
        found.version,
    )


@require_http_methods(["GET", "POST"])
def use(request: HttpRequest, journey_id: int) -> HttpResponse:
    """Take a journey out of use, or into use again."""
    actor, found = _kept(request, journey_id)
    is_in_use = found.retired_on is None

    def write(_cleaned: dict[str, Any]) -> str:
        actions.use_journey(
            actor=actor,
            journey_id=found.pk,
            version=posted_version(request),
            is_in_use=not is_in_use,
        )
        if is_in_use:
            return gettext("Borgerforløbet er taget ud af brug.")
        return gettext("Borgerforløbet er i brug igen.")

    title = gettext("Tag ud af brug") if is_in_use else gettext("Tag i brug igen")
    form = django_forms.Form(posted(request))
    return _page(request, found, form, write, title, title, found.version)


@require_http_methods(["GET", "POST"])
def add_step(request: HttpRequest, journey_id: int) -> HttpResponse:
    """Put a step into a journey."""
    actor, found = _kept(request, journey_id)

    def write(cleaned: dict[str, Any]) -> str:
        made = actions.add_step(actor=actor, journey_id=found.pk, fields=cleaned)  # type: ignore[arg-type]
        return gettext("Skridtet »%(name)s« er sat ind.") % {"name": made.name}

    form = StepForm(posted(request), actor=actor)
    return _page(
        request,
        found,
        form,
        write,
        gettext("Sæt et skridt ind"),
        gettext("Gem skridtet"),
        found.version,
    )


@require_http_methods(["GET", "POST"])
def change_step(request: HttpRequest, step_id: int) -> HttpResponse:
    """Change a step."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    step = step_of(actor, step_id)
    require(actor, KEEP_JOURNEYS)

    def write(cleaned: dict[str, Any]) -> str:
        actions.change_step(
            actor=actor,
            step_id=step.pk,
            version=posted_version(request),
            fields=cleaned,  # type: ignore[arg-type]
        )
        return gettext("Skridtet er gemt.")

    initial = {
        "name": step.name,
        "place": step.place,
        "unit": step.unit_id,
        "elsewhere": step.elsewhere,
        "notices": step.notices,
        "initiatives": [tie.initiative_id for tie in step.ties.all()],
    }
    form = StepForm(posted(request), actor=actor, initial=initial)
    return _page(
        request,
        step.journey,
        form,
        write,
        gettext("Ret skridtet"),
        gettext("Gem skridtet"),
        step.version,
        remove_url=reverse("delivery:remove_step", args=[step.pk]),
        remove_label=gettext("Fjern skridtet"),
        remove_question=gettext("Vil du fjerne skridtet fra forløbet?"),
    )


@require_POST
def remove_step(request: HttpRequest, step_id: int) -> HttpResponse:
    """Take a step out of a journey."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    step = step_of(actor, step_id)
    actions.remove_step(actor=actor, step_id=step.pk, version=posted_version(request))
    tell(request, gettext("Skridtet er fjernet."))
    return redirect("delivery:journey", step.journey_id)


def _kept(request: HttpRequest, journey_id: int) -> tuple[Actor, Journey]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = journey_of(actor, journey_id)
    require(actor, KEEP_JOURNEYS)
    return actor, found


def _page(
    request: HttpRequest,
    found: Journey,
    form: django_forms.Form,
    write: Any,
    title: str,
    submit: str,
    version: int,
    **more: Any,
) -> HttpResponse:
    back = reverse("delivery:journey", args=[found.pk])
    crumbs = ((gettext("Borgerforløb"), reverse("delivery:journeys")), (found.name, back))
    return form_page(
        request,
        form,
        write,
        title=title,
        submit=submit,
        leave_url=back,
        crumbs=crumbs,
        version=version,
        **more,
    )
