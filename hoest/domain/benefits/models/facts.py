"""The facts of a benefit: measurements, harvest decisions, confirmations, standings."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.models.profile import Benefit
from hoest.domain.benefits.rules import Rung
from hoest.foundation.provenance.models import SourcedModel
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel

# Only the undo of an import may delete what was recorded.
NOT_UNDOING = "coalesce(nullif(current_setting('hoest.undoing_import', true), ''), '0') = '0'"


@pghistory.track()
class Measurement(SourcedModel):
    """A measured value of the indicator. Corrected by withdrawing it and adding a new one."""

    benefit = TenantForeignKey(Benefit, related_name="measurements")
    on = models.DateField(_("dato"))
    value = models.DecimalField(_("værdi"), max_digits=18, decimal_places=4)
    by_agreed_method = models.BooleanField(_("efter den aftalte metode"), default=True)
    origin = models.CharField(_("kilde"), max_length=300, blank=True)
    measured_by = models.CharField(_("målt af"), max_length=160, blank=True)
    recorded_by_name = models.CharField(max_length=160, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("måling")
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "benefit", "on"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_standing_measurement_per_day",
            ),
            models.UniqueConstraint(
                fields=["organisation", "request_key"],
                condition=~models.Q(request_key=""),
                name="measurement_request_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="measurement_is_not_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition(NOT_UNDOING),
            ),
            pgtrigger.ReadOnly(
                name="measurement_is_final",
                exclude=["withdrawn_at", "withdrawn_reason", "request_key"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"


@pghistory.track()
class HarvestDecision(SourcedModel):
    """A decision that takes a benefit home: budget or hours, for one year, with a reference."""

    benefit = TenantForeignKey(Benefit, related_name="harvest_decisions")
    decided_on = models.DateField(_("dato"))
    decision = models.CharField(_("beslutning"), max_length=300)
    year = models.PositiveSmallIntegerField(_("år"))
    amount_dkk = models.DecimalField(
        _("beløb"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    price_level = models.PositiveSmallIntegerField(_("pris- og lønniveau"), null=True, blank=True)
    hours = models.DecimalField(_("timer"), max_digits=12, decimal_places=2, null=True, blank=True)
    budget_place = models.CharField(_("budgetsted"), max_length=200, blank=True)
    named_use = models.CharField(_("anvendelse"), max_length=300, blank=True)
    agreement = TenantForeignKey(
        "benefits.TakeoutAgreement", null=True, blank=True, related_name="decisions"
    )
    goes_on = models.BooleanField(_("fortsætter de følgende år"), default=False)
    recorded_by_name = models.CharField(max_length=160, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_on = models.DateField(_("trukket tilbage"), null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("indhøstning")
        ordering = ["year", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_dkk__isnull=False) | models.Q(hours__isnull=False),
                name="harvest_is_kroner_or_hours",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_dkk__isnull=True) | models.Q(price_level__isnull=False),
                name="harvested_kroner_have_a_price_level",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=True) | ~models.Q(withdrawn_reason=""),
                name="withdrawal_has_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="decision_is_not_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition(NOT_UNDOING),
            ),
            pgtrigger.Protect(
                name="withdrawal_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"OLD.withdrawn_on is not null and {NOT_UNDOING}"),
            ),
            pgtrigger.ReadOnly(
                name="decision_is_final",
                exclude=["withdrawn_on", "withdrawn_reason"],
            ),
        ]

    def __str__(self) -> str:
        return self.decision


@pghistory.track()
class LevelConfirmation(SourcedModel):
    """The owner or a controller confirmed that the level holds."""

    benefit = TenantForeignKey(Benefit, related_name="confirmations")
    on = models.DateField(_("dato"))
    role = models.CharField(
        max_length=20, choices=[("owner", "owner"), ("controller", "controller")]
    )
    person = TenantForeignKey("organisations.Person", null=True, related_name="+")
    person_name = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "benefit", "role", "on"], name="confirmed_once_a_day"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="confirmation_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition(NOT_UNDOING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.on}"


class StandingRecord(TenantModel):
    """Where a benefit stood from a moment on; one row each time rung or amount changed.

    Written by actions and by the daily job, so that the account can tell what moved since a date.
    """

    benefit = TenantForeignKey(Benefit, related_name="standings", on_delete=models.CASCADE)
    at = models.DateTimeField()
    rung = models.CharField(max_length=12, choices=[(r.value, r.value) for r in Rung])
    dkk_per_year = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    price_level = models.PositiveSmallIntegerField(null=True)
    hours_per_year = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    because = models.CharField(max_length=80)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["organisation", "benefit", "at"])]
        triggers = [
            pgtrigger.Protect(
                name="standing_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition(NOT_UNDOING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.rung} fra {self.at:%Y-%m-%d}"
