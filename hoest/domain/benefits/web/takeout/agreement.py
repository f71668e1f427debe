"""The page of one agreement: what, how much, by which model, who decided, and what it did."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.domain.benefits import queries
from hoest.domain.benefits.actions.held import unit_id_of
from hoest.domain.benefits.models import TakeoutAgreement
from hoest.domain.benefits.permissions import HARVEST, PREPARE_TAKEOUT
from hoest.domain.benefits.queries import takeout
from hoest.domain.benefits.rules.takeout import (
    COUNTING,
    NEXT,
    TakeoutKind,
    TakeoutStatus,
    divided,
    effects_of,
)
from hoest.domain.benefits.web import words
from hoest.domain.benefits.web.takeout import shown
from hoest.domain.benefits.web.takeout.pages import lacked
from hoest.domain.benefits.web.takeout.writing import model_words
from hoest.domain.benefits.web.views import crumbs
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed
from hoest.foundation.audit.queries import acts_about
from hoest.foundation.audit.words import say
from hoest.ui import formats


@require_safe
def agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show an agreement with its amounts, its layers, its steps and the decisions it made."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = takeout.agreement_of(actor, agreement_id)
    benefit = queries.benefit_of(actor, found.benefit_id)
    chain = takeout.chain_of(found)
    root = next(one for one in chain if one.base_id is None)
    unit_id = unit_id_of(benefit)
    may_decide = allowed(actor, HARVEST, unit_id)
    may_prepare = allowed(actor, PREPARE_TAKEOUT, unit_id)
    is_open = found.status not in COUNTING and found.withdrawn_on is None
    ahead = NEXT[TakeoutStatus(found.status)]
    in_hours = TakeoutKind(found.kind).measure == "hours"
    model = content.takeout_models().get(found.model)
    return render(
        request,
        "benefits/takeout/agreement.html",
        {
            "agreement": found,
            "benefit": benefit,
            "root": root,
            "crumbs": crumbs(benefit, _("Hjemtagningsaftale")),
            "point": _point(found, in_hours),
            "kind": content.label("takeout_kind", found.kind),
            "kind_about": content.explanation("takeout_kind", found.kind),
            "status": content.label("takeout_status", found.status),
            "status_about": content.explanation("takeout_status", found.status),
            "model": model_words(model) if model else None,
            "terms": _terms(found),
            "in_hours": in_hours,
            "years": _years(found, chain, in_hours),
            "has_bank": found.bank_share > 0,
            "chain": [
                {"agreement": one, "line": shown.agreement_line(one), "is_this": one.pk == found.pk}
                for one in chain
            ]
            if len(chain) > 1
            else [],
            **_course(found),
            "lacking": shown.lacking(lacked(found)),
            "may_move": found.withdrawn_on is None
            and any(may_decide or (may_prepare and s not in COUNTING) for s in ahead),
            "may_change": is_open and may_prepare and found.base_id is None,
            "may_layer": takeout.stands(root) and may_prepare and bool(root.amounts.all()),
            "may_withdraw": found.withdrawn_on is None and (may_prepare if is_open else may_decide),
        },
    )


def _step_word(status: str) -> str:
    """Say what happened: an agreement that nobody has decided was written down."""
    if status == TakeoutStatus.UNDECIDED:
        return _("Skrevet ned")
    return content.label("takeout_status", status)


def _course(found: TakeoutAgreement) -> dict[str, Any]:
    """Return the statuses the agreement has had, and what the log says of it."""
    return {
        "steps": [
            {
                "status": _step_word(step.status),
                "on": step.on,
                "by": step.by_name,
                "note": step.note,
                "lacking": shown.lacking(step.lacked),
            }
            for step in found.steps.all()
        ],
        "acts": [
            {"text": say(act.verb), "at": act.at, "who": act.actor_name}
            for act in acts_about(found)[:20]
        ],
    }


def _point(found: TakeoutAgreement, in_hours: bool) -> str:
    """Say the agreement in a sentence."""
    line = shown.agreement_line(found)
    if not line.amount:
        return _("%(kind)s: %(use)s") % {"kind": line.kind, "use": found.named_use}
    said = _("%(kind)s i %(unit)s: %(amount)s")
    if found.base_id is not None:
        said = _("Nyt lag. %(kind)s i %(unit)s: %(amount)s")
    return said % {"kind": line.kind, "amount": line.amount, "unit": line.unit}


def _terms(found: TakeoutAgreement) -> list[str]:
    """Say the terms of the model in sentences: what is taken, who gets it, who carries a gap."""
    language = words.language()

    def share(part: Decimal) -> str:
        whole = part * 100
        return formats.percent(part, 0 if whole == whole.to_integral_value() else 2, language)

    told = []
    if found.basis == "expenditure" and found.expenditure_dkk is not None:
        told.append(
            _("%(share)s af enhedens serviceudgifter på %(amount)s tages hjem.")
            % {
                "share": share(found.take_share),
                "amount": formats.kroner(found.expenditure_dkk, 0, language),
            }
        )
    elif found.basis == "measured":
        told.append(
            _("%(share)s af det, der er målt, tages hjem.") % {"share": share(found.take_share)}
        )
    elif found.basis == "approved":
        told.append(
            _("%(share)s af det godkendte tages hjem.") % {"share": share(found.take_share)}
        )
    if found.bank_share:
        told.append(
            _("Af det går %(share)s til en bank for nye indsatser og resten til kommunekassen.")
            % {"share": share(found.bank_share)}
        )
    if found.kind != TakeoutKind.QUALITY_KEPT:
        if found.unit_carries_share == 1:
            told.append(_("Enheden bærer selv det, der ikke kommer."))
        elif found.unit_carries_share == 0:
            told.append(_("Kommunekassen bærer det, der ikke kommer."))
        else:
            told.append(
                _("Af det, der ikke kommer, bærer enheden %(share)s og kommunekassen resten.")
                % {"share": share(found.unit_carries_share)}
            )
    return told


def _years(
    found: TakeoutAgreement, chain: list[TakeoutAgreement], in_hours: bool
) -> list[dict[str, Any]]:
    """Return a row per year: this agreement, what all its layers take, bank and treasury."""
    own = takeout.layer_of(found)
    standing = effects_of(takeout.standing_layers(chain), own.amounts)
    rows = []
    for year, amount in sorted(own.amounts.items()):
        bank, treasury = divided(amount, found.bank_share)
        rows.append(
            {
                "year": year,
                "amount": shown.write(amount, in_hours),
                "bank": shown.write(bank, in_hours),
                "treasury": shown.write(treasury, in_hours),
                "standing": shown.write(standing[year], in_hours),
                "goes_on": found.is_lasting and year == max(own.amounts),
            }
        )
    return rows
