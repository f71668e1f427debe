"""The roles of Høst as classes, each with a sentence; what each may do stands in permissions.

Labels and sentences come from `content/vocabulary.yaml`, so a municipality may rename them.
Source: the table of users in the product notes.
"""

from __future__ import annotations

from hoest.foundation import content


class Role:
    """A role a person can have in a municipality or in one unit of it."""

    code: str
    unit_scoped: bool = False

    @property
    def label(self) -> str:
        """The name of the role in the reader's language."""
        return content.label("role", self.code)

    @property
    def sentence(self) -> str:
        """What the role comes for, in one sentence."""
        return content.explanation("role", self.code)


class Executive(Role):
    """Chief executive and the executive board."""

    code = "executive"


class Politician(Role):
    """Mayor, council and committee members."""

    code = "politician"


class PortfolioLead(Role):
    """Head of digitalisation, portfolio lead."""

    code = "portfolio_manager"


class UnitLeader(Role):
    """Head of a department, section or team."""

    code = "unit_leader"
    unit_scoped = True


class InitiativeLead(Role):
    """Leads an initiative."""

    code = "initiative_lead"
    unit_scoped = True


class BenefitOwner(Role):
    """Line manager who answers for benefits."""

    code = "benefit_owner"
    unit_scoped = True


class Controller(Role):
    """Finance: assumptions, price levels, budget."""

    code = "controller"


class SecurityOfficer(Role):
    """DPO and information security."""

    code = "security_officer"


class PeoplePartner(Role):
    """HR."""

    code = "people_partner"


class Employee(Role):
    """Everybody else at work in the municipality."""

    code = "employee"
    unit_scoped = True


class Partner(Role):
    """A partner municipality."""

    code = "partner"


class Administrator(Role):
    """Invites people and gives roles."""

    code = "administrator"


ROLES: dict[str, Role] = {
    cls.code: cls()
    for cls in (
        Executive,
        Politician,
        PortfolioLead,
        UnitLeader,
        InitiativeLead,
        BenefitOwner,
        Controller,
        SecurityOfficer,
        PeoplePartner,
        Employee,
        Partner,
        Administrator,
    )
}

EVERYBODY = frozenset(ROLES)
INSIDE = EVERYBODY - {"partner"}
