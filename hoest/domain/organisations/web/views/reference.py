"""Pages to look things up in: roles and rights, the glossary, one act of the log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hoest.domain.organisations import queries
from hoest.domain.organisations.permissions import VIEW_ACTS
from hoest.domain.organisations.web.requests import actor_in
from hoest.foundation import content
from hoest.foundation.access.permissions import all_permissions, require
from hoest.foundation.access.roles import ROLES
from hoest.foundation.audit.queries import act_of
from hoest.foundation.audit.words import facts_in_words, say

LONGEST_SEARCH = 80


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Show what each role is for and may do, generated from the declarations."""
    permissions = all_permissions()
    rows = [(one, [code in one.roles for code in ROLES]) for one in permissions]
    facts = {"roles": queries.role_lines(), "all_roles": list(ROLES.values()), "rows": rows}
    return render(request, "organisations/roles.html", facts)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Show the words of Høst with what they mean; a search finds in word and meaning."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    wanted = text.casefold().split()
    terms = content.terms()
    found = [
        term
        for term in terms
        if all(
            word
            in " ".join((term.word, term.other, term.simply, term.means, *term.forms)).casefold()
            for word in wanted
        )
    ]
    facts = {"terms": found, "total": len(terms), "text": text}
    return render(request, "organisations/glossary.html", facts)


@require_safe
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one act of the log with its facts."""
    actor = actor_in(request)
    require(actor, VIEW_ACTS)
    found = act_of(actor, pk)
    facts = {"act": found, "said": say(found.verb), "facts": facts_in_words(found.facts)}
    return render(request, "organisations/act.html", facts)
