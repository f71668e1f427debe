"""The acts on a map that are one click or one key: begin, join, part, move, remove, undo."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hoest.domain.benefits.actions import benefit_map as actions
from hoest.domain.benefits.web.benefit_map.answering import Done, acted
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.words import say
from hoest.foundation.forms.posting import posted_version


@require_POST
def begin(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Begin the map, from a template when one is named."""

    def act(actor: Actor) -> Done:
        template = request.POST.get("skabelon", "")[:60]
        actions.begin_map(actor=actor, initiative_id=initiative_id, template=template)
        return _("Diagrammet er begyndt. Ret det, så det passer til jer."), 0

    return acted(request, initiative_id, act)


@require_POST
def connect(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Draw an arrow."""

    def act(actor: Actor) -> Done:
        source, target = _number(request, "source"), _number(request, "target")
        is_new = actions.connect(
            actor=actor, initiative_id=initiative_id, source_id=source, target_id=target
        )
        said = _("Pilen er tegnet.") if is_new else _("Pilen var der allerede.")
        return said, _number(request, "led") or source

    return acted(request, initiative_id, act)


@require_POST
def disconnect(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Take an arrow away."""

    def act(actor: Actor) -> Done:
        source, target = _number(request, "source"), _number(request, "target")
        actions.disconnect(
            actor=actor, initiative_id=initiative_id, source_id=source, target_id=target
        )
        return _("Pilen er fjernet."), _number(request, "led") or source

    return acted(request, initiative_id, act)


@require_POST
def move(request: HttpRequest, initiative_id: int, node_id: int) -> HttpResponse:
    """Move a node up or down among its kind."""

    def act(actor: Actor) -> Done:
        moved = actions.move_node(
            actor=actor,
            initiative_id=initiative_id,
            node_id=node_id,
            is_up=request.POST.get("retning") != "ned",
        )
        return (_("Leddet er flyttet.") if moved else _("Leddet står yderst allerede.")), node_id

    return acted(request, initiative_id, act)


@require_POST
def remove(request: HttpRequest, initiative_id: int, node_id: int) -> HttpResponse:
    """Take a node off the map; the undo stands beside the message."""

    def act(actor: Actor) -> Done:
        seen = request.POST.get("set", "").split(",")
        actions.remove_node(
            actor=actor,
            initiative_id=initiative_id,
            node_id=node_id,
            version=posted_version(request),
            seen=[int(one) for one in seen if one.isdecimal()],
        )
        return _("Leddet er taget af diagrammet."), 0

    return acted(request, initiative_id, act)


@require_POST
def undo(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Take back one's own last act."""

    def act(actor: Actor) -> Done:
        step = actions.undo(actor=actor, initiative_id=initiative_id)
        return _("Fortrudt: %(what)s.") % {"what": say(step.verb).lower()}, 0

    return acted(request, initiative_id, act)


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
