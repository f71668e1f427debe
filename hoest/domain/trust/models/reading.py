"""Where the register is read, how far each reading came, and what each one changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.trust.models.register import ORIGINS
from hoest.domain.trust.rules.register import RunState
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel


class RegisterConnection(VersionedModel):
    """The way to KITOS: the address, who asks, and which organisation. One a municipality."""

    base_url = models.CharField(_("adresse"), max_length=300)
    email = models.CharField(_("brugerens mailadresse"), max_length=254)
    sealed_password = models.TextField(blank=True)
    organisation_uuid = models.CharField(_("kommunens UUID i KITOS"), max_length=60)
    is_on = models.BooleanField(_("hentes hver nat"), default=True)

    class Meta:
        verbose_name = _("forbindelse til KITOS")
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_connection")]

    def __str__(self) -> str:
        return self.base_url


class SyncRun(TenantModel):
    """One reading, from KITOS or a file, with its progress, its faults and its counts."""

    origin = models.CharField(max_length=8, choices=ORIGINS)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in RunState])
    percent = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=40, blank=True)
    is_whole = models.BooleanField(default=False)
    stop_asked = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by_id = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=160)
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=400, blank=True)
    counts = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    file_name = models.CharField(max_length=200, blank=True)
    content = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = _("hentning af systemer")
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["organisation", "asked_at"])]

    def __str__(self) -> str:
        return f"{self.origin} {self.asked_at:%Y-%m-%d %H:%M}"


class SyncCursor(TenantModel):
    """How far KITOS is read, one a resource; it moves in the same transaction as the rows.

    While `sweep_from` is set a sweep is under way and goes on at `next_page`.
    """

    resource = models.CharField(max_length=40)
    read_until = models.DateTimeField(null=True)
    whole_at = models.DateTimeField(null=True)
    sweep_from = models.DateTimeField(null=True)
    changed_since = models.DateTimeField(null=True)
    next_page = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "resource"], name="one_cursor")
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.next_page}"


class SyncChange(TenantModel):
    """What one reading changed: a row that is new, changed, gone, back, or could not be taken."""

    run = TenantForeignKey(SyncRun, related_name="changes", on_delete=models.CASCADE)
    kind = models.CharField(max_length=12)
    what = models.CharField(max_length=8)
    row_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=300)
    fields = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["organisation", "run", "what"])]

    def __str__(self) -> str:
        return f"{self.what}: {self.name}"
