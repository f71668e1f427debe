"""Capacity, roll-outs, dependencies, gates, journeys, lessons and purchases, many at a time."""

from __future__ import annotations

import datetime as dt

from hoest.domain.organisations.models import Person, Unit
from hoest.domain.portfolio.models import (
    CoreTask,
    Dependency,
    Deviation,
    GateDecision,
    GateRequest,
    GroupPlan,
    Influence,
    Initiative,
    InitiativeFact,
    Journey,
    JourneyStep,
    LeadStatus,
    Lesson,
    ProfessionProfile,
    Purchase,
    RequirementAnswer,
    RoleDemand,
    RoleSupply,
    Rollout,
    SharedOwner,
    Stage,
    StepInitiative,
    Waiting,
    WorkLimit,
)
from hoest.foundation import clock

BATCH = 2000
ROLES = (
    "project_lead", "it_architect", "professional", "super_user", "legal", "procurement", "data",
    "it_operations", "trainer",
)  # fmt: skip
GROUPS = ("care", "childcare", "teachers", "caseworkers", "technical", "administration")
LIVE = ("analysis", "execution", "realisation")
REQUIREMENTS = ("dpia_screening", "record_of_processing", "web_accessibility", "baseline", "owner")
FACTS = ("personal_data", "ai", "critical", "affects_work", "new_expenditure", "processor")


def _initiatives(rows: int) -> list[Initiative]:
    return list(Initiative.objects.order_by("pk")[:rows])


