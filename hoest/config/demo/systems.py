"""Systems in the demo: a fictional KITOS is read twice, and the municipality writes its own.

The register is told row by row in content/demo/systems.yaml and answers in the shape of KITOS, so
that the demo goes the same way as a real reading.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from hoest.config.demo.town import Town
from hoest.config.demo.words import DemoFault
from hoest.domain.portfolio.queries import visible_to
from hoest.domain.trust.actions import connecting, data_sets, reading, reuse, ties
from hoest.domain.trust.queries import register as rows
from hoest.domain.trust.queries.candidates import candidates_for
from hoest.domain.trust.rules.register import Kind
from hoest.foundation import content
from hoest.foundation.content.files import read_yaml
from hoest.foundation.fetching.web import Net

FILE = "demo/systems.yaml"
FIRST, AGAIN, OURS = "-8m", "-3d", "-2d"
BASE_URL = "https://kitos.example"
SPACE = uuid.UUID("7f6b8a6e-2f0e-4f0f-9a5c-5d6a1b7f0c11")
HOSTING = {"os": "OnPremise", "ude": "External", "begge": "Hybrid"}
LEVELS = {
    "ingen": "None",
    "alm": "PersonData",
    "føls": "SensitiveData",
    "straf": "LegalData",
}
ANSWERS = {"ja": "Yes", "nej": "No", "?": "DontKnow"}
CELLS = 13


def tell_systems(town: Town) -> None:
    """Put the readings and what is ours on the timeline; nothing for a municipality not told of."""
    for told in read_yaml(content.path(FILE)):
        if told["code"] != town.code:
            continue
        first = _lines(told["systems"])
        changed = _lines(told["later"]["systems"])
        later = {k: v for k, v in {**first, **changed}.items() if k not in told["later"]["gone"]}
        town.timeline.on(town.day(FIRST, "register"), partial(_connect, town))
        for spec, lines in ((FIRST, first), (AGAIN, later)):
            day = town.day(spec, "register")
            town.timeline.on(day, partial(_read, town, lines, told.get("units", {})))
        town.timeline.on(town.day(OURS, "register"), partial(_ours, town, told))


def _lines(text: str) -> dict[str, list[str]]:
    found = {}
    for line in text.splitlines():
        if line.strip():
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) != CELLS:
                raise DemoFault(f"Demoens system har ikke {CELLS} felter: {line}")
            found[cells[0]] = cells
    return found


def _connect(town: Town) -> None:
    connecting.connect_register(
        actor=town.with_role("portfolio_manager"),
        version=0,
        fields={
            "base_url": BASE_URL,
            "email": f"api@{town.told['domain']}",
            "password": "",
            "organisation_uuid": _uuid("municipality", town.code),
            "is_on": False,
        },
        net=Net(hosts=lambda: frozenset({"kitos.example"})),
    )


class Told:
    """A register that answers from the story. `units` is who has what, by KLE."""

    def __init__(
        self, town: Town, lines: Mapping[str, list[str]], units: Mapping[str, list[str]]
    ) -> None:
        made = [_rows(town, cells, units) for cells in lines.values()]
        self.rows = {
            Kind.SYSTEM: [one[0] for one in made],
            Kind.CONTRACT: [one[1] for one in made if one[1]],
            Kind.PROCESSING: [one[2] for one in made if one[2]],
        }

    def page(self, resource: Any, number: int, since: dt.datetime | None) -> tuple[list[Any], bool]:
        """Return everything on the first page."""
        return (self.rows[resource.kind] if number == 0 else []), True

    def deleted(self, resource: Any, since: dt.datetime) -> list[str]:
        """Return nothing: what is gone is not among the rows."""
        return []

    def has(self, resource: Any, external_id: str) -> bool:
        """Say that a row that was not met is gone."""
        return False


def _read(town: Town, lines: Mapping[str, list[str]], units: Mapping[str, list[str]]) -> None:
    run = reading.ask_for_reading(actor=town.with_role("portfolio_manager"))
    told: Any = Told(town, lines, units)
    reading.read_kitos(organisation_id=town.organisation_id, run_id=run.pk, kitos=told)


def _units(kle: str, units: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return who answers for a system and who uses it, as KITOS says it."""
    near = max((one for one in units if kle.startswith(one)), key=len, default="")
    if not near:
        return {"responsibleOrganizationUnit": None, "usingOrganizationUnits": []}
    first, *using = [{"uuid": _uuid("unit", name), "name": name} for name in units[near]]
    return {"responsibleOrganizationUnit": first, "usingOrganizationUnits": using}


