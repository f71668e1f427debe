"""What the facts say, beside the status: on the initiative's page and in the portfolio list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.domain.reporting.queries import evidence as queries
from hoest.domain.reporting.queries.evidence import Beside
from hoest.domain.reporting.queries.kept_behind import counts_by_rung
from hoest.domain.reporting.queries.standing import standings_of
from hoest.domain.reporting.rules.evidence import Verdict
from hoest.domain.reporting.web import evidence_words as words
from hoest.foundation import content, panels
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere
from hoest.foundation.lists import beside as lists
from hoest.ui.icons import icon

DISAGREEING = "uenig"
ICONS = {
    Verdict.ON_THE_WAY: "check",
    Verdict.LOOK: "info",
    Verdict.CONTRADICTS: "warning",
    Verdict.TOO_EARLY: "help",
}
# The findings that stand open on a page; the rest is one click away.
MOST = 4


def register() -> None:
    """Put the facts in their places."""
    panels.register("initiative", "reporting.evidence", of_initiative, order=5)
    lists.register(
        "initiatives",
        lists.Beside(
            heading=gettext_lazy("Det siger tallene"),
            any_word=gettext_lazy("uanset hvad tallene siger"),
            read=words_of,
            choices=_choices,
            fits=_fits,
            standings=_standings,
        ),
    )
    lists.register_counts("benefits", counts_by_rung)


def of_initiative(request: HttpRequest, initiative: Any) -> str:
    """Show what the lead says, what the facts say, and whether they agree."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_BENEFITS):
        return ""
    said = queries.beside_of(actor, [initiative.pk]).get(initiative.pk)
    may_write = allowed(actor, CHANGE_INITIATIVES, initiative.unit_id)
    if said is None or (said.verdict is Verdict.TOO_EARLY and said.word is None):
        return ""
    lines = [
        {"text": words.sentence(one), "href": words.href(one, initiative.pk)}
        for one in said.findings
    ]
    return render_to_string(
        "reporting/evidence_panel.html",
        {
            "beside": said,
            "mark": mark(said),
            "word": content.label("lead_word", said.word.value) if said.word else "",
            "disagreement": words.disagreement(said) if said.disagrees else "",
            "lines": lines[:MOST],
            "more": lines[MOST:],
            "means": content.explanation("evidence_verdict", said.verdict.value),
            "say_url": reverse("portfolio:say_status", args=[initiative.pk]) if may_write else "",
        },
        request,
    )


def mark(said: Beside) -> Any:
    """Return what the facts say as a sign with its word; colour is never the only sign."""
    return format_html(
        '<span class="status status-{}">{}<span>{}</span></span>',
        {"on_the_way": "on_track", "look": "attention", "contradicts": "attention"}.get(
            said.verdict.value, "unknown"
        ),
        icon(ICONS[said.verdict]),
        words.verdict_label(said),
    )


def words_of(actor: Actor, ids: Collection[int] | None) -> Mapping[int, lists.Word]:
    """Return what the facts say of some initiatives, or of all the actor may see."""
    if not allowed_somewhere(actor, VIEW_BENEFITS):
        return {}
    return {pk: _word(said) for pk, said in queries.beside_of(actor, ids).items()}


def _standings(actor: Actor) -> Mapping[int, lists.Standing] | None:
    return standings_of(actor) if allowed_somewhere(actor, VIEW_BENEFITS) else None


def _word(said: Beside) -> lists.Word:
    label = words.verdict_label(said)
    if not said.disagrees:
        return lists.Word(said.verdict.value, mark(said), label)
    other = (_("men lederen siger: %(said)s") if said.word else _("men status siger: %(said)s")) % {
        "said": words.said_label(said).lower()
    }
    shown = format_html('{} <span class="small muted">{}</span>', mark(said), other)
    return lists.Word(said.verdict.value, shown, f"{label}, {other}", is_urgent=True)


def _choices(actor: Actor) -> list[tuple[str, Any]]:
    facts = [
        (code, _("hvor tallene siger %(word)s") % {"word": label.lower()})
        for code, label in content.choices("evidence_verdict")
    ]
    return [(DISAGREEING, _("hvor status og tal ikke er enige")), *facts]


def _fits(word: lists.Word, value: str) -> bool:
    return word.is_urgent if value == DISAGREEING else word.code == value
