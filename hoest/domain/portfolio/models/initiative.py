"""The initiative, and what its lead says of it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.core_task import CoreTask
from hoest.domain.portfolio.rules import InitiativeType, LeadWord, Phase, PurposeType
from hoest.foundation.provenance.models import Source
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel


@pghistory.track()
class Initiative(VersionedModel):
    """Something the municipality does to make a change: system, workflow, course, data …"""

    key = models.CharField(_("nøgle"), max_length=40)
    title = models.CharField(_("titel"), max_length=200)
    in_practice = models.CharField(_("det betyder i praksis, at …"), max_length=400, blank=True)
    purpose_type = models.CharField(
        _("formålstype"),
        max_length=20,
        blank=True,
        choices=[(c.value, c.value) for c in PurposeType],
    )
    initiative_type = models.CharField(
        _("type"), max_length=24, blank=True, choices=[(c.value, c.value) for c in InitiativeType]
    )
    unit = TenantForeignKey("organisations.Unit", related_name="+", verbose_name=_("enhed"))
    body = TenantForeignKey(
        "organisations.Body", null=True, blank=True, related_name="+", verbose_name=_("udvalg")
    )
    core_task = TenantForeignKey(
        CoreTask, null=True, blank=True, related_name="+", verbose_name=_("kerneopgave")
    )
    theme = models.CharField(_("tema"), max_length=160, blank=True)
    phase = models.CharField(
        _("fase"), max_length=20, choices=[(c.value, c.value) for c in Phase], default=Phase.IDEA
    )
    sponsor = TenantForeignKey(
        "organisations.Person", null=True, blank=True, related_name="+", verbose_name=_("sponsor")
    )
    lead = TenantForeignKey(
        "organisations.Person",
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("initiativleder"),
    )
    starts_on = models.DateField(_("starter"), null=True, blank=True)
    live_on = models.DateField(_("i drift"), null=True, blank=True)
    agreed_adoption_share = models.DecimalField(
        _("aftalt ibrugtagning"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    adoption_share = models.DecimalField(
        _("ibrugtagning"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    adoption_on = models.DateField(_("ibrugtagning opgjort"), null=True, blank=True)
    old_way_closes_on = models.DateField(_("den gamle arbejdsgang lukker"), null=True, blank=True)
    old_way_closed_on = models.DateField(
        _("den gamle arbejdsgang er lukket"), null=True, blank=True
    )
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    source = TenantForeignKey(Source, null=True, related_name="+", editable=False)
    source_place = models.CharField(max_length=120, blank=True, editable=False)

    class Meta:
        verbose_name = _("initiativ")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="initiative_key_once"),
            models.CheckConstraint(
                condition=models.Q(adoption_share__isnull=True)
                | models.Q(adoption_share__range=(0, 1)),
                name="initiative_adoption_is_a_share",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_adoption_share__isnull=True)
                | models.Q(agreed_adoption_share__gt=0, agreed_adoption_share__lte=1),
                name="initiative_agreed_adoption_is_a_share",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "phase"]),
            models.Index(fields=["organisation", "unit"]),
            models.Index(fields=["organisation", "body"]),
        ]

    def __str__(self) -> str:
        return self.title


class LeadStatus(TenantModel):
    """What somebody who leads an initiative says of it, in one word and one sentence.

    A word that was said stays; the next one stands beside it.
    """

    initiative = TenantForeignKey(Initiative, related_name="+")
    word = models.CharField(
        _("status"), max_length=12, choices=[(w.value, w.value) for w in LeadWord]
    )
    sentence = models.CharField(_("med egne ord"), max_length=300, blank=True)
    said_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    said_by_name = models.CharField(max_length=160)
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lederens egen status")
        ordering = ["said_at", "id"]
        indexes = [models.Index(fields=["organisation", "initiative", "said_at"])]
        triggers = [
            pgtrigger.Protect(
                name="lead_status_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.said_at:%Y-%m-%d}"
