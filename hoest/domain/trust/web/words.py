"""The codes of the register in words. They are another register's, so they are not content."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hoest.ui import formats

NOT_KNOWN = _("Ikke oplyst")
YES_NO: dict[str, Any] = {
    "yes": _("Ja"),
    "no": _("Nej"),
    "dontknow": _("Ved ikke"),
    "undecided": _("Ikke afgjort"),
    "partially": _("Delvist"),
    "irrelevant": _("Ikke relevant"),
}
LIFE: dict[str, Any] = {
    "operational": _("I drift"),
    "phasingin": _("Indfases"),
    "phasingout": _("Udfases"),
    "notinuse": _("Ikke i brug"),
    "undecided": _("Ikke afgjort"),
}
HOSTING: dict[str, Any] = {
    "onpremise": _("Hos os"),
    "external": _("Hos leverandøren"),
    "hybrid": _("Begge steder"),
    "undecided": _("Ikke afgjort"),
}
LEVELS: dict[str, Any] = {
    "none": _("Ingen personoplysninger"),
    "persondata": _("Almindelige personoplysninger"),
    "sensitivedata": _("Følsomme personoplysninger"),
    "legaldata": _("Strafbare forhold"),
}
SPECIAL: dict[str, Any] = {
    "cprnumber": _("CPR-numre"),
    "socialproblems": _("Væsentlige sociale problemer"),
    "otherprivatematters": _("Andre private forhold"),
}
PRECAUTIONS: dict[str, Any] = {
    "encryption": _("Kryptering"),
    "pseudonymization": _("Pseudonymisering"),
    "accesscontrol": _("Adgangsstyring"),
    "logging": _("Logning"),
}
ARCHIVE: dict[str, Any] = {
    "b": _("Bevares"),
    "k": _("Kasseres"),
    "unknown": _("Ved ikke"),
    "undecided": _("Ikke afgjort"),
    "preservedatacandiscarddocuments": _("Data bevares, dokumenter må kasseres"),
}
RISK: dict[str, Any] = {
    "low": _("Lav"),
    "medium": _("Mellem"),
    "high": _("Høj"),
    "undecided": _("Ikke afgjort"),
}
CRITICAL: dict[str, Any] = {
    "yes": _("Kritisk"),
    "no": _("Ikke kritisk"),
    "dontknow": _("Ved ikke"),
}
TIES: dict[str, Any] = {"uses": _("Bruger systemet"), "replaces": _("Erstatter systemet")}
CHOICES: dict[str, Any] = {
    "extend": _("Forlænges"),
    "tender": _("Sendes i udbud"),
    "leave": _("Opsiges"),
    "later": _("Udskudt"),
}
REUSE: dict[str, Any] = {
    "reuse": _("Genbrug"),
    "adapt": _("Tilpas"),
    "new": _("Nyt"),
}
STATES: dict[str, Any] = {
    "waiting": _("venter på tur"),
    "reading": _("i gang"),
    "ready": _("venter på et ja"),
    "done": _("færdig"),
    "partial": _("stoppede på vejen"),
    "faulty": _("kunne ikke læses"),
    "failed": _("gik i stå"),
    "stopped": _("stoppet"),
}
KINDS: dict[str, Any] = {
    "system": _("System"),
    "contract": _("Kontrakt"),
    "processing": _("Databehandling"),
}
WHATS: dict[str, Any] = {
    "new": _("Nye"),
    "changed": _("Ændrede"),
    "gone": _("Væk"),
    "back": _("Tilbage igen"),
    "faulty": _("Kunne ikke tages med"),
}
WHAT_ONE: dict[str, Any] = {
    "new": _("er ny"),
    "changed": _("er ændret"),
    "gone": _("er væk"),
    "back": _("er tilbage igen"),
    "faulty": _("kunne ikke tages med"),
}
FIELDS: dict[str, Any] = {
    "name": _("navn"),
    "local_name": _("kaldes her"),
    "local_id": _("lokalt nummer"),
    "life": _("livscyklus"),
    "is_valid": _("gyldig"),
    "valid_from": _("gyldig fra"),
    "valid_to": _("gyldig til"),
    "users_from": _("brugere fra"),
    "users_to": _("brugere til"),
    "purpose": _("formål"),
    "responsible_unit": _("ansvarlig enhed"),
    "using_units": _("bruges af"),
    "kle": _("KLE"),
    "critical": _("kritisk for driften"),
    "hosting": _("drift"),
    "data_levels": _("personoplysninger"),
    "special_data": _("særlige oplysninger"),
    "precautions": _("beskyttelse"),
    "has_ai": _("kunstig intelligens"),
    "web_access": _("webtilgængelighed"),
    "web_access_on": _("webtilgængelighed set efter"),
    "archive_duty": _("arkivpligt"),
    "risk": _("risikovurdering"),
    "risk_on": _("risikovurderet"),
    "risk_result": _("risiko"),
    "risk_planned_on": _("næste risikovurdering"),
    "dpia": _("konsekvensanalyse"),
    "dpia_on": _("konsekvensanalyse lavet"),
    "deletion_on": _("sletning vurderes"),
    "starts_on": _("starter"),
    "ends_on": _("slutter"),
    "is_continuous": _("løbende"),
    "irrevocable_until": _("uopsigelig til"),
    "terminated_on": _("opsagt til"),
    "notice_months": _("varsel i måneder"),
    "notice_by_end_of": _("varsel inden udgangen af"),
    "notice_runs_from": _("varsel regnet fra"),
    "leaves_on": _("kan forlades"),
    "decide_by": _("beslut senest"),
    "yearly_dkk": _("årlig udgift"),
    "agreement": _("databehandleraftale"),
    "agreement_on": _("aftale indgået"),
    "transfers": _("usikkert tredjeland"),
    "processors": _("databehandlere"),
    "sub_processors": _("underdatabehandlere"),
    "oversight": _("tilsyn"),
    "oversight_on": _("tilsyn ført"),
}
SEGMENTS = {
    "endofmonth": _("en måned"),
    "endofquarter": _("et kvartal"),
    "endofcalendaryear": _("et kalenderår"),
}
LISTED = {
    "notice_by_end_of": SEGMENTS,
    "notice_runs_from": SEGMENTS,
    "life": LIFE,
    "hosting": HOSTING,
    "critical": YES_NO,
    "data_levels": LEVELS,
    "special_data": SPECIAL,
    "precautions": PRECAUTIONS,
    "archive_duty": ARCHIVE,
    "risk_result": RISK,
}


def word(words: dict[str, Any], code: str) -> str:
    """Return a code in words; an unknown one as it stands, none as not known."""
    return str(words.get(code, code)) if code else str(NOT_KNOWN)


def listed(words: dict[str, Any], codes: list[str]) -> str:
    """Return codes in words with commas, or that nothing is known."""
    return ", ".join(word(words, code) for code in codes) or str(NOT_KNOWN)


def of_field(name: str, value: Any) -> str:
    """Return a changed value as a reader reads it."""
    if value in (None, "", []):
        return "—"
    if isinstance(value, bool):
        return str(YES_NO["yes" if value else "no"])
    words = LISTED.get(name, YES_NO)
    if isinstance(value, list):
        return listed(words if name in LISTED else {}, value)
    if name == "yearly_dkk":
        return formats.kroner(formats.exact(value) or 0, language=get_language() or "da")
    if name.endswith(("_on", "_to", "_from", "_until", "_by")) and isinstance(value, str):
        day = _day(value)
        return formats.short_date(day, get_language() or "da") if day else value
    return word(words, str(value)) if isinstance(value, str) else str(value)


def _day(text: str) -> Any:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
