"""Municipalities full of initiatives, benefits and measurements: the same rows at every run.

Made as hoest_app through the tables' own triggers, keys and policies; many rows at a time, since
one act per row would take hours. Where benefits stand is noted by the product's own job, twice:
half a year ago and now, so that something has moved.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from hoest.domain.benefits.jobs import note_standings_of
from hoest.domain.benefits.models import Benefit, HarvestDecision, LevelConfirmation
from hoest.domain.business_cases.models import BusinessCase, CaseLine, CaseVersion, LineAmount
from hoest.domain.organisations import actions as organisations
from hoest.domain.organisations.models import Organisation, Person, Unit
from hoest.domain.organisations.queries import system_actor
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.rules import Phase
from hoest.foundation import clock
from hoest.foundation.access.models import Account
from hoest.foundation.provenance.actions import entered_by
from hoest.foundation.tenancy.context import acting_for

DEPARTMENTS = ("Sundhed og Ældre", "Børn og Unge", "Teknik og Miljø", "Stab og Borgerservice")
SECTIONS = ("Nord", "Syd", "Øst", "Vest")
BODIES = ("Økonomiudvalget", "Sundhedsudvalget", "Børneudvalget", "Teknikudvalget")
PHASES = (
    *[Phase.REALISATION] * 5,
    *[Phase.EXECUTION] * 2,
    Phase.ANALYSIS,
    Phase.IDEA,
    Phase.CLOSED,
)
PURPOSES = ("hygiene", "relief", "service", "efficiency", "development")
TYPES = ("budget", "budget", "budget", "freed_time", "avoided_cost", "quality", "citizen", "risk")
WORDS = ("skærmbesøg", "selvbetjening", "ruteplanlægning", "digital post", "sensorer", "journal")
BATCH = 2000


@dataclass(frozen=True)
class Size:
    """How much there is in each municipality."""

    municipalities: int = 12
    initiatives: int = 50
    benefits: int = 4
    months: int = 36

    def __str__(self) -> str:
        return f"{self.municipalities} × {self.initiatives} × {self.benefits} × {self.months}"


@dataclass
class Municipality:
    """One that was made: whom its pages are read as, and what its pages are about."""

    organisation_id: int
    accounts: dict[str, int]
    initiative_id: int = 0
    benefit_id: int = 0
    people: list[Person] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)


def make(size: Size, prefix: str) -> list[Municipality]:
    """Make the municipalities; codes begin with the prefix, so that sizes can stand together."""
    return [_municipality(size, f"{prefix}{number:02}") for number in range(size.municipalities)]


def found_again(code: str) -> Municipality:
    """Return a municipality that was made before, in a folder that was kept."""
    organisation = Organisation.objects.get(code=code)
    made = Municipality(organisation.pk, {})
    with acting_for(organisation.pk), transaction.atomic():
        made.units = list(Unit.objects.filter(kind="section").order_by("pk"))
        for number, role in enumerate(("controller", "unit_leader")):
            person = Person.objects.get(email__startswith=f"{code.lower()}-{number}@")
            made.accounts[role] = Account.objects.get(email=person.email).pk
        made.initiative_id, made.benefit_id = _measured(organisation.pk)
    return made


def _municipality(size: Size, code: str) -> Municipality:
    drawn = random.Random(int(code, 36))
    organisation = Organisation.objects.create(
        code=code, name=f"Prøvestad {code}", municipality_name=f"Prøvestad {code}",
        is_fictional=True,
    )  # fmt: skip
    made = Municipality(organisation.pk, {})
    with acting_for(organisation.pk), transaction.atomic():
        _people(made, code)
        initiatives = _initiatives(made, size, drawn)
        _cases(made, initiatives, size, drawn)
        _benefits(made, initiatives, size, drawn)
        made.initiative_id, made.benefit_id = _measured(organisation.pk)
    with clock.frozen_at(clock.today() - dt.timedelta(days=180)):
        note_standings_of(organisation.pk)
    note_standings_of(organisation.pk)
    return made


def _people(made: Municipality, code: str) -> None:
    system = system_actor(made.organisation_id, "Opsætning", "benchmark")
    for name in DEPARTMENTS:
        above = organisations.add_unit(actor=system, name=name)
        for section in SECTIONS:
            made.units.append(
                organisations.add_unit(
                    actor=system, name=f"{name}, {section}", kind="section", parent=above
                )
            )
    made.bodies = [organisations.add_body(actor=system, name=name) for name in BODIES]
    made.people = [
        organisations.add_person(
            actor=system, name=f"Leder {number} i {unit.name}",
            email=f"{code.lower()}-{number}@proevestad.example", unit=unit,
        )
        for number, unit in enumerate(made.units)
    ]  # fmt: skip
    for role, person, unit in (
        ("controller", made.people[0], None),
        ("unit_leader", made.people[1], made.units[1].parent),
    ):
        organisations.give_role(actor=system, person=person, role=role, unit=unit)
        account = Account.objects.create_user(person.email)
        organisations.let_sign_in(actor=system, person=person, account=account)
        made.accounts[role] = account.pk


def _initiatives(made: Municipality, size: Size, drawn: random.Random) -> list[Initiative]:
    today = clock.today()
    rows = []
    for number in range(size.initiatives):
        phase = PHASES[number % len(PHASES)]
        is_live = phase in (Phase.REALISATION, Phase.CLOSED)
        live_on = today - dt.timedelta(days=drawn.randint(200, 900))
        rows.append(
            Initiative(
                organisation_id=made.organisation_id,
                key=f"INIT-{number + 1:03}",
                title=f"{drawn.choice(WORDS).capitalize()}, forløb {number + 1}",
                in_practice=f"borgere og medarbejdere møder {drawn.choice(WORDS)} i hverdagen",
                purpose_type=PURPOSES[number % len(PURPOSES)],
                initiative_type="it_system",
                unit=made.units[number % len(made.units)],
                body=made.bodies[number % len(made.bodies)],
                theme="Nære fællesskaber",
                phase=phase,
                sponsor=made.people[number % len(made.people)] if number % 9 else None,
                lead=made.people[(number + 3) % len(made.people)],
                starts_on=live_on - dt.timedelta(days=300),
                live_on=live_on if is_live or phase is Phase.EXECUTION else None,
                adoption_share=Decimal(drawn.randint(50, 100)) / 100 if is_live else None,
                adoption_on=today - dt.timedelta(days=30) if is_live else None,
                old_way_closed_on=live_on if is_live and number % 3 else None,
            )
        )
    return Initiative.objects.bulk_create(rows, BATCH)


def _cases(
    made: Municipality, initiatives: list[Initiative], size: Size, drawn: random.Random
) -> None:
    """Two versions of each case: the promise, and the one that holds now."""
    today = clock.today()
    system = system_actor(made.organisation_id, "Opsætning", "benchmark")
    source = entered_by(system, "Budgetmodellen")
    own = {"organisation_id": made.organisation_id}
    cases = BusinessCase.objects.bulk_create(
        [BusinessCase(**own, initiative=initiative) for initiative in initiatives], BATCH
    )
    for number, state in ((1, "superseded"), (2, "approved")):
        approved_on = today - dt.timedelta(days=1100 - 300 * number)
        versions = CaseVersion.objects.bulk_create(
            [
                CaseVersion(
                    **own, case=case, number=number, price_level=2024 if n % 5 else 2026,
                    reason="Nyt skøn" if number > 1 else "", created_at=clock.now(),
                    approved_by_name="Byrådet", approved_on=approved_on, source=source,
                )
                for n, case in enumerate(cases)
            ],
            BATCH,
        )  # fmt: skip
        lines = CaseLine.objects.bulk_create(
            [line for version in versions for line in _lines(version, size)], BATCH
        )
        LineAmount.objects.bulk_create(
            [amount for line in lines for amount in _amounts(line, number, drawn)], BATCH
        )
        CaseVersion.objects.filter(
            organisation_id=made.organisation_id, number=number, state="draft"
        ).update(state="approved")
        if state != "approved":
            CaseVersion.objects.filter(
                organisation_id=made.organisation_id, number=number
            ).update(state=state)  # fmt: skip


def _lines(version: CaseVersion, size: Size) -> Iterator[CaseLine]:
    own = {"organisation_id": version.organisation_id, "case_version": version}
    yield CaseLine(**own, key="Udstyr", kind="investment", steering_area="capital", position=0)
    yield CaseLine(
        **own, key="Drift", kind="operation", duration="recurring", steering_area="service",
        position=1,
    )  # fmt: skip
    for number in range(size.benefits):
        is_hours = TYPES[number % len(TYPES)] == "freed_time"
        yield CaseLine(
            **own, key=f"Gevinst {number + 1}", kind="benefit", duration="recurring",
            measure="hours" if is_hours else "dkk",
            steering_area="" if is_hours else "service",
            low_share=Decimal("0.8"), high_share=Decimal("1.1"), position=2 + number,
        )  # fmt: skip


def _amounts(line: CaseLine, number: int, drawn: random.Random) -> Iterator[LineAmount]:
    year = clock.today().year - 2
    each = drawn.randint(50, 900) * (10 if line.measure == "hours" else 1000)
    for offset in range(1 if line.duration == "one_off" else 4):
        yield LineAmount(
            organisation_id=line.organisation_id, line=line,
            case_version_id=line.case_version_id, year=year + offset,
            amount=Decimal(each * (offset + 2) // (number + 2)),
        )  # fmt: skip


def _benefits(
    made: Municipality, initiatives: list[Initiative], size: Size, drawn: random.Random
) -> None:
    today = clock.today()
    rows = []
    for place, initiative in enumerate(initiatives):
        for number in range(size.benefits):
            count = place * size.benefits + number
            is_owned = count % 7 != 3
            owner = made.people[(count + 1) % len(made.people)] if is_owned else None
            rows.append(
                Benefit(
                    organisation_id=made.organisation_id,
                    initiative=initiative,
                    key=f"GEV-{count + 1:03}",
                    title=f"Mindre tid og færre udgifter, gevinst {count + 1}",
                    benefit_type=TYPES[number % len(TYPES)],
                    unit_id=initiative.unit_id if count % 2 else None,
                    owner=owner,
                    owner_accepted_on=today - dt.timedelta(days=700) if is_owned else None,
                    indicator="Sager pr. måned",
                    measure_unit="sager",
                    baseline_value=Decimal(1000),
                    baseline_on=today - dt.timedelta(days=1000),
                    target_value=Decimal(600),
                    target_on=today + dt.timedelta(days=300),
                    method="Opgørelse fra fagsystemet",
                    frequency="month",
                    line_key=f"Gevinst {number + 1}",
                    lapsed_on=today - dt.timedelta(days=90) if count % 29 == 28 else None,
                    lapse_reason="Opgaven faldt væk" if count % 29 == 28 else "",
                )
            )
    benefits = Benefit.objects.bulk_create(rows, BATCH)
    _measure(made.organisation_id, size.months)
    _harvest(made.organisation_id, benefits)


def _measure(organisation_id: int, months: int) -> None:
    """Measure every benefit each month until the last one, with a few numbers falling out.

    One statement: of all the rows these are nine out of ten.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into benefits_measurement (organisation_id, benefit_id, "on", value,
                by_agreed_method, origin, measured_by, recorded_by_name, recorded_at,
                withdrawn_at, withdrawn_reason, request_key, source_id, source_place)
            select b.organisation_id, b.id, (%s::date - (m || ' months')::interval)::date,
                1000 - (b.id * 7 + m * 31) %% 900, (b.id + m) %% 11 <> 0, 'Fagsystemet', '',
                'Opsætning', now(), case when (b.id + m) %% 17 = 0 then now() end,
                case when (b.id + m) %% 17 = 0 then 'Talt forkert' else '' end, '', null, ''
            from benefits_benefit b, generate_series(0, %s) m
            where b.organisation_id = %s
            order by b.id, m desc
            """,
            [clock.today(), months - 1, organisation_id],
        )


def _harvest(organisation_id: int, benefits: list[Benefit]) -> None:
    today = clock.today()
    decisions, confirmations = [], []
    for number, benefit in enumerate(benefits):
        own = {"organisation_id": organisation_id, "benefit": benefit}
        if benefit.benefit_type in ("quality", "citizen", "risk"):
            confirmations += [
                LevelConfirmation(
                    **own, on=today - dt.timedelta(days=age), role=role, person_name="Leder"
                )
                for age in (30, 60)
                for role in ("owner", "controller")
            ]
        elif number % 4 == 0:
            hours = benefit.benefit_type == "freed_time"
            decisions.append(
                HarvestDecision(
                    **own, decided_on=today - dt.timedelta(days=60), year=today.year,
                    decision="Byrådet, budget, punkt 12", recorded_at=clock.now(),
                    amount_dkk=None if hours else Decimal(200_000),
                    price_level=None if hours else 2026,
                    hours=Decimal(400) if hours else None,
                    budget_place="" if hours else "Funktion 5.30, vikarer",
                    named_use="To aftenhold" if hours else "",
                )
            )  # fmt: skip
    HarvestDecision.objects.bulk_create(decisions, BATCH)
    LevelConfirmation.objects.bulk_create(confirmations, BATCH)


def _measured(organisation_id: int) -> tuple[int, int]:
    """Return an initiative in use and a benefit of it that both readers may see."""
    benefit = (
        Benefit.objects.filter(
            organisation_id=organisation_id,
            initiative__phase=Phase.REALISATION,
            initiative__unit__name=f"{DEPARTMENTS[0]}, {SECTIONS[0]}",
            harvest_decisions__isnull=False,
        )
        .order_by("pk")
        .first()
    )
    assert benefit is not None, "the smallest size has a benefit that was taken home"
    return benefit.initiative_id, benefit.pk
