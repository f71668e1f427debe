"""Reuse: what was looked at before something new was made, the decision, and where it goes next."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.trust.rules.reuse import Choice
from hoest.foundation.tenancy.fields import Moment, TenantForeignKey, TenantModel, VersionedModel


class ReuseCheck(TenantModel):
    """One decision about reuse with the candidates that were shown; a later one stands beside."""

    initiative = TenantForeignKey("portfolio.Initiative", related_name="+")
    phase = models.CharField(max_length=12)
    choice = models.CharField(_("afgørelse"), max_length=8, choices=[(c, c) for c in Choice])
    reason = models.CharField(_("begrundelse"), max_length=600)
    candidates = models.JSONField(default=list)
    chosen = models.JSONField(default=list)
    decided_by_name = models.CharField(max_length=200)
    decided_at = Moment(auto_now_add=True)

    class Meta:
        verbose_name = _("genbrugstjek")
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="reuse_has_a_reason")
        ]
        indexes = [models.Index(fields=["organisation", "initiative", "decided_at"])]
        triggers = [
            pgtrigger.Protect(
                name="reuse_check_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.choice}: {self.reason}"


@pghistory.track()
class ScalingStep(VersionedModel):
    """Where a solution goes next: the place, when, and who takes it there."""

    initiative = TenantForeignKey("portfolio.Initiative", related_name="+")
    place = models.CharField(_("hvor"), max_length=160)
    on = models.DateField(_("hvornår"))
    owner = TenantForeignKey("organisations.Person", related_name="+", verbose_name=_("hvem"))
    note = models.CharField(_("det skal være på plads først"), max_length=300, blank=True)
    done_on = models.DateField(_("nået"), null=True, blank=True)

    class Meta:
        verbose_name = _("skridt i skaleringsplanen")
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative", "place"], name="scaling_place_once"
            )
        ]

    def __str__(self) -> str:
        return self.place
