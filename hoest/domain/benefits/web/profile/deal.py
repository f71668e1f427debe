"""What an owner says yes to, in the few lines that fit one screen on a phone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hoest.domain.benefits import queries
from hoest.domain.benefits.models import Benefit, Profile
from hoest.domain.benefits.web import shown, words
from hoest.foundation import content
from hoest.ui import formats


def deal_of(benefit: Benefit) -> list[tuple[str, str]]:
    """Return target, day, measuring and what is taken, as (what, words); gaps are said."""
    profile = queries.profile_of(benefit)
    return [
        (_("Målet"), _target(benefit)),
        (_("Senest"), _day(benefit)),
        (_("Sådan måles det"), _measured(benefit, profile)),
        (_("Det, der tages"), _taken(benefit, profile)),
    ]


def from_to(benefit: Benefit) -> str:
    """Say the way from baseline to target; empty when either is not known."""
    if benefit.baseline_value is None or benefit.target_value is None:
        return ""
    return _("fra %(start)s til %(goal)s") % {
        "start": words.plain_number(benefit.baseline_value),
        "goal": words.value_with_unit(benefit.target_value, benefit.measure_unit),
    }


def _target(benefit: Benefit) -> str:
    way = from_to(benefit)
    if way and benefit.indicator:
        return _("%(indicator)s %(way)s") % {"indicator": benefit.indicator, "way": way}
    if benefit.target_value is not None:
        return words.value_with_unit(benefit.target_value, benefit.measure_unit)
    return _("Ikke aftalt endnu")


def _day(benefit: Benefit) -> str:
    if benefit.target_on is None:
        return _("Ikke aftalt endnu")
    return formats.long_date(benefit.target_on, words.language())


def _measured(benefit: Benefit, profile: Profile) -> str:
    how = benefit.method or profile.data_source
    parts = [f"{how.rstrip('.')}."] if how else []
    if benefit.frequency:
        parts.append(content.explanation("frequency", benefit.frequency))
    if profile.measurer is not None:
        parts.append(_("%(name)s måler.") % {"name": profile.measurer.name})
    return " ".join(parts) or _("Ikke aftalt endnu")


def _taken(benefit: Benefit, profile: Profile) -> str:
    if benefit.is_disbenefit:
        return _("Intet: en ulempe følges og tages aldrig hjem")
    promise = queries.promises_of([benefit])[benefit.pk]
    amounts = [
        f"{figure.value} {figure.unit}"
        for line in (promise.latest_dkk, promise.latest_hours)
        if (figure := shown.of_line(line, benefit.initiative_id)) is not None
    ]
    parts = [*amounts]
    if profile.conversion:
        parts.append(content.label("conversion", profile.conversion).lower())
    if profile.conversion_note:
        parts.append(profile.conversion_note)
    return " · ".join(parts) or _("Ikke aftalt endnu")
