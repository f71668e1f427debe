"""What an agreement is made of: the fields as they are kept, and what must be there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from hoest.domain.benefits.rules.faults import TakeoutIsNotWhole
from hoest.domain.benefits.rules.takeout import TakeoutKind
from hoest.foundation import content

LARGEST = {"dkk": Decimal(10) ** 13, "hours": Decimal(10) ** 9}
FIRST_YEAR, LAST_YEAR = 1990, 2100
ACCOUNT = re.compile(r"[0-9A-Za-zÆØÅæøå][0-9A-Za-zÆØÅæøå .,/-]{0,59}")


class TakeoutFields(TypedDict, total=False):
    """What a person writes about an agreement. Shares are 0..1; None keeps the model's."""

    kind: str
    unit: Any
    budget_place: str
    account: str
    named_use: str
    price_level: int | None
    is_lasting: bool
    model: str
    take_share: Decimal | None
    unit_carries_share: Decimal | None
    expenditure_dkk: Decimal | None
    body: Any
    legal_basis: str


Amounts = Mapping[int, Decimal]


def values_of(fields: TakeoutFields) -> dict[str, Any]:
    """Return the fields as they are kept: with the model's terms, without what the kind lacks."""
    given: dict[str, Any] = dict(fields)
    code = given.pop("model", "")
    model = content.takeout_models().get(code)
    if model is None:
        raise TakeoutIsNotWhole(_("Vælg den model, aftalen følger."))
    shares = {"take_share": model.take_share, "unit_carries_share": model.unit_carries_share}
    for name in shares:
        own = given.pop(name, None)
        if model.asks_shares and own is not None:
            shares[name] = own
    kind = TakeoutKind(given.get("kind") or TakeoutKind.BUDGET_CUT)
    takes_kroner = kind.measure == "dkk"
    unit, body = given.pop("unit", None), given.pop("body", None)
    return {
        "kind": kind.value,
        "unit_id": unit.pk if unit else None,
        "body_id": body.pk if body else None,
        "budget_place": _clean(given.get("budget_place")) if takes_kroner else "",
        "account": _clean(given.get("account")) if takes_kroner else "",
        "named_use": _clean(given.get("named_use")),
        "price_level": given.get("price_level") if takes_kroner else None,
        "is_lasting": bool(given.get("is_lasting", True)),
        "legal_basis": _clean(given.get("legal_basis")),
        "expenditure_dkk": given.get("expenditure_dkk") if model.basis == "expenditure" else None,
        "model": model.code,
        "model_label": model.label.da,
        "basis": model.basis,
        "bank_share": model.bank_share,
        **shares,
    }


def _clean(text: Any) -> str:
    return " ".join(str(text or "").split())


def check_values(values: dict[str, Any], amounts: Amounts) -> None:
    """Raise TakeoutIsNotWhole for the first thing that is missing or cannot be."""
    kind = TakeoutKind(values["kind"])
    measure, level = kind.measure, values["price_level"]
    kroner = measure == "dkk"
    within = all(0 < amount < LARGEST[measure or "dkk"] for amount in amounts.values())
    faults = [
        (values["unit_id"] is None, _("Vælg den enhed, der afleverer.")),
        (
            bool(measure) and not amounts,
            _("Skriv, hvor meget der tages hjem mindst ét år."),
        ),
        (not measure and bool(amounts), _("Fastholdt kvalitet har ingen beløb.")),
        (not within, _("Beløbet skal være større end nul.")),
        (
            any(not FIRST_YEAR <= year <= LAST_YEAR for year in amounts),
            _("Skriv de budgetår, det gælder, fx 2027."),
        ),
        (
            kroner and (level is None or not FIRST_YEAR <= level <= LAST_YEAR),
            _("Skriv, hvilket års pris- og lønniveau beløbet står i."),
        ),
        (
            kroner and not values["budget_place"],
            _("Skriv, hvilket sted i budgettet pengene tages fra. Ellers er de ikke taget hjem."),
        ),
        (
            bool(values["account"]) and not ACCOUNT.fullmatch(values["account"]),
            _("Kontostrengen må kun have tal, bogstaver, mellemrum og tegnene . , / og -."),
        ),
        (
            measure == "hours" and not values["named_use"],
            _("Skriv, hvad timerne nu bruges til. Frigjort tid uden anvendelse er ikke høstet."),
        ),
        (
            not measure and not values["named_use"],
            _("Skriv, hvilken kvalitet I beholder."),
        ),
        (
            values["basis"] == "expenditure" and values["expenditure_dkk"] is None and kroner,
            _("Skriv enhedens serviceudgifter, som modellen regner ud fra."),
        ),
        (
            not all(0 <= values[name] <= 1 for name in ("take_share", "unit_carries_share")),
            _("En andel ligger mellem 0 og 100 %."),
        ),
    ]
    for is_wrong, sentence in faults:
        if is_wrong:
            raise TakeoutIsNotWhole(sentence)
