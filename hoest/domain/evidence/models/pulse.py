"""The pulse: counts of answers, and who has answered; nothing ties the two together."""

from __future__ import annotations

from django.db import models

from hoest.domain.evidence.rules.pulse import PulseAnswer
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel


class PulseCount(TenantModel):
    """How many of a department gave an answer in a half-year. Nobody can be found from it.

    No person, no moment and no history is kept.
    """

    round_on = models.DateField()
    unit = TenantForeignKey("organisations.Unit", null=True, related_name="+")
    answer = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in PulseAnswer]
    )
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "round_on", "unit", "answer"],
                name="one_pulse_count",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_on}: {self.count}"


class PulseGiven(TenantModel):
    """That a person has answered in a half-year, so that nobody answers twice."""

    round_on = models.DateField()
    person = TenantForeignKey("organisations.Person", related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "round_on", "person"], name="pulse_is_given_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_on}"
