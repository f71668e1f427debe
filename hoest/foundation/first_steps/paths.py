"""Which path a person follows, and the checks that content and code agree."""

from __future__ import annotations

from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.roles import ROLES
from hoest.foundation.audit.words import VERBS
from hoest.foundation.content import ContentFault, FirstStep

# Whose path comes first for a person with several roles: those who act before those who look on.
ORDER = (
    "benefit_owner",
    "initiative_lead",
    "unit_leader",
    "portfolio_manager",
    "controller",
    "executive",
    "administrator",
    "security_officer",
    "people_partner",
    "politician",
    "employee",
    "partner",
)


def roles_of(actor: Actor) -> list[str]:
    """Return the roles whose path the person may follow, the first choice first."""
    return [role for role in ORDER if role in actor.roles]


def steps_of(role: str) -> tuple[FirstStep, ...]:
    """Return the five steps of a role."""
    return content.steps_of_roles()[role]


def refuse_unknown() -> None:
    """Raise `ContentFault` when the file lacks a role or names an act that is never logged."""
    paths = content.steps_of_roles()
    missing = sorted(set(ROLES) - set(paths))
    if missing:
        raise ContentFault(f"first_steps.yaml: mangler rollen '{missing[0]}'.")
    for role, steps in paths.items():
        for step in steps:
            for verb in step.done_by:
                if verb not in VERBS:
                    raise ContentFault(
                        f"first_steps.yaml: loggen kender ikke '{verb}' i '{role}.{step.code}'."
                    )
