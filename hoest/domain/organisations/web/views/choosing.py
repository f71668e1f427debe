"""Choosing the municipality one works in; members of none get an explanation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hoest.domain.organisations import queries
from hoest.foundation.access.middleware import without_municipality
from hoest.foundation.access.provider_session import limited_to
from hoest.foundation.faults import NotFound
from hoest.foundation.tenancy.middleware import SESSION_KEY, unbound


@require_http_methods(["GET", "HEAD", "POST"])
@without_municipality
@unbound
def choose(request: HttpRequest) -> HttpResponse:
    """Show the municipalities the account reaches; a POST enters one of them."""
    reached = queries.memberships_of(request.user.pk or 0)
    only = limited_to(request)
    if only is not None:
        reached = [one for one in reached if one[0] == only]
    if request.method == "POST":
        chosen = request.POST.get("municipality", "")
        for organisation_id, _name in reached:
            if str(organisation_id) == chosen:
                request.session[SESSION_KEY] = organisation_id
                return redirect("/")
        raise NotFound("Kommunen findes ikke, eller du har ikke adgang til den.")
    facts = {"municipalities": reached, "present": request.session.get(SESSION_KEY)}
    return render(request, "organisations/choose.html", facts)
