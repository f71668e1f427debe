"""Taking home in a test municipality: agreements in several statuses, a warning, a quarter."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hoest.foundation import clock


def add_takeouts(organisation: int, marker: str) -> None:
    """Write one agreement that is open, decide to keep a quality, and publish a quarter.

    Neither takes kroner or hours, so the account and the rungs of the world stay as they are.
    """
    from hoest.domain.benefits import actions
    from hoest.domain.benefits.models import Benefit
    from tests.support.world import actor_with_role

    controller = actor_with_role(organisation, "controller")
    benefits = Benefit.objects.filter(organisation_id=organisation).select_related(
        "initiative__unit"
    )
    waiting = benefits.get(title__startswith="Lavere indkøb")
    taken = benefits.get(title__startswith="Tryg træning")
    year = clock.today().year
    write_agreement(controller, waiting, marker, {year + 1: Decimal(500_000)})
    with clock.frozen_at(clock.now() - dt.timedelta(days=19)):
        decided = write_agreement(
            controller, taken, marker, {}, kind="quality_kept", named_use=f"Mere tryghed {marker}"
        )
        actions.move_takeout(
            actor=controller,
            agreement_id=decided.pk,
            version=decided.version,
            status="decided",
            on=clock.today(),
            by_name=f"Økonomiudvalget {marker}",
            reference="punkt 7",
        )
        actions.involve_staff(
            actor=controller,
            # Another initiative than the one whose benefits the tests take home.
            benefit_id=benefits.get(title__startswith="Færre opkald").pk,
            on=clock.today(),
            form="team_meeting",
            told=f"Vagtplanen lægges om først {marker}",
        )
        unit = taken.unit or taken.initiative.unit
        actions.log_experience(
            actor=controller,
            unit_id=unit.pk,
            on=clock.today(),
            told=f"Vi tog vikarerne ud, før vagtplanen var lagt om {marker}",
        )
        day = clock.today()
        actions.publish_follow_up(
            actor=controller,
            year=day.year,
            quarter=(day.month - 1) // 3 + 1,
            note=f"Vi følger det tæt {marker}",
        )


def write_agreement(
    actor: Any, benefit: Any, marker: str, amounts: dict[int, Decimal], **changes: Any
) -> Any:
    """Write an agreement down: of kroner, not lasting, in the price level of the promise."""
    from hoest.domain.benefits import actions

    return actions.write_takeout(
        actor=actor,
        benefit_id=benefit.pk,
        fields={
            "kind": "budget_cut",
            "model": "shared_with_unit",
            "unit": benefit.unit or benefit.initiative.unit,
            "budget_place": f"Hjemmepleje, vikarer {marker}",
            "account": "5.30.26.1.200",
            "price_level": clock.today().year - 2,
            "is_lasting": False,
            "legal_basis": f"Økonomisk regulativ {marker}",
            **changes,
        },
        amounts=amounts,
    )
