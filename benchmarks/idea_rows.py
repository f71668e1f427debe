"""Ideas with their answers and assessments, needs, experiments and candidates, many at a time."""

from __future__ import annotations

import datetime as dt
import random

from hoest.domain.organisations.models import Person, Unit
from hoest.domain.portfolio.models import (
    Candidate,
    Experiment,
    ExperimentDecision,
    Idea,
    IdeaScore,
    IdeaStep,
    Initiative,
    Need,
    NeedTest,
    NeedTie,
    StuckDay,
)
from hoest.foundation import clock

BATCH = 2000
WHAT = ("Skærmbesøg", "Nøgler", "Kørelister", "Fraværssedler", "Byggesager", "Tøjvask", "Sensorer")
WHERE = ("i hjemmeplejen", "på plejehjem", "i dagtilbud", "på rådhuset", "i borgerservice")
WHOM = ("borgere med demens", "nye medarbejdere", "pårørende", "forældre", "sagsbehandlere")
TROUBLE = (
    "Vi skriver det samme tre gange, og det tager tid fra borgerne.",
    "Ingen ved, hvor nøglen er, når vagten skifter.",
    "Vi kører forgæves, fordi aftalen ikke er flyttet i kalenderen.",
    "Borgeren ringer, fordi brevet ikke er til at forstå.",
)
STATES = (
    *["waiting"] * 6, *["sponsored"] * 4, *["declined"] * 5, *["tried"] * 2, *["adopted"] * 2,
    "learned",
)  # fmt: skip
HOW_OFTEN = ("several_a_day", "daily", "weekly", "monthly", "rarely")
SCALES = ("citizen_benefit", "staff_benefit", "feasibility", "time_asked")
EVIDENCE = ("data", "interview", "complaint", "survey", "assumption")


def make_ideas(organisation_id: int, rows: int) -> None:
    """Ideas of four years: most are answered, a third still waits, every other is assessed."""
    drawn, today = random.Random(5), clock.today()
    units = list(Unit.objects.filter(kind="section").order_by("pk"))
    people = list(Person.objects.filter(unit__isnull=False).order_by("pk"))
    initiatives = list(Initiative.objects.order_by("pk"))
    made = []
    for number in range(rows):
        state = STATES[number % len(STATES)]
        old = drawn.randint(1, 40) if state == "waiting" else drawn.randint(20, 1400)
        given = today - dt.timedelta(days=old)
        giver = people[number % len(people)]
        is_asked = state == "waiting"
        made.append(
            Idea(
                organisation_id=organisation_id,
                title=f"{drawn.choice(WHAT)} {drawn.choice(WHERE)} uden papir, {number + 1}",
                problem=drawn.choice(TROUBLE), for_whom=drawn.choice(WHOM),
                how_often=HOW_OFTEN[number % 5], unit=units[number % len(units)],
                suggestion="En fælles liste på telefonen." if number % 2 else "",
                giver=giver, giver_name=giver.name, given_on=given, state=state,
                asked=people[(number + 1) % len(people)] if is_asked else None,
                due_on=given + dt.timedelta(days=30) if is_asked else None,
                moved_on=min(today, given + dt.timedelta(days=drawn.randint(0, 30))),
                sponsor=None if state in ("waiting", "declined")
                else people[(number + 2) % len(people)],
                is_shared=number % 3 == 0,
                initiative=initiatives[number % len(initiatives)] if state == "adopted" else None,
            )
        )  # fmt: skip
    ideas = Idea.objects.bulk_create(made, BATCH)
    _answers(ideas)
    _assessments(ideas, people, drawn)
    StuckDay.objects.bulk_create(
        [
            StuckDay(organisation_id=organisation_id, idea=idea, on=today, flags=number % 3 + 1)
            for number, idea in enumerate(ideas) if number % 50 == 0
        ], BATCH
    )  # fmt: skip


def _answers(ideas: list[Idea]) -> None:
    now, steps = clock.now(), []
    for idea in ideas:
        own = {"organisation_id": idea.organisation_id, "idea": idea}
        age = clock.today() - idea.given_on
        steps.append(
            IdeaStep(**own, kind="given", by_name=idea.giver_name, at=now - age)
        )  # fmt: skip
        answer = {"waiting": "", "declined": "declined"}.get(idea.state, "sponsored")
        if answer:
            steps.append(
                IdeaStep(
                    **own, kind=answer, told="Det passer med det, vi ellers er i gang med.",
                    by_name="Lederen", at=now - age / 2,
                )
            )  # fmt: skip
        if idea.state in ("tried", "adopted", "learned"):
            steps.append(IdeaStep(**own, kind="tried", by_name="Lederen", at=now - age / 3))
    IdeaStep.objects.bulk_create(steps, BATCH)


