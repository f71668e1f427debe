"""What trust tells the gates: reuse as decided here, and what is registered that may show more.

The register speaks of a system, a gate of an initiative; a sheet or a contract speaks of its own
thing. So what they say is a suggestion with its source, which somebody confirms; only a no is
taken as it stands.
"""

from __future__ import annotations

from hoest.domain.trust.web.gates import own, register_facts
from hoest.foundation import gate_evidence


def register() -> None:
    """Let the gates know."""
    gate_evidence.register_several(register_facts.OF_REGISTER, register_facts.told)
    gate_evidence.register_several(own.OF_REUSE, own.reuse_told)
    for requirement, teller in own.TELLERS.items():
        gate_evidence.register(requirement, teller)
