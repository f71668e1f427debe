"""Products of assumptions: price x quantity, spelled out to the leaves and multiplied exactly.

Source: the assumption diagram (forudsætningsdiagram) of the Danish State's business case guides:
amounts derive from prices and quantities and are not typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact, InvalidOperation, Overflow

from .errors import AmountOutOfRange
from .lines import LARGEST_AMOUNT

PRODUCT_DECIMALS = 12
_LEAST = Decimal(1).scaleb(-PRODUCT_DECIMALS)
# Forty leaves of twenty digits each fit; a product that would be rounded on the way raises.
_EXACT = Context(prec=1000, traps=[Inexact, InvalidOperation, Overflow])
_ONCE = Context(prec=1000, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, Overflow])


def product_of(over: Iterable[Decimal], under: Iterable[Decimal] = ()) -> Decimal:
    """Return the product of some leaves divided by the product of others, with twelve decimals.

    Formula: full = (a_1 · … · a_n) / (b_1 · … · b_m); numerator and denominator exact, one
    division, rounded once, half to even. The unit is what the leaves' units make.
    Every leaf is >= 0, those in `under` > 0; the order of the leaves is of no consequence.
    Raises AmountOutOfRange.
    Source: forudsætningsdiagram (price × quantity) of the State's business case model.
    """
    top, bottom = _exact(over, "over"), _exact(under, "under")
    if bottom == 0:
        raise AmountOutOfRange("under", None, bottom)
    quotient = _ONCE.divide(top, bottom)
    if quotient > LARGEST_AMOUNT:
        raise AmountOutOfRange("product", None, quotient)
    return quotient.quantize(_LEAST, rounding=ROUND_HALF_EVEN, context=_ONCE)


def _exact(leaves: Iterable[Decimal], name: str) -> Decimal:
    product = Decimal(1)
    for leaf in leaves:
        if not leaf.is_finite() or leaf < 0:
            raise AmountOutOfRange(name, None, leaf)
        product = _EXACT.multiply(product, leaf)
    return product
