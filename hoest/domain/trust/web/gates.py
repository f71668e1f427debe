"""What trust tells the gates: reuse as decided here, and what the register says of systems.

The register speaks of a system, a gate of an initiative. So what it says is a suggestion with its
source, which somebody confirms; only a no is taken as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.trust.queries.reuse import latest_of
from hoest.domain.trust.queries.systems import SystemFact, facts_for_gates
from hoest.domain.trust.rules.register import Origin
from hoest.domain.trust.web import words
from hoest.foundation import gate_evidence
from hoest.foundation.gate_evidence import Told
from hoest.ui import formats

# The requirement of a gate, and the fact of the register that speaks of it.
OF_REGISTER = {"dpia": "dpia", "processor_agreement": "processor_agreement"}


def register() -> None:
    """Let the gates know."""
    gate_evidence.register("reuse_check", reuse_told)
    for requirement, code in OF_REGISTER.items():
        gate_evidence.register(requirement, _teller(code))


def reuse_told(organisation_id: int, initiative_ids: Collection[int]) -> Mapping[int, Told]:
    """Tell which initiatives have decided about reuse."""
    return {
        pk: Told(
            "present",
            _("Genbrugstjekket: %(choice)s. %(reason)s")
            % {"choice": words.word(words.REUSE, one.choice).lower(), "reason": one.reason},
            reverse("reuse:check", args=[pk]),
            one.decided_at.date(),
            one.decided_by_name,
        )
        for pk, one in latest_of(organisation_id, initiative_ids).items()
    }


def _teller(code: str) -> Callable[[int, Collection[int]], Mapping[int, Told]]:
    def tell(organisation_id: int, initiative_ids: Collection[int]) -> Mapping[int, Told]:
        found = {}
        for pk, facts in facts_for_gates(organisation_id, initiative_ids).items():
            about = [fact for fact in facts if fact.code == code]
            lacking = [fact for fact in about if not fact.holds]
            if about:
                found[pk] = _told(lacking[0] if lacking else about[0])
        return found

    return tell


def _told(fact: SystemFact) -> Told:
    register = "KITOS" if fact.origin == Origin.KITOS else _("kommunens fil")
    facts = {
        "register": register,
        "system": fact.system,
        "day": formats.long_date(fact.read_on),
    }
    said = (
        _("Den findes for %(system)s, siger %(register)s %(day)s. Bekræft, at den dækker.")
        if fact.holds
        else _("Den mangler for %(system)s, siger %(register)s %(day)s.")
    )
    return Told(
        "in_progress" if fact.holds else "missing",
        said % facts,
        reverse("systems:system", args=[fact.system_id]),
        fact.on,
    )
