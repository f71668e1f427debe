"""What has been asked and answered about owning a benefit: kept as it was said."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.models.facts import NOT_UNDOING
from hoest.domain.benefits.models.profile import Benefit
from hoest.domain.benefits.rules.ownership import Answer
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel


class OwnershipAnswer(TenantModel):
    """One step: somebody was asked, said yes, said no, stepped back, or another one was asked."""

    benefit = TenantForeignKey(Benefit, related_name="ownership_events", on_delete=models.CASCADE)
    answer = models.CharField(max_length=12, choices=[(a.value, a.value) for a in Answer])
    person = TenantForeignKey("organisations.Person", related_name="+")
    person_name = models.CharField(max_length=160)
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("svar på ejerskab")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(answer__in=["refused", "stepped_back"]) | ~models.Q(reason=""),
                name="a_no_has_a_reason",
            )
        ]
        indexes = [models.Index(fields=["organisation", "benefit", "at"])]
        triggers = [
            pgtrigger.Protect(
                name="an_answer_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition(NOT_UNDOING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer}: {self.person_name}"
