"""The named errors of what a municipality writes about its systems, data sets and reuse."""

from __future__ import annotations

from hoest.foundation.faults import Fault


class AlreadyTied(Fault):
    """The initiative and the system are tied already."""


class PlanIsNotWhole(Fault):
    """An amount lacks its source or price level, or a day is missing."""


class NoReason(Fault):
    """A decision has a reason."""


class NothingToDecide(Fault):
    """The contract has no end to decide about."""


class NameIsTaken(Fault):
    """Another thing has that name already."""


class NotWhole(Fault):
    """What has to be there is missing."""
