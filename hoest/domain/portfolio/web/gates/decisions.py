"""The decision at a gate: ask for it, make it, let the initiative wait, and read it years later."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.actions.gate_words import lacking_in_words, roles_in_words
from hoest.domain.portfolio.models import GateRequest, Initiative
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.domain.portfolio.queries import Deciding, Gate
from hoest.domain.portfolio.rules import Outcome, Recommendation, WaitingKind
from hoest.domain.portfolio.rules.capacity import WORKING_PHASES
from hoest.domain.portfolio.rules.frozen import basis_hash
from hoest.domain.portfolio.web.capacity.hours import warning_words
from hoest.domain.portfolio.web.gates import words
from hoest.domain.portfolio.web.gates.decision_forms import (
    AskForm,
    DecideForm,
    RecommendForm,
    WaitForm,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

CHANGED_MEANWHILE = gettext_lazy(
    "Noget er ændret, siden du åbnede siden. Det, du skrev, står her stadig. Læs igennem, hvad der "
    "står nu, og send det så igen."
)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Ask for a decision at the gate ahead."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, found.unit_id)

    def write(said: dict[str, Any]) -> str:
        actions.ask_decision(actor=actor, initiative_id=found.pk, note=said["note"])
        deciding = queries.deciding_about(actor.organisation_id, [found])[found.pk]
        if not deciding.asked:
            return _("Der er bedt om en afgørelse. Ingen har endnu en rolle, der kan afgøre det.")
        return _("Der er bedt om en afgørelse. Den står nu i Min uge hos %(who)s.") % {
            "who": words.asked_in_words(deciding)
        }

    return _form_page(
        request, found, AskForm(posted(request)), write, _("Bed om en afgørelse"), _("Bed om den")
    )


@require_http_methods(["GET", "POST"])
def recommend(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Let the sponsor recommend where the amount is above what she may decide."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    actions.require_recommender(actor, found)
    asked = queries.open_request(found)

    def write(said: dict[str, Any]) -> str:
        actions.recommend(
            actor=actor,
            initiative_id=found.pk,
            version=posted_version(request),
            word=Recommendation(said["word"]),
            because=said["because"],
        )
        return _("Din anbefaling er gemt. Den, der afgør det, ser den ved porten.")

    first = {"word": asked.recommendation, "because": asked.recommended_because} if asked else {}
    form = RecommendForm(posted(request), initial=first)
    title = _("Din anbefaling om »%(title)s«") % {"title": found.title}
    button = _("Gem din anbefaling")
    deciding = queries.deciding_about(actor.organisation_id, [found])[found.pk]
    return _form_page(request, found, form, write, title, button, held=asked, deciding=deciding)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Decide at the gate ahead: on, on with conditions, or stop."""
    actor, found, gate = _decider(request, initiative_id)

    def write(said: dict[str, Any]) -> str:
        made = actions.decide_gate(
            actor=actor,
            initiative_id=found.pk,
            version=posted_version(request),
            outcome=Outcome(said["outcome"]),
            reason=said["reason"],
            conditions=said["conditions"],
        )
        return _("Afgørelsen er gemt: %(outcome)s.") % {
            "outcome": content.label("gate_outcome", made.outcome).lower()
        }

    form = DecideForm(posted(request), is_held=bool(gate.obstacles))
    return _form_page(request, found, form, write, _("Afgør, om det går videre"), _("Afgør"))


