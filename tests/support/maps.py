"""The benefit map of a test municipality: begun from a template, with one node of its own."""

from __future__ import annotations


def add_map(organisation: int, marker: str) -> None:
    """Draw the map of the first initiative; the log and the undo have something to show."""
    from hoest.domain.benefits.actions import benefit_map as actions
    from hoest.domain.portfolio.models import Initiative
    from tests.support.world import actor_with_role

    manager = actor_with_role(organisation, "portfolio_manager")
    initiative = Initiative.objects.get(
        organisation_id=organisation, title__startswith="Digital hjemmetræning"
    )
    on = {"actor": manager, "initiative_id": initiative.pk}
    actions.begin_map(**on, template="welfare_technology")
    actions.add_node(**on, kind="deliverable", title=f"Træningsvideoer {marker}")
