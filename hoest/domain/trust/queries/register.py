"""The register by names, for those who know its rows by what they are called."""

from __future__ import annotations

from hoest.domain.trust.models import System
from hoest.domain.trust.queries.suppliers import standing_contracts
from hoest.domain.trust.queries.systems import present_systems
from hoest.foundation.access.actor import Actor


def systems_by_name(actor: Actor) -> dict[str, System]:
    """Return the systems that are there now, by name."""
    return {one.name: one for one in present_systems(actor)}


def contracts_by_name(actor: Actor) -> dict[str, int]:
    """Return the standing contracts' ids by name."""
    return dict(standing_contracts(actor).values_list("name", "pk"))
