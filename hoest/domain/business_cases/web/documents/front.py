"""Page one of a business case: what, why, the sum with its range, benefits with owners, the ask.

Everything a decision needs stands here, and nothing else: the rest is in the annex. How much of a
list stands on the page is bounded, and what is left out is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.business_cases.rules import VersionState
from hoest.domain.business_cases.web import shown, words
from hoest.domain.business_cases.web.documents.grounds import need_of
from hoest.domain.business_cases.web.documents.paper import CasePaper
from hoest.foundation import content
from hoest.foundation.clock import DANISH_TIME
from hoest.foundation.documents.parts import Part
from hoest.foundation.documents.tree import (
    Block,
    Heading,
    Items,
    Paragraph,
    Row,
    Table,
    Tone,
)
from hoest.ui import formats

MOST_CAUTIONS, MOST_NEED = 4, 400


def front(paper: CasePaper, parts: Sequence[Part]) -> tuple[Block, ...]:
    """Return the blocks of page one."""
    return (
        *_point(paper),
        *_what_and_why(paper),
        *_sum(paper),
        *(block for part in parts for block in part.front),
        *_ask(paper),
    )


def _point(paper: CasePaper) -> Iterator[Block]:
    point = words.point(paper.initiative.title, paper.figures, bool(paper.lines), paper.is_draft)
    lead = words.lead(paper.figures)
    yield Paragraph(f"{point}. {lead}".strip(), Tone.LEAD)
    if paper.is_draft:
        yield Paragraph(_("Kladde: ingen har godkendt tallene endnu."))


def _what_and_why(paper: CasePaper) -> Iterator[Block]:
    initiative = paper.initiative
    yield Heading(_("Hvad og hvorfor"))
    if initiative.in_practice:
        yield Paragraph(
            _("I praksis betyder det, at %(what)s") % {"what": _ended(initiative.in_practice)}
        )
    need = need_of(paper)
    if need:
        yield Paragraph(need if len(need) <= MOST_NEED else need[:MOST_NEED].rstrip() + " …")
    facts = [
        (_("Formål"), _code("purpose_type", initiative.purpose_type)),
        (_("Type"), _code("initiative_type", initiative.initiative_type)),
        (_("Tema"), initiative.theme),
        (_("Enhed"), initiative.unit.name),
        (_("Udvalg"), initiative.body.name if initiative.body else ""),
        (_("Sponsor"), initiative.sponsor.name if initiative.sponsor else _("ikke udpeget")),
        (_("Initiativleder"), initiative.lead.name if initiative.lead else _("ikke udpeget")),
    ]
    told = " · ".join(f"{name}: {value}" for name, value in facts if value)
    yield Paragraph(told + ".", Tone.NOTE)


def _code(kind: str, code: str) -> str:
    return content.label(kind, code) if code else ""


def _ended(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."


def _sum(paper: CasePaper) -> Iterator[Block]:
    figures = paper.figures
    yield Heading(_("Summen"))
    if figures is None:
        yield Paragraph(words.point(paper.initiative.title, None, bool(paper.lines), False) + ".")
        return
    found = shown.key_figures(figures)
    level = shown.price_level(figures.price_level)
    yield Table(
        _("Nøgletallene, kroner i %(level)s") % {"level": level},
        (_("Nøgletal"), _("Tal"), _("Spænd"), _("Sådan er det regnet")),
        tuple(Row((one.label, value_of(one), range_of(one), one.definition)) for one in found),
        numeric=frozenset({1, 2}),
        widths=(3.6, 1.5, 2.3, 4.2),
    )
    yield Paragraph(" ".join(_beside(paper)), Tone.NOTE)
    cautions = words.cautions(figures)
    if cautions:
        yield Items(tuple(cautions[:MOST_CAUTIONS]))


def value_of(one: shown.KeyFigure) -> str:
    """Write a key figure with its unit, or why it has none."""
    if one.missing:
        return one.missing
    return f"{one.value}{formats.NBSP}{one.unit}" if one.unit else one.value


def range_of(one: shown.KeyFigure) -> str:
    """Write the range of a key figure, if it has one."""
    return f"{one.low} – {one.high}" if one.low else ""


def _beside(paper: CasePaper) -> Iterator[str]:
    figures = paper.figures
    if figures is None:
        return
    yield _(
        "Regnet fra %(first)s til og med %(last)s i %(level)s. Kun kroner: timer er ikke gjort til "
        "penge."
    ) % {
        "first": figures.base_year,
        "last": figures.horizon,
        "level": shown.price_level(figures.price_level),
    }
    if paper.prices.is_converted:
        yield _("Regnet om fra %(own)s med kommunens prisindeks. Kilde: %(sources)s.") % {
            "own": shown.price_level(paper.prices.own),
            "sources": "; ".join(paper.prices.sources),
        }
    yield _("Diskonteringsrente: %(rate)s.") % {"rate": words.rate_words(figures)}
    if figures.net_range:
        yield _(
            "Spændet lægger alle posters laveste eller højeste tal sammen. Det er ikke en "
            "sandsynlighed."
        )


def _ask(paper: CasePaper) -> Iterator[Block]:
    version = paper.version
    yield Heading(_("Beslutningen"))
    if version.state == VersionState.DRAFT:
        yield Paragraph(
            _("Tallene er ved at blive skrevet. Der bedes ikke om en beslutning endnu.")
        )
    elif version.state == VersionState.SUBMITTED and version.submitted_at:
        yield Paragraph(
            _("%(who)s beder om, at tallene bliver godkendt. Indsendt %(day)s.")
            % {
                "who": version.submitted_by_name,
                "day": formats.long_date(
                    version.submitted_at.astimezone(DANISH_TIME).date(), words.language()
                ),
            }
        )
    else:
        yield Paragraph(
            _("Version %(number)s er godkendt: %(who)s, %(day)s.")
            % {
                "number": version.number,
                "who": version.approved_by_name,
                "day": formats.long_date(version.approved_on, words.language()),
            }
            + (f" {_ended(version.reason)}" if version.reason else "")
        )
    count = len(paper.found.versions)
    yield Paragraph(
        ngettext(
            "Bag siden står et bilag med posterne, forudsætningerne og den ene version, der er.",
            "Bag siden står et bilag med posterne, forudsætningerne og alle %(count)s versioner.",
            count,
        )
        % {"count": count},
        Tone.NOTE,
    )
