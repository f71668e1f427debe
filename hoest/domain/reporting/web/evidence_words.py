"""What the facts say, in calm words: one sentence per fact, with the way to where it stands."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.benefits.web.graded import Graded
from hoest.domain.reporting.queries.evidence import Beside
from hoest.domain.reporting.rules.evidence import Code, Finding
from hoest.domain.reporting.web.shown import language
from hoest.foundation import content
from hoest.ui import formats


def verdict_label(said: Beside) -> str:
    """Return the word for what the facts say."""
    return content.label("evidence_verdict", said.verdict.value)


def said_label(said: Beside) -> str:
    """Return the word for what is said of the initiative: the lead's own, or its status."""
    if said.word is not None:
        return content.label("lead_word", said.word.value)
    return content.label("status", _STATUS_OF[said.said]) if said.said else ""


def disagreement(said: Beside) -> str:
    """Say in one sentence that what is said and what the facts say differ."""
    if said.word is not None:
        return _("Lederen skriver »%(said)s«. Tallene giver grund til at se efter.") % {
            "said": said_label(said)
        }
    return _("Status siger »%(said)s«. Tallene giver grund til at se efter.") % {
        "said": said_label(said)
    }


_STATUS_OF = {"going_well": "on_track", "watch": "attention", "help": "action_needed"}


def sentence(finding: Finding, *, with_title: bool = True) -> str:
    """Say one finding in a sentence, beginning with the benefit it is about."""
    told = _SENTENCES[finding.code](finding)
    if finding.proof is not None:
        told = f"{told} ({Graded(finding.proof).said})"
    return f"{finding.title}: {told}" if finding.title and with_title else told


def href(finding: Finding, initiative_id: int) -> str:
    """Return where the fact behind a finding stands."""
    if finding.benefit_id is not None:
        return reverse("benefits:benefit", args=[finding.benefit_id])
    return reverse("portfolio:initiative", args=[initiative_id]) + "#facts"


def _taken_given_up(f: Finding) -> str:
    return _("%(taken)s er taget ud af budgettet, men gevinsten er opgivet.") % {
        "taken": _amount(f, f.other_amount)
    }


def _taken_not_measured(f: Finding) -> str:
    return _("%(taken)s er taget hjem, men gevinsten er aldrig målt.") % {
        "taken": _amount(f, f.other_amount)
    }


def _taken_not_there(f: Finding) -> str:
    return _("%(taken)s er taget hjem. Målingen %(day)s svarer til %(there)s.") % {
        "taken": _amount(f, f.other_amount),
        "there": _amount(f, f.amount),
        "day": _day(f.day),
    }


def _go_live_passed(f: Finding) -> str:
    return _("Den skulle gå i drift %(day)s, men fasen siger, at det ikke er sket.") % {
        "day": _day(f.day)
    }


def _wrong_way(f: Finding) -> str:
    return _("Målingen %(day)s ligger længere fra målet, end man begyndte.") % {"day": _day(f.day)}


def _behind_path(f: Finding) -> str:
    return _("Målingen %(day)s er %(share)s af vejen. Efter planen skulle den være %(plan)s.") % {
        "day": _day(f.day),
        "share": _share(f.share),
        "plan": _share(f.other_share),
    }


def _never_measured(f: Finding) -> str:
    return _("Den er ikke målt siden idriftsættelsen. Første måling skulle komme %(day)s.") % {
        "day": _day(f.day)
    }


def _measurement_late(f: Finding) -> str:
    return _("Målingen mangler siden %(day)s. Den seneste er fra %(last)s.") % {
        "day": _day(f.day),
        "last": _day(f.other_day),
    }


def _estimated_down(f: Finding) -> str:
    return _("Skønnet er sat ned fra %(before)s til %(now)s om året.") % {
        "before": _amount(f, f.other_amount),
        "now": _amount(f, f.amount),
    }


def _go_live_moved(f: Finding) -> str:
    return _("Datoen for drift er flyttet fra %(before)s til %(now)s.") % {
        "before": _day(f.other_day),
        "now": _day(f.day),
    }


def _adoption_low(f: Finding) -> str:
    if f.share is None:
        return _("Den har været i drift siden %(day)s, men ingen har talt brugerne.") % {
            "day": _day(f.day)
        }
    return _("%(share)s bruger det nye. Aftalen er %(agreed)s.") % {
        "share": _share(f.share),
        "agreed": _share(f.other_share),
    }


def _old_way_overdue(f: Finding) -> str:
    return _("Den gamle arbejdsgang skulle være lukket %(day)s.") % {"day": _day(f.day)}


_SENTENCES = {
    Code.TAKEN_GIVEN_UP: _taken_given_up,
    Code.TAKEN_NOT_MEASURED: _taken_not_measured,
    Code.TAKEN_NOT_THERE: _taken_not_there,
    Code.GO_LIVE_PASSED: _go_live_passed,
    Code.WRONG_WAY: _wrong_way,
    Code.BEHIND_PATH: _behind_path,
    Code.NEVER_MEASURED: _never_measured,
    Code.MEASUREMENT_LATE: _measurement_late,
    Code.ESTIMATED_DOWN: _estimated_down,
    Code.GO_LIVE_MOVED: _go_live_moved,
    Code.ADOPTION_LOW: _adoption_low,
    Code.OLD_WAY_OVERDUE: _old_way_overdue,
}


def _amount(f: Finding, amount: Decimal | None) -> str:
    """Return an amount in its unit: kroner with their price level, else hours."""
    if amount is None:
        return ""
    if f.price_level is None:
        return formats.hours(amount, language())
    return _("%(kroner)s (%(year)s-priser)") % {
        "kroner": formats.kroner_short(amount, language()),
        "year": f.price_level,
    }


def _share(share: Decimal | None) -> str:
    return formats.percent(share, 0, language()) if share is not None else ""


def _day(day: dt.date | None) -> str:
    return formats.long_date(day, language()) if day else ""
