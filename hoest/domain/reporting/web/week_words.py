"""Min uge in words: each need as a title, its reason, what is done about it, what is at stake."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hoest.domain.benefits.queries import proof_of
from hoest.domain.benefits.web.graded import Graded
from hoest.domain.benefits.web.words import value_with_unit
from hoest.domain.reporting.rules.stakes import Stake
from hoest.domain.reporting.rules.week import BenefitState, Need, WeekItem
from hoest.domain.reporting.web.evidence_words import sentence
from hoest.foundation import clock, content
from hoest.ui import formats

HOME = "/"


def language() -> str:
    """Return the reader's language."""
    return get_language() or "da"


def point(count: int, quick: int) -> str:
    """Say how much waits, in one sentence or two."""
    if not count:
        return _("Intet venter på dig i denne uge.")
    waits = ngettext("%(count)s ting venter på dig.", "%(count)s ting venter på dig.", count) % {
        "count": _in_words(count).capitalize()
    }
    if not quick:
        return waits
    if quick == count:
        fast = ngettext("Den tager et minut.", "De tager et minut hver.", count)
    else:
        fast = ngettext(
            "%(quick)s af dem tager et minut.", "%(quick)s af dem tager et minut hver.", quick
        ) % {"quick": _in_words(quick).capitalize()}
    return f"{waits} {fast}"


def _in_words(number: int) -> str:
    words = [
        _("nul"), _("én"), _("to"), _("tre"), _("fire"), _("fem"), _("seks"), _("syv")
    ]  # fmt: skip
    return words[number] if number < len(words) else formats.number(number, 0, language())


def title_of(item: WeekItem) -> str:
    """Say the need as the heading of the thing."""
    titles = {
        Need.OWNER_ASKED: _("Vil du eje »%(title)s«?"),
        Need.OWNER_REFUSED: _("»%(title)s« fik et nej"),
        Need.PORTION_ASKED: _("Hvad ved du om »%(title)s«?"),
        Need.MEASUREMENT_DUE: _("»%(title)s« skal måles"),
        Need.HARVEST_WAITING: _("Beslut, hvad timerne fra »%(title)s« skal bruges til")
        if item.stake.hours and not item.stake.dkk
        else _("Beslut, om »%(title)s« skal tages hjem"),
        Need.LEVEL_WAITING: _("Holder niveauet for »%(title)s«?"),
        Need.OWNER_MISSING: _("»%(title)s« mangler en ejer"),
        Need.BASELINE_MISSING: _("»%(title)s« mangler en baseline"),
        Need.CASE_SUBMITTED: _("Tallene for »%(title)s« venter på godkendelse"),
        Need.CASE_RETURNED: _("Tallene for »%(title)s« er sendt retur"),
        Need.STATUS_DISPUTED: _("Status og tal er ikke enige om »%(title)s«"),
        Need.OLD_WAY_OPEN: _("Den gamle vej er stadig åben i »%(title)s«"),
        Need.ADOPTION_UNKNOWN: _("Hvor mange bruger »%(title)s«?"),
        Need.SPONSOR_MISSING: _("»%(title)s« mangler en sponsor"),
        Need.SPONSOR_SILENCE: _("Der er stille om »%(title)s«"),
        Need.STATUS_SILENCE: _("Passer det, der står om »%(title)s«, stadig?"),
    }
    return titles[item.need] % {"title": item.state.title}


def reason_of(item: WeekItem, row: Any | None) -> str:
    """Say why it is needed now; `row` is the benefit with its measurements, when it is one."""
    live = item.initiative.live_on
    today = clock.today()
    since = _day(live) if live is not None and live <= today else ""
    match item.need:
        case Need.OWNER_ASKED:
            return _("Du er spurgt. Gevinsten kan ikke komme videre, før du svarer.")
        case Need.OWNER_REFUSED | Need.PORTION_ASKED:
            return _profile_reason(item)
        case Need.MEASUREMENT_DUE:
            return _due_reason(item.state, row)
        case Need.HARVEST_WAITING:
            return _harvest_reason(item, row)
        case Need.LEVEL_WAITING:
            return _("%(last)s Ejer og controller bekræfter hver for sig, at niveauet holder.") % {
                "last": _last_measured(row)
            }
        case Need.OWNER_MISSING if since:
            return _(
                "Løsningen har været i drift siden %(day)s. Ingen leder har taget gevinsten på "
                "sig, så ingen måler."
            ) % {"day": since}
        case Need.OWNER_MISSING:
            return _("Find en leder i driften, mens gevinsten stadig kan formes.")
        case Need.BASELINE_MISSING if since:
            return _(
                "Business casen er godkendt, og løsningen er i drift. Tallet fra før ændringen "
                "står ingen steder. Find det, mens nogen kan huske, hvor det ligger."
            )
        case Need.BASELINE_MISSING:
            return _(
                "Business casen er godkendt. Tallet fra før ændringen kan kun måles, indtil "
                "løsningen går i drift%(when)s."
            ) % {"when": f" {_day(live)}" if live else ""}
        case _:
            return _initiative_reason(item, since)


