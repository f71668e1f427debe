"""Writes of organisations. Each is one act: permission, change, audit."""

from hoest.domain.organisations.actions.bodies import (
    add_body,
    change_body,
    close_body,
    reopen_body,
)
from hoest.domain.organisations.actions.demo import (
    NotADemo,
    connect_demo_again,
    let_demo_sign_in,
    open_demo,
)
from hoest.domain.organisations.actions.invitations import (
    InvitationNotOpen,
    accept_invitation,
    invite,
    open_invitation,
    send_again,
    token_of,
    withdraw,
)
from hoest.domain.organisations.actions.municipalities import (
    FirstSignIn,
    UnknownMunicipality,
    administrator_for,
    first_sign_in,
    open_municipality,
)
from hoest.domain.organisations.actions.people import (
    add_person,
    change_person,
    give_role,
    let_sign_in,
    mark_left,
    take_back,
    take_role,
)
from hoest.domain.organisations.actions.provider import account_from_provider
from hoest.domain.organisations.actions.units import (
    UnitCannotStandThere,
    add_unit,
    close_unit,
    move_unit,
    rename_unit,
    reopen_unit,
)

__all__ = [
    "FirstSignIn",
    "InvitationNotOpen",
    "NotADemo",
    "UnitCannotStandThere",
    "UnknownMunicipality",
    "accept_invitation",
    "account_from_provider",
    "add_body",
    "add_person",
    "add_unit",
    "administrator_for",
    "change_body",
    "change_person",
    "close_body",
    "close_unit",
    "connect_demo_again",
    "first_sign_in",
    "give_role",
    "invite",
    "let_demo_sign_in",
    "let_sign_in",
    "mark_left",
    "move_unit",
    "open_demo",
    "open_invitation",
    "open_municipality",
    "rename_unit",
    "reopen_body",
    "reopen_unit",
    "send_again",
    "take_back",
    "take_role",
    "token_of",
    "withdraw",
]
