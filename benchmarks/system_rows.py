"""Systems with suppliers, contracts and processing, data sets, reuse, sheets; many at a time."""

from __future__ import annotations

import datetime as dt

from hoest.domain.organisations.models import Body, Person, Unit
from hoest.domain.portfolio.models import Initiative
from hoest.domain.trust.models import (
    CommitteeStance,
    Contract,
    ContractSystem,
    DataSet,
    DataSetSource,
    DataSetUse,
    EthicsScreening,
    ExitPlan,
    Processing,
    ProcessingSystem,
    ReuseCheck,
    ScalingStep,
    SecurityRisk,
    Sheet,
    SheetFact,
    Supplier,
    System,
    SystemTie,
)
from hoest.foundation import clock

BATCH = 2000
FIELDS = ("Omsorg", "Skole", "Byg", "Løn", "Journal", "Borger", "Vagt", "Kort", "Sag", "Økonomi")


def make_systems(organisation_id: int, rows: int) -> None:
    """Systems of a tenth as many suppliers, most with a contract, half with a processing."""
    read = {"organisation_id": organisation_id, "origin": "kitos", "read_at": clock.now()}
    suppliers = Supplier.objects.bulk_create(
        [
            Supplier(**read, external_id=f"l{n}", name=f"Leverandør {n:04} A/S", cvr=f"{n + 10**7}")
            for n in range(rows // 10)
        ], BATCH
    )  # fmt: skip
    today = clock.today()
    systems = System.objects.bulk_create(
        [
            System(
                **read, external_id=f"s{n}", name=f"{FIELDS[n % 10]}system {n:04}",
                supplier=suppliers[n * n % len(suppliers)], purpose="Holder styr på sager og tider",
                local_name=f"{FIELDS[n % 10]} {n}" if n % 3 == 0 else "", is_valid=n % 20 != 0,
                critical=("yes", "no", "no", "dontknow", "")[n % 5], users_from=10, users_to=100,
                data_levels=["persondata"] if n % 2 else [], has_ai="yes" if n % 25 == 0 else "no",
                web_access=("yes", "no", "partially", "")[n % 4], archive_duty="",
                risk="yes" if n % 3 else "no", risk_on=today - dt.timedelta(days=n % 900),
                dpia="yes" if n % 4 == 0 else "", kle=[f"27.{n % 90 + 10}"],
                gone_on=today - dt.timedelta(days=n % 300) if n % 40 == 7 else None,
            )
            for n in range(rows)
        ], BATCH
    )  # fmt: skip
    _contracts(read, systems)
    _processings(read, systems)
    _ties(organisation_id, systems)


def _contracts(read: dict[str, object], systems: list[System]) -> None:
    today = clock.today()
    contracts = Contract.objects.bulk_create(
        [
            Contract(
                **read, external_id=f"k{n}", name=f"Aftale om {one.name}",
                supplier_id=one.supplier_id, starts_on=today - dt.timedelta(days=900),
                ends_on=today + dt.timedelta(days=n % 1500 - 100),
                leaves_on=today + dt.timedelta(days=n % 1500 - 100),
                decide_by=today + dt.timedelta(days=n % 1500 - 280), notice_months=6,
                yearly_dkk=(n % 97 + 1) * 25_000 if n % 8 else None,
                is_valid=n % 20 != 0,
            )
            for n, one in enumerate(systems) if n % 10
        ], BATCH
    )  # fmt: skip
    ContractSystem.objects.bulk_create(
        [
            ContractSystem(organisation_id=one.organisation_id, contract=contract, system=one)
            for contract, one in zip(
                contracts, [s for n, s in enumerate(systems) if n % 10], strict=True
            )
        ], BATCH
    )  # fmt: skip


def _processings(read: dict[str, object], systems: list[System]) -> None:
    chosen = systems[::2]
    made = Processing.objects.bulk_create(
        [
            Processing(
                **read, external_id=f"b{n}", name=f"Behandling i {one.name}",
                agreement=("yes", "yes", "no", "")[n % 4], transfers="yes" if n % 30 == 0 else "no",
                oversight="yes" if n % 3 else "no", is_valid=True,
            )
            for n, one in enumerate(chosen)
        ], BATCH
    )  # fmt: skip
    ProcessingSystem.objects.bulk_create(
        [
            ProcessingSystem(organisation_id=one.organisation_id, processing=row, system=one)
            for row, one in zip(made, chosen, strict=True)
        ], BATCH
    )  # fmt: skip


def _ties(organisation_id: int, systems: list[System]) -> None:
    """What is ours of them: who uses and replaces them, and plans to get out."""
    own = {"organisation_id": organisation_id}
    initiatives = list(Initiative.objects.order_by("pk"))
    SystemTie.objects.bulk_create(
        [
            SystemTie(
                **own, system=systems[(n * 7 + k) % len(systems)], initiative=one,
                kind="replaces" if k and n % 5 == 0 else "uses", made_by_name="Leder",
            )
            for n, one in enumerate(initiatives) for k in range(2)
        ], BATCH
    )  # fmt: skip
    ExitPlan.objects.bulk_create(
        [
            ExitPlan(
                **own, system=one, data_out="Udtræk som CSV", replacement="Det fælles system",
                tested_on=clock.today() - dt.timedelta(days=n % 800),
                planned_on=clock.today() - dt.timedelta(days=100),
                expected_on=clock.today() + dt.timedelta(days=n % 500),
                delay_dkk_month=40_000, delay_source="Kontrakten", price_level=2026,
            )
            for n, one in enumerate(systems) if n % 20 == 0
        ], BATCH
    )  # fmt: skip


def make_data_sets(organisation_id: int, rows: int) -> None:
    """Data sets with the systems they come from, and where they are used again."""
    own = {"organisation_id": organisation_id}
    units = list(Unit.objects.filter(kind="section").order_by("pk"))
    systems = list(System.objects.order_by("pk"))
    initiatives = list(Initiative.objects.order_by("pk"))
    made = DataSet.objects.bulk_create(
        [
            DataSet(
                **own, name=f"Data om {FIELDS[n % 10].lower()} {n:03}", unit=units[n % len(units)],
                definition="En række for hver borger og dag", documented_how="I fagsystemet",
            )
            for n in range(rows)
        ], BATCH
    )  # fmt: skip
    DataSetSource.objects.bulk_create(
        [
            DataSetSource(**own, data_set=one, system=systems[n * 3 % len(systems)])
            for n, one in enumerate(made)
        ], BATCH
    )  # fmt: skip
    DataSetUse.objects.bulk_create(
        [
            DataSetUse(
                **own, data_set=one, initiative=initiatives[(n * 5 + k) % len(initiatives)],
                purpose="Til kørelister", noted_by_name="Leder",
            )
            for n, one in enumerate(made) for k in range(n % 3)
        ], BATCH
    )  # fmt: skip


def make_reuse(organisation_id: int, rows: int) -> None:
    """Reuse decided for most initiatives, twice for some; a plan for where they go next."""
    own, today = {"organisation_id": organisation_id}, clock.today()
    people = list(Person.objects.filter(unit__isnull=False).order_by("pk"))
    initiatives = list(Initiative.objects.order_by("pk")[:rows])
    ReuseCheck.objects.bulk_create(
        [
            ReuseCheck(
                **own, initiative=one, phase=("idea", "analysis")[k], reason="Vi har set efter",
                choice=("reuse", "adapt", "new")[n % 3], candidates=[], chosen=[],
                decided_by_name="Leder",
            )
            for n, one in enumerate(initiatives) for k in range(1 + n % 2)
        ], BATCH
    )  # fmt: skip
    ScalingStep.objects.bulk_create(
        [
            ScalingStep(
                **own, initiative=one, place=f"Sted {k}", on=today + dt.timedelta(days=n % 400),
                owner=people[n % len(people)],
            )
            for n, one in enumerate(initiatives) if n % 4 == 0 for k in range(3)
        ], BATCH
    )  # fmt: skip


def make_sheets(organisation_id: int, rows: int) -> None:
    """Sheets that are begun with what was told for them, screenings, stances and risks."""
    own, now, today = {"organisation_id": organisation_id}, clock.now(), clock.today()
    initiatives = list(Initiative.objects.order_by("pk")[:rows])
    bodies = list(Body.objects.order_by("pk"))
    SheetFact.objects.bulk_create(
        [
            SheetFact(
                **own, initiative=one, code=code, values=["Så får borgeren svar hurtigere"],
                said_by_name="Leder", said_at=now,
            )
            for one in initiatives for code in ("sheet_why", "sheet_if_wrong", "sheet_contact")
        ], BATCH
    )  # fmt: skip
    Sheet.objects.bulk_create(
        [Sheet(**own, initiative=one, state="begun", missing=2) for one in initiatives], BATCH
    )
    EthicsScreening.objects.bulk_create(
        [
            EthicsScreening(
                **own, initiative=one, number=1, instrument="2026-1", begun_by_name="Leder",
                begun_at=now,
            )
            for one in initiatives[::4]
        ], BATCH
    )  # fmt: skip
    CommitteeStance.objects.bulk_create(
        [
            CommitteeStance(
                **own, body=bodies[n % len(bodies)], principle=f"Borgeren kan altid sige nej, {n}",
                decided_on=today - dt.timedelta(days=100 + n), reference=f"Møde {n}, punkt 4",
            )
            for n in range(20)
        ], BATCH
    )  # fmt: skip
    SecurityRisk.objects.bulk_create(
        [
            SecurityRisk(
                **own, what_may_happen=f"Journalen er nede en dag, {n}", measure="Nødplan på papir",
                consequence="Borgere venter på hjælp", owner_function="Sikkerhedschefen",
                consequence_word=("limited", "serious", "severe")[n % 3], likelihood="possible",
                ends_on=today + dt.timedelta(days=n * 9 - 40), initiative=initiatives[n],
                is_top=n % 4 == 0,
            )
            for n in range(min(60, len(initiatives)))
        ], BATCH
    )  # fmt: skip
