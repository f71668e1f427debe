"""Small purchases: what each solves, for whom, and who said yes. Source: requirement L-13."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.core_task import CoreTask
from hoest.domain.portfolio.rules.purchases import PurchaseState
from hoest.foundation.tenancy.fields import TenantForeignKey, VersionedModel


@pghistory.track()
class Purchase(VersionedModel):
    """A small purchase; without a core task and a value the database refuses a yes."""

    title = models.CharField(_("hvad vil I købe?"), max_length=160)
    solves = models.CharField(_("hvad løser det?"), max_length=400)
    value_for_citizens = models.CharField(_("merværdi for borgerne"), max_length=400, blank=True)
    value_for_staff = models.CharField(_("merværdi for medarbejderne"), max_length=400, blank=True)
    core_task = TenantForeignKey(
        CoreTask, null=True, blank=True, related_name="+", verbose_name=_("kerneopgave")
    )
    unit = TenantForeignKey("organisations.Unit", related_name="+", verbose_name=_("enhed"))
    amount_dkk = models.DecimalField(_("beløb"), max_digits=12, decimal_places=2)
    price_level_year = models.PositiveSmallIntegerField(_("prisniveau"))
    asked_on = models.DateField()
    asked_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    asked_by_name = models.CharField(max_length=160)
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in PurchaseState],
        default=PurchaseState.ASKED,
    )
    decided_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    decided_by_name = models.CharField(max_length=160, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decision_reason = models.CharField(_("begrundelse"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("lille køb")
        ordering = ["-asked_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_dkk__gt=0), name="purchase_costs_something"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=PurchaseState.APPROVED.value)
                | (
                    models.Q(core_task__isnull=False)
                    & ~models.Q(value_for_citizens="", value_for_staff="")
                ),
                name="approved_purchase_has_task_and_value",
            ),
            models.CheckConstraint(
                condition=models.Q(state=PurchaseState.ASKED.value)
                | (models.Q(decided_on__isnull=False) & ~models.Q(decided_by_name="")),
                name="answered_purchase_says_who",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=PurchaseState.DECLINED.value)
                | ~models.Q(decision_reason=""),
                name="declined_purchase_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "asked_on"])]

    def __str__(self) -> str:
        return self.title
