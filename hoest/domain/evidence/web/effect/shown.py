"""What the effect page says of an estimate: the sentence, the checks and what cannot be said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.benefits.rules import Verdict
from hoest.domain.evidence.calculations import REMEDY_OF
from hoest.domain.evidence.models import Estimate, Happening, Study
from hoest.domain.evidence.queries import Start
from hoest.domain.evidence.rules.shown import LOWEST_GRADE
from hoest.domain.evidence.web import words
from hoest.domain.evidence.web.effect.before import Check, alike_before, before_anybody
from hoest.domain.evidence.web.effect.chart import period_label
from hoest.ui import formats
from hoest.ui.words import in_a_row

DRAWN = 5
ALONE = ("its", "bsts")


@dataclass(frozen=True)
class Unsaid:
    """What cannot be said, and what would make it possible; empty when nothing would."""

    what: str
    would_help: str = ""


@dataclass(frozen=True)
class Graded:
    """A figure with its range, grade and verdict, never apart."""

    number: str
    unit: str
    span: str
    grade_number: int
    grade: str
    grade_about: str
    verdict: str
    verdict_code: str
    verdict_about: str
    why: str


def told_of(study: Study, estimate: Estimate) -> words.Told:
    """Return the figures a sentence needs."""
    answer = estimate.answer
    adopters = sum(1 for day in answer["starts"].values() if day is not None)
    return words.Told(
        method=estimate.method,
        estimate=estimate.estimate or 0.0,
        low=estimate.low,
        high=estimate.high,
        step=answer.get("error"),
        verdict=estimate.verdict,
        adopters=adopters,
        others=len(answer["units"]) - adopters,
        others_change=answer.get("others_change"),
        wanted=study.series.wanted,
    )


def sentence_of(study: Study, estimate: Estimate) -> str:
    """Say the effect in one sentence."""
    series = study.series
    return words.sentence(
        study.benefit.initiative.title, series.name, series.measure_unit, told_of(study, estimate)
    )


def graded_of(study: Study, estimate: Estimate) -> Graded:
    """Return the figure with all that belongs to it."""
    told = told_of(study, estimate)
    verdict = Verdict(estimate.verdict)
    reasons = [str(words.REASONS[code]) for code in estimate.answer["reasons"]]
    return Graded(
        number=words.signed(told.estimate, told.step),
        unit=study.series.measure_unit,
        span=words.span(told.low, told.high, told.step, told.verdict),
        grade_number=estimate.grade,
        grade=words.grade_label(estimate.grade),
        grade_about=words.grade_about(estimate.grade),
        verdict=words.verdict_label(estimate.verdict),
        verdict_code=verdict.code,
        verdict_about=words.verdict_about(estimate.verdict),
        why=in_a_row(reasons),
    )


def checks_of(
    study: Study, estimate: Estimate, happenings: Sequence[Happening], may_note: bool
) -> list[Check]:
    """Answer the three questions a leader asks."""
    alone = estimate.method in ALONE
    return [
        before_anybody(study, estimate) if alone else alike_before(study, estimate),
        _one_out(estimate),
        _meanwhile(happenings, may_note),
    ]


def _one_out(estimate: Estimate) -> Check:
    question = _("Holder det, hvis vi lader én ude?")
    out = estimate.answer["checks"]["left_out"]
    step = estimate.answer.get("error")
    if out is None:
        return Check(
            question,
            _("Det kan vi ikke prøve"),
            _("Der er ikke steder nok til at lade ét ude."),
            "unknown",
        )
    strongest = out["low_unit"] if (estimate.estimate or 0) > 0 else out["high_unit"]
    facts = {
        "low": words.amount(out["low"], step),
        "high": words.amount(out["high"], step),
        "unit": strongest,
    }
    if out["sign_holds"]:
        said = _(
            "Lader vi ét sted ude ad gangen, ligger svaret mellem %(low)s og %(high)s. "
            "Mest betyder %(unit)s."
        )
        return Check(question, _("Ja"), said % facts, "yes")
    said = _(
        "Uden %(unit)s ville svaret være et andet. Lader vi ét sted ude ad gangen, ligger det "
        "mellem %(low)s og %(high)s."
    )
    return Check(question, _("Nej"), said % facts, "no")


def _meanwhile(happenings: Sequence[Happening], may_note: bool) -> Check:
    question = _("Skete der noget andet samtidig?")
    if not happenings:
        said = (
            _("Ingen har skrevet noget ned. Ved du noget, så skriv det.")
            if may_note
            else _("Ingen har skrevet noget ned.")
        )
        return Check(question, _("Ikke det, vi ved af"), said, "perhaps")
    count = len(happenings)
    said = ngettext(
        "%(n)s ting er skrevet ned. Tallene kan ikke skille den fra løsningen.",
        "%(n)s ting er skrevet ned. Tallene kan ikke skille dem fra løsningen.",
        count,
    ) % {"n": formats.number(count)}
    return Check(question, _("Ja, måske"), said, "no")


def unsaid_of(estimate: Estimate) -> list[Unsaid]:
    """Return what cannot be said, and what would make it possible."""
    answer = estimate.answer
    found = [
        Unsaid(_sentence(words.REASONS[code]), _help(code))
        for code in dict.fromkeys([*answer["reasons"], *answer["step_down"]])
    ]
    for code, count in answer["notes"]:
        found.append(Unsaid(words.note(code, count)))
    if LOWEST_GRADE <= estimate.grade < DRAWN:
        found.append(
            Unsaid(
                _(
                    "Ingen trak lod om, hvem der begyndte først. De første kan være anderledes "
                    "end de andre."
                ),
                _help("moved_apart_before"),
            )
        )
    found.append(
        Unsaid(_("Vi ved ikke, om effekten bliver den samme et andet sted eller om nogle år."))
    )
    return found


def unknown_starts(starts: Sequence[Start]) -> list[Unsaid]:
    """Say which municipalities count as not begun only because nobody has said otherwise."""
    count = sum(one.is_elsewhere and one.said == "nobody" and not one.left_out for one in starts)
    if not count:
        return []
    return [
        Unsaid(
            ngettext(
                "%(n)s anden kommune har ikke sagt, om den er begyndt. Den er regnet som ikke "
                "begyndt.",
                "%(n)s andre kommuner har ikke sagt, om de er begyndt. De er regnet som ikke "
                "begyndt.",
                count,
            )
            % {"n": formats.number(count)},
            _("at spørge dem og skrive deres startdag ved stedet"),
        )
    ]


def _sentence(reason: Any) -> str:
    text = str(reason)
    return f"{text[:1].upper()}{text[1:]}."


def _help(reason: str) -> str:
    return str(words.REMEDIES[REMEDY_OF[reason]])


def cells_of(study: Study, estimate: Estimate) -> list[tuple[str, str, str, str]]:
    """Return the table of cells: began in, period, effect, uncertainty."""
    step, kind = estimate.answer.get("error"), study.series.step
    return [
        (
            period_label(dt.date.fromisoformat(group), kind),
            period_label(dt.date.fromisoformat(time), kind),
            "" if effect is None else words.signed(effect, step),
            "" if error is None else words.amount(error, step),
        )
        for group, time, effect, error in estimate.answer["cells"]
    ]


@dataclass(frozen=True)
class Earlier:
    """An estimate that was made before, and what is new since.

    `is_kept` when the numbers it was made from can be downloaded.
    """

    pk: int
    is_kept: bool
    number: int
    made_at: dt.datetime
    by: str
    figure: str
    span: str
    grade: str
    verdict: str
    last_period: str
    changed: str


def earlier_of(study: Study, estimates: Sequence[Estimate], kept: Collection[str]) -> list[Earlier]:
    """Return the estimates, the newest first, each with what changed from the one before.

    `kept` holds the fingerprints whose data can be downloaded.
    """
    found = []
    for place, one in enumerate(estimates):
        before = estimates[place + 1] if place + 1 < len(estimates) else None
        told = told_of(study, one)
        found.append(
            Earlier(
                pk=one.pk,
                is_kept=one.data_hash in kept,
                number=one.number,
                made_at=one.made_at,
                by=one.made_by_name,
                figure=f"{words.signed(told.estimate, told.step)} {study.series.measure_unit}",
                span=words.span(told.low, told.high, told.step, told.verdict),
                grade=words.grade_label(one.grade),
                verdict=words.verdict_label(one.verdict),
                last_period=period_label(one.last_period, study.series.step),
                changed=_changed(one, before),
            )
        )
    return found


def _changed(now: Estimate, before: Estimate | None) -> str:
    if before is None:
        return _("den første")
    said = []
    if now.last_period > before.last_period:
        said.append(_("nye perioder"))
    if set(now.answer["units"]) != set(before.answer["units"]):
        said.append(_("andre steder"))
    if now.answer["starts"] != before.answer["starts"]:
        said.append(_("andre starter"))
    if now.method != before.method:
        said.append(_("anden metode"))
    if now.engine_version != before.engine_version:
        said.append(_("ny udgave af motoren"))
    if now.verdict != before.verdict:
        said.append(_("anden dom"))
    return in_a_row(said) or _("rettede tal")
