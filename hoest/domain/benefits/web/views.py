"""Pages of one benefit: see it, write it down, change it in portions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hoest.domain.benefits import actions, queries
from hoest.domain.benefits.actions.held import unit_id_of
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import CHANGE_BENEFITS, HARVEST, KEEP_SOURCES, LAPSE
from hoest.domain.benefits.rules import LEVEL_TYPES, Rung, Standing
from hoest.domain.benefits.web import ladder, shown, words
from hoest.domain.benefits.web.chart import chart_of
from hoest.domain.benefits.web.forms import NewBenefitForm
from hoest.domain.benefits.web.graded import Graded
from hoest.domain.benefits.web.indicators_shown import beside
from hoest.domain.benefits.web.profile.deal import from_to
from hoest.domain.benefits.web.profile.doubt_words import shown_doubts
from hoest.domain.benefits.web.profile.doubts import doubts_of
from hoest.domain.benefits.web.profile.shown import answers_of, point_of
from hoest.domain.benefits.web.takeout.of_benefit import of_benefit
from hoest.domain.business_cases.queries import lines_of_initiatives
from hoest.domain.portfolio import queries as portfolio
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.audit.queries import acts_about
from hoest.foundation.audit.words import facts_in_words, say
from hoest.foundation.faults import Fault, NotAllowed, NotFound
from hoest.foundation.forms.posting import posted
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.ui.messages import tell


def read(request: HttpRequest, benefit_id: int) -> tuple[Actor, Benefit, Standing]:
    """Return who asks, the benefit with its rows, and where it stands. Raises NotFound."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    benefit = queries.benefit_of(actor, benefit_id)
    standing = queries.standings_of([benefit])[benefit.pk]
    return actor, benefit, standing


def crumbs(benefit: Benefit, here: str = "") -> list[dict[str, str]]:
    """Return where the reader is: list, initiative, benefit, page."""
    found = [
        {"label": _("Gevinster"), "url": reverse("benefits:benefits")},
        {
            "label": benefit.initiative.title,
            "url": reverse("portfolio:initiative", args=[benefit.initiative_id]),
        },
    ]
    if not here:
        return [*found, {"label": benefit.key, "url": ""}]
    own = reverse("benefits:benefit", args=[benefit.pk])
    return [*found, {"label": benefit.title, "url": own}, {"label": here, "url": ""}]


