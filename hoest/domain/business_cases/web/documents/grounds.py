"""What the figures rest on, in the annex: what is protected, need, assumptions, risks, questions.

Only what somebody has written stands here; nothing is made up for what was left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from hoest.domain.business_cases import calculations, queries
from hoest.domain.business_cases.models import Alternative
from hoest.domain.business_cases.queries import Parts
from hoest.domain.business_cases.rules import RiskFigures
from hoest.domain.business_cases.rules.guide import Question
from hoest.domain.business_cases.web import words
from hoest.domain.business_cases.web.documents.asked import protected, questions
from hoest.domain.business_cases.web.documents.paper import CasePaper
from hoest.foundation.documents.tree import Block, Heading, Paragraph, Row, Table, Tone, Weight
from hoest.ui import formats


def grounds(paper: CasePaper) -> Iterator[Block]:
    """Yield what a reader needs to judge the figures by."""
    parts, risks = queries.parts_of(paper.version), queries.risks_of(paper.version)
    yield from protected(paper)
    yield from _need(parts)
    yield from _alternatives(parts)
    yield from _assumptions(parts)
    yield from _risks(risks)
    yield from questions(paper, parts, risks)


def need_of(paper: CasePaper) -> str:
    """Return what is to become different, as the guide has asked; empty when nobody answered."""
    parts = queries.parts_of(paper.version)
    return parts.text(Question.NEED) or parts.text(Question.SITUATION)


def _need(parts: Parts) -> Iterator[Block]:
    asked = (
        (_("I dag"), Question.SITUATION),
        (_("Det skal blive anderledes"), Question.NEED),
        (_("Hvem mærker det"), Question.USER_GROUP),
        (_("Hvad de mærker"), Question.CHANGE),
        (_("Sådan måles det"), Question.MEASURED_BY),
    )
    said = [(name, parts.text(question)) for name, question in asked if parts.text(question)]
    if said:
        yield Heading(_("Behovet"), 3)
        for name, text in said:
            yield Paragraph(f"{name}: {text}")


def _alternatives(parts: Parts) -> Iterator[Block]:
    if not parts.alternatives:
        return
    level = parts.version.price_level
    yield Heading(_("Alternativerne"), 3)
    yield Table(
        _("Alternativer med udgift og gevinst, kr. i %(level)s-priser") % {"level": level},
        (_("Alternativ"), _("Engangsudgift"), _("Udgift om året"), _("Gevinst om året"),
         _("Hvorfor ikke valgt")),
        tuple(_alternative(one) for one in parts.alternatives),
        numeric=frozenset({1, 2, 3}),
        widths=(3.2, 1.5, 1.5, 1.6, 3.0),
    )  # fmt: skip


def _alternative(one: Alternative) -> Row:
    amounts = (one.one_off_dkk, one.yearly_cost_dkk, one.yearly_benefit_dkk)
    name = f"{one.name}\n{one.what}" if one.what else one.name
    return Row((name, *("–" if x is None else words.kroner(x) for x in amounts), one.why))


def _assumptions(parts: Parts) -> Iterator[Block]:
    if not parts.assumptions:
        return
    yield Heading(_("Forudsætningerne"), 3)
    yield Table(
        _("Forudsætninger med værdi, enhed, kilde og dato"),
        (_("Forudsætning"), _("Værdi"), _("Enhed"), _("Kilde og dato")),
        tuple(
            Row((one.name, _value(one.value), one.unit, _source(one.source_text, one.dated_on)))
            for one in parts.assumptions
        ),
        numeric=frozenset({1}),
        widths=(3.4, 1.6, 1.8, 4.0),
    )


def _value(value: Decimal | None) -> str:
    if value is None:
        return _("regnes ud")
    digits = max(0, -int(value.normalize().as_tuple().exponent))  # type: ignore[arg-type]
    return formats.number(value, digits, words.language())


def _source(text: str, on: object) -> str:
    day = formats.long_date(on, words.language()) if on else ""  # type: ignore[arg-type]
    return ", ".join(part for part in (text, day) if part) or _("kilde mangler")


def _risks(risks: list[RiskFigures]) -> Iterator[Block]:
    pool = calculations.pool_of(risks)
    if pool is None:
        return
    language = words.language()
    rows = [
        Row(
            (
                f"{risk.title}\n{risk.if_it_happens}" if risk.if_it_happens else risk.title,
                formats.percent(risk.probability, 0, language),
                words.kroner(risk.low_dkk),
                words.kroner(risk.likely_dkk),
                words.kroner(risk.high_dkk),
                words.kroner(expected),
            )
        )
        for risk, expected in zip(risks, pool.by_risk, strict=True)
    ]
    rows.append(
        Row((_("Forventet i alt"), "", "", "", "", words.kroner(pool.expected)), Weight.SUM)
    )
    yield Heading(_("Risiciene"), 3)
    yield Table(
        _("Risici med sandsynlighed og konsekvens i kroner"),
        (_("Risiko"), _("Sandsynlighed"), _("Mindst"), _("Sandsynligt"), _("Højst"),
         _("Forventet")),
        tuple(rows),
        numeric=frozenset({1, 2, 3, 4, 5}),
        widths=(3.6, 1.5, 1.4, 1.4, 1.4, 1.4),
    )  # fmt: skip
    covered = ", ".join(
        _("%(kroner)s dækker alt med %(share)s sandsynlighed")
        % {
            "kroner": formats.kroner(amount, 0, language),
            "share": formats.percent(share, 0, language),
        }
        for share, amount in pool.for_coverage
    )
    yield Paragraph(
        _("Risikopuljen lægges til ved siden af business casen. %(covered)s.")
        % {"covered": covered},
        Tone.NOTE,
    )
