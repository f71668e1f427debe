"""The things of Min uge as the page shows them: the one action, the way on, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.benefits.permissions import (
    ACCEPT_OWNERSHIP,
    CHANGE_BENEFITS,
    CONFIRM_LEVEL,
    HARVEST,
    MEASURE,
    NAME_OWNER,
)
from hoest.domain.business_cases.permissions import APPROVE_CASES, CHANGE_CASES
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.domain.reporting.rules import RUNGS
from hoest.domain.reporting.rules.week import BenefitState, Need, Part, WeekItem
from hoest.domain.reporting.rules.week_order import AskItem
from hoest.domain.reporting.web import evidence_words as evidence
from hoest.domain.reporting.web import week_words as words
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import Permission, allowed, allowed_somewhere
from hoest.ui import formats

# Where each need is met, and who may: the page, its place, and the permission it asks for.
PAGES: dict[Need, tuple[str, str, Permission]] = {
    Need.OWNER_ASKED: ("benefits:owner", "", ACCEPT_OWNERSHIP),
    Need.OWNER_REFUSED: ("benefits:owner", "", NAME_OWNER),
    Need.PORTION_ASKED: ("benefits:change", "", CHANGE_BENEFITS),
    Need.MEASUREMENT_DUE: ("benefits:measure", "", MEASURE),
    Need.HARVEST_WAITING: ("benefits:harvest", "", HARVEST),
    Need.LEVEL_WAITING: ("benefits:confirm", "", CONFIRM_LEVEL),
    Need.OWNER_MISSING: ("benefits:owner", "", NAME_OWNER),
    Need.BASELINE_MISSING: ("benefits:change", "#id_baseline_value", CHANGE_BENEFITS),
    Need.CASE_SUBMITTED: ("business_cases:draft", "", APPROVE_CASES),
    Need.CASE_RETURNED: ("business_cases:draft", "", CHANGE_CASES),
    Need.STATUS_DISPUTED: ("portfolio:say_status", "", CHANGE_INITIATIVES),
    Need.OLD_WAY_OPEN: ("portfolio:close_old_way", "", CHANGE_INITIATIVES),
    Need.ADOPTION_UNKNOWN: ("portfolio:adoption", "", CHANGE_INITIATIVES),
    Need.SPONSOR_MISSING: ("portfolio:edit", "#id_sponsor", CHANGE_INITIATIVES),
    Need.STATUS_SILENCE: ("portfolio:confirm", "", CHANGE_INITIATIVES),
}
# The short forms lie over the page; the others take the whole of it.
IN_A_SHEET = frozenset(
    {
        Need.OWNER_ASKED,
        Need.OWNER_REFUSED,
        Need.MEASUREMENT_DUE,
        Need.LEVEL_WAITING,
        Need.OWNER_MISSING,
        Need.ADOPTION_UNKNOWN,
        Need.STATUS_SILENCE,
        Need.STATUS_DISPUTED,
    }
)
OF_THE_OWNER = (Need.OWNER_ASKED, Need.MEASUREMENT_DUE, Need.LEVEL_WAITING)


@dataclass(frozen=True)
class ShownItem:
    """A thing as the page shows it. `height` is the rung of a benefit, or None."""

    need: str
    subject_id: int
    title: str
    reason: str
    stake: str
    stake_level: str
    subject_url: str
    subject_title: str
    act_url: str
    act_label: str
    act_in_sheet: bool
    later_url: str
    pass_url: str
    asks_another: bool
    why: list[dict[str, Any]] = field(default_factory=list)
    height: int | None = None
    rung: str = ""
    is_late: bool = False
    asked: str = ""
    asked_by: str = ""
    answered: str = ""
    answered_by: str = ""
    send_back_url: str = ""
    news_until: dt.date | None = None


def may_act(actor: Actor, item: WeekItem, row: Any | None) -> bool:
    """Tell whether the actor may do the act that meets the need."""
    if item.need not in PAGES:
        return False
    wanted = PAGES[item.need][2]
    owns = row is not None and row.owner_id is not None and row.owner_id == actor.person_id
    if item.need is Need.PORTION_ASKED and item.part is Part.ASKED:
        return True
    if item.need is Need.OWNER_ASKED:
        return owns and allowed_somewhere(actor, wanted)
    if item.need in OF_THE_OWNER and owns and allowed_somewhere(actor, wanted):
        return True
    return allowed(actor, wanted, item.unit_id)


def act_url_of(item: WeekItem, back: str = words.HOME) -> str:
    """Return the page on which a need is met; it leads back to the week afterwards."""
    page, place, _wanted = PAGES[item.need]
    about_benefit = page.startswith("benefits:")
    pk = item.subject_id if about_benefit else item.initiative.initiative_id
    if page == "business_cases:draft":
        pk = item.initiative.open_version_id
    if item.need is Need.OLD_WAY_OPEN and item.initiative.old_way_closes_on is None:
        page, place = "portfolio:edit", "#id_old_way_closes_on"
    asked = {"tilbage": back}
    if item.need is Need.BASELINE_MISSING:
        asked["del"] = "maal"
    if item.need is Need.PORTION_ASKED and isinstance(item.state, BenefitState):
        asked["del"] = item.state.asked[0][0]
    query = "?" + urlencode(asked)
    return reverse(page, args=[pk]) + query + place


def in_a_sheet(item: WeekItem) -> bool:
    """Tell whether the act is a short form that lies over the page."""
    if item.need is Need.OLD_WAY_OPEN:
        return item.initiative.old_way_closes_on is not None
    return item.need in IN_A_SHEET


def why_of(item: WeekItem, place: int) -> list[dict[str, Any]]:
    """Return why it is shown and why there: the person's part, the facts, the weight."""
    found: list[dict[str, Any]] = []
    if item.passed_on_by:
        found.append(
            {
                "text": _("%(name)s har bedt dig om det. Derfor står det først.")
                % {"name": item.passed_on_by}
            }
        )
    if item.part is not None:
        found.append({"text": _part_words(item.part), "href": _subject_url(item)})
    found.extend(_fact_rows(item))
    found.append({"text": _weight_words(item, place)})
    return found


