"""What the subject of benefits tells a business case of its benefits.

Benefits stand above business cases and may import them, not the other way round. So benefits
registers one reader, in its `apps.py`, and the case asks it.
"""

from __future__ import annotations

from collections.abc import Callable

from hoest.domain.business_cases.rules.quality import BenefitTold
from hoest.foundation.access.actor import Actor

Reader = Callable[[Actor, int], list[BenefitTold]]

_readers: list[Reader] = []


def tell_of_benefits(reader: Reader) -> None:
    """Let a reader tell of the benefits of an initiative; the last one registered tells."""
    _readers[:] = [reader]


def benefits_told(actor: Actor, initiative_id: int) -> list[BenefitTold]:
    """Return the benefits of an initiative that the actor may see, as their subject tells them."""
    return [one for reader in _readers for one in reader(actor, initiative_id)]
