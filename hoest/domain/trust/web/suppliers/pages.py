"""The page of a supplier, of a contract, and the decision about one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import F, Func
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.trust.actions.ties import decide_contract
from hoest.domain.trust.permissions import PLAN_EXIT
from hoest.domain.trust.queries.reading import connection_of
from hoest.domain.trust.queries.suppliers import (
    contract_of,
    decisions_of,
    dependence,
    plans_of,
    standing_contracts,
    supplier_of,
)
from hoest.domain.trust.queries.systems import present_systems
from hoest.domain.trust.rules.register import Kind, Origin
from hoest.domain.trust.rules.suppliers import delay
from hoest.domain.trust.web import words
from hoest.domain.trust.web.forms_shown import page
from hoest.domain.trust.web.places import crumbs, link_of
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.clock import today
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import posted
from hoest.ui import formats


@require_safe
def supplier(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """Show what leans on a supplier, its contracts, and the ways out of its systems."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = supplier_of(actor, supplier_id)
    whole = dependence(actor)
    leaning = whole.by_supplier.get(found.pk)
    plans = plans_of(actor, found)
    systems: list[dict[str, Any]] = []
    cost = Decimal(0)
    for one in present_systems(actor).filter(supplier=found):
        plan = plans.get(one.pk)
        late = plan and delay(plan.planned_on, plan.expected_on, plan.delay_dkk_month)
        if late and late.cost_dkk:
            cost += late.cost_dkk
        systems.append(
            {
                "row": one,
                "critical": words.word(words.CRITICAL, one.critical),
                "plan": plan,
                "late": late,
            }
        )
    systems.sort(key=lambda one: one["row"].critical != "yes")
    context = {
        "supplier": found,
        "crumbs": crumbs((_("Leverandører"), reverse("suppliers:suppliers")), (found.name, "")),
        "point": _point(found, leaning, whole),
        "leaning": leaning,
        "whole": whole,
        "systems": systems,
        "contracts": list(
            standing_contracts(actor)
            .filter(supplier=found)
            .order_by(F("decide_by").asc(nulls_last=True), Func(F("name"), function="da_key"))
        ),
        "late_cost": cost,
        "without_plan": sum(
            one["row"].critical == "yes" and one["plan"] is None for one in systems
        ),
        "today": today(),
    }
    return render(request, "trust/supplier.html", context)


def _point(found: Any, leaning: Any, whole: Any) -> str:
    if leaning is None or not leaning.systems:
        return _("%(name)s leverer ingen af de systemer, der er i brug") % {"name": found.name}
    if leaning.critical:
        return _("%(name)s står bag %(n)s af %(all)s kritiske systemer") % {
            "name": found.name,
            "n": formats.number(leaning.critical),
            "all": formats.number(whole.critical),
        }
    return ngettext(
        "%(name)s leverer %(n)s system, som ikke er kritisk",
        "%(name)s leverer %(n)s systemer, ingen af dem kritiske",
        leaning.systems,
    ) % {"name": found.name, "n": formats.number(leaning.systems)}


@require_safe
def contract(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Show a contract, when to decide about it, and what was decided."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = contract_of(actor, contract_id)
    connection = connection_of(actor)
    link = link_of(Kind.CONTRACT, found, connection.base_url if connection else "")
    context = {
        "contract": found,
        "crumbs": crumbs(
            (_("Leverandører"), reverse("suppliers:suppliers")),
            (_("Kommende beslutninger"), reverse("suppliers:decisions")),
            (found.name, ""),
        ),
        "point": _contract_point(found),
        "systems": list(present_systems(actor).filter(contracts=found)),
        "decisions": [
            (one, words.word(words.CHOICES, one.choice)) for one in decisions_of(actor, found)
        ],
        "notice": _notice(found),
        "link": link,
        "source": "KITOS" if found.origin == Origin.KITOS else _("Kommunens fil"),
        "may_decide": allowed(actor, PLAN_EXIT) and found.leaves_on is not None,
    }
    return render(request, "trust/contract.html", context)


def _notice(found: Any) -> list[str]:
    """Say by when in the year notice is given, and from when it counts, as KITOS has it."""
    lines = []
    if found.notice_by_end_of in words.SEGMENTS:
        segment = words.word(words.SEGMENTS, found.notice_by_end_of)
        lines.append(_("Varslet gives inden udgangen af %(segment)s.") % {"segment": segment})
    if found.notice_runs_from in words.SEGMENTS:
        segment = words.word(words.SEGMENTS, found.notice_runs_from)
        lines.append(_("Det tæller fra udgangen af %(segment)s.") % {"segment": segment})
    return lines


def _contract_point(found: Any) -> str:
    if found.gone_on is not None:
        return _("%(name)s er væk fra registret") % {"name": found.name}
    if found.terminated_on is not None:
        return _("%(name)s er opsagt til %(day)s") % {
            "name": found.name,
            "day": formats.long_date(found.terminated_on),
        }
    if found.decide_by is None:
        return _("%(name)s har ingen slutdato i registret") % {"name": found.name}
    facts = {"name": found.name, "day": formats.long_date(found.decide_by)}
    if found.decide_by < today():
        return _("%(name)s: fristen for at tage stilling gik %(day)s") % facts
    return _("%(name)s: tag stilling senest %(day)s") % facts


class DecisionForm(AskingForm):
    """What is decided, and why."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Hvad har I besluttet?"),
        widget=forms.RadioSelect,
        choices=(
            ("extend", gettext_lazy("Den forlænges")),
            ("tender", gettext_lazy("Den sendes i udbud")),
            ("leave", gettext_lazy("Den opsiges")),
            ("later", gettext_lazy("Vi tager stilling senere")),
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Write down what is decided about a contract."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = contract_of(actor, contract_id)
    require(actor, PLAN_EXIT)

    def write(cleaned: Any) -> str:
        decide_contract(
            actor=actor,
            contract_id=found.pk,
            choice=cleaned["choice"],
            reason=cleaned["reason"],
        )
        return _("Beslutningen er skrevet ned.")

    title = _("Skriv beslutningen ned")
    return page(
        request,
        form=DecisionForm(posted(request)),
        write=write,
        title=title,
        button=_("Gem beslutningen"),
        crumbs=crumbs(
            (_("Leverandører"), reverse("suppliers:suppliers")),
            (found.name, reverse("suppliers:contract", args=[found.pk])),
            (title, ""),
        ),
        leave_url=reverse("suppliers:contract", args=[found.pk]),
    )
