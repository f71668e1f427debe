"""The benefits of an initiative with their owners, on the printed page of its business case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hoest.domain.benefits import queries
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.domain.benefits.queries import Promise
from hoest.domain.benefits.web import words
from hoest.domain.benefits.web.graded import Graded
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.documents import parts
from hoest.foundation.documents.parts import Part
from hoest.foundation.documents.tree import Block, Heading, Paragraph, Row, Table, Tone
from hoest.ui import formats

# What stands on page one; the others stand in the annex.
MOST_ON_FRONT = 6


def register() -> None:
    """Put the benefits on the business case's paper."""
    parts.register("case", "benefits.benefits", of_case, order=10)


def of_case(actor: Actor, initiative: object) -> Part:
    """Return the benefits the actor may see: the weightiest on page one, all in the annex."""
    if not allowed_somewhere(actor, VIEW_BENEFITS):
        return Part()
    rows = queries.visible_to(actor).filter(initiative_id=initiative.pk)  # type: ignore[attr-defined]
    found = list(queries.with_rows(rows).order_by("title", "pk"))
    title = Heading(_("Gevinsterne og hvem der ejer dem"))
    if not found:
        return Part((title, Paragraph(_("Ingen har beskrevet gevinster endnu."))))
    promised = queries.promises_of(found)
    rungs = {pk: standing.rung for pk, standing in queries.standings_of(found).items()}
    found.sort(key=lambda one: _weight(promised[one.pk]), reverse=True)
    front: list[Block] = [title, _table(found[:MOST_ON_FRONT], promised, rungs)]
    if len(found) > MOST_ON_FRONT:
        more = _("De største gevinster står her. Alle %(count)s står i bilaget.")
        front.append(Paragraph(more % {"count": len(found)}, Tone.NOTE))
    return Part(tuple(front), _annex(found))


def _weight(promise: Promise) -> tuple[Decimal, Decimal]:
    """Order by kroner, then by hours; the two are never added."""
    return (
        _yearly(promise.latest_dkk) or Decimal(-1),
        _yearly(promise.latest_hours) or Decimal(-1),
    )


def _yearly(line: object) -> Decimal | None:
    if line is None:
        return None
    full: Decimal | None = line.full_year_effect  # type: ignore[attr-defined]
    return line.one_off_total if full is None else full  # type: ignore[attr-defined, no-any-return]


def _table(
    rows: Sequence[Benefit], promised: dict[int, Promise], rungs: Mapping[int, object]
) -> Table:
    return Table(
        _("Gevinster med ejer, størrelse og trin på høststigen"),
        (_("Gevinst"), _("Ejer"), _("Fuldt indført"), _("Trin")),
        tuple(
            Row(
                (
                    one.title,
                    _owner(one),
                    _sizes(promised[one.pk]),
                    words.rung_label(str(rungs[one.pk])),
                )
            )
            for one in rows
        ),
        numeric=frozenset({2}),
        widths=(3.0, 2.8, 3.7, 1.3),
    )


def _owner(one: Benefit) -> str:
    if one.owner is None:
        return _("ingen ejer endnu")
    if one.owner_accepted_on is None:
        return _("%(who)s (har ikke svaret)") % {"who": one.owner.name}
    return one.owner.name


def _sizes(promise: Promise) -> str:
    """Write what a benefit gives: kroner with their price level, and hours on a line of its own."""
    language = get_language() or "da"
    said = []
    if (line := promise.latest_dkk) is not None:
        amount = formats.kroner(_yearly(line), 0, language)
        span = _("om året") if line.is_recurring else _("i alt")
        said.append(f"{amount} {span}, " + _("%(year)s-priser") % {"year": line.price_level})
    if (line := promise.latest_hours) is not None:
        span = _("om året") if line.is_recurring else _("i alt")
        said.append(f"{formats.hours(_yearly(line), language)} {span}")
    return "\n".join(said) or _("ikke opgjort i kroner eller timer")


def _annex(rows: Sequence[Benefit]) -> tuple[Block, ...]:
    """Tell how each benefit is followed: indicator, baseline, target, method."""
    return (
        Heading(_("Gevinsterne og hvordan de følges"), 3),
        Table(
            _("Gevinster med indikator, baseline, mål og målemetode"),
            (_("Gevinst"), _("Type og ejer"), _("Indikator"), _("Baseline"), _("Mål")),
            tuple(
                Row(
                    (
                        one.title,
                        f"{content.label('benefit_type', one.benefit_type)}\n{_owner(one)}",
                        _followed(one),
                        _level(one, one.baseline_value, one.baseline_on),
                        _level(one, one.target_value, one.target_on),
                    )
                )
                for one in rows
            ),
            widths=(2.6, 2.4, 3.0, 1.7, 1.7),
        ),
    )


def _followed(one: Benefit) -> str:
    """Say how a benefit is measured, and how well what is read of it is known."""
    how = "\n".join(part for part in (one.indicator, one.method) if part)
    return f"{how or _('ikke valgt endnu')}\n{Graded(queries.proof_of(one)).said}"


def _level(one: Benefit, value: Decimal | None, on: object) -> str:
    language = get_language() or "da"
    if value is None:
        return _("mangler")
    digits = max(0, -int(value.normalize().as_tuple().exponent))  # type: ignore[arg-type]
    number = formats.number(value, digits, language)
    day = formats.short_date(on, language) if on else ""  # type: ignore[arg-type]
    return "\n".join(part for part in (f"{number} {one.measure_unit}".strip(), day) if part)
