"""Getting started over 12 to 18 months: the plan, its progress, and what a milestone needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.organisations.queries import people_of
from hoest.domain.portfolio.actions import first_year as actions
from hoest.domain.portfolio.permissions import LEAD_FIRST_YEAR, VIEW_CAPACITY
from hoest.domain.portfolio.queries import first_year as queries
from hoest.domain.portfolio.queries.first_year import Standing
from hoest.domain.portfolio.rules.first_year import MilestoneState, months_after
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.clock import today
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui import formats
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address


class StartForm(AskingForm):
    """The first day of the plan."""

    starts_on = DanishDateField(label=gettext_lazy("Vi begynder"))


class MilestoneForm(AskingForm):
    """Words, day and owner of a milestone."""

    title = forms.CharField(label=gettext_lazy("Milepæl"), max_length=160)
    about = forms.CharField(
        label=gettext_lazy("Sådan ses det"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    due_on = DanishDateField(label=gettext_lazy("Senest"))
    owner: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Ejer"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Ingen endnu"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(actor)  # type: ignore[attr-defined]


class ReachForm(AskingForm):
    """That a milestone is reached, and what shows it."""

    on = DanishDateField(label=gettext_lazy("Nået"))
    evidence = forms.CharField(
        label=gettext_lazy("Det viser det"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Et link til referatet, aftalen eller siden. Eller én sætning."),
    )


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the plan stage by stage: n of m, what is next, and what Høst ticked itself."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_CAPACITY):
        require(actor, VIEW_CAPACITY)
    plan = queries.start_plan_of(actor)
    may_lead = allowed(actor, LEAD_FIRST_YEAR)
    if plan is None:
        template = content.first_year()
        language = content.active_language()
        context: dict[str, Any] = {
            "preview": [
                {"title": one.title.in_language(language), "month": one.month}
                for one in template.milestones.values()
            ],
            "may_lead": may_lead,
            "point": _("Kom i gang over 12–18 måneder"),
        }
        return render(request, "portfolio/capacity/first_year.html", context)
    found = queries.standings(actor, list(queries.milestones_of(actor)))
    going = queries.progress_of(found)
    following = next((one for one in found if one.milestone.pk == going.next_id), None)
    context = {
        "plan": plan,
        "ends_on": max((one.milestone.due_on for one in found), default=plan.starts_on),
        "stages": _stages(found, actor, may_lead),
        "going": going,
        "share": round(100 * going.done / going.total) if going.total else 0,
        "next": _shown(following, actor, may_lead) if following else None,
        "point": _point(going.done, going.total, following),
        "may_lead": may_lead,
    }
    return render(request, "portfolio/capacity/first_year.html", context)


def _point(done: int, total: int, following: Standing | None) -> str:
    if following is None:
        return _("Alle %(total)s milepæle er nået") % {"total": total}
    return _("%(done)s af %(total)s milepæle er nået; den næste er »%(next)s«") % {
        "done": done,
        "total": total,
        "next": following.milestone.title,
    }


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Load the plan with a first day, or move the one that is there."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, LEAD_FIRST_YEAR)
    plan = queries.start_plan_of(actor)

    def write(cleaned: dict[str, Any]) -> str:
        if plan is None:
            actions.load_first_year(actor=actor, starts_on=cleaned["starts_on"])
            return _("Planen er lagt. Giv hver milepæl en ejer.")
        actions.move_first_year(
            actor=actor, version=posted_version(request), starts_on=cleaned["starts_on"]
        )
        return _("Planen er flyttet.")

    first = plan.starts_on if plan else months_after(today().replace(day=1), 1)
    form = StartForm(posted(request), initial={"starts_on": first})
    title = _("Flyt planen") if plan else _("Læg planen")
    return _page(request, form, write, title, plan.version if plan else 0, None)


@require_http_methods(["GET", "POST"])
def milestone(request: HttpRequest, milestone_id: int) -> HttpResponse:
    """Change a milestone: words, day and owner."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.milestone_of(actor, milestone_id)
    require(actor, LEAD_FIRST_YEAR)

    def write(cleaned: Any) -> str:
        actions.change_milestone(
            actor=actor, milestone_id=found.pk, version=posted_version(request), fields=cleaned
        )
        return _("Milepælen er gemt.")

    initial = {name: getattr(found, name) for name in MilestoneForm.base_fields}
    form = MilestoneForm(posted(request), actor=actor, initial=initial)
    return _page(request, form, write, _("Ret milepælen"), found.version, found)


