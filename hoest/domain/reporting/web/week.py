"""Min uge: at most seven things that need the reader, each with its reason and one action."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.benefits import queries as benefits
from hoest.domain.reporting import actions
from hoest.domain.reporting.queries.week import (
    Week,
    item_of,
    passable_of,
    passed_of,
    people_near,
    week_of,
)
from hoest.domain.reporting.rules.week import OF_BENEFIT, QUICK, WeekItem
from hoest.domain.reporting.rules.week_order import AskItem
from hoest.domain.reporting.web import week_words as words
from hoest.domain.reporting.web.overview import overview_of
from hoest.domain.reporting.web.week_forms import LaterForm, PassOnForm, SendBackForm
from hoest.domain.reporting.web.week_shown import ShownItem, shown, shown_ask
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.first_steps.queries import first_steps_for
from hoest.foundation.forms.posting import carried_out
from hoest.ui import formats
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

ON_A_PAGE = 25


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show what needs the reader; when nothing does, say so and show the account."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    week = week_of(actor)
    quick = sum(
        item.ask.is_quick if isinstance(item, AskItem) else item.need in QUICK
        for item in week.items
    )
    today = clock.today()
    context = {
        "today": today,
        "week_of_year": formats.week(today, words.language()),
        "point": words.point(len(week.items), quick),
        "items": _shown(actor, week.items),
        "waiting_count": len(week.waiting),
        "aside_count": len(week.set_aside),
        "sent": _sent(week),
        "first_steps": first_steps_for(actor),
        "overview": overview_of(actor, week.figures, with_picture=not week.items),
        "committees_url": _committees_url(actor),
    }
    return render(request, "reporting/week.html", context)


def _committees_url(actor: Actor) -> str:
    """Return where a politician finds her committees; empty for others, who come for the work."""
    if all(grant.role != "politician" for grant in actor.grants):
        return ""
    return reverse("organisations:overview") + "#udvalg"


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Show all that needs the reader, what she put aside, and what she sent on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    week = week_of(actor)
    waiting = (*week.items, *week.waiting)
    page = Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("side"))
    back = reverse("week:everything") + (f"?side={page.number}" if page.number > 1 else "")
    aside = _shown(actor, tuple(item for item, _until in week.set_aside), back=back)
    context = {
        "crumbs": [
            {"label": _("Min uge"), "url": reverse("week:mine")},
            {"label": _("Alt, der venter"), "url": ""},
        ],
        "items": _shown(actor, tuple(page), back=back, first=page.start_index()),
        "page": page,
        "most": content.limit("week_items"),
        "aside": [
            {"item": one, "until": until, "now_url": reverse("week:now", args=[*item.key])}
            for one, (item, until) in zip(aside, week.set_aside, strict=True)
        ],
        "sent": _sent(week),
    }
    return render(request, "reporting/week_all.html", context)


@require_http_methods(["GET", "POST"])
def later(request: HttpRequest, need: str, subject_id: int) -> HttpResponse:
    """Put a thing aside until a day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    item = item_of(actor, need, subject_id)
    form = LaterForm(request.POST if request.method == "POST" else None)

    def write(cleaned: dict[str, Any]) -> None:
        until = cleaned["until"]
        actions.set_aside(actor=actor, need=need, subject_id=subject_id, until=until)
        is_news = isinstance(item, AskItem) and item.ask.news_until == until
        day = formats.long_date(until, words.language())
        said = _("Den er lagt væk.") if is_news else _("Den kommer igen %(day)s.") % {"day": day}
        tell(request, said, undo_url=reverse("week:now", args=[need, subject_id]))

    return _page(request, item, form, write, _("Hvornår passer det bedre?"), days=_days())


