"""What the page of a profile shows: each portion as facts, how far it is, and the sums."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.benefits import queries
from hoest.domain.benefits.actions.held import unit_id_of
from hoest.domain.benefits.models import Benefit, Profile
from hoest.domain.benefits.permissions import CHANGE_BENEFITS
from hoest.domain.benefits.rules.ownership import Answer
from hoest.domain.benefits.rules.portions import Fill, Portion, fields_of, is_filled
from hoest.domain.benefits.rules.valuation import FreedTime, Valuation
from hoest.domain.benefits.web import words
from hoest.domain.benefits.web.profile.fields import profile_fields
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed
from hoest.ui import formats

CODED = {
    "benefit_type": "benefit_type",
    "frequency": "frequency",
    "time_basis": "time_basis",
    "conversion": "conversion",
}
IN_KRONER = ("unit_price_dkk", "hour_price_dkk", "cost_base_dkk")
IN_MINUTES = ("minutes_before", "minutes_after")


@dataclass(frozen=True)
class ShownPortion:
    """A portion as the page shows it; every text is written out."""

    code: str
    label: str
    who: str
    state: str
    is_whole: bool
    facts: list[tuple[str, str]] = field(default_factory=list)
    missing: str = ""
    asked: str = ""
    note: str = ""
    saved: str = ""
    edit_url: str = ""
    ask_url: str = ""
    take_back: bool = False


def portion_label(portion: Portion | str) -> str:
    """Return the name of a portion."""
    return content.label("profile_portion", str(portion))


def field_label(name: str) -> str:
    """Return what a field of the profile is called on its form."""
    return str(profile_fields()[name]().label).rstrip("?")


def may_fill(actor: Actor, benefit: Benefit, row: queries.PortionRow) -> bool:
    """Tell whether an actor may fill a portion: by right, or because she is asked for it."""
    if benefit.lapsed_on is not None:
        return False
    is_asked = row.row is not None and row.row.asked_id is not None
    mine = is_asked and row.row is not None and row.row.asked_id == actor.person_id
    return mine or allowed(actor, CHANGE_BENEFITS, unit_id_of(benefit))


def shown_portions(
    actor: Actor, benefit: Benefit, values: dict[str, Any], rows: list[queries.PortionRow]
) -> list[ShownPortion]:
    """Return the portions in their order."""
    labels = {name: str(made().label).rstrip("?") for name, made in profile_fields().items()}
    return [_portion(actor, benefit, values, row, labels) for row in rows]


def _portion(
    actor: Actor,
    benefit: Benefit,
    values: dict[str, Any],
    found: queries.PortionRow,
    labels: dict[str, str],
) -> ShownPortion:
    portion, row = found.state.portion, found.row
    may = may_fill(actor, benefit, found)
    query = f"?del={portion.value}"
    asked = row.asked if row else None
    return ShownPortion(
        code=portion.value,
        label=portion_label(portion),
        who=content.explanation("profile_portion", portion.value),
        state=_state(found),
        is_whole=found.state.fill in (Fill.WHOLE, Fill.NOT_NEEDED),
        facts=[
            (labels[name], said)
            for name in fields_of(portion)
            if (said := said_of(name, values[name], benefit))
        ],
        missing=", ".join(f"»{labels[name]}«" for name in found.state.missing),
        asked=_asked(row) if row and asked else "",
        note=row.note if row and asked else "",
        saved=_saved(row) if row and row.saved_at else "",
        edit_url=reverse("benefits:change", args=[benefit.pk]) + query if may else "",
        ask_url=reverse("benefits:ask_portion", args=[benefit.pk]) + query if may else "",
        take_back=may and asked is not None,
    )


def _state(found: queries.PortionRow) -> str:
    state = found.state
    if state.fill is Fill.NOT_NEEDED:
        return _("Ikke nødvendig for denne slags")
    if state.fill is Fill.WHOLE:
        return _("Hel")
    if state.fill is Fill.EMPTY:
        return _("Ikke begyndt")
    if not state.needed:
        return _("Udfyldt, men ikke nødvendig")
    return _("%(filled)s af %(all)s felter er der") % {
        "filled": state.filled_count,
        "all": len(state.needed),
    }


def _asked(row: Any) -> str:
    return _("%(name)s er spurgt %(day)s af %(by)s") % {
        "name": row.asked.name,
        "day": formats.long_date(
            row.asked_at.astimezone(clock.DANISH_TIME).date(), words.language()
        ),
        "by": row.asked_by_name,
    }


def _saved(row: Any) -> str:
    return _("Gemt %(day)s af %(name)s") % {
        "day": formats.long_date(
            row.saved_at.astimezone(clock.DANISH_TIME).date(), words.language()
        ),
        "name": row.saved_by_name,
    }


def said_of(name: str, value: Any, benefit: Benefit) -> str:
    """Write a field of the profile for a reader; empty when it says nothing."""
    if not is_filled(value) or value is False:
        return ""
    if name in CODED:
        return content.label(CODED[name], value)
    if name == "beneficiaries":
        return ", ".join(content.label("beneficiary", code) for code in value)
    if name in ("baseline_value", "target_value"):
        return words.value_with_unit(value, benefit.measure_unit)
    if name == "adoption_share":
        return formats.percent(value, 0, words.language())
    if name in IN_KRONER:
        return formats.kroner(value, 0, words.language())
    if name in IN_MINUTES:
        return _("%(value)s minutter") % {"value": words.plain_number(value)}
    if name.endswith("_on"):
        return formats.long_date(value, words.language())
    if value is True:
        return _("ja")
    if isinstance(value, Decimal):
        return words.plain_number(value)
    return str(value)


def point_of(rows: list[queries.PortionRow]) -> str:
    """Say how far the profile is, and what is next, in one sentence."""
    counted = [row for row in rows if row.state.fill is not Fill.NOT_NEEDED]
    open_ones = [row for row in counted if row.state.fill is not Fill.WHOLE]
    if not open_ones:
        return _("Profilen er hel")
    return ngettext(
        "%(whole)s af %(n)s del er hel; næste er »%(next)s«",
        "%(whole)s af %(n)s dele er hele; næste er »%(next)s«",
        len(counted),
    ) % {
        "whole": len(counted) - len(open_ones),
        "n": len(counted),
        "next": portion_label(open_ones[0].state.portion),
    }


@dataclass(frozen=True)
class ShownSum:
    """A sum with its formula in figures, its result, and what is to be known of it."""

    heading: str
    formula: str
    result: str
    source: str = ""
    notes: list[str] = field(default_factory=list)


def sums_of(profile: Profile, worth: Valuation, benefit: Benefit) -> list[ShownSum]:
    """Return what the profile comes to: hours and kroner each by itself, never added."""
    found = []
    if worth.time is not None:
        found.append(_time(profile, worth.time, benefit))
    if worth.price is not None:
        price = worth.price
        found.append(
            ShownSum(
                _("Kroner om året"),
                f"{words.plain_number(price.units_a_year)} {profile.unit_word} × "
                f"{formats.kroner(price.price_dkk, 2, words.language())}",
                _("%(amount)s om året i %(level)s-priser")
                % {
                    "amount": formats.kroner(price.dkk_a_year, 0, words.language()),
                    "level": price.price_level,
                },
                _source(profile.price_source, profile.price_on),
            )
        )
    return found


def _time(profile: Profile, time: FreedTime, benefit: Benefit) -> ShownSum:
    inputs, language = time.inputs, words.language()
    minutes = (
        words.plain_number(inputs.minutes_before)
        if inputs.is_os2autoproces and not inputs.minutes_after
        else f"({words.plain_number(inputs.minutes_before)} − "
        f"{words.plain_number(inputs.minutes_after)})"
    )
    share = formats.percent(inputs.adoption_share, 0, language)
    notes = [
        _("Opgaven tager i dag %(hours)s om året.")
        % {"hours": formats.hours(time.base_hours, language)}
    ]
    if time.hours_on_screen is not None and time.hours_on_server is not None:
        notes.append(
            _("OS2autoproces viser %(screen)s timer på skærmen og gemmer %(server)s.")
            % {
                "screen": formats.number(time.hours_on_screen, 2, language),
                "server": formats.number(time.hours_on_server, 0, language),
            }
        )
    if time.value_dkk is not None:
        notes.append(
            _("Med %(price)s i timen er timerne %(value)s værd. Det er en værdi, ikke penge.")
            % {
                "price": formats.kroner(profile.hour_price_dkk, 0, language),
                "value": formats.kroner(time.value_dkk, 0, language),
            }
        )
    if not benefit.is_disbenefit:
        notes.append(
            _("Timer bliver kun til kroner ved en aftale om at tage dem ud. Indtil da er de timer.")
        )
    return ShownSum(
        _("Frigjort tid om året") if time.hours >= 0 else _("Ekstra tid om året"),
        _("%(cases)s gange × %(minutes)s min. ÷ 60 × %(share)s")
        % {"cases": words.plain_number(inputs.cases_a_year), "minutes": minutes, "share": share},
        _("%(hours)s om året") % {"hours": formats.hours(abs(time.hours), language)},
        _source(profile.time_source, profile.time_on),
        notes,
    )


def _source(text: str, on: Any) -> str:
    day = formats.long_date(on, words.language()) if on else ""
    return ", ".join(part for part in (text, day) if part)


def answers_of(benefit: Benefit) -> list[dict[str, Any]]:
    """Return what was asked and answered about owning the benefit, in words, newest first."""
    told = {
        Answer.ASKED: _("%(name)s blev spurgt, om hun eller han vil eje gevinsten"),
        Answer.ACCEPTED: _("%(name)s sagde ja"),
        Answer.REFUSED: _("%(name)s sagde nej"),
        Answer.STEPPED_BACK: _("%(name)s trådte tilbage som ejer"),
        Answer.REPLACED: _("%(name)s er ikke længere spurgt"),
    }
    return [
        {
            "text": told[Answer(one.answer)] % {"name": one.person_name},
            "reason": one.reason,
            "on": one.at.astimezone(clock.DANISH_TIME).date(),
        }
        for one in reversed(queries.ownership_steps(benefit))
    ]