def _part_words(part: Part) -> str:
    return {
        Part.OWNER: _("Du ejer gevinsten."),
        Part.LEAD: _("Du leder initiativet."),
        Part.SPONSOR: _("Du er sponsor for initiativet."),
        Part.BUDGET: _("Du er controller og følger det, der skal i budgettet."),
        Part.ASKED: _("Du er spurgt, fordi du ved det bedst."),
        Part.PORTFOLIO: _("Du har ansvar for porteføljen, og ingen er nærmere."),
    }[part]


def _fact_rows(item: WeekItem) -> list[dict[str, Any]]:
    initiative = item.initiative
    page = reverse("portfolio:initiative", args=[initiative.initiative_id])
    rows: list[dict[str, Any]] = []
    if isinstance(item.state, BenefitState):
        rung = content.label("rung", item.state.rung)
        rows.append(
            {"text": _("Gevinsten står på trinnet »%(rung)s«.") % {"rung": rung},
             "href": _subject_url(item)}
        )  # fmt: skip
    if initiative.live_on is not None:
        past = initiative.live_on <= clock.today()
        text = _("Løsningen gik i drift") if past else _("Løsningen går i drift")
        rows.append({"text": text, "date": initiative.live_on, "href": page})
    if item.need is Need.STATUS_DISPUTED:
        rows += [
            {"text": evidence.sentence(one), "href": evidence.href(one, initiative.initiative_id)}
            for one in initiative.findings
        ]
    if item.need in (Need.SPONSOR_SILENCE, Need.STATUS_SILENCE):
        is_sponsors = item.need is Need.SPONSOR_SILENCE
        weeks = content.limit("sponsor_silence_weeks" if is_sponsors else "status_silence_weeks")
        rows.append(
            {"text": _("Efter %(weeks)s uger uden et ord spørger Høst.") % {"weeks": weeks}}
        )
    return rows


