"""What a case protects, and the eleven questions with their answers, in the annex.

The page of the sum shows the same: a reader of the paper sees what is there and what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.queries import Parts
from hoest.domain.business_cases.rules import RiskFigures
from hoest.domain.business_cases.rules.quality import findings
from hoest.domain.business_cases.web.documents.paper import CasePaper
from hoest.domain.business_cases.web.sum import gathered, quality_words, shown
from hoest.foundation.documents.tree import Block, Heading, Paragraph, Row, Table, Tone


def protected(paper: CasePaper) -> Iterator[Block]:
    """Yield duty, risk, continuity and load as they are written; for what must be done, always."""
    is_hygiene = paper.initiative.purpose_type == gathered.HYGIENE
    written = [one for one in shown.aspects(queries.grounds_of(paper.version)) if one.said]
    if not written and not is_hygiene:
        return
    yield Heading(_("Hvad det beskytter") if is_hygiene else _("Andet end penge"), 3)
    if is_hygiene:
        yield Paragraph(
            _(
                "Hygiejne dømmes på risiko, stabil drift og belastning. En negativ nutidsværdi "
                "tæller ikke imod."
            ),
            Tone.NOTE,
        )
    if not written:
        yield Paragraph(_("Ingen har skrevet endnu, hvad det beskytter."))
        return
    yield Table(
        _("Hvor slemt det er i dag og bagefter, med egne ord"),
        (_("Hvad"), _("I dag"), _("Bagefter"), _("Med egne ord"), _("Skrevet af")),
        tuple(
            Row((one.label, one.now or "–", one.after or "–", one.said, one.who or "–"))
            for one in written
        ),
        widths=(1.8, 1.3, 1.3, 4.2, 1.9),
    )


def questions(paper: CasePaper, parts: Parts, risks: list[RiskFigures]) -> Iterator[Block]:
    """Yield the eleven questions, each with whether it is answered and what is lacking."""
    benefits = queries.benefits_told(paper.actor, paper.initiative.pk)
    found = findings(gathered.quality_facts(parts, risks, benefits))
    answers = quality_words.said(found, paper.version, may_mend=False)
    yield Heading(_("De elleve spørgsmål"), 3)
    yield Paragraph(
        _("%(met)s af 11 spørgsmål er besvaret.") % {"met": sum(one.met for one in answers)}
    )
    yield Table(
        _("Spørgsmålene til casen, og om de er besvaret"),
        (_("Spørgsmål"), _("Svar"), _("Det, der er, eller det, der mangler")),
        tuple(
            Row(
                (
                    f"{one.number}. {one.title}",
                    _("Er der") if one.met else _("Mangler"),
                    one.sentence,
                )
            )
            for one in answers
        ),
        widths=(3.0, 1.2, 5.6),
    )
    yield Paragraph(
        _(
            "Høst stiller selv spørgsmålene. De er inspireret af statens tjekliste fra 2014 og er "
            "en hjælp til den, der skriver, ikke en karakter."
        ),
        Tone.NOTE,
    )
