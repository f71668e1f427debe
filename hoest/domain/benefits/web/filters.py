"""The filter of benefits: one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits import queries
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.domain.benefits.rules import Verdict
from hoest.domain.business_cases.queries import approved_lines, price_levels, valued_years
from hoest.domain.business_cases.rules import CaseLineFigures
from hoest.domain.organisations.queries import UnitTree, bodies_of, people_of, units_of
from hoest.domain.portfolio import queries as portfolio
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter

SEARCHED = ("title", "key", "indicator", "initiative__title", "owner__name", "unit__name")
Choices = list[tuple[str, Any]]


def unit_choices(actor: Actor) -> Choices:
    """Return the units in which the actor may see benefits."""
    reached = units_where(actor, VIEW_BENEFITS)
    units = units_of(actor).values_list("pk", "name")
    return [(str(pk), name) for pk, name in units if reached is None or pk in reached]


def body_choices(actor: Actor) -> Choices:
    """Return the committees and boards of the municipality."""
    return [(str(pk), name) for pk, name in bodies_of(actor).values_list("pk", "name")]


def owner_choices(actor: Actor) -> Choices:
    """Return those who own a benefit the actor may see, and nobody."""
    owners = queries.visible_to(actor).order_by().values_list("owner_id", flat=True)
    people = people_of(actor).filter(pk__in=owners.distinct()).values_list("pk", "name")
    named = [(str(pk), gettext("ejet af %(name)s") % {"name": name}) for pk, name in people]
    return [("ingen", gettext("uden ejer")), *named]


def initiative_choices(actor: Actor) -> Choices:
    """Return the initiatives that have benefits the actor may see."""
    ids = queries.visible_to(actor).order_by().values("initiative_id")
    rows = portfolio.visible_to(actor).filter(pk__in=ids).order_by("title")
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")]


def _on_the_rung(actor: Actor) -> Choices:
    return [
        (code, gettext("på trinnet %(rung)s") % {"rung": label.lower()})
        for code, label in content.choices("rung")
    ]


def _with_the_verdict(actor: Actor) -> Choices:
    return [
        (Verdict.SHOWN.code, gettext("hvor effekten er vist")),
        (Verdict.INDICATED.code, gettext("hvor effekten er antydet")),
        (Verdict.NOT_SHOWN.code, gettext("hvor effekten ikke er vist")),
        (Verdict.CANNOT.code, gettext("hvor effekten ikke kan vises")),
    ]


def _with_the_purpose(actor: Actor) -> Choices:
    return [
        (code, gettext("med formålet %(purpose)s") % {"purpose": label.lower()})
        for code, label in content.choices("purpose_type")
    ]


def _years(actor: Actor) -> Choices:
    years = valued_years(actor.organisation_id)
    return [(str(year), gettext("med beløb i %(year)s") % {"year": year}) for year in years]


def _price_levels(actor: Actor) -> Choices:
    levels = price_levels(actor.organisation_id)
    return [(str(year), gettext("i %(year)s-priser") % {"year": year}) for year in levels]


def _valued(organisation_id: int) -> list[CaseLineFigures]:
    return approved_lines(organisation_id, kind="benefit")


class BenefitFilter(ListFilter):
    """Which benefits are shown."""

    sentence = _(
        "Vis {benefit_type} {rung}, {verdict}, i {unit} under {body}, {purpose_type}, {owner}, "
        "{initiative}, {year} {price_level}, der nævner {q}"
    )
    q = SearchFilter(fields=SEARCHED)
    benefit_type = WordFilter(
        any_word=_("alle gevinster"),
        label=_("Gevinsttype"),
        choices=lambda actor: content.choices("benefit_type"),
    )
    rung = WordFilter(
        any_word=_("på alle trin"), label=_("Trin"), choices=_on_the_rung, method="on_rung"
    )
    verdict = WordFilter(
        any_word=_("uanset påvisning"),
        label=_("Påvisning"),
        choices=_with_the_verdict,
        method="with_verdict",
    )
    unit = WordFilter(
        any_word=_("hele kommunen"), label=_("Enhed"), choices=unit_choices, method="in_unit"
    )
    body = WordFilter(
        any_word=_("alle udvalg"), label=_("Udvalg"), choices=body_choices, method="in_body"
    )
    purpose_type = WordFilter(
        any_word=_("uanset formål"),
        label=_("Formål"),
        choices=_with_the_purpose,
        field_name="initiative__purpose_type",
    )
    owner = WordFilter(
        any_word=_("uanset ejer"), label=_("Ejer"), choices=owner_choices, method="owned_by"
    )
    initiative = WordFilter(
        any_word=_("i alle initiativer"),
        label=_("Initiativ"),
        choices=initiative_choices,
        method="of_initiative",
    )
    year = WordFilter(
        any_word=_("med eller uden beløb"), label=_("År"), choices=_years, method="with_year"
    )
    price_level = WordFilter(
        any_word=_("i alle prisniveauer"),
        label=_("Prisniveau"),
        choices=_price_levels,
        method="at_level",
    )

    def on_rung(self, rows: QuerySet[Benefit], name: str, value: str) -> QuerySet[Benefit]:
        """Keep the benefits on a rung; it is a rule, so it is asked row by row."""
        return rows.filter(pk__in=queries.ids_on_rung(rows, value))

    def with_verdict(self, rows: QuerySet[Benefit], name: str, value: str) -> QuerySet[Benefit]:
        """Keep the benefits whose figure may be called that, by the same rule as on their page."""
        return rows.filter(pk__in=queries.ids_with_verdict(rows, value))

    def in_unit(self, rows: QuerySet[Benefit], name: str, value: str) -> QuerySet[Benefit]:
        """Keep the benefits of a unit and all below: their own unit, else the initiative's."""
        below = UnitTree.of(self.actor.organisation_id).below(int(value))
        by_initiative = Q(unit__isnull=True, initiative__unit_id__in=below)
        return rows.filter(Q(unit_id__in=below) | by_initiative)

    def in_body(self, rows: QuerySet[Benefit], name: str, value: str) -> QuerySet[Benefit]:
        """Keep the benefits of a committee's initiatives."""
        return rows.filter(initiative__body_id=int(value))

    def owned_by(self, rows: QuerySet[Benefit], name: str, value: str) -> QuerySet[Benefit]:
        """Keep the benefits of one owner, or those nobody owns."""
        if value == "ingen":
            return rows.filter(owner__isnull=True)
        return rows.filter(owner_id=int(value))

    def of_initiative(self, rows: QuerySet[Benefit], name: str, value: str) -> QuerySet[Benefit]:
        """Keep the benefits of one initiative."""
        return rows.filter(initiative_id=int(value))

    def with_year(self, rows: QuerySet[Benefit], name: str, value: str) -> QuerySet[Benefit]:
        """Keep the benefits whose approved line has an amount of its own in a year."""
        return self._where(rows, lambda line: int(value) in line.amounts)

    def at_level(self, rows: QuerySet[Benefit], name: str, value: str) -> QuerySet[Benefit]:
        """Keep the benefits whose kroner are counted in a year's money."""
        return self._where(
            rows, lambda line: line.measure == "dkk" and line.price_level == int(value)
        )

    def _where(
        self, rows: QuerySet[Benefit], fits: Callable[[CaseLineFigures], bool]
    ) -> QuerySet[Benefit]:
        lines = _valued(self.actor.organisation_id)
        wanted = {(line.initiative_id, line.line_key) for line in lines if fits(line)}
        keys = rows.order_by().values_list("pk", "initiative_id", "line_key")
        return rows.filter(pk__in=[pk for pk, *key in keys if tuple(key) in wanted])


class DisbenefitFilter(ListFilter):
    """Which dis-benefits are shown."""

    sentence = _("Vis {benefit_type} i {initiative}, der nævner {q}")
    q = SearchFilter(fields=SEARCHED)
    benefit_type = WordFilter(
        any_word=_("alle ulemper"),
        label=_("Slags"),
        choices=lambda actor: content.choices("benefit_type"),
    )
    initiative = WordFilter(
        any_word=_("alle initiativer"),
        label=_("Initiativ"),
        choices=initiative_choices,
        method="of_initiative",
    )

    def of_initiative(self, rows: QuerySet[Benefit], name: str, value: str) -> QuerySet[Benefit]:
        """Keep the dis-benefits of one initiative."""
        return rows.filter(initiative_id=int(value))