def _weight_words(item: WeekItem, place: int) -> str:
    stake = item.stake
    if stake.is_without_amount:
        if not stake.benefits:
            return _("Nr. %(place)s: intet beløb er på spil lige nu.") % {"place": place}
        return _("Nr. %(place)s: en gevinst uden beløb vejer som én typisk gevinst.") % {
            "place": place
        }
    amount, _level = words.stake_words(stake)
    times = formats.number(item.weight, 1, words.language())
    return _(
        "Nr. %(place)s: %(amount)s er ikke i hånden endnu. Det er %(times)s gange en typisk "
        "gevinst af samme slags. Kroner vejes mod kroner og timer mod timer."
    ) % {"place": place, "amount": amount, "times": times}


def _subject_url(item: WeekItem) -> str:
    if isinstance(item.state, BenefitState):
        return reverse("benefits:benefit", args=[item.subject_id])
    return reverse("portfolio:initiative", args=[item.subject_id])


def shown(
    actor: Actor,
    item: WeekItem,
    place: int,
    row: Any | None,
    back: str = words.HOME,
) -> ShownItem:
    """Return a thing as the page shows it; `row` is its benefit with rows, if it is one."""
    stake, level = words.stake_words(item.stake)
    can = may_act(actor, item, row)
    key = [item.need.value, item.subject_id]
    way = "?" + urlencode({"tilbage": back})
    pass_url = reverse("week:pass_on", args=key) + way
    is_benefit = isinstance(item.state, BenefitState)
    due = item.state.due_on if isinstance(item.state, BenefitState) else None
    return ShownItem(
        need=item.need.value,
        subject_id=item.subject_id,
        title=words.title_of(item),
        reason=words.reason_of(item, row),
        stake=stake,
        stake_level=level,
        subject_url=_subject_url(item),
        subject_title=item.initiative.title if is_benefit else "",
        act_url=act_url_of(item, back) if can else pass_url,
        act_label=words.act_label_of(item.need) if can else words.ask_label_of(item.need),
        act_in_sheet=not can or in_a_sheet(item),
        later_url=reverse("week:later", args=key) + way,
        pass_url=pass_url,
        asks_another=not can,
        why=why_of(item, place),
        height=RUNGS.index(item.state.rung) if isinstance(item.state, BenefitState) else None,
        rung=content.label("rung", item.state.rung) if isinstance(item.state, BenefitState) else "",
        is_late=item.need is Need.MEASUREMENT_DUE and due is not None and due < clock.today(),
        asked=item.note,
        asked_by=item.passed_on_by,
        answered=item.answer,
        answered_by=item.answered_by,
        send_back_url=reverse("week:send_back", args=[item.passed_id]) + way
        if item.passed_id
        else "",
    )


def shown_ask(item: AskItem, place: int, back: str = words.HOME) -> ShownItem:
    """Return what another subject asks for as the page shows it, in that subject's words."""
    ask = item.ask
    way = "?" + urlencode({"tilbage": back})
    page, _hash, spot = ask.act_url.partition("#")
    joined = page + ("&" if "?" in page else "?") + urlencode({"tilbage": back})
    why: list[dict[str, Any]] = []
    if ask.because:
        why.append({"text": ask.because, "href": ask.subject_url})
    why += [{"text": text} for text in ask.why]
    if ask.due_on is not None:
        why.append({"text": _("Det skal være klaret"), "date": ask.due_on})
    why.append(
        {
            "text": _(
                "Nr. %(place)s: her er intet beløb på spil, så den vejer som én typisk gevinst."
            )
            % {"place": place}
        }
    )
    return ShownItem(
        need=ask.kind,
        subject_id=ask.subject_id,
        title=ask.title,
        reason=ask.reason,
        stake="",
        stake_level="",
        subject_url=ask.subject_url,
        subject_title=ask.subject_title,
        act_url=joined + (f"#{spot}" if spot else ""),
        act_label=ask.act_label,
        act_in_sheet=ask.in_sheet,
        later_url=reverse("week:later", args=[*item.key]) + way,
        pass_url="",
        asks_another=False,
        why=why,
        is_late=item.is_late(clock.today()),
        news_until=ask.news_until,
    )
