"""The short account on a committee's page: promised, in hand, waiting, and worth asking about.

Why: a politician reads one page before a meeting. It says in plain words what the committee was
promised, what came of it and what it is asked, from the same facts as the harvest account.
Source: product notes, who uses it (politician).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.domain.benefits.rules.proof import CLAIMED
from hoest.domain.benefits.web.graded import Graded, spread
from hoest.domain.benefits.web.takeout.shown import agreement_line
from hoest.domain.reporting.permissions import VIEW_ACCOUNT
from hoest.domain.reporting.queries.committee import OfCommittee, of_committee
from hoest.domain.reporting.rules import committee as rules
from hoest.domain.reporting.rules.account import BenefitFigures
from hoest.domain.reporting.rules.committee import Amount
from hoest.domain.reporting.rules.evidence import Verdict
from hoest.domain.reporting.web import evidence_words as evidence
from hoest.domain.reporting.web.choices import Choice
from hoest.domain.reporting.web.shown import language
from hoest.foundation import panels
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.ui import formats

# The questions that stand on the page; more would be a list and not questions.
MOST = 4


def register() -> None:
    """Put the panel first on the page of a committee."""
    panels.register("body", "reporting.committee", of_body, order=1)


def of_body(request: HttpRequest, body: Any) -> str:
    """Show what was promised to a committee, what is in hand, and what is asked of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not (allowed_somewhere(actor, VIEW_ACCOUNT) and allowed_somewhere(actor, VIEW_BENEFITS)):
        return ""
    found = of_committee(actor, body.pk)
    standing = [row for row in found.figures if row.rung != "lapsed"]
    return render_to_string(
        "reporting/committee_panel.html",
        {
            "point": point(standing),
            "promised": amounts(found.figures, rules.promised),
            "unpriced": rules.without_amount(found.figures),
            "in_hand": amounts(standing, rules.in_hand),
            "known": spread(row.proof for row in standing if row.is_taken_home),
            "promise_known": Graded(CLAIMED).said,
            "levels": sum(1 for r in standing if r.rung == "in_hand" and not r.is_taken_home),
            "lapsed": len(found.figures) - len(standing),
            "has_benefits": bool(found.figures),
            "account_url": Choice(body_id=body.pk).url() if found.figures else Choice().url(),
            "waiting": [*_agreements(found), *_cases(found)],
            "questions": questions(found, body.pk),
        },
        request,
    )


def point(standing: Sequence[BenefitFigures]) -> str:
    """Say in one sentence how far the committee's benefits are."""
    home = sum(1 for row in standing if row.rung == "in_hand")
    if not home:
        text = ngettext(
            "%(n)s gevinst følges; den er ikke i hånden endnu.",
            "%(n)s gevinster følges; ingen er i hånden endnu.",
            len(standing),
        )
        return text % {"n": len(standing)}
    return ngettext(
        "%(home)s af %(n)s gevinst er i hånden.",
        "%(home)s af %(n)s gevinster er i hånden.",
        len(standing),
    ) % {"home": home, "n": len(standing)}


def amounts(rows: Iterable[BenefitFigures], of: Any) -> list[str]:
    """Write the sums of some benefits, kroner of each price level and hours apart."""
    rows = list(rows)
    kroner = [amount_words(one, in_hours=False) for one in of(rows)]
    return [*kroner, *(amount_words(one, in_hours=True) for one in of(rows, in_hours=True))]


def amount_words(one: Amount, *, in_hours: bool) -> str:
    """Write a sum with its range and its price level."""

    def written(value: Any) -> str:
        write = formats.hours if in_hours else formats.kroner_short
        return write(value, language())

    said = []
    if one.a_year:
        said.append(
            (_("%(amount)s om året (fra %(low)s til %(high)s)") if one.has_range else _a_year())
            % {"amount": written(one.a_year), "low": written(one.low), "high": written(one.high)}
        )
    if one.once:
        said.append(_("%(amount)s én gang") % {"amount": written(one.once)})
    if one.price_level:
        said.append(_("%(year)s-priser") % {"year": one.price_level})
    return " · ".join(said)


def _a_year() -> str:
    return _("%(amount)s om året")


def _agreements(found: OfCommittee) -> Iterable[dict[str, str]]:
    for agreement in found.agreements:
        line = agreement_line(agreement)
        level = agreement.price_level
        said = [
            line.amount,
            _("%(year)s-priser") % {"year": level} if level and line.amount else "",
            line.unit,
            line.status,
        ]
        yield {
            "href": line.href,
            "text": _("%(kind)s: %(title)s") % {"kind": line.kind, "title": line.title},
            "note": " · ".join(one for one in said if one),
        }


def _cases(found: OfCommittee) -> Iterable[dict[str, str]]:
    for pk, one in found.cases.items():
        yield {
            "href": reverse("business_cases:sum", args=[pk]),
            "text": _("Business casen for »%(title)s«") % {"title": found.initiatives[pk]},
            "note": _("Sendt ind %(day)s og venter på svar")
            % {"day": formats.long_date(one.since, language())},
        }


def questions(found: OfCommittee, body_id: int) -> list[dict[str, str]]:
    """Return what the facts give reason to ask, each with the way to the fact."""
    asked = []
    for pk, said in found.beside.items():
        if said.verdict in (Verdict.CONTRADICTS, Verdict.LOOK) and said.findings:
            told = evidence.sentence(said.findings[0])
            asked.append({"href": evidence.href(said.findings[0], pk), "text": told})
    asked = asked[:MOST]
    on_the_roof = sum(1 for row in found.figures if row.rung == "promised")
    lapsed = sum(1 for row in found.figures if row.rung == "lapsed")
    listed = reverse("benefits:benefits") + f"?body={body_id}&rung="
    if on_the_roof:
        text = ngettext(
            "%(n)s gevinst sidder stadig på taget. Hvem svarer for den, og hvordan måles den?",
            "%(n)s gevinster sidder stadig på taget. Hvem svarer for dem, og hvordan måles de?",
            on_the_roof,
        )
        asked.append({"href": listed + "promised", "text": text % {"n": on_the_roof}})
    if lapsed:
        text = ngettext(
            "%(n)s gevinst er opgivet. Hvad har vi lært af det?",
            "%(n)s gevinster er opgivet. Hvad har vi lært af det?",
            lapsed,
        )
        asked.append({"href": listed + "lapsed", "text": text % {"n": lapsed}})
    return asked