@require_POST
def now(request: HttpRequest, need: str, subject_id: int) -> HttpResponse:
    """Bring back what was put aside."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    actions.take_up(actor=actor, need=need, subject_id=subject_id)
    tell(request, _("Den står på din liste igen."), level="info")
    return redirect("week:mine")


@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest, need: str, subject_id: int) -> HttpResponse:
    """Ask somebody else to take care of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    item = passable_of(actor, need, subject_id)
    near = people_near(actor, item)
    form = PassOnForm(
        request.POST if request.method == "POST" else None,
        actor=actor,
        near=near,
        initial={
            "person": near[0].pk if near else None,
            "note": words.suggested_note(item.need),
        },
    )

    def write(cleaned: dict[str, Any]) -> None:
        passed = actions.pass_on(
            actor=actor,
            need=need,
            subject_id=subject_id,
            to_person_id=cleaned["person"].pk,
            note=cleaned["note"],
        )
        said = _("Den står nu på listen hos %(name)s.") % {"name": passed.to_name}
        is_own = passed.from_person_id == actor.person_id
        undo = reverse("week:take_back", args=[passed.pk]) if is_own else ""
        tell(request, said, undo_url=undo)

    return _page(request, item, form, write, words.ask_label_of(item.need))


@require_POST
def take_back(request: HttpRequest, passed_id: int) -> HttpResponse:
    """Take back what one sent on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    actions.take_back(actor=actor, passed_id=passed_id)
    tell(request, _("Den står på din egen liste igen."), level="info")
    return redirect("week:mine")


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, passed_id: int) -> HttpResponse:
    """Send it back with an answer."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    passed = passed_of(actor, passed_id)
    item = passable_of(actor, passed.need, passed.subject_id)
    form = SendBackForm(request.POST if request.method == "POST" else None)

    def write(cleaned: dict[str, Any]) -> None:
        actions.send_back(actor=actor, passed_id=passed_id, answer=cleaned["answer"])
        tell(request, _("Svaret er sendt til %(name)s.") % {"name": passed.from_name})

    return _page(request, item, form, write, _("Send den tilbage med et svar"))


# Half a year on is as far as a button goes; any day within a year can be written.
_LATER: tuple[tuple[Any, int], ...] = (
    (gettext_lazy("I morgen"), 1),
    (gettext_lazy("Om to uger"), 14),
    (gettext_lazy("Om en måned"), 30),
)


def _days() -> list[dict[str, Any]]:
    """Return the days one tap puts a thing aside to."""
    today = clock.today()
    monday = today + dt.timedelta(days=7 - today.weekday())
    days = [(str(label), today + dt.timedelta(days=count)) for label, count in _LATER]
    days.insert(1, (_("På mandag"), monday))
    found: list[dict[str, Any]] = []
    for label, day in sorted(days, key=lambda pair: pair[1]):
        if day not in [one["day"] for one in found]:
            found.append({"label": label, "day": day})
    return found


def _shown(
    actor: Actor,
    items: tuple[WeekItem | AskItem, ...],
    back: str = words.HOME,
    first: int = 1,
) -> list[ShownItem]:
    """Return the things with the benefits behind them, read at once."""
    wanted = {
        item.subject_id for item in items if isinstance(item, WeekItem) and item.need in OF_BENEFIT
    }
    rows = (
        {
            row.pk: row
            for row in benefits.with_rows(
                benefits.visible_to(actor).filter(pk__in=wanted)
            ).prefetch_related("measurements")
        }
        if wanted
        else {}
    )
    return [
        shown_ask(item, place, back)
        if isinstance(item, AskItem)
        else shown(
            actor,
            item,
            place,
            rows.get(item.subject_id) if item.need in OF_BENEFIT else None,
            back,
        )
        for place, item in enumerate(items, start=first)
    ]


def _sent(week: Week) -> list[dict[str, Any]]:
    return [
        {
            "title": words.title_of(handed.item),
            "to": handed.passed.to_name,
            "at": handed.passed.passed_at,
            "note": handed.passed.note,
            "url": reverse("week:take_back", args=[handed.passed.pk]),
        }
        for handed in week.sent
    ]


def _page(
    request: HttpRequest,
    item: WeekItem | AskItem,
    form: Any,
    write: Any,
    title: str,
    **context: Any,
) -> HttpResponse:
    """Show the small form, or write and go back to the week; a fault stands on the form."""
    leave_url = back_address(request, reverse("week:mine"))
    if carried_out(form, write) is not None:
        return redirect(leave_url)
    found = {
        "form": form,
        "title": title,
        "about": item.ask.title if isinstance(item, AskItem) else words.title_of(item),
        "leave_url": leave_url,
        "crumbs": [
            {"label": _("Min uge"), "url": reverse("week:mine")},
            {"label": title, "url": ""},
        ],
        **context,
    }
    status = 422 if form.is_bound else 200
    return render(request, "reporting/week_act.html", found, status=status)
