"""What effects need of a person this week: read a changed answer, decide about a break."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.evidence import queries
from hoest.domain.evidence.models import SeriesBreak, Study
from hoest.domain.evidence.web import words
from hoest.foundation import asks
from hoest.foundation.access.actor import Actor
from hoest.ui import formats

MOST = 50
# How long a changed answer stays in the week.
NEWS = dt.timedelta(days=14)


def register() -> None:
    """Tell Min uge of changed answers and of breaks that wait."""
    asks.register("effect_changed", changed_answers)
    asks.register("series_break", breaks_that_wait)


def changed_answers(actor: Actor, today: dt.date) -> Iterable[asks.Ask]:
    """Tell an owner that the answer about her benefit is another; two queries at most."""
    if actor.person_id is None:
        return []
    news = queries.answers_since(actor, today - NEWS)
    return [_news(one) for one in news[:MOST]]


def _news(new: queries.NewAnswer) -> asks.Ask:
    benefit = new.estimate.study.benefit
    url = reverse("evidence:effect", args=[benefit.pk])
    said = {
        "first": _("Effekten er regnet for første gang: %(verdict)s."),
        "now_shown": _("Effekten er nu vist. Gevinsten kan stå på Påvist."),
        "no_longer_shown": _("Med de nye tal er effekten ikke længere vist: %(verdict)s."),
        "other_verdict": _("Med de nye tal er svaret et andet: %(verdict)s."),
    }[new.change]
    return asks.Ask(
        kind="effect_changed",
        subject_id=new.since_id,
        title=_("Se effekten af »%(title)s«") % {"title": benefit.title},
        reason=said % {"verdict": words.verdict_label(new.estimate.verdict)},
        because=_("Du ejer gevinsten."),
        act_url=url,
        act_label=_("Se effekten"),
        subject_url=url,
        is_quick=True,
        news_until=new.since_on + NEWS + dt.timedelta(days=1),
    )


def breaks_that_wait(actor: Actor, today: dt.date) -> Iterable[asks.Ask]:
    """Ask the owner which side of a break is used; two queries at most."""
    if actor.person_id is None:
        return []
    mine = Study.objects.filter(organisation_id=actor.organisation_id).filter(
        Q(benefit__owner_id=actor.person_id) | Q(benefit__initiative__lead_id=actor.person_id)
    )
    cuts = list(
        SeriesBreak.objects.filter(
            organisation_id=actor.organisation_id,
            handling="",
            series__in=mine.order_by().values("series_id"),
        )
        .select_related("series")
        .order_by("on", "pk")[:MOST]
    )
    if not cuts:
        return []
    benefit_of: dict[int, tuple[int, str]] = {
        series: (benefit, title)
        for series, benefit, title in mine.filter(
            series_id__in=[one.series_id for one in cuts]
        ).values_list("series_id", "benefit_id", "benefit__title")
    }
    return [_break_ask(one, *benefit_of[one.series_id]) for one in cuts]


def _break_ask(cut: SeriesBreak, benefit_id: int, title: str) -> asks.Ask:
    url = reverse("evidence:effect", args=[benefit_id])
    return asks.Ask(
        kind="series_break",
        subject_id=cut.pk,
        title=_("Vælg side i »%(series)s«") % {"series": cut.series.name},
        reason=_("Serien er talt på en anden måde fra %(day)s. Effekten venter på dit valg.")
        % {"day": formats.long_date(cut.on, words.language())},
        because=_("Effekten af »%(title)s« regnes af den.") % {"title": title},
        act_url=url,
        act_label=_("Se, hvad der venter"),
        subject_url=url,
    )
