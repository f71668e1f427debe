"""A plan in words: the point, the rows beside each other, the order, and the wish's price."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hoest.domain.evidence.calculations import Outlook
from hoest.domain.evidence.web.planning import words
from hoest.domain.evidence.web.planning.built import Built, NothingToShow
from hoest.domain.evidence.web.planning.picture import RangePicture, Row, range_picture
from hoest.ui import formats
from hoest.ui.words import in_a_row


def language() -> str:
    """Return the reader's language."""
    return get_language() or "da"


def seen(plan: Built, outlook: Outlook) -> str:
    """Write the smallest change an order can show."""
    if outlook.detectable is None:
        return ""
    return words.amount(outlook.detectable, outlook.error, language())


def point(plan: Built) -> str:
    """Return what the chosen plan could show, against the promise."""
    chosen = plan.chosen
    if chosen.is_blind:
        return _("Begynder alle på samme dag, kan ingen se, om det virkede")
    if not chosen.can_rule_out_chance:
        return _("Med denne plan kan I ikke udelukke, at det var tilfældigt")
    facts = {
        "waves": words.waves(chosen.waves),
        "seen": seen(plan, chosen),
        "unit": plan.series.measure_unit,
    }
    if plan.promised is None or chosen.detectable is None:
        return (
            _("Med %(waves)s kan I se en ændring på %(seen)s %(unit)s eller mere, hvis den er der")
            % facts
        )
    facts["promised"] = words.plain(plan.promised, language())
    if chosen.detectable <= plan.promised:
        return (
            _("I har lovet %(promised)s %(unit)s; med %(waves)s kan I se en ændring fra %(seen)s")
            % facts
        )
    return (
        _("I har lovet %(promised)s %(unit)s; med %(waves)s kan I først se en ændring fra %(seen)s")
        % facts
    )


def doubts(plan: Built) -> list[str]:
    """Return what stands in the way of an answer, kindly, with what would help."""
    chosen, found = plan.chosen, []
    if chosen.is_blind:
        found.append(
            _(
                "Når alle begynder på samme dag, er der ingen at sammenligne med. Lad nogle "
                "begynde senere, eller lad et par steder vente. Så kan I se det."
            )
        )
    elif not chosen.can_rule_out_chance:
        found.append(
            _(
                "Lodtrækningen kan kun falde ud på %(count)s måder. Så kan et udslag være "
                "tilfældigt, hvor stort det end er. Flere steder eller flere bølger hjælper."
            )
            % {"count": formats.number(chosen.orders, 0, language())}
        )
    elif plan.promised is not None and (chosen.detectable or 0) > plan.promised:
        found.append(
            _(
                "Er effekten som lovet, er det ikke sikkert, at I kan se den. Mål længere, lad "
                "flere steder være med, eller lad nogle vente til sidst."
            )
        )
    return found


def rows(plan: Built) -> list[dict[str, Any]]:
    """Return the numbers of waves side by side as the table has them."""
    return [
        {
            "label": _label(one.outlook, one.is_chosen),
            "every": "–" if one.outlook.waves == 1 else words.periods(one.every, plan.step),
            "seen": _seen_words(plan, one.outlook),
            "power": "–"
            if one.outlook.power is None
            else words.chance(one.outlook.power, language()),
            "grade": words.grade(one.outlook.grade),
            "is_chosen": one.is_chosen,
        }
        for one in plan.beside
    ]


def _label(outlook: Outlook, is_chosen: bool) -> str:
    said = _("Alle på samme dag") if outlook.waves == 1 else words.waves(outlook.waves)
    return _("%(waves)s (jeres plan)") % {"waves": said} if is_chosen else said


def _seen_words(plan: Built, outlook: Outlook) -> str:
    if outlook.is_blind:
        return _("kan intet vise")
    said = _("fra %(seen)s %(unit)s") % {
        "seen": seen(plan, outlook),
        "unit": plan.series.measure_unit,
    }
    if not outlook.can_rule_out_chance:
        return _("kan ikke skilles fra tilfældet")
    return said


def picture(plan: Built) -> RangePicture:
    """Return what each number of waves could show as bars, the promise as a line."""
    drawn = [
        Row(
            _label(one.outlook, one.is_chosen),
            _seen_words(plan, one.outlook),
            0.0 if not one.outlook.is_blind else None,
            one.outlook.detectable,
            None,
            one.is_chosen,
        )
        for one in plan.beside
    ]
    if plan.wish is not None:
        drawn.append(
            Row(
                _("Jeres ønske"),
                _seen_words(plan, plan.wish.outlook),
                0.0 if not plan.wish.outlook.is_blind else None,
                plan.wish.outlook.detectable,
            )
        )
    return range_picture(
        drawn,
        conclusion=_("Den mindste ændring, som hver plan kan vise, i %(unit)s")
        % {"unit": plan.series.measure_unit},
        mark=plan.promised,
        mark_label=_("lovet"),
        language=language(),
    )


