"""The way from the ladder's rung Påvist to the page where the effect is looked for."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from hoest.domain.benefits.web import effect_page
from hoest.domain.evidence.permissions import VIEW_EVIDENCE
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere


def register() -> None:
    """Tell the ladder where an effect is looked for."""
    effect_page.register(address_of)


def address_of(actor: Actor, benefit: Any) -> str:
    """Return the page of a benefit's effect, empty for those who may not see it."""
    if not allowed_somewhere(actor, VIEW_EVIDENCE):
        return ""
    return reverse("evidence:effect", args=[benefit.pk])
