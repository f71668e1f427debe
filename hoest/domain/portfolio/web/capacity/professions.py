"""Pages of professional groups: the profiles, and an initiative's plan for each group."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions import profession as actions
from hoest.domain.portfolio.models import GroupPlan, Initiative, ProfessionProfile
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, KEEP_PROFILES, VIEW_CAPACITY
from hoest.domain.portfolio.queries import changes
from hoest.domain.portfolio.rules.changes import (
    ProfileFacts,
    Window,
    in_window,
    proposed_plan,
    told_alike,
)
from hoest.domain.portfolio.web.capacity import words
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui import formats
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

WINDOWS, SHOWN_WINDOWS = 4, 2


class ProfileForm(AskingForm):
    """What the municipality knows of a professional group."""

    needed_for = {"super_users": gettext_lazy("skal bruges, før I ved, hvem der kan hjælpe")}

    concerns = forms.CharField(
        label=gettext_lazy("Det bekymrer dem"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    arguments = forms.CharField(
        label=gettext_lazy("Det er godt for dem"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    told = forms.CharField(
        label=gettext_lazy("Sådan vil de have det at vide"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    super_users = forms.IntegerField(
        label=gettext_lazy("Antal superbrugere"),
        min_value=0,
        max_value=10_000,
        required=False,
        help_text=gettext_lazy("Et antal, ingen navne."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [
            (str(number), words.months_words([number]).capitalize()) for number in range(1, 13)
        ]
        for number in range(1, WINDOWS + 1):
            self.fields[f"window_{number}"] = forms.CharField(
                label=_("Travl periode %(number)s") % {"number": number},
                max_length=80,
                required=False,
            )
            self.fields[f"months_{number}"] = forms.MultipleChoiceField(
                label=_("Måneder i periode %(number)s") % {"number": number},
                choices=months,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def windows(self) -> list[Window]:
        """Return the busy times that are written."""
        found = []
        for number in range(1, WINDOWS + 1):
            name = self.cleaned_data[f"window_{number}"]
            months = tuple(int(one) for one in self.cleaned_data[f"months_{number}"])
            if name or months:
                found.append(Window(name, months))
        return found


class PlanForm(AskingForm):
    """How an initiative comes to one group."""

    needed_for = {
        "starts_on": gettext_lazy("skal bruges, før I kan se, hvad der lander samtidig"),
        "training": gettext_lazy("skal bruges, før nogen kan gå i gang"),
    }

    message = forms.CharField(
        label=gettext_lazy("Det siger vi til dem"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    training = forms.CharField(
        label=gettext_lazy("Sådan lærer de det"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    starts_on = DanishDateField(label=gettext_lazy("Begynder"), required=False)
    people = forms.IntegerField(
        label=gettext_lazy("Så mange medarbejdere berøres"),
        min_value=1,
        max_value=1_000_000,
        required=False,
    )


@require_safe
def profiles(request: HttpRequest) -> HttpResponse:
    """Show what is known of each professional group."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_CAPACITY):
        require(actor, VIEW_CAPACITY)
    own = changes.profiles_of(actor)
    groups = [*content.professional_groups(), *(g for g in own if not _known(g))]
    shown = [_profile(group, own.get(group)) for group in groups]
    written = sum(one["is_own"] for one in shown)
    context = {
        "groups": shown,
        "written": written,
        "point": ngettext(
            "%(own)s af %(all)s faggruppe har sin egen profil",
            "%(own)s af %(all)s faggrupper har deres egen profil",
            len(shown),
        )
        % {"own": written, "all": len(shown)},
        "may_keep": allowed_somewhere(actor, KEEP_PROFILES),
    }
    return render(request, "portfolio/capacity/profiles.html", context)


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, group: str) -> HttpResponse:
    """Write the municipality's own profile of a group."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, KEEP_PROFILES):
        require(actor, KEEP_PROFILES)
    own = changes.profiles_of(actor).get(group)
    facts = changes.profile_facts(group, own)
    form = ProfileForm(posted(request), initial=_initial(facts))
    label = changes.group_label(group)

    def write(cleaned: dict[str, Any]) -> str:
        actions.keep_profile(
            actor=actor,
            group=group,
            version=posted_version(request),
            fields={
                "concerns": cleaned["concerns"],
                "arguments": cleaned["arguments"],
                "told": cleaned["told"],
                "super_users": cleaned["super_users"],
                "windows": form.windows,
            },
        )
        return _("Profilen for %(group)s er gemt.") % {"group": label}

    leave_url = back_address(request, reverse("capacity:profiles"))
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    context = {
        "form": form,
        "title": _("Profil for %(group)s") % {"group": label},
        "is_own": own is not None,
        "leave_url": leave_url,
        "version": posted_version(request) or (own.version if own else 0),
        # Those that are written, and one more; all of them when something is to be mended.
        "fold_from": 1 + (WINDOWS if form.is_bound else max(SHOWN_WINDOWS, len(facts.windows) + 1)),
        "windows": [
            (form[f"window_{number}"], form[f"months_{number}"]) for number in range(1, WINDOWS + 1)
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/capacity/profile.html", context, status=status)


@require_safe
def plans(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show an initiative's plans, group by group, and which groups have none yet."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    if not allowed_somewhere(actor, VIEW_CAPACITY):
        require(actor, VIEW_CAPACITY)
    rows = changes.plans_for(found)
    own = changes.profiles_of(actor)
    alike = told_alike({row.group: row.message for row in rows})
    missing = [
        {
            "group": group,
            "label": changes.group_label(group),
            "url": reverse("capacity:plan", args=[found.pk, group]),
        }
        for group in content.professional_groups()
        if group not in {row.group for row in rows}
    ]
    context = {
        "initiative": found,
        "plans": [_shown_plan(row, own.get(row.group)) for row in rows],
        "missing": missing,
        "alike": [changes.group_label(group) for group in alike],
        "point": plans_in_words(found, rows),
        "may_change": allowed(actor, CHANGE_INITIATIVES, found.unit_id),
    }
    return render(request, "portfolio/capacity/plans.html", context)


def plans_in_words(initiative: Initiative, rows: list[GroupPlan]) -> str:
    """Say how many groups have their own plan."""
    if not rows:
        return _("Ingen faggrupper har en plan for »%(title)s« endnu") % {"title": initiative.title}
    return ngettext(
        "%(n)s faggruppe har sin egen plan for »%(title)s«",
        "%(n)s faggrupper har hver sin plan for »%(title)s«",
        len(rows),
    ) % {"n": len(rows), "title": initiative.title}


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, initiative_id: int, group: str) -> HttpResponse:
    """Write how an initiative comes to one group; the profile has begun it."""
    actor, found = _changeable(request, initiative_id)
    standing = changes.plan_for(found, group)
    own = changes.profiles_of(actor).get(group)
    facts = changes.profile_facts(group, own)
    label = changes.group_label(group)
    proposal = proposed_plan(facts, found.live_on, found.title, _practice(found))
    initial = (
        {name: getattr(standing, name) for name in PlanForm.base_fields}
        if standing
        else {
            "message": proposal.message,
            "training": proposal.training,
            "starts_on": proposal.starts_on,
        }
    )
    form = PlanForm(posted(request), initial=initial)

    def write(cleaned: Any) -> str:
        actions.plan_for_group(
            actor=actor,
            initiative_id=found.pk,
            group=group,
            version=posted_version(request),
            fields=cleaned,
        )
        return _("Planen for %(group)s er gemt.") % {"group": label}

    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect("capacity:plans", found.pk)
    context = {
        "form": form,
        "initiative": found,
        "group": group,
        "title": _("Plan for %(group)s") % {"group": label},
        "profile": _profile(group, own),
        "moved": words.window_words(proposal.moved_by) if standing is None else [],
        "standing": standing,
        "version": posted_version(request) or (standing.version if standing else 0),
    }
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/capacity/plan.html", context, status=status)


@require_POST
def drop_plan(request: HttpRequest, initiative_id: int, group: str) -> HttpResponse:
    """Take away a plan that was made for the wrong group."""
    actor, found = _changeable(request, initiative_id)
    actions.drop_group_plan(
        actor=actor, initiative_id=found.pk, group=group, version=posted_version(request)
    )
    tell(request, _("Planen er fjernet."))
    return redirect("capacity:plans", found.pk)


def _changeable(request: HttpRequest, initiative_id: int) -> tuple[Actor, Initiative]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, found.unit_id)
    return actor, found


def _practice(initiative: Initiative) -> str:
    text = initiative.in_practice.strip()
    if not text:
        return f"{initiative.title}."
    return _("%(title)s betyder, at %(practice)s.") % {
        "title": initiative.title,
        "practice": text.rstrip("."),
    }


def _known(group: str) -> bool:
    return group in content.professional_groups()


def _profile(group: str, own: ProfessionProfile | None) -> dict[str, Any]:
    try:
        facts = changes.profile_facts(group, own)
    except NotFound:
        facts = ProfileFacts()
    about = content.professional_groups().get(group)
    return {
        "group": group,
        "label": changes.group_label(group),
        "about": about.about.in_language(content.active_language()) if about else "",
        "facts": facts,
        "windows": words.window_words(facts.windows),
        "is_own": own is not None,
        "changed_at": own.changed_at if own else None,
        "super_users": "" if facts.super_users is None else formats.number(facts.super_users),
        "url": reverse("capacity:profile", args=[group]),
    }


def _shown_plan(row: GroupPlan, own: ProfessionProfile | None) -> dict[str, Any]:
    shown = _profile(row.group, own)
    windows = shown["facts"].windows
    busy = in_window(row.starts_on, windows) if row.starts_on else None
    return {
        **shown,
        "plan": row,
        "busy": busy.name if busy else "",
        "plan_url": reverse("capacity:plan", args=[row.initiative_id, row.group]),
    }


def _initial(facts: ProfileFacts) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "concerns": facts.concerns,
        "arguments": facts.arguments,
        "told": facts.told,
        "super_users": facts.super_users,
    }
    for number, one in enumerate(facts.windows[:WINDOWS], start=1):
        initial[f"window_{number}"] = one.name
        initial[f"months_{number}"] = [str(month) for month in one.months]
    return initial