def _rows(
    town: Town, cells: list[str], units: Mapping[str, list[str]]
) -> tuple[dict[str, Any], Any, Any]:
    name, local, purpose, kle, supplier, ends, notice, price, critical, hosting, *rest = cells
    levels, dpia, agreement = rest
    key = _uuid("usage", name)
    usage = {
        "uuid": key,
        "systemContext": {"uuid": _uuid("system", name), "name": name},
        "general": {
            "localCallName": local,
            "containsAITechnology": "Yes" if "kunstig" in purpose or "bot" in local else "No",
            "webAccessibilityCompliance": "Partially" if "borgere" in purpose else "",
            "mainContract": {"uuid": _uuid("contract", name)},
            "validity": {"valid": True, "lifeCycleStatus": "Operational"},
        },
        "localKLEDeviations": {"addedKLE": [{"name": kle}] if kle else []},
        "organizationUsage": _units(kle, units),
        "archiving": {"archiveDuty": "B" if "sag" in purpose.lower() else "K"},
        "gdpr": {
            "purpose": purpose,
            "businessCritical": ANSWERS[critical],
            "hostedAt": HOSTING[hosting],
            "dataSensitivityLevels": [LEVELS[one] for one in levels.split(",")],
            "specificPersonalData": ["CprNumber"] if "føls" in levels else [],
            "technicalPrecautionsApplied": ["AccessControl", "Logging"],
            "riskAssessmentConducted": "Yes" if critical == "ja" else "DontKnow",
            "riskAssessmentConductedDate": str(town.day("-11m", name))
            if critical == "ja"
            else None,
            "riskAssessmentResult": "Medium" if "føls" in levels else "Low",
            "dpiaConducted": ANSWERS[dpia],
            "dpiaDate": str(town.day("-14m", name)) if dpia == "ja" else None,
        },
    }
    if not supplier:
        return usage, None, None
    company = {"uuid": _uuid("company", supplier), "name": supplier, "cvr": ""}
    contract = _contract(town, name, company, (ends, notice, price))
    if levels == "ingen":
        return usage, contract, None
    return usage, contract, _processing(town, name, company, agreement)


def _contract(
    town: Town, name: str, company: dict[str, str], told: tuple[str, str, str]
) -> dict[str, Any]:
    ends, notice, price = told
    return {
        "uuid": _uuid("contract", name),
        "name": f"Aftale om {name}",
        "general": {
            "validity": {
                "valid": True,
                "validFrom": str(town.day("-30m", name)),
                "validTo": str(town.calendar.month(int(ends) + 1) - dt.timedelta(days=1)),
            }
        },
        "supplier": {"organization": company},
        "systemUsages": [{"uuid": _uuid("usage", name)}],
        "termination": {"terms": {"noticePeriodMonths": {"name": notice}}},
        "payments": {"external": [{"operation": int(price) * 1000, "other": 0, "acquisition": 0}]},
    }


def _processing(town: Town, name: str, company: dict[str, str], agreement: str) -> dict[str, Any]:
    return {
        "uuid": _uuid("processing", name),
        "name": f"Databehandling i {name}",
        "general": {
            "isAgreementConcluded": {"ja": "Yes", "nej": "No"}.get(agreement, "Undecided"),
            "agreementConcludedAt": str(town.day("-29m", name)) if agreement == "ja" else None,
            "transferToInsecureThirdCountries": "No",
            "dataProcessors": [company],
        },
        "systemUsages": [{"uuid": _uuid("usage", name)}],
    }


