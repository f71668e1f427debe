"""The page of the pulse, its one question, and when Min uge asks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.evidence.actions.pulse import give_pulse
from hoest.domain.evidence.permissions import GIVE_PULSE, VIEW_EVIDENCE
from hoest.domain.evidence.queries.pulse import (
    answered_now,
    has_answered,
    lines_of,
    rated_by_round,
    realised_here,
)
from hoest.domain.evidence.rules.pulse import PulseAnswer, Rated, Realised, round_of
from hoest.foundation import asks, content, rooms
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.clock import today
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import carried_out, posted
from hoest.ui import formats
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

ASKED_IN = (5, 6, 11, 12)
QUESTION = gettext_lazy("Hvor stor en udfordring er det hos jer at høste gevinsterne?")


class PulseForm(AskingForm):
    """One question with three answers."""

    answer = forms.ChoiceField(label=QUESTION, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = content.choices("pulse_answer")  # type: ignore[attr-defined]


def half_year(first: dt.date) -> str:
    """Return a half-year in words: 1. halvår 2026."""
    return _("%(number)s. halvår %(year)s") % {
        "number": 1 if first.month == 1 else 2,
        "year": first.year,
    }


def share_in_words(one: Rated) -> str:
    """Return the rating of a group, or that it is too small."""
    if one.share is None:
        return _("for få svar til at vises")
    return _("%(share)s af %(answers)s") % {
        "share": formats.percent(one.share, 0),
        "answers": one.answers,
    }


def realised_in_words(one: Realised) -> str:
    """Return how many of the gains that were due are measured."""
    if not one.due:
        return _("ingen skulle være nået endnu")
    return _("%(measured)s af %(due)s") % {"measured": one.measured, "due": one.due}


def _point(last: Rated | None, realised: Realised) -> str:
    if last is None or last.share is None:
        return _("Ingen har nok svar endnu til at vise, hvor svært det er at høste")
    return _(
        "%(share)s af lederne kalder det en af de helt store udfordringer at høste; "
        "%(measured)s af %(due)s gevinster, der skulle være nået, er målt"
    ) % {
        "share": formats.percent(last.share, 0),
        "measured": realised.measured,
        "due": realised.due,
    }


@require_safe
def pulse(request: HttpRequest) -> HttpResponse:
    """Show what leaders say beside what is measured."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_EVIDENCE):
        require(actor, VIEW_EVIDENCE)
    rounds, here = rated_by_round(actor), realised_here(actor)
    facts = {
        "point": _point(rounds[-1][1] if rounds else None, here),
        "rounds": [(half_year(on), share_in_words(one)) for on, one in rounds],
        "realised": realised_in_words(here),
        "lines": [
            (one.name, share_in_words(one.rated), realised_in_words(one.realised))
            for one in lines_of(actor)
        ],
        "last_round": half_year(rounds[-1][0]) if rounds else "",
        "reference": formats.percent(float(content.limit_decimal("pulse_reference")), 0),
        "smallest": content.limit("small_group"),
        "answered": answered_now(actor),
        "present_round": half_year(round_of(today())),
        "may_answer": allowed_somewhere(actor, GIVE_PULSE) and not has_answered(actor),
        "question": QUESTION,
    }
    return render(request, "evidence/pulse.html", facts)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Ask the one question; an answer is counted and cannot be seen or changed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, GIVE_PULSE):
        require(actor, GIVE_PULSE)
    form = PulseForm(posted(request))
    leave = back_address(request, reverse("pulse:pulse"))

    def write(cleaned: dict[str, Any]) -> str:
        give_pulse(actor=actor, answer=PulseAnswer(cleaned["answer"]))
        return _("Tak. Svaret er talt med og kan ikke føres tilbage til dig.")

    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave)
    facts = {
        "form": form,
        "leave_url": leave,
        "smallest": content.limit("small_group"),
        "is_answered": has_answered(actor),
    }
    return render(
        request, "evidence/pulse_answer.html", facts, status=422 if form.is_bound else 200
    )


def to_answer(actor: Actor, day: dt.date) -> Iterable[asks.Ask]:
    """Ask a leader the one question in the last two months of a half-year."""
    if day.month not in ASKED_IN or not allowed_somewhere(actor, GIVE_PULSE):
        return
    if actor.person_id is None or has_answered(actor):
        return
    url = reverse("pulse:answer")
    yield asks.Ask(
        kind="harvest_pulse",
        subject_id=round_of(day).toordinal(),
        title=_("Svar på ét spørgsmål: Hvor svært er det at høste?"),
        reason=_("Svarene tælles sammen og vises kun for grupper på mindst %(smallest)s.")
        % {"smallest": content.limit("small_group")},
        act_url=url,
        act_label=_("Giv dit svar"),
        subject_url=reverse("pulse:pulse"),
        subject_title=half_year(round_of(day)),
        because=_("Du er leder eller gevinstejer."),
        in_sheet=True,
        is_quick=True,
    )


def register() -> None:
    """Let Min uge ask, and tell of the page."""
    asks.register("harvest_pulse", to_answer)
    rooms.register(
        "portfolio",
        "pulse:pulse",
        gettext_lazy("Oplevet og målt"),
        gettext_lazy("Hvor svært lederne synes, det er at høste, ved siden af det, der er målt."),
        group="deliver",
        order=95,
        permission=VIEW_EVIDENCE,
    )
