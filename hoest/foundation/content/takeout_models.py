"""The shape of `takeout_models.yaml`: how a benefit becomes a line of the budget.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
What a model proposes is computed by the rules of benefits.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from .schema import ContentFault, Text, entries_of, string_of

FILE = "takeout_models.yaml"
BASES = ("approved", "measured", "expenditure", "own")
KNOWN = {
    *("da", "en", "about_da", "about_en", "basis", "source", "asks_shares"),
    *("take_share", "unit_carries_share", "bank_share"),
}


@dataclass(frozen=True, slots=True)
class TakeoutModel:
    """A model as the file has it: what it is called, how it works and its shares (0..1)."""

    code: str
    label: Text
    about: Text
    basis: str
    take_share: Decimal
    unit_carries_share: Decimal
    bank_share: Decimal
    asks_shares: bool
    source: str


def read_takeout_models(file: str, raw: Any) -> dict[str, TakeoutModel]:
    """Check and build the models, in the order of the file.

    Errors: `ContentFault` for an unknown field or basis, a share outside 0..1, a missing text.
    """
    return {code: _model(file, code, entry) for code, entry in entries_of(file, raw)}


def _model(file: str, code: str, entry: dict[str, Any]) -> TakeoutModel:
    for name in entry:
        if name not in KNOWN:
            raise ContentFault(f"{file}: kender ikke feltet '{name}' i '{code}'.")
    basis = string_of(file, code, entry, "basis")
    if basis not in BASES:
        raise ContentFault(
            f"{file}: 'basis: {basis}' i '{code}' findes ikke. Vælg {', '.join(BASES)}."
        )
    if len(code) > 60:
        raise ContentFault(f"{file}: navnet '{code}' må højst være på 60 tegn.")
    return TakeoutModel(
        code=code,
        label=Text(string_of(file, code, entry, "da"), string_of(file, code, entry, "en")),
        about=Text(
            string_of(file, code, entry, "about_da"), string_of(file, code, entry, "about_en")
        ),
        basis=basis,
        take_share=_share(file, code, entry, "take_share"),
        unit_carries_share=_share(file, code, entry, "unit_carries_share"),
        bank_share=_share(file, code, entry, "bank_share"),
        asks_shares=entry.get("asks_shares", False) is True,
        source=string_of(file, code, entry, "source"),
    )


def _share(file: str, code: str, entry: dict[str, Any], name: str) -> Decimal:
    raw = entry.get(name)
    if isinstance(raw, (int, str)) and not isinstance(raw, bool):
        try:
            share = Decimal(raw)
        except InvalidOperation:
            share = Decimal("NaN")
        if share.is_finite() and 0 <= share <= 1:
            return share
    raise ContentFault(
        f"{file}: '{name}' i '{code}' skal være et tal fra 0 til 1; et decimaltal står i "
        f'anførselstegn, for eksempel "0.5".'
    )