@require_http_methods(["GET", "POST"])
def wait(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Decide that the initiative waits, and when it comes back by itself."""
    actor, found, _gate = _decider(request, initiative_id)

    def write(said: dict[str, Any]) -> str:
        reason = said.pop("reason")
        fields = actions.WaitingFields(**{**said, "kind": WaitingKind(said["kind"])})
        actions.decide_gate(
            actor=actor,
            initiative_id=found.pk,
            version=posted_version(request),
            outcome=Outcome.WAIT,
            reason=reason,
            waiting=fields,
        )
        return _("Initiativet venter. Det kommer igen af sig selv.")

    form = WaitForm(posted(request))
    return _form_page(request, found, form, write, _("Lad initiativet vente"), _("Afvent"))


@require_GET
def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Show a decision with everything it was made on, and whether that is untouched."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.decision_of(actor, decision_id)
    basis = found.basis
    context = {
        "decision": found,
        "initiative": found.initiative,
        "outcome": content.label("gate_outcome", found.outcome),
        "basis": basis,
        "mandate": roles_in_words(basis.get("mandate", [])),
        "amount": Decimal(basis["amount_dkk"]) if basis.get("amount_dkk") else None,
        "recommendation": _recommended(basis.get("recommendation") or {}),
        "requirements": [
            {**one, "state": content.label("requirement_state", one["state"])}
            for one in basis.get("requirements", [])
        ],
        "facts": [
            {**one, "answer": content.label("fact_answer", one["answer"])}
            for one in basis.get("facts", [])
        ],
        "is_untouched": basis_hash(basis) == found.basis_hash,
        "short_hash": found.basis_hash[:12],
    }
    return render(request, "portfolio/gates/decision.html", context)


def _recommended(said: Mapping[str, str]) -> dict[str, str]:
    """Return what the sponsor recommended as it was frozen, in words; nothing when she did not."""
    if not said:
        return {}
    return {**said, "word": content.label("gate_recommendation", said["word"]).lower()}


def _decider(request: HttpRequest, initiative_id: int) -> tuple[Actor, Initiative, Gate]:
    """Return who may decide, and what. Raises NotFound, then NotAllowed in words."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    gate = queries.gate_of(found)
    actions.require_decider(actor, found, gate)
    return actor, found, gate


def _form_page(
    request: HttpRequest,
    found: Initiative,
    form: forms.Form,
    write: Any,
    title: str,
    button: str,
    *,
    held: GateRequest | None = None,
    deciding: Deciding | None = None,
) -> HttpResponse:
    """Show a form of a gate, or carry it out; `held` is whose version it is about."""
    leave_url = back_address(request, reverse("gates:gate", args=[found.pk]))
    row = found if held is None else held
    version, refused = posted_version(request) or row.version, 422
    try:
        said = carried_out(form, write)
    except ChangedMeanwhile as older:
        # What was typed stays, beside what stands now; sent again it is about that.
        said, version, refused = None, older.version, 409
        found.refresh_from_db()
        form.add_error(None, str(CHANGED_MEANWHILE))
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    gate = queries.gate_of(found)
    context = {
        "initiative": found,
        "form": form,
        "title": title,
        "button": button,
        "lacks": lacking_in_words(gate.obstacles) if gate.obstacles else "",
        "missing": words.missing_asked(found, gate.missing),
        "questions": words.questions_asked(found, gate.obstacles.facts),
        "room": _room(found),
        "lead": words.decided_by(deciding, request.actor) if deciding else "",  # type: ignore[attr-defined]
        "deciders": deciding.asked_names if deciding else [],
        "recommended": _recommendation_now(found) if held is None else {},
        "version": version,
        "leave_url": leave_url,
    }
    status = refused if form.errors else 200
    return render(request, "portfolio/gates/act.html", context, status=status)


def _recommendation_now(found: Initiative) -> dict[str, str]:
    """Return what the sponsor recommends now, in words; nothing when she has not."""
    asked = queries.open_request(found)
    if asked is None or not asked.recommendation:
        return {}
    return {
        "by": asked.recommended_by_name,
        "word": content.label("gate_recommendation", asked.recommendation).lower(),
        "because": asked.recommended_because,
    }


def _room(found: Initiative) -> str:
    """Say that the unit has no room for one more in work, before it is begun; else nothing."""
    if found.phase in WORKING_PHASES:
        return ""
    return str(warning_words(found.organisation_id, found.unit_id, found.pk))
