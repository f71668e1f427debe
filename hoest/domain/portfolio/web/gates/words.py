"""What the pages of gates say: the point, a state as a sign, why something is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.portfolio.actions.gate_words import (
    above_in_words,
    lacking_in_words,
    names_in_words,
)
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.queries import Deciding, Gate, Item
from hoest.domain.portfolio.rules import RequirementState
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.content import active_language
from hoest.foundation.gate_evidence import Told
from hoest.ui import formats
from hoest.ui.icons import icon

# So many who may decide are named.
NAMED = 3
_ICONS = {
    RequirementState.MISSING: "warning",
    RequirementState.IN_PROGRESS: "edit",
    RequirementState.PRESENT: "check",
    RequirementState.NOT_RELEVANT: "minus",
    RequirementState.DEVIATED: "calendar",
}


@dataclass(frozen=True)
class Why:
    """A line under "Hvorfor?"."""

    text: str
    href: str = ""
    date: Any = None
    who: str = ""


@dataclass(frozen=True)
class ItemShown:
    """A requirement as the gate page shows it."""

    item: Item
    label: str
    asks: str
    who: str
    mark: SafeString
    detail: str
    why: list[Why]
    url: str


@dataclass(frozen=True)
class GroupShown:
    """An area of the gate with its requirements."""

    code: str
    label: str
    items: list[ItemShown]
    count: str


@dataclass(frozen=True)
class Step:
    """A phase in the picture of a model."""

    label: str
    about: str
    is_now: bool
    is_past: bool


def text(one: Any) -> str:
    """Return a text of the content in the reader's language."""
    said: str = one.in_language(active_language())
    return said


def state_mark(state: RequirementState, *, is_blocking: bool = True) -> SafeString:
    """Return a state as a sign with its word; what is only recommended never alarms."""
    tone = "missing" if state is RequirementState.MISSING and is_blocking else "quiet"
    tone = "done" if state is RequirementState.PRESENT else tone
    return format_html(
        '<span class="gate-state gate-{}">{}<span>{}</span></span>',
        tone,
        icon(_ICONS[state]),
        content.label("requirement_state", state.value),
    )


def point(initiative: Initiative, gate: Gate) -> str:
    """Say what stands between the initiative and its next phase."""
    ahead = gate.place.next
    said = {"title": initiative.title, "phase": in_a_sentence(text(ahead.label)) if ahead else ""}
    if ahead is None:
        return _("%(title)s har ingen port foran sig") % said
    if gate.obstacles:
        lacks = lacking_in_words(gate.obstacles)
        lacks = lacks[:1].upper() + lacks[1:]
        return _("%(lacks)s, før %(title)s kan gå videre til %(phase)s") % {**said, "lacks": lacks}
    return _("Alt er på plads, så %(title)s kan gå videre til %(phase)s") % said


def decided_by(deciding: Deciding, actor: Actor) -> str:
    """Say to a reader who decides because of the amount; empty when the sponsor may."""
    return above_in_words(deciding, actor.person_id)


def asked_in_words(deciding: Deciding) -> str:
    """Name those who are asked, three at most; of more the others are counted."""
    names, more = deciding.asked_names[:NAMED], len(deciding.asked) - NAMED
    others = ngettext("%(count)s anden", "%(count)s andre", more) if more > 0 else ""
    return names_in_words(names, others % {"count": more} if others else "")


def groups_shown(initiative: Initiative, gate: Gate) -> list[GroupShown]:
    """Return the requirements by area, what is open first in each."""
    shown = []
    for code in content.codes("requirement_group"):
        items = [one for one in gate.items if one.requirement.group == code]
        if not items:
            continue
        ready = len([one for one in items if not one.is_open])
        items.sort(key=lambda one: not (one.is_open and one.requirement.is_blocking))
        shown.append(
            GroupShown(
                code=code,
                label=content.label("requirement_group", code),
                items=[item_shown(initiative, one) for one in items],
                count=_("%(ready)s af %(all)s på plads") % {"ready": ready, "all": len(items)},
            )
        )
    return shown


def missing_shown(initiative: Initiative, gate: Gate) -> tuple[list[ItemShown], Why | None]:
    """Return what refuses passage; several principles are gathered in one line with its page."""
    every = [one for one in gate.items if one.requirement.form == "principle"]
    still = [one for one in gate.missing if one.requirement.form == "principle"]
    if len(still) < 2:
        return [item_shown(initiative, one) for one in gate.missing], None
    others = [one for one in gate.missing if one.requirement.form != "principle"]
    said = _("%(count)s af %(all)s arkitekturprincipper mangler svar")
    url = reverse("gates:principles", args=[initiative.pk])
    who = in_a_sentence(text(still[0].requirement.who))
    gathered = Why(said % {"count": len(still), "all": len(every)}, url, who=who)
    return [item_shown(initiative, one) for one in others], gathered


