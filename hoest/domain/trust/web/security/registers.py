"""The registers behind the security report: risks, counted incidents, the management body."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.trust import actions, queries
from hoest.domain.trust.models import SecurityRisk
from hoest.domain.trust.permissions import KEEP_SECURITY, VIEW_SECURITY
from hoest.domain.trust.rules.security import (
    IncidentKind,
    ManagementStepKind,
    RiskConsequence,
    RiskLikelihood,
)
from hoest.domain.trust.web.acting import act_page
from hoest.domain.trust.web.security import shown
from hoest.domain.trust.web.security.forms import CloseRiskForm, IncidentForm, RiskForm, StepForm
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.clock import today
from hoest.foundation.forms.posting import posted, posted_version
from hoest.foundation.lists.columns import CodeColumn, Column, DateColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats

OPEN, CLOSED = "aaben", "lukket"


class RiskTable(ListTable):
    """Risks: what and how bad on a phone; the rest on a wide screen and in files."""

    what_may_happen = Column(_("Det kan ske"))
    consequence_word = CodeColumn(_("Hvor slemt"), kind="risk_consequence")
    likelihood = CodeColumn(_("Hvor sandsynligt"), kind="risk_likelihood", wide=True)
    owner_function = Column(_("Ansvar"), wide=True)
    ends_on = DateColumn(_("Senest"), wide=True)
    consequence = Column(_("Så mærker man"), sheet=True)
    measure = Column(_("Det gør vi"), sheet=True)
    initiative = Column(_("Initiativ"), accessor="initiative__title", sheet=True)
    closed_on = DateColumn(_("Lukket"), sheet=True)

    def href(self, record: SecurityRisk) -> str:
        """Return the address of the risk."""
        return reverse("security:change_risk", args=[record.pk])


def _likely(actor: Actor) -> list[tuple[str, Any]]:
    return list(content.choices("risk_likelihood"))


def _bad(actor: Actor) -> list[tuple[str, Any]]:
    return list(content.choices("risk_consequence"))


def _open_or_closed(actor: Actor) -> list[tuple[str, Any]]:
    return [(OPEN, gettext("der er åbne")), (CLOSED, gettext("der er lukket"))]


class RiskFilter(ListFilter):
    """Which risks are shown."""

    sentence = _("Vis risici {state} {consequence_word} {likelihood}, der nævner {q}")
    q = SearchFilter(fields=("what_may_happen", "consequence", "measure", "owner_function"))
    state = WordFilter(
        any_word=_("både åbne og lukkede"),
        label=_("Status"),
        choices=_open_or_closed,
        method="in_state",
    )
    consequence_word = WordFilter(
        any_word=_("uanset hvor slemt"), label=_("Hvor slemt"), choices=_bad
    )
    likelihood = WordFilter(
        any_word=_("uanset hvor sandsynligt"), label=_("Hvor sandsynligt"), choices=_likely
    )

    def in_state(
        self, rows: QuerySet[SecurityRisk], name: str, value: str
    ) -> QuerySet[SecurityRisk]:
        """Keep the open or the closed risks."""
        return rows.filter(closed_on__isnull=value == OPEN)


class Risks(ListPage):
    """The register of security risks."""

    name, url_name = "security_risks", "security:risks"
    title = _("Sikkerhedsrisici")
    permission = VIEW_SECURITY
    table_class, filter_class = RiskTable, RiskFilter
    beside = ((_("Se sikkerhedsrapporterne"), "security:reports"),)

    @property
    def above(self) -> list[tuple[str, str]]:
        """Return the page above the register."""
        return [(gettext("Sikkerhedsrapport"), reverse("security:reports"))]

    template_name = "trust/list.html"
    empty = Empty(
        _("Her kommer kommunens sikkerhedsrisici til at stå med hverdagsord."),
        example=_("Omsorgsjournalen er nede i et døgn: Hjemmeplejen kører efter papirlister"),
        why=_("Så ved udvalget, hvad der kan ske, og hvem der gør noget ved det."),
    )

    def rows(self, actor: Actor) -> QuerySet[SecurityRisk]:
        """Return the visible risks with their initiatives."""
        return queries.risks_visible_to(actor).select_related("initiative")

    def at_first(self, actor: Actor, rows: QuerySet[SecurityRisk]) -> QuerySet[SecurityRisk]:
        """Put the open ones first, the nearest day first."""
        return rows.order_by(F("closed_on").desc(nulls_first=True), "ends_on", "pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many are open and how many are past their day."""
        if not total:
            return gettext("Ingen sikkerhedsrisici er skrevet ned")
        rows = queries.risks_visible_to(actor).filter(closed_on__isnull=True)
        alive, late = rows.count(), rows.filter(ends_on__lt=today()).count()
        said = ngettext("%(count)s risiko er åben", "%(count)s risici er åbne", alive) % {
            "count": formats.number(alive)
        }
        if not late:
            return said
        return gettext("%(said)s; %(count)s er over tiden") % {
            "said": said,
            "count": formats.number(late),
        }

    def act(self, actor: Actor) -> Act | None:
        """Offer to write one down to those who may."""
        if not allowed(actor, KEEP_SECURITY):
            return None
        return Act(_("Skriv en risiko ned"), reverse("security:write_risk"))


