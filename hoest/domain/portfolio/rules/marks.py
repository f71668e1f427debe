"""Who shares a solution, and how much of it happens by itself. Source: requirement G-12."""

from __future__ import annotations

import enum


class SolutionReach(enum.StrEnum):
    """Who has the solution together."""

    SINGLE = "single"
    CROSS = "cross"
    MUNICIPAL = "municipal"
    PUBLIC = "public"


class AutomationDegree(enum.StrEnum):
    """How much of the work happens without a person."""

    NONE = "none"
    STEPS = "steps"
    MOSTLY = "mostly"
    FULL = "full"
