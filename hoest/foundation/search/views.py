"""The page of the search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hoest.foundation.lists.search import LONGEST, words_of
from hoest.foundation.search import finders


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, or what can be found when nothing is typed yet."""
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    if not words_of(text):
        text = ""
    groups = finders.find(request.actor, text)  # type: ignore[attr-defined]
    count = sum(len(group.finds.found) for group in groups)
    more = any(group.finds.more_url for group in groups)
    context = {"text": text, "groups": groups, "count": count, "has_more": more}
    return render(request, "search/search.html", context)