def item_shown(initiative: Initiative, item: Item) -> ItemShown:
    """Return a requirement with its sign, what shows it, and why it is asked."""
    known = item.requirement
    args = [initiative.pk, known.code]
    own_url = reverse("gates:requirement", args=args)
    if known.form == "principle":
        own_url = reverse("gates:principles", args=[initiative.pk]) + f"#{known.code}"
    if known.form == "told" and item.told and item.told.url and item.is_open:
        own_url = item.told.url
    return ItemShown(
        item=item,
        label=text(known.label),
        asks=text(known.asks),
        who=in_a_sentence(text(known.who)),
        mark=state_mark(item.state, is_blocking=known.is_blocking),
        detail=detail(item),
        why=why(initiative, item),
        url=own_url,
    )


def detail(item: Item) -> str:
    """Say what shows a requirement, or what was decided of it; empty when nothing is there."""
    answer, deviation = item.answer, item.deviation
    if deviation is not None:
        return _("Fraveget til og med %(day)s, godkendt af %(who)s: %(reason)s") % {
            "day": formats.long_date(deviation.ends_on, active_language()),
            "who": deviation.answered_by_name,
            "reason": deviation.reason,
        }
    if item.is_open and item.ended is not None:
        return _("Fravigelsen sluttede %(day)s.") % {
            "day": formats.long_date(item.ended.ends_on, active_language())
        }
    if item.is_open and item.asked is not None:
        return _("%(who)s har bedt om, at det må vente. Det er ikke besvaret endnu.") % {
            "who": item.asked.asked_by_name
        }
    if answer is not None and item.requirement.form != "told" and answer.state != "missing":
        return _of_answer(item)
    return _of_told(item.told) if item.told else ""


def _of_told(told: Told) -> str:
    """Say what is told; what is only offered says its day and name as well."""
    if told.state != RequirementState.IN_PROGRESS:
        return told.source
    day = formats.long_date(told.on, active_language()) if told.on else ""
    return " · ".join(part for part in (told.source, day, told.name) if part)


def _of_answer(item: Item) -> str:
    answer, known = item.answer, item.requirement
    assert answer is not None
    parts = []
    if answer.choice:
        parts.append(text(known.choices[answer.choice].label))
    if answer.stance:
        parts.append(content.label("principle_stance", answer.stance))
    if answer.link and not answer.link.startswith("http"):
        parts.append(answer.link)
    if answer.dated_on:
        parts.append(formats.long_date(answer.dated_on, active_language()))
    if answer.made_by:
        parts.append(answer.made_by)
    if answer.reason:
        parts.append(answer.reason)
    return " · ".join(parts) or _("Skrevet af %(who)s") % {"who": answer.written_by_name}


def why(initiative: Initiative, item: Item) -> list[Why]:
    """Say why something is asked: the reason, the facts that trigger it, and last the law."""
    known = item.requirement
    lines = [Why(text(known.asks)), Why(text(known.why))]
    questions = content.initiative_questions()
    if item.because:
        facts = ", ".join(in_a_sentence(text(questions[code].label)) for code in item.because)
        url = reverse("gates:facts", args=[initiative.pk])
        lines.append(Why(_("I har svaret ja til: %(facts)s.") % {"facts": facts}, url))
    if not known.is_blocking:
        lines.append(Why(_("Det er en anbefaling og stopper ikke nogen.")))
    if known.law:
        lines.append(Why(law_words(known)))
    return lines


def law_words(known: content.Requirement) -> str:
    """Return the citation of a requirement, with a word on a citation nobody has verified."""
    said = _("Grundlag: %(law)s.") % {"law": known.law}
    if known.is_unconfirmed:
        said += " " + _("Henvisningen er ikke efterprøvet; spørg en jurist.")
    return said


def steps(model: content.PhaseModel, now: str = "") -> list[Step]:
    """Return the phases of a model for its picture; `now` is the code of the present one."""
    codes = [one.code for one in model.phases]
    place = codes.index(now) if now in codes else -1
    return [
        Step(text(one.label), text(one.about), index == place, index < place)
        for index, one in enumerate(model.phases)
    ]


def in_a_sentence(label: str) -> str:
    """Return a label as the middle of a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def missing_asked(initiative: Initiative, items: Iterable[Item]) -> list[Why]:
    """Return requirements by their names, each with the place where it is brought."""
    shown = (item_shown(initiative, one) for one in items)
    return [Why(one.label, one.url) for one in shown]


def questions_asked(initiative: Initiative, codes: Iterable[str]) -> list[Why]:
    """Return questions in their own words, each with the place where it is answered."""
    known = content.initiative_questions()
    url = reverse("gates:facts", args=[initiative.pk])
    return [Why(text(known[code].ask), f"{url}#id_{code}-group") for code in codes if code in known]
