"""Business cases and benefits of a test municipality: one on every rung but `proven`.

That one needs a shown effect: `tests.support.evidence` gives it to a benefit that is in hand.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hoest.foundation import clock
from tests.support.takeouts import add_takeouts

# Benefit's key word → the rung it stands on.
BENEFITS = {
    "Kortere kørsel": "promised",
    "Færre opkald": "owned",
    "Færre møder": "in_use",
    "Lavere indkøb": "measured",
    "Mindre vikarforbrug": "in_hand",
    "Frigjorte aftentimer": "in_hand",
    "Tryg træning": "measured",
    "Sparet papir": "lapsed",
}


def title_of(word: str, marker: str) -> str:
    """Return the title of a benefit of the world."""
    return f"{word} {marker}"


def add_harvest(organisation: int, marker: str) -> None:
    """Give the two first initiatives a business case and benefits on every rung."""
    from hoest.domain.portfolio.models import Initiative

    rows = Initiative.objects.filter(organisation_id=organisation)
    training = rows.get(title__startswith="Digital hjemmetræning")
    visits = rows.get(title__startswith="Fælles skærmbesøg")
    _promise(organisation, training.pk, marker)
    _benefits(organisation, training, visits, marker)
    _index(organisation, marker)
    add_takeouts(organisation, marker)
    _pass_on(organisation)


def _index(organisation: int, marker: str) -> None:
    """Begin a price index that does not reach this year: the price levels stay apart."""
    from hoest.domain.business_cases import actions
    from tests.support.world import actor_with_role

    actions.set_index_year(
        actor=actor_with_role(organisation, "controller"),
        year=clock.today().year - 2,
        change_share=Decimal("0.041"),
        source_text=f"Kommunens egen p/l-fremskrivning, bilag 3 {marker}",
    )


def _promise(organisation: int, initiative_id: int, marker: str) -> None:
    """Approve an original promise two years ago and a smaller one a year ago."""
    from hoest.domain.business_cases import actions
    from hoest.domain.business_cases.models import CaseLine
    from tests.support.guided import tell_effect
    from tests.support.world import actor_with_role

    controller = actor_with_role(organisation, "controller")
    year = clock.today().year
    yearly = ("benefit", "dkk", "recurring")
    first = [
        ("Udstyr og licenser", "investment", "dkk", "one_off", {year - 2: 2_400_000}),
        ("Support", "operation", "dkk", "recurring", {year - 1: 300_000}),
        ("Lavere indkøb", *yearly, {year - 1: 400_000, year: 900_000}),
        ("Mindre vikarforbrug", *yearly, {year - 1: 600_000, year: 1_200_000}),
        ("Kortere kørsel", *yearly, {year: 350_000}),
        ("Sparet papir", "benefit", "dkk", "one_off", {year: 50_000}),
        ("Frigjorte aftentimer", "benefit", "hours", "recurring", {year: 3_100}),
    ]
    later = {"Lavere indkøb": {year - 1: 400_000, year: 700_000}}
    for age, changes in ((2, {}), (1, later)):
        with clock.frozen_at(clock.today() - dt.timedelta(days=365 * age)):
            draft = actions.start_draft(
                actor=controller, initiative_id=initiative_id, price_level=year - 2
            )
            for key, kind, measure, duration, amounts in first:
                if age == 1 and key not in changes:
                    continue
                known = CaseLine.objects.filter(case_version=draft, key=key).first()
                draft.refresh_from_db()
                actions.set_line(
                    actor=controller,
                    version_id=draft.pk,
                    version=draft.version,
                    line_id=known.pk if known else None,
                    line=actions.LineInput(
                        key=key,
                        kind=kind,
                        measure=measure,
                        duration=duration,
                        steering_area="service" if measure == "dkk" else "",
                        low_share=Decimal("0.8") if kind == "benefit" else None,
                        high_share=Decimal("1.1") if kind == "benefit" else None,
                        amounts={y: Decimal(a) for y, a in (changes.get(key) or amounts).items()},
                    ),
                )
            if age == 2:
                tell_effect(controller, draft)
                _risks(controller, draft, marker)
            draft.refresh_from_db()
            actions.approve(
                actor=controller,
                version_id=draft.pk,
                version=draft.version,
                reason="Prisen på træningsudstyr er faldet" if age == 1 else "",
            )


def _risks(controller: Any, draft: Any, marker: str) -> None:
    """Write a risk and what the case protects; the next version begins with them."""
    from hoest.domain.business_cases import actions

    draft.refresh_from_db()
    actions.set_risk(
        actor=controller,
        version_id=draft.pk,
        version=draft.version,
        risk=actions.RiskInput(
            title=f"Leverandøren bliver forsinket {marker}",
            probability=Decimal("0.3"),
            low_dkk=Decimal(200_000),
            likely_dkk=Decimal(400_000),
            high_dkk=Decimal(900_000),
            probability_because="To af seks leverancer var forsinkede",
            mitigation_key="Udstyr og licenser",
        ),
    )
    draft.refresh_from_db()
    actions.set_ground(
        actor=controller,
        version_id=draft.pk,
        version=draft.version,
        ground=actions.Ground("load", 3, 2, f"Færre ture mellem hjemmene {marker}"),
    )


def _benefits(organisation: int, training: Any, visits: Any, marker: str) -> None:
    from hoest.domain.benefits import actions
    from hoest.domain.organisations.models import Person
    from tests.support.world import actor_with_role

    manager = actor_with_role(organisation, "portfolio_manager")
    owner = actor_with_role(organisation, "benefit_owner")
    person = Person.objects.get(pk=owner.person_id)
    made: dict[str, Any] = {}
    with clock.frozen_at(clock.today() - dt.timedelta(days=400)):
        for word in BENEFITS:
            initiative = visits if word == "Færre opkald" else training
            made[word] = actions.create_benefit(
                actor=manager,
                initiative_id=initiative.pk,
                fields=_profile(word, marker, initiative.unit),
            )
            if word in ("Kortere kørsel", "Sparet papir"):
                continue
            actions.name_owner(actor=manager, benefit_id=made[word].pk, version=1, person=person)
            actions.accept_ownership(actor=owner, benefit_id=made[word].pk)
    _measure(owner, made)
    _harvest(organisation, owner, made)


def _profile(word: str, marker: str, unit: Any) -> Any:
    kinds = {
        "Frigjorte aftentimer": ("freed_time", "timer", 9_000, 5_900),
        "Tryg træning": ("quality", "point", 62, 75),
        "Færre opkald": ("avoided_cost", "opkald", 1_800, 900),
        "Færre møder": ("work_environment", "møder", 14, 6),
    }
    kind, measure_unit, baseline, target = kinds.get(word, ("budget", "kr.", 4_000_000, 3_200_000))
    today = clock.today()
    fields: dict[str, Any] = {
        "title": title_of(word, marker),
        "benefit_type": kind,
        "unit": unit,
        "line_key": word,
    }
    if word == "Kortere kørsel":
        return fields
    return {
        **fields,
        "indicator": f"{word} pr. år",
        "measure_unit": measure_unit,
        "baseline_value": Decimal(baseline),
        "baseline_on": today - dt.timedelta(days=30),
        "target_value": Decimal(target),
        "target_on": today + dt.timedelta(days=900),
        "method": "Opgørelse fra fagsystemet",
        "frequency": "quarter",
    }


def _measure(owner: Any, made: dict[str, Any]) -> None:
    from hoest.domain.benefits.actions import measure

    values = {
        "Lavere indkøb": (3_700_000, 3_450_000),
        "Mindre vikarforbrug": (3_600_000, 3_150_000),
        "Frigjorte aftentimer": (7_400, 6_100),
        "Tryg træning": (66, 71),
    }
    for word, (first, last) in values.items():
        for value, age in ((first, 200), (last, 40)):
            measure(
                actor=owner,
                benefit_id=made[word].pk,
                on=clock.today() - dt.timedelta(days=age),
                value=Decimal(value),
                origin="Økonomisystemet",
            )


def _harvest(organisation: int, owner: Any, made: dict[str, Any]) -> None:
    from hoest.domain.benefits import actions
    from tests.support.world import actor_with_role

    controller = actor_with_role(organisation, "controller")
    today = clock.today()
    actions.decide_harvest(
        actor=controller,
        benefit_id=made["Mindre vikarforbrug"].pk,
        decided_on=today - dt.timedelta(days=20),
        decision="Byrådet, budget, punkt 12",
        year=today.year + 1,
        amount_dkk=Decimal(1_000_000),
        price_level=today.year,
        budget_place="Hjemmepleje, vikarer",
    )
    actions.decide_harvest(
        actor=controller,
        benefit_id=made["Frigjorte aftentimer"].pk,
        decided_on=today - dt.timedelta(days=20),
        decision="Direktionen, punkt 3",
        year=today.year + 1,
        hours=Decimal(2_000),
        named_use="To aftenhold i rehabilitering",
    )
    actions.confirm_level(actor=owner, benefit_id=made["Tryg træning"].pk)
    actions.lapse(
        actor=controller,
        benefit_id=made["Sparet papir"].pk,
        reason="Post sendes allerede digitalt",
    )


def _pass_on(organisation: int) -> None:
    """Let the chief executive ask the one who leads the initiative for an owner."""
    from hoest.domain.benefits.models import Benefit
    from hoest.domain.reporting.actions import pass_on
    from tests.support.world import actor_with_role

    benefit = Benefit.objects.get(organisation_id=organisation, title__startswith="Kortere kørsel")
    lead = actor_with_role(organisation, "initiative_lead")
    assert lead.person_id is not None
    pass_on(
        actor=actor_with_role(organisation, "executive"),
        need="owner_missing",
        subject_id=benefit.pk,
        to_person_id=lead.person_id,
        note="Hvem i driften kan eje gevinsten?",
    )
