"""What the pages say about an initiative: status, reasons, the point in one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.rules import Phase, Reason, Status, plain_language_questions
from hoest.foundation import content
from hoest.foundation.audit.models import Act
from hoest.foundation.clock import DANISH_TIME, today
from hoest.ui import formats
from hoest.ui.icons import icon

_ICONS = {
    Status.ON_TRACK: "check",
    Status.ATTENTION: "info",
    Status.ACTION_NEEDED: "warning",
    Status.UNKNOWN: "help",
}
# Fields that have a page of their own; the others stand in the form.
_PAGE_OF_FIELD = {
    "phase": "portfolio:phase",
    "adoption_share": "portfolio:adoption",
    "old_way_closed_on": "portfolio:close_old_way",
    "written_on": "portfolio:confirm",
}


@dataclass(frozen=True)
class Fact:
    """A line under "Hvorfor?": the words, and where it can be changed."""

    text: str
    href: str = ""
    date: Any = None
    who: str = ""


def status_mark(status: Status) -> SafeString:
    """Return a status as a sign with its word; colour is never the only sign."""
    return format_html(
        '<span class="status status-{}">{}<span>{}</span></span>',
        status.value,
        icon(_ICONS[status]),
        content.label("status", status.value),
    )


def reason_facts(
    initiative: Initiative, reasons: tuple[Reason, ...], may_change: bool
) -> list[Fact]:
    """Return the reasons in words, heaviest first, each with the way to mend it."""
    return [
        Fact(reason_words(initiative, reason), mend_url(initiative, reason) if may_change else "")
        for reason in reasons
    ]


def mend_url(initiative: Initiative, reason: Reason) -> str:
    """Return the address where the fact behind a reason is changed."""
    page = _PAGE_OF_FIELD.get(reason.mend_field)
    if page:
        return reverse(page, args=[initiative.pk])
    return reverse("portfolio:edit", args=[initiative.pk]) + f"#id_{reason.mend_field}"


def reason_words(initiative: Initiative, reason: Reason) -> str:
    """Say one reason in a sentence without blame."""
    words = {
        "no_sponsor": _("Der er ingen sponsor."),
        "no_lead": _("Der er ingen leder."),
        "no_plain_sentence": _("Sætningen om, hvad det betyder i praksis, mangler."),
        "no_live_date": _("Der er ingen dato for, hvornår det går i drift."),
        "live_but_still_executing": _("Det er gået i drift, men står stadig som gennemførelse."),
        "old_way_open": _("Den gamle arbejdsgang har ingen dato for lukning."),
        "old_way_overdue": _("Den gamle arbejdsgang skulle være lukket %(date)s.")
        % {"date": _date(initiative.old_way_closes_on)},
        "silent": _("Ingen har skrevet om det siden %(date)s.")
        % {"date": _date(initiative.changed_at.astimezone(DANISH_TIME).date())},
        "adoption_unknown": _("Ingen har talt, hvor mange der bruger det nye."),
        "adoption_low": _("%(share)s bruger det nye. Aftalen er %(agreed)s.")
        % {
            "share": _percent(initiative.adoption_share),
            "agreed": _percent(queries.agreed_share(initiative)),
        },
    }
    return words[reason.code]


def predicate(initiative: Initiative) -> str:
    """Return what is to be said after the title: where it is, from the dates and the use."""
    phase = Phase(initiative.phase)
    if phase in (Phase.CLOSED, Phase.STOPPED):
        return _("er afsluttet") if phase is Phase.CLOSED else _("er stoppet")
    live = initiative.live_on
    if live is None:
        return {
            Phase.IDEA: _("er en idé"),
            Phase.ANALYSIS: _("undersøges, før det besluttes"),
            Phase.EXECUTION: _("gennemføres, men har ingen dato for drift"),
            Phase.REALISATION: _("er i brug, men har ingen dato for drift"),
        }[phase]
    if live > today():
        return _("går i drift %(date)s") % {"date": _date(live)}
    return _in_use(initiative)


def _in_use(initiative: Initiative) -> str:
    share = initiative.adoption_share
    if share is None:
        return _("gik i drift %(date)s; ingen har talt, hvor mange der bruger det") % {
            "date": _date(initiative.live_on)
        }
    agreed = queries.agreed_share(initiative)
    facts = {"share": _percent(share), "agreed": _percent(agreed)}
    if share < agreed:
        return _("bruges af %(share)s; aftalen er %(agreed)s") % facts
    if initiative.old_way_closed_on:
        return _("bruges af %(share)s, og den gamle arbejdsgang er lukket") % facts
    return _("bruges af %(share)s; den gamle arbejdsgang er stadig åben") % facts


def questions_about(sentence: str) -> list[str]:
    """Return the plain-language questions about a sentence, in words."""
    longest = content.limit("sentence_words")
    words = {
        "too_long": _("Kan det siges med højst %(longest)s ord? Nu er der %(count)s.")
        % {"longest": longest, "count": len(sentence.split())},
        "names_a_system": _(
            "Nævner sætningen kun et system? Skriv, hvad borgere eller medarbejdere mærker."
        ),
    }
    return [words[code] for code in plain_language_questions(sentence, longest)]


def as_clause(sentence: str) -> str:
    """Return the sentence as it follows "Det betyder i praksis, at", with one full stop."""
    clean = " ".join(sentence.split())
    opening = "det betyder i praksis, at "
    if clean.lower().startswith(opening):
        clean = clean[len(opening) :]
    return _running_on(clean).rstrip(".") + "." if clean else ""


def _running_on(sentence: str) -> str:
    """Begin with a small letter after "at", unless the first word is a name or an abbreviation."""
    first = sentence.split(" ", 1)[0].rstrip(".,:;")
    names = {one.name.casefold() for one in content.municipalities()}
    is_name = first.casefold() in names or first.casefold().removesuffix("s") in names
    if is_name or not first[1:].islower():
        return sentence
    return sentence[:1].lower() + sentence[1:]


def acts_in_words(acts: Iterable[Act]) -> list[Fact]:
    """Return what was done to an initiative, newest first, as far as it has words."""
    verbs = {
        "portfolio.create_initiative": _("Oprettet"),
        "portfolio.change_initiative": _("Rettet"),
        "portfolio.change_phase": _("Fase skiftet"),
        "portfolio.record_adoption": _("Ibrugtagning oplyst"),
        "portfolio.confirm_status": _("Bekræftet, at det stadig passer"),
        "portfolio.close_old_way": _("Den gamle arbejdsgang lukket"),
    }
    return [Fact(verbs.get(act.verb, _("Ændret")), date=act.at, who=act.actor_name) for act in acts]


def _percent(share: Any) -> str:
    return formats.percent(share, 0 if share is None or share * 100 % 1 == 0 else 1, _language())


def _date(day: Any) -> str:
    return formats.long_date(day, _language())


def _language() -> str:
    return get_language() or "da"
