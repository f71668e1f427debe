"""The pages of security reports: all of them, one of them, and its acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.trust import actions, queries
from hoest.domain.trust.models import SecurityReport
from hoest.domain.trust.permissions import (
    APPROVE_REPORTS,
    KEEP_SECURITY,
    READ_REPORTS,
    VIEW_SECURITY,
)
from hoest.domain.trust.rules.security import ReportState
from hoest.domain.trust.web.acting import act_page
from hoest.domain.trust.web.papers import DOCX, PDF, box_words, download
from hoest.domain.trust.web.security import shown
from hoest.domain.trust.web.security.documents import composed
from hoest.domain.trust.web.security.forms import ReportForm
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.documents import docx, pdf
from hoest.foundation.forms.posting import posted, posted_version


def trail() -> tuple[tuple[str, str], ...]:
    """Return the way to the security reports."""
    return (
        (_("Portefølje"), reverse("portfolio:initiatives")),
        (_("Sikkerhedsrapport"), reverse("security:reports")),
    )


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Show the reports a reader may see; and what they are made of, to those who keep it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, READ_REPORTS)
    found = list(queries.reports_visible_to(actor))
    sees_ground = allowed(actor, VIEW_SECURITY)
    context: dict[str, Any] = {
        "reports": [
            {
                "title": shown.title(one),
                "period": shown.period(one),
                "state": shown.state_words(one),
                "url": reverse("security:report", args=[one.number]),
                "body": one.body.name,
            }
            for one in found
        ],
        "point": _point(found),
        "may_keep": allowed(actor, KEEP_SECURITY),
        "sees_ground": sees_ground,
    }
    if sees_ground:
        draft = found[0] if found else None
        steps = queries.management_steps(actor)
        duties = [shown.duty(one) for one in queries.duties_now(steps)]
        context |= {
            "draft": draft,
            "duties": duties,
            "asking": [one for one in duties if one["asks"]],
            "law": shown.LAW,
        }
    return render(request, "trust/security/reports.html", context)


@require_safe
def report(request: HttpRequest, number: int) -> HttpResponse:
    """Show one report: as it was frozen, or as the registers give it now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.report_of(actor, number)
    parts = shown.shown(queries.report_facts(actor, found))
    is_draft = found.state == ReportState.DRAFT
    context = {
        "report": found,
        "parts": parts,
        "title": shown.title(found),
        "point": shown.point(found, parts),
        "period": shown.period(found),
        "state": shown.state_words(found),
        "is_draft": is_draft,
        "may_keep": is_draft and allowed(actor, KEEP_SECURITY),
        "may_approve": is_draft
        and found.asked_at is not None
        and allowed(actor, APPROVE_REPORTS)
        and found.written_by_id != actor.person_id,
        "law": shown.LAW,
    }
    return render(request, "trust/security/report.html", context)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Begin a report."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, KEEP_SECURITY)
    form = ReportForm(posted(request), actor=actor)

    def save(cleaned: dict[str, Any]) -> str:
        made = actions.write_report(actor=actor, fields=form.given())
        url = reverse("security:report", args=[made.number])
        return _("Kladden er gemt.") + f"\t{url}"

    return act_page(
        request,
        form,
        save,
        title=_("Skriv en sikkerhedsrapport"),
        button=_("Gem kladden"),
        crumbs=trail(),
        leave_url=reverse("security:reports"),
        quiet=[_("Risici, hændelser og ledelsens opgaver kommer med af sig selv.")],
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change a draft."""
    actor, found = _kept(request, number)
    form = ReportForm(
        posted(request),
        actor=actor,
        initial={
            "starts_on": found.starts_on,
            "ends_on": found.ends_on,
            "body": found.body,
            "introduction": found.introduction,
            "decisions": "\n".join(found.decisions),
        },
    )

    def save(cleaned: dict[str, Any]) -> str:
        actions.change_report(
            actor=actor, number=number, version=posted_version(request), fields=form.given()
        )
        return _("Kladden er gemt.")

    return _page(request, found, form, save, _("Ret kladden"), _("Gem kladden"))


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, number: int) -> HttpResponse:
    """Send a draft for approval."""
    actor, found = _kept(request, number)

    def save(cleaned: dict[str, Any]) -> str:
        actions.send_report(actor=actor, number=number, version=posted_version(request))
        return _("Rapporten er sendt til godkendelse.")

    return _page(
        request,
        found,
        forms.Form(posted(request)),
        save,
        _("Send rapporten til godkendelse"),
        _("Send rapporten"),
        told=[_("Direktionen får den i Min uge. Udvalget kan ikke se den, før den er godkendt.")],
    )


@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Approve a report: what it says is frozen, and the committee can read it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.report_of(actor, number)
    require(actor, APPROVE_REPORTS)

    def save(cleaned: dict[str, Any]) -> str:
        actions.approve_report(actor=actor, number=number, version=posted_version(request))
        return _("Rapporten er godkendt. Udvalget kan læse den nu.")

    return _page(
        request,
        found,
        forms.Form(posted(request)),
        save,
        _("Godkend sikkerhedsrapporten"),
        _("Godkend rapporten"),
        told=[
            _("Alt, hvad rapporten siger, bliver gemt, som det står nu, og kan ikke ændres."),
            _("Bagefter kan alle med rollen politiker læse den."),
        ],
    )


FORMS = {"pdf": PDF, "docx": DOCX}


@require_safe
def take(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Give a report as a tagged PDF or as a Word document, from the same tree."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.report_of(actor, number)
    if form not in FORMS:
        raise Http404
    made = composed(actor, found, shown.shown(queries.report_facts(actor, found)))
    body = pdf.written(made, box_words=box_words()) if form == "pdf" else docx.written(made)
    return download(f"sikkerhedsrapport-{found.number}", form, FORMS[form], body)


def _point(found: list[SecurityReport]) -> str:
    if not found:
        return _("Der er ikke en sikkerhedsrapport at læse endnu")
    newest = found[0]
    if newest.state == ReportState.APPROVED:
        return _("Den nyeste sikkerhedsrapport er godkendt")
    if newest.asked_at is not None:
        return _("En sikkerhedsrapport venter på godkendelse")
    return _("En sikkerhedsrapport er ved at blive skrevet")


def _kept(request: HttpRequest, number: int) -> tuple[Actor, SecurityReport]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.report_of(actor, number)
    require(actor, KEEP_SECURITY)
    return actor, found


def _page(
    request: HttpRequest,
    found: SecurityReport,
    form: forms.Form,
    save: Any,
    title: str,
    button: str,
    **more: Any,
) -> HttpResponse:
    url = reverse("security:report", args=[found.number])
    return act_page(
        request,
        form,
        save,
        title=title,
        button=button,
        crumbs=(*trail(), (shown.title(found), url)),
        leave_url=url,
        version=found.version,
        **more,
    )