@require_GET
def benefit(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Show a benefit: the point, the ladder, figures, measurements, decisions, history."""
    actor, found, standing = read(request, benefit_id)
    promise = queries.promises_of([found])[found.pk]
    achieved = queries.achievement_of(found)
    unit_id = unit_id_of(found)
    figures = shown.figure_rows(found, promise)
    profile = queries.profile_of(found)
    rows = queries.portions_of(found, queries.profile_values(found, profile))
    share = achieved.share if achieved else None
    measured = shown.measurement_rows(found)
    return render(
        request,
        "benefits/benefit.html",
        {
            "benefit": found,
            "crumbs": crumbs(found),
            "predicate": words.predicate(standing, found, share),
            "rungs": ladder.rungs(actor, found, standing),
            "next_act": ladder.next_act(actor, found, standing, share),
            "why": ladder.why_here(found, standing),
            "way": from_to(found),
            "profile_point": point_of(rows),
            "doubts": shown_doubts(found, doubts_of(found, profile, promise)),
            "answers": answers_of(found),
            "is_lapsed": standing.rung is Rung.LAPSED,
            "is_level": found.benefit_type in LEVEL_TYPES,
            "figures": figures,
            "has_dkk": any(row.dkk for row in figures),
            "has_hours": any(row.hours for row in figures),
            "chart": chart_of(found, share),
            "measurements": measured,
            "graded": Graded(queries.proof_of(found)),
            "has_expected": any(row.expected for row in measured),
            "decisions": found.harvest_decisions.all(),
            "confirmations": found.confirmations.all(),
            "promises": shown.promise_rows(found),
            "due_sentence": shown.due_sentence(found),
            "baseline": words.value_with_unit(found.baseline_value, found.measure_unit),
            "target": words.value_with_unit(found.target_value, found.measure_unit),
            "next_due": next_due(actor, found) if "maalt" in request.GET else None,
            "acts": _acts_about(found),
            "may_measure": ladder.may(actor, found, "measured_after_live"),
            "beside": beside(found),
            "may_keep_sources": allowed(actor, KEEP_SOURCES, unit_id),
            "may_change": allowed(actor, CHANGE_BENEFITS, unit_id),
            "may_harvest": allowed(actor, HARVEST, unit_id),
            **of_benefit(actor, found),
            "may_confirm": ladder.may(actor, found, "level_confirmed_twice"),
            "may_lapse": allowed(actor, LAPSE, unit_id),
            "is_asked": found.owner_id is not None and found.owner_id == actor.person_id,
        },
    )


def _acts_about(benefit: Benefit) -> list[dict[str, Any]]:
    return [
        {
            "text": say(act.verb),
            "facts": facts_in_words(
                {k: v for k, v in act.facts.items() if k in ("reason", "on", "value")}
            ),
            "at": act.at,
            "who": act.actor_name,
        }
        for act in acts_about(benefit)[:20]
    ]


def next_due(actor: Actor, just_done: Benefit) -> tuple[dt.date, Benefit] | None:
    """Return the actor's own next measurement that waits, if any."""
    until = clock.today() + dt.timedelta(days=content.limit("measurement_due_soon_days"))
    own = queries.visible_to(actor).filter(owner_id=actor.person_id).exclude(pk=just_done.pk)
    waiting = queries.due_among(own.select_related("initiative"), until)
    return waiting[0] if waiting else None


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Write a benefit down; `?initiativ=` says of which initiative, else the form asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, CHANGE_BENEFITS):
        require(actor, CHANGE_BENEFITS)
    initiative = _asked_initiative(request, actor)
    form = NewBenefitForm(
        posted(request),
        actor=actor,
        initiative=initiative,
        line_keys=line_keys(actor, initiative.pk) if initiative else [],
        initial={"is_disbenefit": "ulempe" in request.GET},
    )
    if form.is_valid():
        fields = dict(form.cleaned_data)
        chosen = fields.pop("initiative", None) or initiative
        try:
            made = actions.create_benefit(
                actor=actor,
                initiative_id=chosen.pk,
                fields=fields,  # type: ignore[arg-type]
            )
        except (NotAllowed, NotFound):
            raise
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            tell(request, _("Gevinsten er skrevet ned. Næste skridt er at finde dens ejer."))
            return redirect("benefits:benefit", made.pk)
    back = reverse("benefits:benefits")
    if initiative is not None:
        back = reverse("portfolio:initiative", args=[initiative.pk])
    context = {
        "form": form,
        "initiative": initiative,
        "back_url": back,
        "crumbs": [
            {"label": _("Gevinster"), "url": reverse("benefits:benefits")},
            {"label": _("Ny"), "url": ""},
        ],
    }
    return render(request, "benefits/form.html", context, status=422 if form.is_bound else 200)


def _asked_initiative(request: HttpRequest, actor: Actor) -> Any:
    """Return the initiative the address names, or None. Raises NotFound, NotAllowed."""
    wanted = request.GET.get("initiativ", "")
    if not wanted.isdecimal() or len(wanted) > 18:
        return None
    initiative = portfolio.initiative_of(actor, int(wanted))
    require(actor, CHANGE_BENEFITS, initiative.unit_id)
    return initiative


def line_keys(actor: Actor, initiative_id: int) -> list[str]:
    """Return the names of the benefit lines of an initiative's business case."""
    _original, latest = lines_of_initiatives(actor.organisation_id, [initiative_id])
    return sorted({line.line_key for line in latest if line.kind == "benefit"})


def conflict_page(request: HttpRequest, conflict: ChangedMeanwhile, form: Any) -> HttpResponse:
    """Show what the person wrote beside what stands now."""

    def pairs(which: str) -> list[tuple[str, str]]:
        return [
            (str(form.fields[d.field].label), _plain(form, d.field, getattr(d, which)))
            for d in conflict.differences
            if d.field in form.fields
        ]

    context = {
        "yours": pairs("mine"),
        "theirs": pairs("theirs"),
        "reload_url": request.get_full_path(),
    }
    return render(request, "409.html", context, status=409)


def _plain(form: Any, name: str, value: Any) -> str:
    if value in (None, ""):
        return _("ikke kendt")
    choices = dict(getattr(form.fields[name], "choices", None) or {})
    if isinstance(value, str) and value in choices:
        return str(choices[value])
    return str(form.fields[name].prepare_value(value)) if not hasattr(value, "pk") else str(value)
