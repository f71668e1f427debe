"""What the register says of the systems an initiative uses, as a suggestion for its gate."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hoest.domain.trust.permissions import VIEW_SYSTEMS
from hoest.domain.trust.queries.systems import SystemFact, facts_for_gates
from hoest.domain.trust.rules.register import Origin
from hoest.domain.trust.web import words
from hoest.foundation.gate_evidence import Told
from hoest.ui import formats

# The requirement of a gate, and the fact of the register that speaks of it.
OF_REGISTER: Mapping[str, str] = {
    "dpia": "dpia",
    "processor_agreement": "processor_agreement",
    "processing_security": "risk_assessed",
    "record_of_processing": "processing",
    "third_country_transfer": "safe_transfer",
    "erasure": "erasure_reviewed",
    "security_classification": "classified",
    "web_accessibility": "web_access",
    "archive": "archive_settled",
}
HOLDS: Mapping[str, Any] = {
    "risk_assessed": gettext_lazy(
        "Risikoen er vurderet for %(system)s, siger %(register)s %(day)s. "
        "Bekræft, at vurderingen ser på mennesker og dækker det, I vil."
    ),
    "processing": gettext_lazy(
        "Behandlingen »%(detail)s« for %(system)s findes, siger %(register)s %(day)s. "
        "Bekræft, at fortegnelsen dækker det, I vil."
    ),
    "safe_transfer": gettext_lazy(
        "Intet overføres til usikre tredjelande fra %(system)s, siger %(register)s %(day)s. "
        "Bekræft grundlaget."
    ),
    "erasure_reviewed": gettext_lazy(
        "Sletning i %(system)s vurderes næste gang %(detail)s, siger %(register)s %(day)s. "
        "Bekræft, at fristen er aftalt og virker."
    ),
    "classified": gettext_lazy(
        "Ansvarlig for %(system)s er %(name)s, og det er klassificeret, siger %(register)s "
        "%(day)s. Bekræft, at kontrollerne er valgt."
    ),
    "web_access": gettext_lazy(
        "%(system)s kan bruges af alle, siger %(register)s %(day)s. "
        "Bekræft, at erklæringen er offentliggjort."
    ),
    "archive_settled": gettext_lazy(
        "Bevaringen af %(system)s er afgjort (%(detail)s), siger %(register)s %(day)s. "
        "Bekræft, at systemet er anmeldt."
    ),
}
LACKS: Mapping[str, Any] = {
    "processing": gettext_lazy(
        "Behandlingen »%(detail)s« for %(system)s er ikke gyldig, siger %(register)s %(day)s."
    ),
    "safe_transfer": gettext_lazy(
        "Der overføres til et usikkert tredjeland fra %(system)s, siger %(register)s %(day)s."
    ),
    "erasure_reviewed": gettext_lazy(
        "Sletning i %(system)s skulle være vurderet %(detail)s, siger %(register)s %(day)s."
    ),
    "web_access": gettext_lazy(
        "%(system)s lever ikke helt op til kravene, siger %(register)s %(day)s."
    ),
    "archive_settled": gettext_lazy(
        "Bevaringen af %(system)s er ikke afgjort, siger %(register)s %(day)s."
    ),
}


def told(organisation_id: int, initiative_ids: Collection[int]) -> Mapping[int, Mapping[str, Told]]:
    """Tell what the register knows of each requirement; what lacks speaks before what is there."""
    found: dict[int, dict[str, Told]] = {}
    for pk, facts in facts_for_gates(organisation_id, initiative_ids).items():
        for requirement, code in OF_REGISTER.items():
            about = [fact for fact in facts if fact.code == code]
            lacking = [fact for fact in about if not fact.holds]
            if about:
                found.setdefault(pk, {})[requirement] = _told(lacking[0] if lacking else about[0])
    return found


def _told(fact: SystemFact) -> Told:
    facts = {
        "register": _("systemregistret KITOS")
        if fact.origin == Origin.KITOS
        else _("kommunens fil"),
        "system": fact.system,
        "day": formats.long_date(fact.read_on),
        "detail": _detail(fact),
        "name": fact.name,
    }
    said = (
        HOLDS.get(
            fact.code,
            _(
                "Den findes for %(system)s, siger %(register)s %(day)s. "
                "Bekræft, at den dækker det, I vil."
            ),
        )
        if fact.holds
        else LACKS.get(fact.code, _("Den mangler for %(system)s, siger %(register)s %(day)s."))
    )
    return Told(
        "in_progress" if fact.holds else "missing",
        str(said) % facts,
        reverse("systems:system", args=[fact.system_id]),
        fact.on,
        fact.name,
        VIEW_SYSTEMS,
    )


def _detail(fact: SystemFact) -> str:
    if fact.due_on is not None:
        return formats.long_date(fact.due_on)
    if fact.code == "archive_settled":
        return words.word(words.ARCHIVE, fact.detail).lower()
    return fact.detail
