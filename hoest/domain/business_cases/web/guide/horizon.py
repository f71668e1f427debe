"""To which year a draft is reckoned; recurring lines run to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hoest.domain.business_cases import actions
from hoest.domain.business_cases.permissions import CHANGE_CASES
from hoest.domain.business_cases.rules import FIRST_YEAR, LAST_YEAR
from hoest.domain.business_cases.web.editing import act_page, open_version
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import posted, posted_version


class HorizonForm(AskingForm):
    """The last year of the case."""

    horizon_year = forms.IntegerField(
        label=_("Regn til og med år"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_(
            "Varige poster fortsætter hertil. Uden et år regnes der til det sidste udfyldte år."
        ),
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, version_id: int) -> HttpResponse:
    """Say to which year the draft is reckoned."""
    actor, version = open_version(request, version_id, CHANGE_CASES)

    def write(cleaned: dict[str, Any]) -> str:
        done = actions.set_horizon(
            actor=actor, version_id=version.pk, version=posted_version(request), **cleaned
        )
        if done.horizon_year is None:
            return gettext("Der regnes til og med det sidste udfyldte år.")
        return gettext("Der regnes til og med %(year)s.") % {"year": done.horizon_year}

    form = HorizonForm(posted(request), initial={"horizon_year": version.horizon_year})
    return act_page(request, version, form, write, gettext("Vælg det sidste år"))
