"""What the municipality itself says about a system: ties to initiatives, the exit plan, decisions.

These are ours; the fields of the system itself are the register's.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.trust.models.register import Contract, System
from hoest.domain.trust.rules.register import Tie
from hoest.domain.trust.rules.suppliers import ContractChoice
from hoest.foundation.tenancy.fields import Moment, TenantForeignKey, TenantModel, VersionedModel


class SystemTie(TenantModel):
    """An initiative uses a system, or replaces it."""

    system = TenantForeignKey(System, related_name="ties")
    initiative = TenantForeignKey("portfolio.Initiative", related_name="+")
    kind = models.CharField(max_length=10, choices=[(t.value, t.value) for t in Tie])
    made_by_name = models.CharField(max_length=200)
    made_at = Moment(auto_now_add=True)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "system", "initiative"], name="system_tie_once"
            )
        ]
        indexes = [models.Index(fields=["organisation", "initiative"])]

    def __str__(self) -> str:
        return f"{self.kind}: {self.system_id}"


@pghistory.track()
class ExitPlan(VersionedModel):
    """How the municipality gets out of a system: data, what comes instead, delay and its cost."""

    system = TenantForeignKey(System, related_name="plans")
    criticality_note = models.CharField(
        _("hvorfor systemet er vigtigt"), max_length=400, blank=True
    )
    data_out = models.CharField(_("sådan får vi data ud"), max_length=600, blank=True)
    replacement = models.CharField(_("det kommer i stedet"), max_length=400, blank=True)
    replacement_initiative = TenantForeignKey(
        "portfolio.Initiative",
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("initiativet, der erstatter det"),
    )
    tested_on = models.DateField(_("planen er sidst prøvet"), null=True, blank=True)
    planned_on = models.DateField(_("først planlagt skift"), null=True, blank=True)
    expected_on = models.DateField(_("skift ventes nu"), null=True, blank=True)
    delay_dkk_month = models.DecimalField(
        _("udgift pr. måneds forsinkelse"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    delay_source = models.CharField(_("hvor beløbet kommer fra"), max_length=200, blank=True)
    price_level = models.PositiveSmallIntegerField(_("prisniveau"), null=True, blank=True)

    class Meta:
        verbose_name = _("exitplan")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "system"], name="one_exit_plan"),
            models.CheckConstraint(
                condition=models.Q(delay_dkk_month__isnull=True)
                | (~models.Q(delay_source="") & models.Q(price_level__isnull=False)),
                name="delay_has_its_source_and_price_level",
            ),
            models.CheckConstraint(
                condition=models.Q(delay_dkk_month__isnull=True) | models.Q(delay_dkk_month__gt=0),
                name="delay_costs_something",
            ),
        ]

    def __str__(self) -> str:
        return str(self.system)


class ContractDecision(TenantModel):
    """What was decided about a contract before it ran out; a later one stands beside it."""

    contract = TenantForeignKey(Contract, related_name="decisions")
    choice = models.CharField(max_length=10, choices=[(c.value, c.value) for c in ContractChoice])
    reason = models.CharField(_("begrundelse"), max_length=400)
    ends_on = models.DateField(null=True)
    decided_by_name = models.CharField(max_length=200)
    decided_at = Moment(auto_now_add=True)

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="contract_decision_has_a_reason"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="contract_decision_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.choice}: {self.reason}"
