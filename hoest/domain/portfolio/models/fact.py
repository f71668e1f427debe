"""What somebody answered about an idea or an initiative: yes, no or don't know, who and when.

Source: requirements S-01 and S-02; the questions are content (`facts.yaml`).
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.idea import FINAL, Idea
from hoest.domain.portfolio.models.initiative import Initiative
from hoest.domain.portfolio.rules.facts import FactAnswer
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel


class InitiativeFact(TenantModel):
    """One answer to one question; an answer that was given stays, the last one holds.

    `code` is one of `facts.yaml`. What nobody has answered has no row and is unknown.
    """

    initiative = TenantForeignKey(Initiative, related_name="+")
    code = models.CharField(_("forhold"), max_length=40)
    answer = models.CharField(
        _("svar"), max_length=8, choices=[(a.value, a.value) for a in FactAnswer]
    )
    note = models.CharField(_("bemærkning"), max_length=300, blank=True)
    said_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    said_by_name = models.CharField(max_length=160)
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("forhold ved initiativet")
        ordering = ["said_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(code=""), name="fact_has_a_code"),
            models.CheckConstraint(
                condition=models.Q(answer__in=[a.value for a in FactAnswer]),
                name="fact_is_yes_no_or_unknown",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "initiative", "code", "-said_at"], name="fact_last_answer"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="initiative_fact_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.answer}"


class IdeaFact(TenantModel):
    """One answer to one of the questions that are asked from the first day, given at the idea.

    As with an initiative an answer stays and the last one holds; it goes along when the idea
    becomes an initiative.
    """

    idea = TenantForeignKey(Idea, related_name="+")
    code = models.CharField(_("forhold"), max_length=40)
    answer = models.CharField(
        _("svar"), max_length=8, choices=[(a.value, a.value) for a in FactAnswer]
    )
    said_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    said_by_name = models.CharField(max_length=160)
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("forhold ved idéen")
        ordering = ["said_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(code=""), name="idea_fact_has_a_code"),
            models.CheckConstraint(
                condition=models.Q(answer__in=[a.value for a in FactAnswer]),
                name="idea_fact_is_yes_no_or_unknown",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "idea", "code", "-said_at"], name="idea_fact_last_answer"
            )
        ]
        triggers = [pgtrigger.Protect(name="idea_fact_is_final", operation=FINAL)]

    def __str__(self) -> str:
        return f"{self.code}: {self.answer}"
