"""The portions of a profile: which fields each holds, which are needed, how far it is. No Django.

Four small portions, each asked of the one who knows it. What is needed follows the kind of
benefit: nobody is asked what a level is worth in kroner. Source: method notes §2.2 (field list),
§3.2 (types); peers 3.14 (a burden budget: ask for little).
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hoest.domain.benefits.rules.codes import LEVEL_TYPES, BenefitType


class Portion(StrEnum):
    """A portion of the profile, in the order they are asked."""

    WHAT = "hvad"
    MEASURED = "maal"
    WORTH = "vaerdi"
    REAL = "virkelig"


class Conversion(StrEnum):
    """How a benefit is taken (gevinstomsætning)."""

    BUDGET_CUT = "budget_cut"
    BUDGET_MOVED = "budget_moved"
    HOURS_USED = "hours_used"
    COST_AVOIDED = "cost_avoided"
    QUALITY_KEPT = "quality_kept"


class TimeBasis(StrEnum):
    """Where the minutes come from: the municipality's own measuring, or OS2autoproces."""

    MEASURED = "measured"
    OS2AUTOPROCES = "os2autoproces"


OF_BENEFIT: dict[Portion, tuple[str, ...]] = {
    Portion.WHAT: ("title", "benefit_type", "is_disbenefit", "unit", "line_key"),
    Portion.MEASURED: (
        "indicator", "measure_unit", "baseline_value", "baseline_on", "target_value", "target_on",
        "method", "frequency",
    ),
    Portion.WORTH: (),
    Portion.REAL: (),
}  # fmt: skip
OF_PROFILE: dict[Portion, tuple[str, ...]] = {
    Portion.WHAT: ("beneficiaries", "citizen_effect"),
    Portion.MEASURED: ("data_source", "measurer", "measuring_effort"),
    Portion.WORTH: (
        "unit_word", "units_a_year", "unit_price_dkk", "price_level", "price_source", "price_on",
        "time_basis", "cases_a_year", "minutes_before", "minutes_after", "adoption_share",
        "time_source", "time_on", "hour_price_dkk", "cost_base_dkk", "cost_base_source",
    ),
    Portion.REAL: (
        "responsible", "receiving_unit", "changes_required", "prerequisites", "conversion",
        "conversion_note", "priority",
    ),
}  # fmt: skip
_TIME = ("cases_a_year", "minutes_before", "minutes_after", "adoption_share", "time_source")
_PRICE = ("unit_word", "units_a_year", "unit_price_dkk", "price_source", "cost_base_dkk")
_NEEDED: dict[Portion, tuple[str, ...]] = {
    Portion.WHAT: ("title", "benefit_type", "beneficiaries", "citizen_effect"),
    Portion.MEASURED: (
        "indicator", "measure_unit", "baseline_value", "target_value", "target_on", "method",
        "frequency", "data_source", "measurer",
    ),
    Portion.REAL: (
        "responsible", "receiving_unit", "changes_required", "conversion", "conversion_note",
    ),
}  # fmt: skip
# A dis-benefit is endured, not taken: nobody is asked how it becomes money.
_NOT_OF_DISBENEFITS = frozenset({"conversion", "conversion_note"})


def fields_of(portion: Portion) -> tuple[str, ...]:
    """Return the fields of a portion, those of the benefit first."""
    return (*OF_BENEFIT[portion], *OF_PROFILE[portion])


def needed_in(portion: Portion, benefit_type: str, is_disbenefit: bool = False) -> tuple[str, ...]:
    """Return the fields a portion needs for a kind of benefit; empty when it needs nothing."""
    if portion is Portion.WORTH:
        if benefit_type == BenefitType.FREED_TIME:
            return _TIME
        return () if benefit_type in LEVEL_TYPES else _PRICE
    needed = _NEEDED[portion]
    return tuple(n for n in needed if not is_disbenefit or n not in _NOT_OF_DISBENEFITS)


class Fill(StrEnum):
    """How far a portion is."""

    NOT_NEEDED = "not_needed"
    EMPTY = "empty"
    BEGUN = "begun"
    WHOLE = "whole"


@dataclass(frozen=True)
class PortionState:
    """How far a portion is: what it needs, and what of that is still missing."""

    portion: Portion
    fill: Fill
    needed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def filled_count(self) -> int:
        """How many of the needed fields are there."""
        return len(self.needed) - len(self.missing)


def is_filled(value: Any) -> bool:
    """Tell whether a field says something; zero and no do, empty text and list do not."""
    return value is not None and value != "" and value != []


def state_of(portion: Portion, values: Mapping[str, Any]) -> PortionState:
    """Return how far a portion is. `values` are all fields of the profile, by name."""
    needed = needed_in(portion, values.get("benefit_type", ""), bool(values.get("is_disbenefit")))
    missing = tuple(name for name in needed if not is_filled(values.get(name)))
    own = [name for name in OF_PROFILE[portion] if is_filled(values.get(name))]
    if not needed:
        return PortionState(portion, Fill.BEGUN if own else Fill.NOT_NEEDED)
    if not missing:
        return PortionState(portion, Fill.WHOLE, needed)
    begun = bool(own) or len(missing) < len(needed)
    return PortionState(portion, Fill.BEGUN if begun else Fill.EMPTY, needed, missing)


def fingerprint(values: Mapping[str, Any]) -> int:
    """Return a number of what stands in a portion, to tell whether it changed while one wrote.

    Two people may fill two portions at once; only the same portion can collide. From 1 to 9 digits.
    """
    said = repr(sorted((name, _plain(value)) for name, value in values.items()))
    return zlib.crc32(said.encode()) % 999_999_998 + 1


def _plain(value: Any) -> str:
    if value is None or value == "":
        return ""
    if hasattr(value, "normalize"):
        return f"{value.normalize():f}"
    return str(getattr(value, "pk", value))