def _quarters(count: int, first: int = 0) -> list[dt.date]:
    today = clock.today()
    at = today.year * 4 + (today.month - 1) // 3 + first
    return [dt.date(n // 4, n % 4 * 3 + 1, 1) for n in range(at, at + count)]


def make_capacity(organisation_id: int, rows: int) -> None:
    """What initiatives in progress ask of three roles in four quarters, and what units offer."""
    own = {"organisation_id": organisation_id}
    running = [one for one in _initiatives(rows) if one.phase in LIVE]
    units = list(Unit.objects.filter(kind="section").order_by("pk"))
    RoleDemand.objects.bulk_create(
        [
            RoleDemand(
                **own, initiative=one, role=ROLES[(n + k) % len(ROLES)], quarter=quarter,
                hours=20 + (n * 13 + k * 7) % 160,
            )
            for n, one in enumerate(running) for k in range(3) for quarter in _quarters(4, n % 3)
        ], BATCH
    )  # fmt: skip
    RoleSupply.objects.bulk_create(
        [
            RoleSupply(**own, role=role, unit=unit, quarter=quarter, hours=900)
            for role in ROLES for unit in (None, *units) for quarter in _quarters(6)
        ], BATCH
    )  # fmt: skip
    WorkLimit.objects.bulk_create(
        [WorkLimit(**own, unit=unit, most=5, reason="Flere kan vi ikke bære") for unit in units]
    )
    ProfessionProfile.objects.bulk_create(
        [
            ProfessionProfile(
                **own, group=group, concerns="Mindre tid til borgerne", super_users=12,
                arguments="Færre tastetryk", told="På et møde med kollegerne",
                windows=[{"name": "Sommer", "months": [7, 8]}],
            )
            for group in GROUPS
        ]
    )  # fmt: skip
    GroupPlan.objects.bulk_create(
        [
            GroupPlan(
                **own, initiative=one, group=GROUPS[(n + k) % len(GROUPS)], people=10 + n % 200,
                starts_on=clock.today() + dt.timedelta(days=n % 540 - 90),
                message="Det bliver lettere at finde borgerens aftaler",
            )
            for n, one in enumerate(running) for k in range(2)
        ], BATCH
    )  # fmt: skip


def make_rollouts(organisation_id: int, rows: int) -> None:
    """Three stages and six units for those in execution and use; some late, with their reason."""
    own, today = {"organisation_id": organisation_id}, clock.today()
    units = list(Unit.objects.filter(kind="section").order_by("pk"))
    chosen = [one for one in _initiatives(rows) if one.phase in LIVE[1:]]
    stages = Stage.objects.bulk_create(
        [
            Stage(
                **own, initiative=one, place=k + 1, name=f"Etape {k + 1}",
                starts_on=today + dt.timedelta(days=90 * k - 60 - n % 200),
                ends_on=today + dt.timedelta(days=90 * k + 20 - n % 200),
                to_learn="Om det virker i en aftenvagt",
                opened_on=_past(today + dt.timedelta(days=90 * k - 60 - n % 200), today),
                learnt="Det virker" if 90 * k + 20 - n % 200 <= 0 else "",
            )
            for n, one in enumerate(chosen) for k in range(3)
        ], BATCH
    )  # fmt: skip
    Rollout.objects.bulk_create(
        [
            _rollout(own, one, stages[n * 3 + k // 2], units[(n + k) % len(units)], n, k)
            for n, one in enumerate(chosen) for k in range(6)
        ], BATCH
    )  # fmt: skip


def _past(day: dt.date, today: dt.date) -> dt.date | None:
    """Return a day that has come; None for one ahead."""
    return day if day <= today else None


def _rollout(
    own: dict[str, int], one: Initiative, stage: Stage, unit: Unit, n: int, k: int
) -> Rollout:
    today = clock.today()
    planned = today + dt.timedelta(days=60 * k - 40 - n % 200)
    is_live = planned < today and (n + k) % 4 != 0
    is_late = planned < today and not is_live and n % 2 == 0
    return Rollout(
        **own, initiative=one, unit=unit, stage=stage, planned_on=planned, planned_users=40,
        expected_on=today + dt.timedelta(days=30) if is_late else None,
        late_cause="supplier" if is_late else "", late_note="Venter på en rettelse" * is_late,
        live_on=planned if is_live else None, users_in_use=20 + n % 20 if is_live else None,
        counted_on=today if is_live else None,
    )  # fmt: skip


def make_dependencies(organisation_id: int, rows: int) -> None:
    """What every other initiative waits for, inside and outside, with influence on some."""
    own, today = {"organisation_id": organisation_id}, clock.today()
    people = list(Person.objects.filter(unit__isnull=False).order_by("pk"))
    all_here = _initiatives(rows)
    made = []
    for n, one in enumerate(all_here):
        common = {
            **own, "initiative": one, "since": today - dt.timedelta(days=n % 700),
            "consequence": "Vi må blive ved med papir",
            "ready_on": today + dt.timedelta(days=n % 300),
        }  # fmt: skip
        if n % 2:
            inside = all_here[(n * 7 + 3) % len(all_here)]
            if inside != one:
                made.append(
                    Dependency(
                        **common, kind="initiative", scope="internal", waits_for=inside,
                        response="wait",
                    )
                )  # fmt: skip
        if n % 3 == 0:
            made.append(
                Dependency(
                    **common, kind=("supplier", "programme", "law")[n % 3], scope="external",
                    what="En ny snitflade", actor_name="Leverandøren", response="influence",
                    resolved_on=today if n % 9 == 0 else None,
                )
            )  # fmt: skip
    waits = Dependency.objects.bulk_create(made, BATCH)
    Influence.objects.bulk_create(
        [
            Influence(
                **own, dependency=one, aim="Snitfladen kommer før sommer", with_whom="KOMBIT",
                next_step="Møde i brugergruppen", next_on=today + dt.timedelta(days=n % 60 - 10),
                owner=people[n % len(people)],
            )
            for n, one in enumerate(waits) if one.scope == "external" and one.resolved_on is None
        ], BATCH
    )  # fmt: skip
    _crossing(own, all_here, people)


def _crossing(own: dict[str, int], all_here: list[Initiative], people: list[Person]) -> None:
    """Journeys of citizens across units, and shared owners."""
    units = list(Unit.objects.filter(kind="section").order_by("pk"))
    SharedOwner.objects.bulk_create(
        [
            SharedOwner(
                **own, initiative=one, person=people[n % len(people)], named_by_name="Direktionen"
            )
            for n, one in enumerate(all_here) if n % 5 == 0
        ], BATCH
    )  # fmt: skip
    journeys = Journey.objects.bulk_create(
        [
            Journey(
                **own, name=f"Fra hospital til hjem {n}", citizen="En borger, der skal hjem",
                promise="Hjælpen er klar den dag", owner=people[n % len(people)],
            )
            for n in range(40)
        ]
    )  # fmt: skip
    steps = JourneyStep.objects.bulk_create(
        [
            JourneyStep(
                **own, journey=one, place=k + 1, name=f"Skridt {k + 1}", notices="En fast person",
                unit=units[(n + 4 * k) % len(units)],
            )
            for n, one in enumerate(journeys) for k in range(5)
        ]
    )  # fmt: skip
    StepInitiative.objects.bulk_create(
        [
            StepInitiative(**own, step=one, initiative=all_here[n * 5 % len(all_here)])
            for n, one in enumerate(steps)
        ]
    )


def make_gates(organisation_id: int, rows: int) -> None:
    """Facts and answers, decisions with what is asked for, deviations and what waits."""
    own, now, today = {"organisation_id": organisation_id}, clock.now(), clock.today()
    people = list(Person.objects.filter(unit__isnull=False).order_by("pk"))
    all_here = _initiatives(rows)
    InitiativeFact.objects.bulk_create(
        [
            InitiativeFact(
                **own, initiative=one, code=code, said_by_name="Leder", said_at=now,
                answer=("yes", "no", "unknown")[(n + k) % 3],
            )
            for n, one in enumerate(all_here) for k, code in enumerate(FACTS)
        ], BATCH
    )  # fmt: skip
    RequirementAnswer.objects.bulk_create(
        [
            RequirementAnswer(
                **own, initiative=one, code=code, written_by_name="Leder",
                state=("in_progress", "present", "missing")[(n + k) % 3], dated_on=today,
            )
            for n, one in enumerate(all_here) for k, code in enumerate(REQUIREMENTS)
        ], BATCH
    )  # fmt: skip
    decisions = GateDecision.objects.bulk_create(
        [
            GateDecision(
                **own, initiative=one, outcome=("go", "wait", "go", "go_with_conditions")[n % 4],
                from_phase="idea", to_phase="analysis", reason="Der mangler en aftale",
                conditions="Aftalen er på plads" if n % 4 == 3 else "", basis={},
                basis_hash="0" * 64, decided_by_name="Styregruppen",
                decided_at=now - dt.timedelta(days=n % 500),
            )
            for n, one in enumerate(all_here)
        ], BATCH
    )  # fmt: skip
    Waiting.objects.bulk_create(
        [
            Waiting(
                **own, initiative=one.initiative, decision=one, waits_for="Den fælles løsning",
                kind=("future_system", "shared_solution", "market", "law")[n % 4],
                trigger="Løsningen er i drift", consequence="20 timer om ugen",
                alternatives="Vi bruger nabokommunens", since=today - dt.timedelta(days=n),
                review_on=today + dt.timedelta(days=n % 200 - 20),
            )
            for n, one in enumerate(d for d in decisions if d.outcome == "wait")
        ], BATCH
    )  # fmt: skip
    _asks(own, all_here, people)


def _asks(own: dict[str, int], all_here: list[Initiative], people: list[Person]) -> None:
    today = clock.today()
    GateRequest.objects.bulk_create(
        [
            GateRequest(
                **own, initiative=one, to_phase="execution", asked_by_name="Leder",
                asked_by=people[n % len(people)],
            )
            for n, one in enumerate(all_here) if n % 10 == 6
        ], BATCH
    )  # fmt: skip
    Deviation.objects.bulk_create(
        [
            Deviation(
                **own, initiative=one, code="dpia_screening", is_statutory=True,
                reason="Leverandøren er ikke klar", ends_on=today + dt.timedelta(days=n % 100),
                asked_by=people[n % len(people)], asked_by_name="Leder",
            )
            for n, one in enumerate(all_here) if n % 10 == 2
        ], BATCH
    )  # fmt: skip


def make_words(organisation_id: int, rows: int) -> None:
    """What leads say every quarter, lessons, core tasks and small purchases."""
    own, now, today = {"organisation_id": organisation_id}, clock.now(), clock.today()
    people = list(Person.objects.filter(unit__isnull=False).order_by("pk"))
    units = list(Unit.objects.filter(kind="section").order_by("pk"))
    all_here = _initiatives(rows)
    LeadStatus.objects.bulk_create(
        [
            LeadStatus(
                **own, initiative=one, word=("going_well", "watch")[(n + k) % 2],
                sentence="Vi følger planen", said_by=people[n % len(people)], said_by_name="Leder",
                said_at=now - dt.timedelta(days=90 * k + n % 60),
            )
            for n, one in enumerate(all_here) for k in range(3)
        ], BATCH
    )  # fmt: skip
    Lesson.objects.bulk_create(
        [
            Lesson(
                **own, title=f"Sidst vi indførte {one.title.lower()}", came="Halvdelen brugte det",
                promised="Alle ville bruge det", why="Vagtplanen gav ikke tid til oplæring",
                again="Begynde med ét hold", initiative=one, written_by_name="Leder",
                learnt_on=today - dt.timedelta(days=n % 1000),
            )
            for n, one in enumerate(all_here) if n % 3 == 0
        ], BATCH
    )  # fmt: skip
    tasks = CoreTask.objects.bulk_create(
        [
            CoreTask(
                **own, name=f"Kerneopgave {n}", citizens_notice="Hjælpen kommer, når den er aftalt",
                unit=units[n % len(units)],
            )
            for n in range(30)
        ]
    )  # fmt: skip
    Purchase.objects.bulk_create(
        [
            Purchase(
                **own, title=f"Tablets til vagten {n}", solves="Færre kørsler til kontoret",
                value_for_citizens="Hurtigere svar", core_task=tasks[n % 30],
                unit=units[n % len(units)], amount_dkk=5000 + n * 10, price_level_year=2026,
                asked_on=today - dt.timedelta(days=n % 700), asked_by_name="Leder",
                state="asked" if n % 6 == 0 else "approved", decided_by_name="Chefen",
                decided_on=today - dt.timedelta(days=n % 700),
            )
            for n in range(rows // 2)
        ], BATCH
    )  # fmt: skip
