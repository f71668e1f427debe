"""What the security report is made of: risks, counted incidents, the management body, reports."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.trust.rules.security import (
    IncidentKind,
    ManagementStepKind,
    ReportState,
    RiskConsequence,
    RiskLikelihood,
)
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel


@pghistory.track()
class SecurityRisk(VersionedModel):
    """A security risk of the municipality in plain words; closed, never deleted."""

    what_may_happen = models.CharField(_("det kan ske"), max_length=300)
    consequence = models.CharField(_("så mærker borgere og medarbejdere"), max_length=300)
    consequence_word = models.CharField(
        _("hvor slemt"), max_length=12, choices=[(c.value, c.value) for c in RiskConsequence]
    )
    likelihood = models.CharField(
        _("hvor sandsynligt"), max_length=12, choices=[(x.value, x.value) for x in RiskLikelihood]
    )
    measure = models.CharField(_("det gør vi"), max_length=300)
    owner_function = models.CharField(_("ansvarlig funktion"), max_length=160)
    ends_on = models.DateField(_("senest"))
    initiative = TenantForeignKey(
        "portfolio.Initiative", null=True, blank=True, related_name="+", verbose_name=_("initiativ")
    )
    is_top = models.BooleanField(_("skal med i rapporten"), default=True)
    closed_on = models.DateField(_("lukket"), null=True, blank=True)
    closed_because = models.CharField(_("lukket, fordi"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("sikkerhedsrisiko")
        ordering = ["ends_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(what_may_happen="")
                & ~models.Q(consequence="")
                & ~models.Q(measure="")
                & ~models.Q(owner_function=""),
                name="security_risk_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True) | ~models.Q(closed_because=""),
                name="closed_risk_says_why",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "closed_on"], name="open_risks")]
        triggers = [pgtrigger.Protect(name="security_risk_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.what_may_happen


@pghistory.track()
class IncidentCount(VersionedModel):
    """How many incidents of one kind there were in a period, and what was learned. No persons."""

    starts_on = models.DateField(_("fra"))
    ends_on = models.DateField(_("til"))
    kind = models.CharField(
        _("slags"), max_length=20, choices=[(k.value, k.value) for k in IncidentKind]
    )
    count = models.PositiveIntegerField(_("antal"))
    reported = models.PositiveIntegerField(_("heraf anmeldt"), default=0)
    lesson = models.CharField(_("det lærte vi"), max_length=400, blank=True)
    recorded_by_name = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("hændelser")
        ordering = ["-ends_on", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "starts_on", "ends_on", "kind"], name="incidents_once"
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")),
                name="incident_period_has_an_order",
            ),
            models.CheckConstraint(
                condition=models.Q(reported__lte=models.F("count")),
                name="reported_incidents_are_among_them",
            ),
        ]
        triggers = [pgtrigger.Protect(name="incident_count_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}–{self.ends_on}"


class ManagementStep(TenantModel):
    """Something the management body did for security, as a body or a function, never a person."""

    kind = models.CharField(
        _("slags"), max_length=16, choices=[(k.value, k.value) for k in ManagementStepKind]
    )
    on = models.DateField(_("dato"))
    who_function = models.CharField(_("hvem"), max_length=160)
    what = models.CharField(_("hvad"), max_length=300)
    reference = models.CharField(_("hvor det står"), max_length=200, blank=True)
    next_due_on = models.DateField(_("næste gang"), null=True, blank=True)
    recorded_by_name = models.CharField(max_length=160)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ledelsens skridt")
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(who_function="") & ~models.Q(what=""),
                name="management_step_is_whole",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="management_step_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


@pghistory.track()
class SecurityReport(VersionedModel):
    """A report to the finance committee: a draft, or approved with everything it says frozen."""

    number = models.PositiveSmallIntegerField(_("nummer"))
    starts_on = models.DateField(_("fra"))
    ends_on = models.DateField(_("til"))
    body = TenantForeignKey("organisations.Body", related_name="+", verbose_name=_("udvalg"))
    introduction = models.CharField(_("det vigtigste"), max_length=600)
    decisions = models.JSONField(_("beslutninger, der er brug for"), default=list)
    state = models.CharField(
        _("status"),
        max_length=12,
        choices=[(s.value, s.value) for s in ReportState],
        default=ReportState.DRAFT,
    )
    snapshot = models.JSONField(null=True, blank=True)
    written_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    written_by_name = models.CharField(_("skrevet af"), max_length=160)
    asked_at = models.DateTimeField(_("sendt til godkendelse"), null=True, blank=True)
    approved_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    approved_by_name = models.CharField(_("godkendt af"), max_length=160, blank=True)
    approved_at = models.DateTimeField(_("godkendt"), null=True, blank=True)

    class Meta:
        verbose_name = _("sikkerhedsrapport")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="security_report_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")),
                name="report_period_has_an_order",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ReportState.DRAFT, snapshot__isnull=True)
                | (
                    models.Q(
                        state=ReportState.APPROVED,
                        snapshot__isnull=False,
                        approved_at__isnull=False,
                    )
                    & ~models.Q(approved_by_name="")
                ),
                name="approved_report_is_frozen",
            ),
            models.CheckConstraint(
                condition=models.Q(written_by__isnull=True)
                | models.Q(approved_by__isnull=True)
                | ~models.Q(written_by=models.F("approved_by")),
                name="report_is_approved_by_another",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="approved_report_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=ReportState.APPROVED.value),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"
