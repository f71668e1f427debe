"""Facts about needs: what each rests on, and whether an assumption has been tested. No Django.

Source: requirement B-02 (an assumption is labelled, and blocks late gates until it is tested).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Evidence(StrEnum):
    """What a need statement rests on."""

    DATA = "data"
    INTERVIEW = "interview"
    COMPLAINT = "complaint"
    SURVEY = "survey"
    ASSUMPTION = "assumption"


class TestOutcome(StrEnum):
    """What a test of an assumption showed."""

    __test__ = False

    HELD = "held"
    PARTLY = "partly"
    FELL = "fell"


class NeedStanding(StrEnum):
    """How well a need stands."""

    EVIDENCED = "evidenced"
    UNTESTED = "untested"
    HELD = "held"
    PARTLY = "partly"
    FELL = "fell"


def need_standing(evidence: Evidence, outcomes: Sequence[TestOutcome]) -> NeedStanding:
    """Return how a need stands: an assumption is untested until somebody has registered a test.

    `outcomes` are in the order of the tests; the last one counts.
    """
    if outcomes:
        return NeedStanding(outcomes[-1].value)
    return NeedStanding.UNTESTED if evidence is Evidence.ASSUMPTION else NeedStanding.EVIDENCED