RISK_FIELDS = (
    "what_may_happen", "consequence", "consequence_word", "likelihood", "measure",
    "owner_function", "ends_on", "initiative", "is_top",
)  # fmt: skip


def _risk(cleaned: dict[str, Any]) -> Any:
    return {
        **cleaned,
        "consequence_word": RiskConsequence(cleaned["consequence_word"]),
        "likelihood": RiskLikelihood(cleaned["likelihood"]),
    }


def _trail() -> tuple[tuple[str, str], ...]:
    return (
        (gettext("Portefølje"), reverse("portfolio:initiatives")),
        (gettext("Sikkerhedsrapport"), reverse("security:reports")),
    )


def _risk_trail() -> tuple[tuple[str, str], ...]:
    return (*_trail(), (gettext("Sikkerhedsrisici"), reverse("security:risks")))


@require_http_methods(["GET", "POST"])
def write_risk(request: HttpRequest) -> HttpResponse:
    """Write a risk down."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, KEEP_SECURITY)

    def write(cleaned: dict[str, Any]) -> str:
        actions.write_risk(actor=actor, fields=_risk(cleaned))
        return gettext("Risikoen er skrevet ned.")

    return act_page(
        request,
        RiskForm(posted(request), actor=actor, initial={"is_top": True}),
        write,
        title=gettext("Skriv en risiko ned"),
        button=gettext("Gem risikoen"),
        crumbs=_risk_trail(),
        leave_url=reverse("security:risks"),
    )


@require_http_methods(["GET", "POST"])
def change_risk(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Show a risk, and change it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.risk_of(actor, risk_id)
    may_keep = allowed(actor, KEEP_SECURITY)
    if request.method == "GET" and (not may_keep or found.closed_on is not None):
        return render(request, "trust/security/risk.html", {"risk": found, "crumbs": _risk_trail()})
    require(actor, KEEP_SECURITY)

    def write(cleaned: dict[str, Any]) -> str:
        actions.change_risk(
            actor=actor, risk_id=found.pk, version=posted_version(request), fields=_risk(cleaned)
        )
        return gettext("Risikoen er rettet.")

    return act_page(
        request,
        RiskForm(
            posted(request),
            actor=actor,
            initial={name: getattr(found, name) for name in RISK_FIELDS},
        ),
        write,
        title=gettext("Ret risikoen"),
        button=gettext("Gem risikoen"),
        crumbs=_risk_trail(),
        leave_url=reverse("security:risks"),
        version=found.version,
        close_url=reverse("security:close_risk", args=[found.pk]),
        template="trust/security/change_risk.html",
    )


@require_http_methods(["GET", "POST"])
def close_risk(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Close a risk with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.risk_of(actor, risk_id)
    require(actor, KEEP_SECURITY)

    def write(cleaned: dict[str, Any]) -> str:
        actions.close_risk(
            actor=actor,
            risk_id=found.pk,
            version=posted_version(request),
            reason=cleaned["reason"],
        )
        return gettext("Risikoen er lukket.")

    return act_page(
        request,
        CloseRiskForm(posted(request)),
        write,
        title=gettext("Luk risikoen"),
        button=gettext("Luk risikoen"),
        crumbs=_risk_trail(),
        leave_url=reverse("security:risks"),
        version=found.version,
        told=[f"»{found.what_may_happen}«"],
    )


@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """Show the counted incidents."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, VIEW_SECURITY)
    found = queries.incidents_of(actor)
    total = sum(one.count for one in found)
    context = {
        "point": ngettext("%(count)s hændelse er talt op", "%(count)s hændelser er talt op", total)
        % {"count": formats.number(total)}
        if found
        else gettext("Ingen hændelser er talt op"),
        "rows": [
            {
                "kind": content.label("incident_kind", one.kind),
                "count": one.count,
                "reported": one.reported,
                "lesson": one.lesson,
                "period": formats.date_range(one.starts_on, one.ends_on, shown.language()),
            }
            for one in found
        ],
        "may_keep": allowed(actor, KEEP_SECURITY),
    }
    return render(request, "trust/security/incidents.html", context)