def _profile_reason(item: WeekItem) -> str:
    """Say who said no and why, or what is asked of the profile."""
    state = item.state
    if not isinstance(state, BenefitState):
        return ""
    if item.need is Need.OWNER_REFUSED:
        return _("%(name)s sagde nej til at eje gevinsten: %(reason)s") % {
            "name": state.refused_by,
            "reason": state.refusal,
        }
    portions = ", ".join(
        f"»{content.label('profile_portion', code)}«"
        for code in dict.fromkeys(portion for portion, _person in state.asked)
    )
    return _("Du er spurgt om %(portions)s i gevinstprofilen. Det tager et par minutter.") % {
        "portions": portions
    }


def _initiative_reason(item: WeekItem, since: str) -> str:
    match item.need:
        case Need.CASE_SUBMITTED:
            return _("Indsendt %(day)s. Løftet gælder først, når det er godkendt.") % {
                "day": _day(item.initiative.submitted_on)
            }
        case Need.CASE_RETURNED:
            return _(
                "Sendt retur %(day)s med det, der mangler. Gør dem færdige, og indsend igen."
            ) % {"day": _day(item.initiative.returned_on)}
        case Need.STATUS_DISPUTED:
            return _("Lederen skrev »%(word)s« %(day)s. %(fact)s") % {
                "word": content.label("lead_word", item.initiative.word or ""),
                "day": _day(item.initiative.said_on),
                "fact": sentence(item.initiative.findings[0]),
            }
        case Need.OLD_WAY_OPEN if item.initiative.old_way_closes_on is not None:
            return _(
                "Det nye har været i drift siden %(live)s. Den gamle arbejdsgang skulle være "
                "lukket %(day)s."
            ) % {"live": since, "day": _day(item.initiative.old_way_closes_on)}
        case Need.OLD_WAY_OPEN:
            return _(
                "Det nye har været i drift siden %(live)s, og der er ingen dato for, hvornår den "
                "gamle arbejdsgang lukker. Så længe begge kører, koster det dobbelt."
            ) % {"live": since}
        case Need.ADOPTION_UNKNOWN:
            return _("Løsningen er i drift siden %(day)s, men ingen har talt brugerne.") % {
                "day": since
            }
        case Need.SPONSOR_MISSING:
            return _("Initiativet er i gang uden en sponsor, der kan rydde sten af vejen.")
        case _:
            return _("Ingen har skrevet om initiativet siden %(day)s.") % {
                "day": _day(item.initiative.last_sign_on)
            }


def _harvest_reason(item: WeekItem, row: Any | None) -> str:
    achieved = item.state.achieved if isinstance(item.state, BenefitState) else None
    share = formats.percent(achieved, 0, language()) if achieved is not None else ""
    graded = f" ({Graded(proof_of(row)).said})" if row is not None and share else ""
    facts = {"share": share, "graded": graded}
    if item.stake.hours and not item.stake.dkk:
        return (
            _(
                "Seneste måling er %(share)s af vejen til målet%(graded)s. Timerne er frie, men "
                "har ikke fået en anvendelse."
            )
            % facts
        )
    return (
        _(
            "Seneste måling er %(share)s af vejen til målet%(graded)s. Ingen har besluttet, "
            "hvilket budget der flyttes."
        )
        % facts
    )


def _due_reason(state: Any, row: Any | None) -> str:
    today = clock.today()
    due = state.due_on
    if due < today:
        waited = _("Målingen har ventet siden %(day)s.") % {"day": _day(due)}
    elif due == today:
        waited = _("Målingen skal tages i dag.")
    else:
        waited = _("Målingen skal tages senest %(day)s.") % {"day": _day(due)}
    return f"{waited} {_last_measured(row)}".strip()


