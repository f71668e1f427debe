"""The annex of a business case: lines by year, areas, how it is counted, versions, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from hoest.domain.business_cases import calculations
from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.rules import CaseLineFigures, LineKind, Measure
from hoest.domain.business_cases.web import shown, words
from hoest.domain.business_cases.web.documents.grounds import grounds
from hoest.domain.business_cases.web.documents.paper import CasePaper
from hoest.foundation import content
from hoest.foundation.clock import DANISH_TIME
from hoest.foundation.documents.parts import Part
from hoest.foundation.documents.tree import (
    Block,
    Heading,
    Paragraph,
    Row,
    Table,
    Tone,
    Weight,
)
from hoest.ui import formats

# As many years as stand beside each other on a sheet of paper with nine-digit amounts.
YEARS_ABREAST = 6


def annex(paper: CasePaper, parts: Sequence[Part]) -> tuple[Block, ...]:
    """Return the blocks of the annex."""
    return (
        *_areas(paper),
        *_lines(paper),
        *_about_lines(paper),
        *grounds(paper),
        *(block for part in parts for block in part.annex),
        *_promise(paper),
        *_versions(paper),
        *_sources(paper),
    )


def _areas(paper: CasePaper) -> Iterator[Block]:
    figures = paper.figures
    if figures is None:
        return
    sums = calculations.sums_by_area(paper.lines, figures.base_year, figures.horizon)
    level = shown.price_level(figures.price_level)
    caption = _("Samlede økonomiske konsekvenser, kr. i %(level)s") % {"level": level}
    yield Heading(_("Samlede økonomiske konsekvenser"), 3)
    names = (_("Varige ændringer"), _("Engangsudgifter og engangsgevinster"))
    rows = [
        (f"{names[0] if one.lasts else names[1]}: {area_name(one.area)}", one.amounts, Weight.PLAIN)
        for one in sums
    ]
    rows.append((_("Samlet økonomisk påvirkning"), figures.net, Weight.SUM))
    yield from _by_years(caption, _("Kroner"), figures.years, rows)
    yield Paragraph(
        _("Gevinster tæller op, og udgifter tæller ned. Varige ændringer fortsætter hvert år.")
        + (f" {words.ROUNDED_APART}" if apart_in_areas(sums, figures.net) else ""),
        Tone.NOTE,
    )


def apart_in_areas(sums: Sequence[calculations.AreaSum], net: Sequence[Decimal]) -> bool:
    """Tell whether the printed sums of the areas miss the printed net in some year."""
    return any(
        shown.rounds_apart([one.amounts[t] for one in sums], total) for t, total in enumerate(net)
    )


def area_name(area: str) -> str:
    """Name a steering area as its lines do."""
    return content.label("steering_area", area).lower() if area else _("uden styringsområde")


def _by_years(
    caption: str,
    first: str,
    years: Sequence[int],
    rows: Sequence[tuple[str, Sequence[Decimal | str], Weight]],
) -> Iterator[Block]:
    """Yield a table for each handful of years that fit beside each other."""
    for start in range(0, len(years), YEARS_ABREAST):
        part = years[start : start + YEARS_ABREAST]
        span = f"{part[0]}–{part[-1]}" if len(part) > 1 else str(part[0])
        yield Table(
            f"{caption}, {span}" if len(years) > YEARS_ABREAST else caption,
            (first, *map(str, part)),
            tuple(
                Row((name, *map(_written, cells[start : start + YEARS_ABREAST])), weight)
                for name, cells, weight in rows
            ),
            numeric=frozenset(range(1, len(part) + 1)),
            widths=(2.6, *[1.0] * len(part), *[]),
            shows_caption=True,
        )


def _written(value: Decimal | str) -> str:
    return value if isinstance(value, str) else words.kroner(value)


def _lines(paper: CasePaper) -> Iterator[Block]:
    for table in shown.line_tables(paper.lines, paper.figures):
        hours = table.measure == Measure.HOURS
        yield Heading(_("Timer, år for år") if hours else _("Kroner, år for år"), 3)
        caption = (
            _("Timer")
            if hours
            else _("Hele kroner i %(level)s") % {"level": shown.price_level(paper.prices.shown)}
        )
        rows: list[tuple[str, Sequence[Decimal | str], Weight]] = [
            (f"{row.label}\n{row.kind}", [cell.text for cell in row.cells], Weight.PLAIN)
            for row in table.rows
        ]
        rows += [(name, amounts, Weight.SUM) for name, amounts in table.totals]
        yield from _by_years(caption, _("Post"), table.years, rows)
        said = [
            _("Timer lægges aldrig sammen med kroner.")
            if hours
            else _("Beløb står uden minus; arten viser, om det er en udgift eller en gevinst."),
            _("En varig post fortsætter det sidste udfyldte år. Et tomt felt er ikke kendt."),
        ]
        if table.rounds_apart:
            said.append(str(words.ROUNDED_APART))
        yield Paragraph(" ".join(said), Tone.NOTE)


def _about_lines(paper: CasePaper) -> Iterator[Block]:
    if not paper.lines:
        return
    yield Heading(_("Posterne og hvor de kommer fra"), 3)
    yield Table(
        _("Posterne med varighed, styringsområde, usikkerhed og kilde"),
        (_("Post"), _("Art"), _("Udfyldt"), _("Spænd"), _("Kilde")),
        tuple(_about(line) for line in shown.in_order(paper.lines)),
        widths=(2.6, 1.9, 1.3, 1.4, 3.2),
    )


def _about(line: CaseLineFigures) -> Row:
    kind = [content.label("line_kind", line.kind), content.label("duration", line.duration).lower()]
    if line.steering_area:
        kind.append(area_name(line.steering_area))
    years = sorted(line.amounts)
    filled = "" if not years else f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
    low, high = line.low_share, line.high_share
    ends = ""
    if low is not None or high is not None:
        one = Decimal(1)
        ends = " – ".join(
            formats.percent(one if share is None else share, 0, words.language())
            for share in (low, high)
        )
    return Row((line.line_key, ", ".join(kind), filled, ends, shown.source_of(line)))


def _promise(paper: CasePaper) -> Iterator[Block]:
    pairs = shown.pairs(paper.original_lines, paper.lines) if paper.original_lines else []
    original = paper.found.original
    if not pairs or original is None:
        return
    yield Heading(_("Løftet og det, der gælder nu"), 3)
    yield Table(
        _("Løftet i version %(first)s over for %(name)s")
        % {"first": original.number, "name": paper.name},
        (_("Post"), _("Enhed"), _("Lovet første gang"), _("Gælder nu"), _("Forskel")),
        tuple(
            Row((f"{p.label}\n{p.kind}", p.unit, p.original or "–", p.latest or "–", p.difference))
            for p in pairs
        ),
        numeric=frozenset({2, 3, 4}),
        widths=(3.4, 1.6, 1.8, 1.6, 1.6),
    )
    if {line.price_level for line in paper.original_lines} != {
        line.price_level for line in paper.lines
    }:
        yield Paragraph(
            _(
                "De to versioner står i hver sit pris- og lønniveau, så forskellen i kroner er "
                "ikke regnet ud."
            ),
            Tone.NOTE,
        )


def _versions(paper: CasePaper) -> Iterator[Block]:
    yield Heading(_("Alle versioner"), 3)
    yield Table(
        _("Versioner med begrundelse og hvem der godkendte"),
        (_("Version"), _("Prisniveau"), _("Hvem og hvornår"), _("Begrundelse")),
        tuple(version_row(paper, version) for version in reversed(paper.found.versions)),
        widths=(1.7, 1.2, 3.2, 4.3),
    )


def version_row(paper: CasePaper, version: CaseVersion) -> Row:
    """Return a version with its price level, who approved or began it, and the reason."""
    language = words.language()
    name = _("%(number)s, %(state)s") % {
        "number": version.number,
        "state": content.label("version_state", version.state).lower(),
    }
    if version == paper.found.original:
        name += "\n" + _("det første løfte")
    if version.approved_by_name:
        day = formats.long_date(version.approved_on, language) if version.approved_on else ""
        who = ", ".join(part for part in (version.approved_by_name, day) if part)
    else:
        at = version.created_at.astimezone(DANISH_TIME)
        who = _("Begyndt af %(who)s, %(day)s") % {
            "who": version.created_by_name,
            "day": formats.long_date(at.date(), language),
        }
    reason = version.reason or (_("Det første løfte.") if version == paper.found.original else "")
    return Row((name, shown.price_level(version.price_level), who, reason))


def _sources(paper: CasePaper) -> Iterator[Block]:
    figures = paper.figures
    yield Heading(_("Kilder og regnemåde"), 3)
    source = paper.version.source
    if source is not None:
        place = f", {paper.version.source_place}" if paper.version.source_place else ""
        day = formats.long_date(source.entered_at.astimezone(DANISH_TIME).date(), words.language())
        yield Paragraph(
            _("Tallene kommer fra %(title)s, %(who)s, %(day)s.")
            % {"title": f"{source.title}{place}", "who": source.entered_by_name, "day": day}
        )
    if figures is None:
        return
    yield Paragraph(
        _(
            "Nutidsværdi: %(rate)s. Beløb falder ved årets slutning, og %(year)s regnes ikke om. "
            "Excel-filen med samme indhold regner hvert tal med formler, der kan ses efter."
        )
        % {"rate": words.rate_words(figures), "year": figures.base_year}
    )
    if paper.prices.is_converted:
        yield Paragraph(
            _(
                "Beløbene er skrevet i %(own)s og vist i %(shown)s: beløb gange indeks for "
                "%(to)s delt med indeks for %(since)s. Kilde: %(sources)s."
            )
            % {
                "own": shown.price_level(paper.prices.own),
                "shown": shown.price_level(paper.prices.shown),
                "to": paper.prices.shown,
                "since": paper.prices.own,
                "sources": "; ".join(paper.prices.sources),
            }
        )


def kinds_of(lines: Sequence[CaseLineFigures], kind: LineKind) -> list[CaseLineFigures]:
    """Return the kroner lines of a kind."""
    return [line for line in lines if line.measure == Measure.DKK and line.kind == kind]
