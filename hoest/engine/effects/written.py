"""An answer as exact text: what a store keeps, and what machines send each other.

The text is plain JSON without NaN, so that a database can hold it, and every number comes back bit
for bit. The other orders of the starts are not written; they are drawn again from the seed.
`input_hash` names an answer by everything that it depends on.

Source: RFC 8259 (JSON); IEEE 754 (shortest digits that give the same double back).
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import math
import zlib
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any

import numpy as np

from . import (
    asked,
    breakdown,
    checks,
    early,
    errors,
    group_time,
    randomisation,
    shares,
    verdict,
    wild,
)
from .asked import Effect, Question
from .errors import EffectError, NotReadable
from .panel import Panel, Rollout, rollout_of
from .randomisation import Orders, orders_of

ENGINE_VERSION = "effects-5"
MARK = "~"
ORDERS = "Orders"

Answer = Effect | EffectError

_MODULES = (asked, breakdown, checks, early, group_time, randomisation, shares, verdict, wild)
_KNOWN: dict[str, Any] = {
    name: one
    for module in _MODULES
    for name, one in vars(module).items()
    if isinstance(one, type) and (dataclasses.is_dataclass(one) or issubclass(one, Enum))
} | {"Rollout": Rollout}
_ERRORS: dict[str, type[EffectError]] = {
    name: one
    for name, one in vars(errors).items()
    if isinstance(one, type) and issubclass(one, EffectError)
}


def input_hash(panel: Panel, question: Question) -> str:
    """Return the name of an answer: the same for the same data, question and engine.

    Formula: SHA-256 over the engine's version, the question, units, periods, starts, weights,
    strata and the bytes of the values (every NaN alike). 64 hexadecimal digits.
    Source: FIPS 180-4.
    """
    rollout = panel.rollout
    head = [ENGINE_VERSION, _plain(question), list(rollout.units), _plain(rollout.periods)]
    head.append(list(panel.started_before))
    digest = hashlib.sha256(json.dumps(head, separators=(",", ":")).encode())
    table = np.where(np.isnan(panel.values), np.nan, panel.values)
    for array, kind in (
        (rollout.starts, "<i8"),
        (rollout.weights, "<f8"),
        (rollout.strata, "<i8"),
        (table, "<f8"),
    ):
        digest.update(np.ascontiguousarray(array, dtype=kind).tobytes())
    return digest.hexdigest()


def _array(value: Any) -> dict[str, Any]:
    held = np.ascontiguousarray(value)
    raw = held.astype(held.dtype.newbyteorder("<")).tobytes()
    packed = base64.b64encode(zlib.compress(raw, 6)).decode("ascii")
    return {MARK: "array", "of": held.dtype.str.lstrip("<>|="), "shape": held.shape, "as": packed}


def _plain(value: Any) -> Any:
    """Return a value as what JSON has, with marks for what it has not."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Enum):
        return {MARK: type(value).__name__, "value": value.value}
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {MARK: "float", "value": repr(value)}
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, tuple | list):
        return {MARK: "tuple", "of": [_plain(one) for one in value]}
    if isinstance(value, datetime | date):
        return {MARK: type(value).__name__, "value": value.isoformat()}
    if isinstance(value, Orders):
        return {MARK: ORDERS}
    if dataclasses.is_dataclass(value):
        fields = {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
        return {MARK: type(value).__name__, "with": fields}
    raise NotReadable(type(value).__name__)


def as_text(answer: Answer, question: Question) -> str:
    """Return an answer, or why there is none, as exact JSON text.

    Formula: arrays as packed little-endian bytes; infinite and missing numbers by name; the orders
    by the seed of the question. The same answer always gives the same text.
    Raises NotReadable for periods of a kind that has no form.
    Source: RFC 8259; RFC 4648 (base64); RFC 1950 (zlib).
    """
    if isinstance(answer, EffectError):
        said: dict[str, Any] = {
            "error": type(answer).__name__,
            "facts": {name: _plain(one) for name, one in vars(answer).items()},
            "text": str(answer),
        }
    else:
        said = {"effect": _plain(answer)}
    said |= {
        "engine": ENGINE_VERSION,
        "seed": question.seed,
        "permutations": question.permutations,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@lru_cache(maxsize=16)
def _drawn(starts: tuple[int, ...], strata: tuple[int, ...], seed: int, count: int) -> Orders:
    length = max(starts, default=0)
    rollout = rollout_of([""] * len(starts), range(length), starts, strata=strata)
    return orders_of(rollout, seed=seed, permutations=count)


def _enum_or_class(name: str, value: dict[str, Any]) -> Any:
    kind = _KNOWN.get(name)
    if kind is None:
        raise NotReadable(name)
    if issubclass(kind, Enum):
        return kind(value["value"])
    fields = {key: _value(one) for key, one in value["with"].items()}
    return kind(**fields)


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    name = value[MARK]
    match name:
        case "float":
            return float(value["value"])
        case "tuple":
            return tuple(_value(one) for one in value["of"])
        case "date":
            return date.fromisoformat(value["value"])
        case "datetime":
            return datetime.fromisoformat(value["value"])
        case "array":
            raw = zlib.decompress(base64.b64decode(value["as"]))
            flat = np.frombuffer(raw, dtype=np.dtype(value["of"]).newbyteorder("<"))
            return flat.astype(value["of"]).reshape(value["shape"])
        case _:
            return None if name == ORDERS else _enum_or_class(name, value)


def from_text(text: str) -> Answer:
    """Return the answer that a text of `as_text` holds.

    Formula: the inverse of `as_text`; the orders are drawn again. Raises NotReadable for a text
    that this engine did not write.
    Source: RFC 8259.
    """
    try:
        said = json.loads(text)
        if "error" in said:
            error = _ERRORS[said["error"]].__new__(_ERRORS[said["error"]], said["text"])
            vars(error).update({name: _value(one) for name, one in said["facts"].items()})
            return error
        found = _value(said["effect"])
    except (ValueError, KeyError, TypeError, zlib.error) as fault:
        raise NotReadable("text") from fault
    if not isinstance(found, Effect):
        raise NotReadable("text")
    if said["effect"]["with"]["checks"]["with"]["orders"] is None:
        return found
    rollout = found.rollout
    orders = _drawn(
        tuple(rollout.starts.tolist()),
        tuple(rollout.strata.tolist()),
        said["seed"],
        said["permutations"],
    )
    return dataclasses.replace(found, checks=dataclasses.replace(found.checks, orders=orders))


def is_readable(text: str) -> bool:
    """Return whether a text is a whole answer of this engine, not one cut short by a crash.

    Formula: `from_text` succeeds and the engine's version is this one.
    Source: RFC 8259.
    """
    try:
        from_text(text)
    except NotReadable:
        return False
    return bool(json.loads(text)["engine"] == ENGINE_VERSION)
