"""Data sets: who owns them, what they mean, where they come from and where they are used."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.trust.models.register import System
from hoest.foundation.tenancy.fields import Moment, TenantForeignKey, TenantModel, VersionedModel


@pghistory.track()
class DataSet(VersionedModel):
    """A set of data that more than one may need. Taken out of use, never deleted."""

    name = models.CharField(_("datasæt"), max_length=160)
    definition = models.CharField(_("hvad dækker det"), max_length=600)
    unit = TenantForeignKey(
        "organisations.Unit", null=True, blank=True, related_name="+", verbose_name=_("ejer")
    )
    quality_note = models.CharField(_("hvor gode er data"), max_length=400, blank=True)
    documented_by = models.CharField(_("hvem skriver data ned"), max_length=200, blank=True)
    documented_how = models.CharField(_("sådan skrives de ned"), max_length=400, blank=True)
    retired_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("datasæt")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="data_set_name_once"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(definition=""), name="data_set_is_defined"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DataSetSource(TenantModel):
    """A system that a data set comes from."""

    data_set = TenantForeignKey(DataSet, related_name="sources", on_delete=models.CASCADE)
    system = TenantForeignKey(System, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "data_set", "system"], name="data_set_source_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.data_set_id} ← {self.system_id}"


class DataSetUse(TenantModel):
    """Where a data set is used again: by an initiative or by a unit, and for what."""

    data_set = TenantForeignKey(DataSet, related_name="uses", on_delete=models.CASCADE)
    initiative = TenantForeignKey("portfolio.Initiative", null=True, blank=True, related_name="+")
    unit = TenantForeignKey("organisations.Unit", null=True, blank=True, related_name="+")
    purpose = models.CharField(_("til hvad"), max_length=300)
    noted_by_name = models.CharField(max_length=200)
    noted_at = Moment(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(initiative__isnull=False, unit__isnull=True)
                | models.Q(initiative__isnull=True, unit__isnull=False),
                name="data_set_use_is_in_one_place",
            ),
            models.UniqueConstraint(
                fields=["organisation", "data_set", "initiative"],
                condition=models.Q(initiative__isnull=False),
                name="data_set_used_once_an_initiative",
            ),
            models.UniqueConstraint(
                fields=["organisation", "data_set", "unit"],
                condition=models.Q(unit__isnull=False),
                name="data_set_used_once_a_unit",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "initiative"])]

    def __str__(self) -> str:
        return self.purpose
