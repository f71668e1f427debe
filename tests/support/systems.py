"""The systems of a test municipality: from a file, with what it has written itself."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any


def add_systems(organisation: int, marker: str) -> None:
    """Add systems, suppliers, contracts, data sets and a decision about reuse; twice alike."""
    from hoest.domain.organisations.queries import system_actor
    from hoest.domain.trust.actions import files
    from hoest.domain.trust.models import RegisterConnection
    from hoest.foundation.clock import today

    system = system_actor(organisation, "Opsætning", "test")
    soon = today() + dt.timedelta(days=100)
    text = (
        "System;Kaldes her;Formål;KLE;Kritisk for driften;Persondata;DPIA;Leverandør;Kontrakt;"
        "Kontrakt slutter;Varsel i måneder;Årlig udgift;Databehandleraftale\n"
        f"Plejebog {marker};Bogen {marker};Kort og korrekt dokumentation;27.36.04;ja;følsomme;ja;"
        f"Solsort {marker};Rammeaftale {marker};{soon:%d.%m.%Y};1;1.250.000;ja\n"
        f"Vejtavle {marker};;Skilte og veje;05.01.02;nej;ingen;;Mejse {marker};"
        f"Vejaftale {marker};{soon:%d.%m.%Y};;90.000;\n"
        f"Tidsskema {marker};;;;;;;;;;;;\n"
    )
    for is_whole in (True, False):
        content = text if is_whole else text.replace("Vejtavle", "Vejskilt")
        run = files.bring_file(
            actor=system, file_name=f"{marker}.csv", content=content.encode(), is_whole=is_whole
        )
        files.read_file(organisation_id=organisation, run_id=run.pk)
        if is_whole:
            files.confirm_file(actor=system, run_id=run.pk)
            files.apply_file(organisation_id=organisation, run_id=run.pk)
    RegisterConnection.objects.create(
        organisation_id=organisation,
        base_url="https://kitos.example",
        email=f"api@{marker.lower()}.example",
        organisation_uuid="0f6a4c5e-0000-4000-8000-000000000001",
        is_on=False,
    )
    _ours(organisation, marker, system)


def _ours(organisation: int, marker: str, system: Any) -> None:
    """Add what the municipality writes itself."""
    from hoest.domain.organisations.models import Person, Unit
    from hoest.domain.portfolio.models import Initiative
    from hoest.domain.trust.actions import data_sets, reuse, ties
    from hoest.domain.trust.models import Contract, System
    from hoest.foundation.clock import today

    journal = System.objects.get(organisation_id=organisation, name__startswith="Plejebog")
    rows = Initiative.objects.filter(organisation_id=organisation)
    screen = rows.get(title__startswith="Fra papir")
    ties.tie_system(actor=system, system_id=journal.pk, initiative_id=screen.pk, kind="uses")
    ties.write_exit_plan(
        actor=system, system_id=journal.pk, version=0, fields=_plan(marker, screen)
    )
    contract = Contract.objects.get(organisation_id=organisation, name__startswith="Vejaftale")
    ties.decide_contract(
        actor=system, contract_id=contract.pk, choice="later", reason=f"Afventer {marker}"
    )
    unit = Unit.objects.filter(organisation_id=organisation).order_by("pk").first()
    visits = data_sets.write_data_set(
        actor=system,
        fields={
            "name": f"Besøg {marker}",
            "definition": f"Et besøg i hjemmet {marker}",
            "unit": unit,
            "quality_note": "Aflyste mangler",
            "documented_by": "Medarbejderen",
            "documented_how": "Efter hvert besøg",
            "systems": [journal],
        },
    )
    data_sets.use_data_set(
        actor=system,
        data_set_id=visits.pk,
        initiative=screen,
        unit=None,
        purpose=f"Måle brugen {marker}",
    )
    reuse.decide_reuse(
        actor=system,
        initiative_id=screen.pk,
        choice="new",
        reason=f"Intet passede {marker}",
        chosen=[],
    )
    # The step belongs to the first initiative, which leaders of its unit may see.
    reuse.plan_scaling(
        actor=system,
        initiative_id=rows.order_by("pk").values_list("pk", flat=True)[0],
        fields={
            "place": f"Socialområdet {marker}",
            "on": today() + dt.timedelta(days=200),
            "owner": Person.objects.filter(organisation_id=organisation).order_by("pk").first(),
            "note": "",
            "done_on": None,
        },
    )


def _plan(marker: str, initiative: Any) -> Any:
    return {
        "criticality_note": f"Plejen står stille uden {marker}",
        "data_out": "Et udtræk i CSV hver nat",
        "replacement": "En ny journal",
        "replacement_initiative": initiative,
        "tested_on": None,
        "planned_on": dt.date(2026, 1, 1),
        "expected_on": dt.date(2026, 9, 1),
        "delay_dkk_month": Decimal(40_000),
        "delay_source": f"Leverandørens tilbud {marker}",
        "price_level": 2026,
    }