def order(plan: Built, waves: tuple[tuple[str, ...], ...]) -> list[dict[str, str]]:
    """Return the waves as sentences: number, day, places."""
    return [
        {
            "wave": _("Bølge %(number)s") % {"number": number},
            "day": formats.long_date(day, language()),
            "places": in_a_row(wave),
        }
        for number, (day, wave) in enumerate(zip(plan.days, waves, strict=False), 1)
    ]


def wish(plan: Built) -> dict[str, Any] | None:
    """Return the wished order with what it costs."""
    if plan.wish is None:
        return None
    outlook = plan.wish.outlook
    facts = {"wished": seen(plan, outlook), "drawn": seen(plan, plan.chosen)}
    facts["unit"] = plan.series.measure_unit
    if outlook.is_blind:
        cost = _("Med den ønskede rækkefølge kan intet vises.")
    else:
        cost = (
            _("Med ønsket kan I se %(wished)s %(unit)s; med lodtrækningen %(drawn)s.") % facts
            if facts["wished"] != facts["drawn"]
            else _("Ønsket kan vise lige så små ændringer som lodtrækningen.")
        )
        if plan.chosen.precision:
            share = outlook.precision / plan.chosen.precision
            cost += " " + _("Det har %(share)s af lodtrækningens præcision.") % {
                "share": formats.percent(share, 0, language())
            }
    return {
        "waves": order(plan, plan.wish.waves),
        "moved": in_a_row(plan.wish.moved),
        "cost": cost,
        "grade": _(
            "Uden lod kan resultatet højst blive »%(wished)s« og ikke »%(drawn)s«. Nogen vil altid "
            "kunne sige, at de bedste begyndte først."
        )
        % {"wished": words.grade(outlook.grade), "drawn": words.grade(plan.chosen.grade)}
        if outlook.grade < plan.chosen.grade
        else "",
    }


def annex(plan: Built) -> list[str]:
    """Return what the figures rest on, for those who will check them."""
    ground = plan.ground
    return [
        _(
            "Støjen er lært af %(places)s steder i %(periods)s før nogen begyndte: et sted afviger "
            "typisk %(deviation)s %(unit)s fra den fælles bevægelse, og %(carried)s af afvigelsen "
            "følger med ind i næste periode."
        )
        % {
            "places": len(ground.places),
            "periods": words.periods(ground.periods, plan.step),
            "deviation": words.amount(ground.deviation, ground.deviation / 3, language()),
            "unit": plan.series.measure_unit,
            "carried": formats.percent(ground.carried, 0, language()),
        },
        _(
            "»Kan ses« betyder: er ændringen så stor, finder en sammenligning den fire gange ud af "
            "fem, med 5 % risiko for falsk alarm (Bloom 1995)."
        ),
        _(
            "Alle planer er regnet over lige lang tid med samme metode, som effekten siden regnes "
            "med: imputation (Borusyak, Jaravel og Spiess 2024)."
        ),
        _(
            "Frø %(seed)s: stederne står efter navn, blandes inden for dem, der ligner hinanden, "
            "og deles ud på bølgerne (PCG64). Alle kan trække den samme rækkefølge igen."
        )
        % {"seed": plan.seed},
        _(
            "Lodtrækningen kunne være faldet ud på %(count)s måder. Det er dem, resultatet siden "
            "sammenlignes med."
        )
        % {"count": _many(plan.chosen.orders)},
    ]


def _many(count: int) -> str:
    if count >= 1_000_000:
        return _("over en million")
    return formats.number(count, 0, language())


def lacking(fault: NothingToShow) -> dict[str, str]:
    """Return the empty state that teaches why nothing can be said."""
    if fault.code == "break":
        return {
            "what": _("Serien opgøres på en ny måde fra %(day)s.")
            % {"day": formats.long_date(fault.on, language())},
            "why": _("Sig først, hvilken side af bruddet der skal bruges. Intet klistres sammen."),
        }
    if fault.code == "no_places":
        return {
            "what": _("Der er for få steder, der ikke er begyndt, og som har målinger."),
            "why": _(
                "En plan sammenligner dem, der er begyndt, med dem, der venter. Det kræver mindst "
                "to steder, helst otte eller flere."
            ),
        }
    return {
        "what": _("Vi kender ikke tallets almindelige udsving endnu."),
        "why": _(
            "Mål mindst fem perioder hvert sted, før I begynder. Så ved vi, hvor meget tallet "
            "svinger af sig selv, og kan sige, hvor lille en ændring I kan se."
        ),
    }