@require_http_methods(["GET", "POST"])
def count_incidents(request: HttpRequest) -> HttpResponse:
    """Count one kind of incidents in a period; the same period again counts anew."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, KEEP_SECURITY)

    def write(cleaned: dict[str, Any]) -> str:
        fields: Any = {**cleaned, "kind": IncidentKind(cleaned["kind"])}
        actions.count_incidents(actor=actor, fields=fields)
        return gettext("Hændelserne er talt op.")

    return act_page(
        request,
        IncidentForm(posted(request)),
        write,
        title=gettext("Tæl hændelser op"),
        button=gettext("Gem antallet"),
        crumbs=(*_trail(), (gettext("Hændelser"), reverse("security:incidents"))),
        leave_url=reverse("security:incidents"),
        quiet=[gettext("Samme slags i samme periode retter det, der står.")],
    )


@require_safe
def management(request: HttpRequest) -> HttpResponse:
    """Show what the management body has done and when each task is next due."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, VIEW_SECURITY)
    steps = queries.management_steps(actor)
    duties = [shown.duty(one) for one in queries.duties_now(steps)]
    asking = [one for one in duties if one["asks"]]
    context = {
        "point": ngettext(
            "Én af ledelsens opgaver kræver handling",
            "%(count)s af ledelsens opgaver kræver handling",
            len(asking),
        )
        % {"count": formats.number(len(asking))}
        if asking
        else gettext("Ledelsens opgaver er registreret"),
        "duties": duties,
        "steps": [
            {"step": one, "label": content.label("management_step", one.kind)} for one in steps
        ],
        "may_keep": allowed(actor, KEEP_SECURITY),
        "law": shown.LAW,
    }
    return render(request, "trust/security/management.html", context)


@require_http_methods(["GET", "POST"])
def note_step(request: HttpRequest) -> HttpResponse:
    """Note what the management body did."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, KEEP_SECURITY)

    def write(cleaned: dict[str, Any]) -> str:
        fields: Any = {**cleaned, "kind": ManagementStepKind(cleaned["kind"])}
        actions.note_management_step(actor=actor, fields=fields)
        return gettext("Det er skrevet ned.")

    return act_page(
        request,
        StepForm(posted(request)),
        write,
        title=gettext("Skriv ned, hvad ledelsen har gjort"),
        button=gettext("Gem"),
        crumbs=(*_trail(), (gettext("Ledelsens opgaver"), reverse("security:management"))),
        leave_url=reverse("security:management"),
        quiet=[gettext("Det, der er skrevet ned, kan ikke ændres bagefter.")],
    )
