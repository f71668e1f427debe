"""The security report on paper: one page first, then everything behind it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hoest.domain.trust.models import SecurityReport
from hoest.domain.trust.rules.security import ReportState
from hoest.domain.trust.web.papers import paper
from hoest.domain.trust.web.security.shown import LAW, Shown, period, point, state_words, title
from hoest.foundation.access.actor import Actor
from hoest.foundation.documents.tree import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Row,
    Table,
    Tone,
)


def composed(actor: Actor, report: SecurityReport, parts: Shown) -> Document:
    """Return the document; PDF and DOCX are both written from it."""
    front: list[Block] = [
        Paragraph(point(report, parts), Tone.LEAD),
        Paragraph(f"{period(report)}. {state_words(report)}.", Tone.NOTE),
        Paragraph(report.introduction),
    ]
    if parts.decisions:
        front += [Heading(_("Beslutninger, der er brug for")), Items(tuple(parts.decisions))]
    front += [
        Heading(_("De vigtigste risici")),
        Items(tuple(f"{one['what']} ({one['words'].rstrip('.')})" for one in parts.risks))
        if parts.risks
        else Paragraph(_("Ingen risici er valgt ud til rapporten.")),
    ]
    return paper(
        actor,
        title(report),
        f"{actor.organisation_name} · {report.body.name}",
        _("Sikkerhedsrapport"),
        tuple(front),
        annex_title=_("Bag rapporten"),
        annex=tuple(_annex(parts)),
        marking="" if report.state == ReportState.APPROVED else _("Kladde"),
    )


def _annex(parts: Shown) -> list[Block]:
    blocks: list[Block] = [Heading(_("Risici og det, vi gør"), 3)]
    if parts.risks:
        blocks.append(
            Table(
                _("Risici og det, vi gør"),
                (_("Det kan ske"), _("Så mærker man"), _("Det gør vi"), _("Ansvar og dag")),
                tuple(
                    Row((one["what"], one["consequence"], one["measure"], one["who"]))
                    for one in parts.risks
                ),
                widths=(1.0, 1.0, 1.0, 0.8),
            )
        )
    blocks.append(Heading(_("Aftalte afvigelser"), 3))
    blocks.append(
        Table(
            _("Aftalte afvigelser"),
            (_("Initiativ"), _("Krav"), _("Begrundelse"), _("Slutdag")),
            tuple(
                Row((one["initiative"], one["requirement"], one["reason"], one["line"]))
                for one in parts.deviations
            ),
            widths=(1.0, 1.0, 1.0, 1.0),
        )
        if parts.deviations
        else Paragraph(
            _("Ingen afvigelser fra krav om sikkerhed, databeskyttelse og ret gælder lige nu.")
        )
    )
    blocks.append(Heading(_("Hændelser"), 3))
    blocks.append(
        Table(
            _("Hændelser"),
            (_("Slags"), _("Antal"), _("Periode"), _("Det lærte vi")),
            tuple(
                Row((one["kind"], one["line"], one["period"], one["lesson"] or "–"))
                for one in parts.incidents
            ),
            widths=(1.0, 0.7, 0.9, 1.4),
        )
        if parts.incidents
        else Paragraph(_("Ingen hændelser er talt op i perioden."))
    )
    blocks += [
        Heading(_("Ledelsens egne opgaver"), 3),
        Table(
            _("Ledelsens egne opgaver"),
            (_("Opgave"), _("Det er registreret"), _("Næste gang")),
            tuple(Row((one["label"], one["line"], one["due"] or "–")) for one in parts.duties),
            widths=(1.0, 2.0, 1.0),
        ),
        Paragraph(
            _("Skemaet viser, hvad der er registreret. Det afgør ikke, om loven er fulgt. %(law)s")
            % {"law": LAW},
            Tone.NOTE,
        ),
    ]
    return blocks