def _uuid(kind: str, name: str) -> str:
    return str(uuid.uuid5(SPACE, f"{kind}:{name}"))


def _ours(town: Town, told: Mapping[str, Any]) -> None:
    manager = town.with_role("portfolio_manager")
    systems = rows.systems_by_name(manager)
    initiatives = {one.title: one for one in visible_to(manager)}
    for one in told["ties"]:
        ties.tie_system(
            actor=manager,
            system_id=systems[one["system"]].pk,
            initiative_id=initiatives[one["initiative"]].pk,
            kind=one["kind"],
        )
    for one in told["plans"]:
        ties.write_exit_plan(
            actor=manager,
            system_id=systems[one["system"]].pk,
            version=0,
            fields=_plan(town, one, initiatives),
        )
    contracts = rows.contracts_by_name(manager)
    for one in told["decisions"]:
        ties.decide_contract(
            actor=manager,
            contract_id=contracts[f"Aftale om {one['contract']}"],
            choice=one["choice"],
            reason=one["reason"],
        )
    for one in told["data_sets"]:
        _data_set(town, one, systems, initiatives)
    for one in told["reuse"]:
        _decide(town, one, initiatives)
    for one in told["scaling"]:
        reuse.plan_scaling(
            actor=manager,
            initiative_id=initiatives[one["initiative"]].pk,
            fields={
                "place": one["place"],
                "on": town.day(one["at"], one["place"]),
                "owner": town.person("digitaliseringschef"),
                "note": one["note"],
                "done_on": town.day(one["done"], one["place"]) if "done" in one else None,
            },
        )


def _plan(town: Town, told: Mapping[str, Any], initiatives: Mapping[str, Any]) -> Any:
    def day(name: str) -> dt.date | None:
        return town.day(told[name], told["system"]) if name in told else None

    cost = told.get("dkk_month")
    return {
        "criticality_note": told.get("criticality_note", ""),
        "data_out": told.get("data_out", ""),
        "replacement": told.get("replacement", ""),
        "replacement_initiative": initiatives.get(told.get("initiative", "")),
        "tested_on": day("tested"),
        "planned_on": day("planned"),
        "expected_on": day("expected"),
        "delay_dkk_month": None if cost is None else Decimal(cost),
        "delay_source": told.get("source", ""),
        "price_level": None if cost is None else town.calendar.year(0),
    }


def _data_set(
    town: Town, told: Mapping[str, Any], systems: Mapping[str, Any], initiatives: Mapping[str, Any]
) -> None:
    manager = town.with_role("portfolio_manager")
    made = data_sets.write_data_set(
        actor=manager,
        fields={
            "name": told["name"],
            "definition": told["definition"],
            "unit": town.unit(told["unit"]),
            "quality_note": told["quality"],
            "documented_by": told["by"],
            "documented_how": told["how"],
            "systems": [systems[name] for name in told["systems"]],
        },
    )
    for use in told["uses"]:
        data_sets.use_data_set(
            actor=manager,
            data_set_id=made.pk,
            initiative=initiatives[use["initiative"]] if "initiative" in use else None,
            unit=town.unit(use.get("unit")),
            purpose=use["purpose"],
        )


def _decide(town: Town, told: Mapping[str, Any], initiatives: Mapping[str, Any]) -> None:
    """Decide about reuse; what is built on is the first candidate there is."""
    manager = town.with_role("portfolio_manager")
    initiative = initiatives[told["initiative"]]
    chosen = [one.key for one in candidates_for(manager, initiative)[:1]]
    choice = told["choice"] if chosen else "new"
    reuse.decide_reuse(
        actor=manager,
        initiative_id=initiative.pk,
        choice=choice,
        reason=told["reason"],
        chosen=[] if choice == "new" else chosen,
    )
