"""What stands below the things of the week: how the harvest goes, in two lines and a picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.reporting import queries
from hoest.domain.reporting.permissions import VIEW_ACCOUNT
from hoest.domain.reporting.rules import RUNGS, BenefitFigures, accounts_of
from hoest.domain.reporting.web import shown
from hoest.domain.reporting.web.choices import Choice
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.ui import formats
from hoest.ui.pictures.harvest import harvest_picture, hours_picture

LOOK_BACK_DAYS = 30


@dataclass(frozen=True)
class Overview:
    """The account in a sentence with its picture, and what moved lately."""

    conclusion: str
    moved: tuple[str, ...]
    since: dt.date
    picture: Any
    price_level: str
    url: str
    moved_url: str


def overview_of(
    actor: Actor, figures: Sequence[BenefitFigures], *, with_picture: bool
) -> Overview | None:
    """Return how the harvest goes for what the actor may see; None when there is nothing to say.

    The account is the one the page of the harvest account opens with: the first benefit type
    there is, all price levels joined where the index reaches them, else in the newest one that
    has benefits.
    """
    if not figures or not allowed_somewhere(actor, VIEW_ACCOUNT):
        return None
    since = clock.today() - dt.timedelta(days=LOOK_BACK_DAYS)
    moved = queries.moved_since(figures, actor, since)
    types = {row.benefit_type for row in figures}
    first = next((code for code in content.codes("benefit_type") if code in types), "")
    rows = [row for row in figures if row.benefit_type == first]
    accounts = accounts_of(rows)
    joined = queries.joined_account(actor.organisation_id, rows, accounts)
    whole = joined.account if joined else None
    present = whole or next((a for a in accounts if a.count), accounts[0])
    choice = Choice(benefit_type=first, price_level=present.price_level, joined=bool(whole))
    ids = {row.benefit_id for row in present.rows}
    drawn = shown.picture_of(present, choice, [m for m in moved if m.benefit_id in ids])
    language = shown.language()
    if drawn.has("dkk"):
        picture = harvest_picture(drawn, language=language)
    elif drawn.has("hours"):
        picture = hours_picture(drawn, language=language)
    else:
        picture = None
    level = (
        (_("Samlet, %(year)s-priser") if whole else _("%(year)s-priser"))
        % {"year": present.price_level}
        if present.price_level and drawn.has("dkk")
        else ""
    )
    conclusion = picture.conclusion if picture else ""
    if conclusion and len(types) > 1:
        conclusion = f"{content.label('benefit_type', first)}: {conclusion}"
    return Overview(
        conclusion=conclusion,
        moved=tuple(_moved_lines(moved)),
        since=since,
        picture=picture if with_picture else None,
        price_level=level,
        url=reverse("reporting:account"),
        moved_url=reverse("reporting:account") + f"?siden={since.isoformat()}#flyttet",
    )


def _moved_lines(moved: Sequence[queries.Moved]) -> list[str]:
    """Say how many came home, rose and fell; what is new or given up is not a move."""
    steps = [
        (RUNGS.index(m.to_rung) - RUNGS.index(m.from_rung), m.to_rung)
        for m in moved
        if m.from_rung is not None and "lapsed" not in (m.from_rung, m.to_rung)
    ]
    home = sum(1 for step, rung in steps if step > 0 and rung == "in_hand")
    rose = sum(1 for step, rung in steps if step > 0 and rung != "in_hand")
    fell = sum(1 for step, _rung in steps if step < 0)
    lines = []
    if home:
        lines.append(
            ngettext(
                "%(n)s gevinst er kommet i hånden.", "%(n)s gevinster er kommet i hånden.", home
            )
        )
    if rose:
        lines.append(
            ngettext(
                "%(n)s gevinst er steget på stigen.", "%(n)s gevinster er steget på stigen.", rose
            )
        )
    if fell:
        lines.append(
            ngettext("%(n)s gevinst er gledet ned.", "%(n)s gevinster er gledet ned.", fell)
        )
    counts = [n for n in (home, rose, fell) if n]
    lapsed = sum(1 for m in moved if m.from_rung is not None and m.to_rung == "lapsed")
    if lapsed:
        counts.append(lapsed)
        lines.append(ngettext("%(n)s gevinst er opgivet.", "%(n)s gevinster er opgivet.", lapsed))
    return [
        line % {"n": formats.number(n, 0, shown.language())}
        for line, n in zip(lines, counts, strict=True)
    ]