def _last_measured(row: Any | None) -> str:
    if row is None:
        return ""
    taken = [m for m in row.measurements.all() if m.withdrawn_at is None]
    target = value_with_unit(row.target_value, row.measure_unit)
    if not taken:
        return _("Målet er %(target)s.") % {"target": target}
    last = max(taken, key=lambda m: (m.on, m.pk))
    return _("Sidst: %(value)s (%(graded)s); målet er %(target)s.") % {
        "value": value_with_unit(last.value, row.measure_unit),
        "graded": Graded(proof_of(row)).said,
        "target": target,
    }


def act_label_of(need: Need) -> str:
    """Say what is done about a need, as a button."""
    return {
        Need.OWNER_ASKED: _("Svar på ejerskabet"),
        Need.OWNER_REFUSED: _("Vælg en anden ejer"),
        Need.PORTION_ASKED: _("Udfyld delen"),
        Need.MEASUREMENT_DUE: _("Registrér måling"),
        Need.HARVEST_WAITING: _("Tag gevinsten hjem"),
        Need.LEVEL_WAITING: _("Bekræft niveauet"),
        Need.OWNER_MISSING: _("Vælg gevinstejer"),
        Need.BASELINE_MISSING: _("Skriv baseline"),
        Need.CASE_SUBMITTED: _("Læs og godkend tallene"),
        Need.CASE_RETURNED: _("Gør tallene færdige"),
        Need.STATUS_DISPUTED: _("Skriv ny status"),
        Need.OLD_WAY_OPEN: _("Luk den gamle vej"),
        Need.ADOPTION_UNKNOWN: _("Oplys ibrugtagningen"),
        Need.SPONSOR_MISSING: _("Vælg sponsor"),
        Need.STATUS_SILENCE: _("Bekræft, hvad der står"),
        Need.SPONSOR_SILENCE: _("Spørg til status"),
    }[need]


def ask_label_of(need: Need) -> str:
    """Say what another one is asked for, when the reader may not do it herself."""
    return {
        Need.STATUS_DISPUTED: _("Spørg til status"),
        Need.OLD_WAY_OPEN: _("Bed om en dato"),
        Need.SPONSOR_SILENCE: _("Spørg til status"),
        Need.OWNER_MISSING: _("Bed om en ejer"),
        Need.OWNER_REFUSED: _("Bed om en ejer"),
        Need.PORTION_ASKED: _("Spørg en anden"),
        Need.BASELINE_MISSING: _("Bed om baseline"),
        Need.CASE_SUBMITTED: _("Bed om en godkendelse"),
        Need.HARVEST_WAITING: _("Bed om en beslutning"),
    }.get(need, _("Send videre"))


def suggested_note(need: Need) -> str:
    """Return the words a request may begin with."""
    return {
        Need.OLD_WAY_OPEN: _("Hvornår lukker den gamle arbejdsgang? Sæt en dato, eller luk den."),
        Need.STATUS_DISPUTED: _("Tallene peger en anden vej end status. Hvad ved du om det?"),
        Need.SPONSOR_SILENCE: _("Hvordan går det? Ret eller bekræft, hvad der står."),
        Need.OWNER_MISSING: _("Hvem i driften kan eje gevinsten?"),
        Need.OWNER_REFUSED: _("Hvem i driften kan eje gevinsten?"),
        Need.BASELINE_MISSING: _("Kan du finde tallet fra før ændringen?"),
        Need.HARVEST_WAITING: _("Hvad skal gevinsten bruges til?"),
    }.get(need, "")


def stake_words(stake: Stake) -> tuple[str, str]:
    """Return what is at stake and its price level: each kind by itself, never added."""
    kinds = []
    if stake.dkk:
        kinds.append(_("%(amount)s om året") % {"amount": _short(stake.dkk)})
    if stake.once_dkk:
        kinds.append(_("%(amount)s én gang") % {"amount": _short(stake.once_dkk)})
    if stake.hours:
        kinds.append(_("%(hours)s om året") % {"hours": formats.hours(stake.hours, language())})
    if not kinds and stake.benefits:
        kinds.append(
            ngettext("%(n)s gevinst uden beløb", "%(n)s gevinster uden beløb", stake.benefits)
            % {"n": stake.benefits}
        )
    levels = sorted(stake.price_levels)
    level = (
        _("%(year)s-priser") % {"year": _(" og ").join(str(year) for year in levels)}
        if levels
        else ""
    )
    return " · ".join(kinds), level


def _day(day: dt.date | None) -> str:
    return formats.long_date(day, language())


def _short(amount: Any) -> str:
    return formats.kroner_short(amount, language())
