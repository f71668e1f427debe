"""Systems, suppliers, contracts and processing as another register has them; read, never edited.

A row belongs to where it came from: `origin` and `external_id` are its identity, `read_at` tells
when it was last seen there, and what is gone stays with the day it went, since initiatives and
exit plans point at it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.trust.rules.register import Origin
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel

ORIGINS = [(o.value, o.value) for o in Origin]


class ReadRow(TenantModel):
    """A row that another register owns."""

    origin = models.CharField(max_length=8, choices=ORIGINS)
    external_id = models.CharField(max_length=160)
    name = models.CharField(_("navn"), max_length=300)
    read_at = models.DateTimeField()
    gone_on = models.DateField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Supplier(ReadRow):
    """Who delivers: as the contracts name them."""

    cvr = models.CharField("CVR", max_length=20, blank=True)

    class Meta:
        verbose_name = _("leverandør")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "origin", "external_id"], name="supplier_once"
            )
        ]


class System(ReadRow):
    """An IT system as the municipality uses it. Codes are those of `rules.register`."""

    local_name = models.CharField(_("kaldes her"), max_length=300, blank=True)
    local_id = models.CharField(_("lokalt nummer"), max_length=100, blank=True)
    supplier = TenantForeignKey(Supplier, null=True, related_name="systems")
    main_contract_id = models.CharField(max_length=160, blank=True)
    life = models.CharField(_("livscyklus"), max_length=16, blank=True)
    is_valid = models.BooleanField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    users_from = models.PositiveIntegerField(null=True)
    users_to = models.PositiveIntegerField(null=True)
    purpose = models.TextField(_("formål"), blank=True)
    responsible_unit = models.CharField(_("ansvarlig enhed"), max_length=300, blank=True)
    using_units = models.JSONField(_("bruges af"), default=list)
    kle = models.JSONField(default=list)
    critical = models.CharField(_("kritisk for driften"), max_length=12, blank=True)
    hosting = models.CharField(_("drift"), max_length=12, blank=True)
    data_levels = models.JSONField(default=list)
    special_data = models.JSONField(default=list)
    precautions = models.JSONField(default=list)
    has_ai = models.CharField(_("kunstig intelligens"), max_length=12, blank=True)
    web_access = models.CharField(_("webtilgængelighed"), max_length=12, blank=True)
    web_access_on = models.DateField(null=True)
    archive_duty = models.CharField(_("arkivpligt"), max_length=40, blank=True)
    risk = models.CharField(_("risikovurdering"), max_length=12, blank=True)
    risk_on = models.DateField(null=True)
    risk_result = models.CharField(max_length=12, blank=True)
    risk_planned_on = models.DateField(null=True)
    dpia = models.CharField(_("konsekvensanalyse"), max_length=12, blank=True)
    dpia_on = models.DateField(null=True)
    deletion_on = models.DateField(_("sletning vurderes næste gang"), null=True)

    class Meta:
        verbose_name = _("system")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "origin", "external_id"], name="system_once"
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "gone_on", "critical"]),
            models.Index(fields=["organisation", "supplier"]),
        ]


class Contract(ReadRow):
    """A contract with its dates and what it costs a year; kroner as the register has them."""

    supplier = TenantForeignKey(Supplier, null=True, related_name="contracts")
    is_valid = models.BooleanField(null=True)
    starts_on = models.DateField(_("starter"), null=True)
    ends_on = models.DateField(_("slutter"), null=True)
    is_continuous = models.BooleanField(null=True)
    irrevocable_until = models.DateField(null=True)
    terminated_on = models.DateField(null=True)
    notice_months = models.PositiveSmallIntegerField(_("varsel i måneder"), null=True)
    notice_by_end_of = models.CharField(_("varsel inden udgangen af"), max_length=20, blank=True)
    notice_runs_from = models.CharField(_("varsel regnet fra"), max_length=20, blank=True)
    leaves_on = models.DateField(null=True)
    decide_by = models.DateField(_("beslut senest"), null=True)
    yearly_dkk = models.DecimalField(_("årlig udgift"), max_digits=14, decimal_places=2, null=True)
    systems: models.ManyToManyField[System, ContractSystem] = models.ManyToManyField(
        System, through="ContractSystem", related_name="contracts"
    )

    class Meta:
        verbose_name = _("kontrakt")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "origin", "external_id"], name="contract_once"
            )
        ]
        indexes = [models.Index(fields=["organisation", "decide_by"])]


class ContractSystem(TenantModel):
    """A system that a contract is about."""

    contract = TenantForeignKey(Contract, related_name="links", on_delete=models.CASCADE)
    system = TenantForeignKey(System, related_name="+", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "contract", "system"], name="contract_system_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} → {self.system_id}"


class Processing(ReadRow):
    """A registration of data processing: agreement, transfer, oversight."""

    agreement = models.CharField(_("databehandleraftale"), max_length=12, blank=True)
    agreement_on = models.DateField(null=True)
    transfers = models.CharField(_("overførsel til usikkert tredjeland"), max_length=12, blank=True)
    processors = models.JSONField(default=list)
    sub_processors = models.CharField(_("underdatabehandlere"), max_length=12, blank=True)
    oversight = models.CharField(_("tilsyn"), max_length=12, blank=True)
    oversight_on = models.DateField(null=True)
    is_valid = models.BooleanField(null=True)
    systems: models.ManyToManyField[System, ProcessingSystem] = models.ManyToManyField(
        System, through="ProcessingSystem", related_name="processings"
    )

    class Meta:
        verbose_name = _("databehandling")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "origin", "external_id"], name="processing_once"
            )
        ]


class ProcessingSystem(TenantModel):
    """A system that a processing is about."""

    processing = TenantForeignKey(Processing, related_name="links", on_delete=models.CASCADE)
    system = TenantForeignKey(System, related_name="+", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "processing", "system"], name="processing_system_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.processing_id} → {self.system_id}"
