"""Handing a draft over: submit it, take it back, send it back with what is lacking."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hoest.domain.business_cases import actions
from hoest.domain.business_cases.permissions import APPROVE_CASES, CHANGE_CASES
from hoest.domain.business_cases.web.editing import act_page, open_version
from hoest.domain.business_cases.web.forms import SendBackForm, YesForm
from hoest.foundation.forms.posting import posted, posted_version


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, version_id: int) -> HttpResponse:
    """Submit a draft for approval, after a yes."""
    actor, version = open_version(request, version_id, CHANGE_CASES)

    def write(cleaned: dict[str, Any]) -> str:
        actions.submit(actor=actor, version_id=version.pk, version=posted_version(request))
        return _("Tallene er indsendt. De, der kan godkende dem, ser dem på Min uge.")

    about = _(
        "Tallene kan ikke ændres, mens de venter på svar. Du kan tage dem tilbage, indtil de er "
        "godkendt."
    )
    title = _("Indsend til godkendelse")
    return act_page(request, version, YesForm(posted(request)), write, title, about=about)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, version_id: int) -> HttpResponse:
    """Take submitted figures back to go on writing."""
    actor, version = open_version(request, version_id, CHANGE_CASES)

    def write(cleaned: dict[str, Any]) -> str:
        actions.take_back(actor=actor, version_id=version.pk, version=posted_version(request))
        return _("Tallene er et udkast igen.")

    about = _("Tallene bliver et udkast igen og kan rettes. Ingen kan godkende dem imens.")
    title = _("Tag tallene tilbage")
    return act_page(request, version, YesForm(posted(request)), write, title, about=about)


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, version_id: int) -> HttpResponse:
    """Send submitted figures back with what is lacking."""
    actor, version = open_version(request, version_id, APPROVE_CASES)

    def write(cleaned: dict[str, Any]) -> str:
        actions.send_back(
            actor=actor,
            version_id=version.pk,
            version=posted_version(request),
            reason=cleaned["reason"],
        )
        return _("Tallene er sendt retur med din besked.")

    return act_page(request, version, SendBackForm(posted(request)), write, _("Send tallene retur"))