@require_http_methods(["GET", "POST"])
def reach(request: HttpRequest, milestone_id: int) -> HttpResponse:
    """Say that a milestone is reached."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.milestone_of(actor, milestone_id)
    if found.owner_id is None or found.owner_id != actor.person_id:
        require(actor, LEAD_FIRST_YEAR)

    def write(cleaned: dict[str, Any]) -> str:
        actions.reach_milestone(
            actor=actor,
            milestone_id=found.pk,
            version=posted_version(request),
            on=cleaned["on"],
            evidence=cleaned["evidence"],
        )
        return _("Milepælen »%(title)s« er nået.") % {"title": found.title}

    form = ReachForm(posted(request), initial={"on": today()})
    return _page(request, form, write, found.title, found.version, found)


@require_POST
def reopen(request: HttpRequest, milestone_id: int) -> HttpResponse:
    """Take back that a milestone is reached."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    actions.reopen_milestone(
        actor=actor, milestone_id=milestone_id, version=posted_version(request)
    )
    tell(request, _("Milepælen er åben igen."))
    return redirect("capacity:first_year")


def _page(
    request: HttpRequest, form: forms.Form, write: Any, title: str, version: int, found: Any
) -> HttpResponse:
    leave_url = back_address(request, reverse("capacity:first_year"))
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    context = {
        "form": form,
        "title": title,
        "found": found,
        "is_reach": isinstance(form, ReachForm),
        "is_done": isinstance(form, ReachForm) and bool(found and found.done_on),
        "leave_url": leave_url,
        "version": posted_version(request) or version,
    }
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/capacity/milestone.html", context, status=status)


def _stages(found: list[Standing], actor: Actor, may_lead: bool) -> list[dict[str, Any]]:
    stages = content.first_year().stages
    order = list(dict.fromkeys([*stages, *(one.milestone.stage for one in found)]))
    language = content.active_language()
    shown = []
    for stage in order:
        rows = [one for one in found if one.milestone.stage == stage]
        if rows:
            label = stages[stage].in_language(language) if stage in stages else stage
            done = sum(one.done_on is not None for one in rows)
            shown.append(
                {
                    "label": label,
                    "count": _("%(done)s af %(all)s") % {"done": done, "all": len(rows)},
                    "is_whole": done == len(rows),
                    "rows": [_shown(one, actor, may_lead) for one in rows],
                }
            )
    return shown


def _shown(one: Standing, actor: Actor, may_lead: bool) -> dict[str, Any]:
    row = one.milestone
    is_owner = row.owner_id is not None and row.owner_id == actor.person_id
    title, about = _words(row)
    return {
        "row": row,
        "title": title,
        "about": about,
        "state": state_words(one),
        "is_done": one.state is MilestoneState.DONE,
        "is_late": one.state is MilestoneState.LATE,
        "by_fact": one.by_fact,
        "told": one.told.words if one.told else "",
        "told_url": one.told.url if one.told else "",
        "is_link": row.evidence.startswith(("https://", "http://")),
        "may_reach": one.done_on is None and (may_lead or is_owner),
        "may_reopen": row.done_on is not None and (may_lead or is_owner),
        "may_lead": may_lead,
    }


def _words(row: Any) -> tuple[str, str]:
    """Return the words of a milestone: the reader's language while they are the template's."""
    template = content.first_year().milestones.get(row.code)
    if template and row.title in (template.title.da, template.title.en):
        language = content.active_language()
        return template.title.in_language(language), template.about.in_language(language)
    return row.title, row.about


def state_words(one: Standing) -> str:
    """Say where a milestone stands."""
    due = formats.long_date(one.milestone.due_on)
    return {
        MilestoneState.DONE: _("Nået %(day)s") % {"day": formats.long_date(one.done_on)},
        MilestoneState.LATE: _("Skulle være nået %(day)s") % {"day": due},
        MilestoneState.SOON: _("Snart: %(day)s") % {"day": due},
        MilestoneState.AHEAD: _("Senest %(day)s") % {"day": due},
    }[one.state]
