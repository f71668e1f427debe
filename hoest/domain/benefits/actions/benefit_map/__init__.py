"""Writes of the benefit map. Each is one act: permission, change, audit, and what undoes it."""

from hoest.domain.benefits.actions.benefit_map.arrows import connect, disconnect
from hoest.domain.benefits.actions.benefit_map.begin import begin_map
from hoest.domain.benefits.actions.benefit_map.nodes import (
    Beside,
    NodeFields,
    add_node,
    change_node,
    move_node,
    remove_node,
)
from hoest.domain.benefits.actions.benefit_map.undo import undo

__all__ = [
    "Beside",
    "NodeFields",
    "add_node",
    "begin_map",
    "change_node",
    "connect",
    "disconnect",
    "move_node",
    "remove_node",
    "undo",
]