def _assessments(ideas: list[Idea], people: list[Person], drawn: random.Random) -> None:
    now = clock.now()
    IdeaScore.objects.bulk_create(
        [
            IdeaScore(
                organisation_id=idea.organisation_id, idea=idea, scale=scale,
                value=drawn.randint(1, 4), anchor="Mange borgere mærker det i hverdagen",
                reason="Vi har spurgt tre hold.", by=people[number % len(people)],
                by_name=people[number % len(people)].name, at=now - dt.timedelta(days=number % 90),
            )
            for number, idea in enumerate(ideas) if number % 2
            for scale in SCALES
        ], BATCH
    )  # fmt: skip


def make_needs(organisation_id: int, rows: int) -> None:
    """Needs of ideas and initiatives; a third of what was assumed is tested."""
    today = clock.today()
    people = list(Person.objects.filter(unit__isnull=False).order_by("pk"))
    ideas = list(Idea.objects.order_by("pk")[:rows])
    initiatives = list(Initiative.objects.order_by("pk"))
    needs = Need.objects.bulk_create(
        [
            Need(
                organisation_id=organisation_id, evidence=EVIDENCE[number % 5],
                statement=f"{idea.for_whom.capitalize()} skal kunne nå os uden at vente, {number}",
                evidence_told="Tolv samtaler i foråret", unit_id=idea.unit_id,
                written_by=people[number % len(people)], written_by_name="Leder",
            )
            for number, idea in enumerate(ideas)
        ], BATCH
    )  # fmt: skip
    NeedTie.objects.bulk_create(
        [
            NeedTie(
                organisation_id=organisation_id, need=need,
                idea=ideas[number] if number % 3 else None,
                initiative=None if number % 3 else initiatives[number % len(initiatives)],
            )
            for number, need in enumerate(needs)
        ], BATCH
    )  # fmt: skip
    NeedTest.objects.bulk_create(
        [
            NeedTest(
                organisation_id=organisation_id, need=need, tried="En uge med papir",
                outcome=("held", "partly", "fell")[number % 3], result="Otte af ti brugte det",
                on=today - dt.timedelta(days=number % 300), by_name="Leder",
            )
            for number, need in enumerate(needs) if number % 15 == 4
        ], BATCH
    )  # fmt: skip


def make_experiments(organisation_id: int, rows: int) -> None:
    """Experiments of ideas that were tried: a third runs, some of them past their limit."""
    today, now = clock.today(), clock.now()
    people = list(Person.objects.filter(unit__isnull=False).order_by("pk"))
    initiatives = list(Initiative.objects.order_by("pk"))
    ideas = Idea.objects.filter(state__in=("tried", "adopted", "learned")).order_by("pk")[:rows]
    made = []
    for number, idea in enumerate(ideas):
        runs = number % 3 == 0
        starts = today - dt.timedelta(days=30 + (number % 60 if runs else 200 + number % 700))
        ends = starts + dt.timedelta(weeks=8)
        made.append(
            Experiment(
                organisation_id=organisation_id, title=idea.title, idea=idea,
                hypothesis="Medarbejderne sparer ti minutter om dagen",
                measure="Minutter pr. vagt", money_ceiling_dkk=20_000, weeks_ceiling=8,
                starts_on=starts, ends_on=ends, limit_on=ends, limit_dkk=20_000,
                owner=people[number % len(people)], unit_id=idea.unit_id,
                spent_dkk=number % 25 * 1000, spent_on=today - dt.timedelta(days=10),
                state="running" if runs else ("stopped", "scaled")[number % 2],
            )
        )  # fmt: skip
    experiments = Experiment.objects.bulk_create(made, BATCH)
    ExperimentDecision.objects.bulk_create(
        [
            ExperimentDecision(
                organisation_id=organisation_id, experiment=one, outcome=one.state,
                reason="Otte af ti brugte det", learnt="Vagtskiftet er det svære",
                initiative=initiatives[one.pk % len(initiatives)],
                by=people[one.pk % len(people)], by_name="Leder", at=now,
            )
            for one in experiments if one.state != "running"
        ], BATCH
    )  # fmt: skip


def make_candidates(organisation_id: int, rows: int) -> None:
    """Candidates for automation, as from a workbook; most are open."""
    units = list(Unit.objects.filter(kind="section").order_by("pk"))
    initiatives = list(Initiative.objects.order_by("pk"))
    Candidate.objects.bulk_create(
        [
            Candidate(
                organisation_id=organisation_id, title=f"Indtast {WHAT[n % 7].lower()}, {n + 1}",
                description=TROUBLE[n % 4], unit=units[n % len(units)],
                source=("own", "idea", "kle", "os2autoproces")[n % 4], kle=f"27.{n % 90 + 10}.00",
                times_per_year=100 + n % 4000 if n % 9 else None, minutes_each=2 + n % 30,
                automation_share="0.600", outside_id=n + 1 if n % 4 == 3 else None,
                state="declined" if n % 12 == 5 else "chosen" if n % 12 == 7 else "open",
                state_reason="Sker for sjældent" if n % 12 == 5 else "",
                initiative=initiatives[n % len(initiatives)] if n % 12 == 7 else None,
            )
            for n in range(rows)
        ], BATCH
    )  # fmt: skip
