"""What the pages of delivering say: days, ages, states, clashes and departments in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hoest.domain.portfolio.models import Dependency, Rollout
from hoest.domain.portfolio.rules.crossing import Crossing, Touch
from hoest.domain.portfolio.rules.dependencies import Clash, DependencyKind, age_days
from hoest.domain.portfolio.rules.stages import StageState, days_late
from hoest.foundation import content
from hoest.foundation.clock import today
from hoest.ui import formats
from hoest.ui.words import in_a_row

MONTH_DAYS, YEAR_DAYS = 30, 365


def language() -> str:
    """Return the language of the page."""
    return get_language() or "da"


def day(on: dt.date | None) -> str:
    """Write a day in full."""
    return formats.long_date(on, language())


def number(value: Any) -> str:
    """Write a number as the reader does."""
    return formats.number(value, 0, language())


def percent(share: Any) -> str:
    """Write a share in per cent."""
    return formats.percent(share, 0, language())


def span(days: int) -> str:
    """Say a number of days as a person would: in days, months or years."""
    if days < 2 * MONTH_DAYS:
        return ngettext("%(n)s dag", "%(n)s dage", days) % {"n": number(days)}
    if days < 2 * YEAR_DAYS:
        months = days // MONTH_DAYS
        return ngettext("%(n)s måned", "%(n)s måneder", months) % {"n": number(months)}
    years = days // YEAR_DAYS
    return ngettext("%(n)s år", "%(n)s år", years) % {"n": number(years)}


def age(dependency: Dependency) -> str:
    """Say how long something has been waited for."""
    return span(age_days(dependency.since, today()))


def stage_state_in_words(state: StageState) -> str:
    """Say where a stage stands."""
    return {
        StageState.WAITING: _("Venter på etapen før"),
        StageState.READY: _("Klar til at åbne"),
        StageState.OPEN: _("I gang"),
        StageState.LEARNT: _("Vi har lært af den"),
        StageState.SKIPPED: _("Læringen er sprunget over"),
    }[state]


def late_in_words(rollout: Rollout) -> str:
    """Say where a place stands, and by how much it is late."""
    late = days_late(rollout.planned_on, rollout.live_on, today())
    is_live = rollout.live_on is not None and rollout.live_on <= today()
    if is_live:
        if late:
            return _("I drift, %(span)s senere end planlagt") % {"span": span(late)}
        return _("I drift")
    if late:
        return _("Forsinket %(span)s") % {"span": span(late)}
    return _("Planlagt")


def why_late(rollout: Rollout) -> str:
    """Say why a place is late; empty when it is in time and nobody said anything."""
    if rollout.late_cause:
        cause = content.label("late_cause", rollout.late_cause)
        return f"{cause}: {rollout.late_note}"
    is_live = rollout.live_on is not None and rollout.live_on <= today()
    if not is_live and days_late(rollout.planned_on, rollout.live_on, today()):
        return _("ikke forklaret endnu")
    return ""


def waited_for(dependency: Dependency) -> str:
    """Name what is waited for."""
    if dependency.kind == DependencyKind.INITIATIVE:
        return str(dependency.waits_for)
    return dependency.what


def who_acts(dependency: Dependency) -> str:
    """Name who can act; for another initiative of ours that is the municipality."""
    if dependency.kind == DependencyKind.INITIATIVE:
        return _("Kommunen selv")
    return dependency.actor_name


def clash_in_words(clash: Clash, dependency: Dependency) -> str:
    """Say how the dates do not fit, with the dates."""
    ready = day(getattr(dependency, "ready", None))
    needed, live = day(dependency.needed_by), day(dependency.initiative.live_on)
    return {
        Clash.WAITS_FOR_STOPPED: _("Det, der ventes på, er stoppet."),
        Clash.LIVE_BEFORE_READY: _(
            "Initiativet går i drift %(live)s, før det, vi venter på, er klar %(ready)s."
        ),
        Clash.READY_AFTER_NEEDED: _("Det ventes klar %(ready)s, men skal bruges %(needed)s."),
        Clash.NEEDED_IS_PAST: _("Det skulle bruges %(needed)s, og dagen er gået."),
        Clash.NO_READY_DAY: _("Ingen har sagt, hvornår det er klar."),
    }[clash] % {"ready": ready, "needed": needed, "live": live}


def clashes_in_words(found: Iterable[Clash], dependency: Dependency) -> str:
    """Say every way in which the dates do not fit."""
    return " ".join(clash_in_words(one, dependency) for one in found)


def touch_in_words(touch: Touch) -> str:
    """Say how a department is touched."""
    return {
        Touch.HOME: _("initiativet hører hjemme her"),
        Touch.ROLLOUT: _("det rulles ud her"),
        Touch.JOURNEY: _("et borgerforløb går igennem her"),
        Touch.BENEFIT: _("en gevinst skal komme her"),
    }[touch]


def departments_in_words(found: Crossing, names: dict[int, str]) -> str:
    """Name the departments an initiative touches."""
    return " · ".join(names.get(pk, "") for pk, _touches in found.touched)


def crossing_reasons(found: Crossing, names: dict[int, str]) -> list[str]:
    """Say of each department how it is touched."""
    return [
        f"{names.get(pk, '')}: {in_a_row(touch_in_words(one) for one in touches)}"
        for pk, touches in found.touched
    ]
