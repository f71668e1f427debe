"""What surrounds taking home: staff involvement, earlier experience, published follow-up."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.models.facts import NOT_UNDOING
from hoest.domain.benefits.models.takeout import TakeoutAgreement
from hoest.foundation.provenance.models import SourcedModel
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel


def _final(name: str, *also: str) -> list[pgtrigger.Trigger]:
    return [
        pgtrigger.Protect(
            name=f"{name}_is_not_deleted",
            operation=pgtrigger.Delete,
            condition=pgtrigger.Condition(NOT_UNDOING),
        ),
        pgtrigger.ReadOnly(
            name=f"{name}_is_final", exclude=["withdrawn_on", "withdrawn_reason", *also]
        ),
    ]


@pghistory.track()
class StaffInvolvement(SourcedModel):
    """The staff were involved in an initiative on a day, in some form. Corrected by withdrawal."""

    initiative = TenantForeignKey("portfolio.Initiative", related_name="+")
    on = models.DateField(_("dato"))
    form = models.CharField(_("form"), max_length=20)
    told = models.CharField(_("hvad der kom frem"), max_length=400, blank=True)
    recorded_by_name = models.CharField(max_length=160, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("inddragelse")
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=True) | ~models.Q(withdrawn_reason=""),
                name="involvement_withdrawal_has_a_reason",
            )
        ]
        indexes = [models.Index(fields=["organisation", "initiative"])]
        triggers = _final("involvement")

    def __str__(self) -> str:
        return f"{self.form} {self.on}"


@pghistory.track()
class TakeoutExperience(SourcedModel):
    """What a unit learned when something was taken home there: written afterwards, kept."""

    unit = TenantForeignKey("organisations.Unit", related_name="+", verbose_name=_("enhed"))
    agreement = TenantForeignKey(TakeoutAgreement, null=True, blank=True, related_name="+")
    on = models.DateField(_("dato"))
    told = models.CharField(_("hvad skete der"), max_length=600)
    recorded_by_name = models.CharField(max_length=160, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("erfaring")
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["organisation", "unit"])]
        triggers = _final("experience")

    def __str__(self) -> str:
        return f"{self.on}: {self.told[:60]}"


class FollowUpReport(TenantModel):
    """A published follow-up of a quarter: every figure as it stood then, and for ever."""

    year = models.PositiveSmallIntegerField(_("år"))
    quarter = models.PositiveSmallIntegerField(_("kvartal"))
    edition = models.PositiveSmallIntegerField(_("udgave"), default=1)
    note = models.CharField(_("ledelsens bemærkning"), max_length=1000, blank=True)
    reason = models.CharField(_("hvorfor en ny udgave"), max_length=300, blank=True)
    figures = models.JSONField()
    published_by_name = models.CharField(max_length=160)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("opfølgning")
        ordering = ["-year", "-quarter", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "quarter", "edition"], name="followup_edition_once"
            ),
            models.CheckConstraint(
                condition=models.Q(quarter__range=(1, 4)), name="followup_is_of_a_quarter"
            ),
            models.CheckConstraint(
                condition=models.Q(edition=1) | ~models.Q(reason=""),
                name="new_followup_edition_has_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_followup_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition(NOT_UNDOING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}, {self.quarter}. kvartal"
