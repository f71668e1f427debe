"""Tables of exchange: one import of a workbook, and each row it made or changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel


class ImportRun(TenantModel):
    """One import: the file as it came, its faults or preview, and what it did."""

    file_name = models.CharField(_("fil"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    state = models.CharField(
        max_length=12,
        choices=[
            (s, s)
            for s in (
                "waiting",
                "reading",
                "faulty",
                "ready",
                "applying",
                "applied",
                "undone",
                "failed",
            )
        ],
        default="waiting",
    )
    percent = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=120, blank=True)
    faults = models.JSONField(default=list)
    preview = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField(null=True)
    created_by_name = models.CharField(max_length=160)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_name = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("indlæsning")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["organisation", "sha256"])]

    def __str__(self) -> str:
        return self.file_name


class ImportedRow(TenantModel):
    """A row that an import made or changed, with what stood there before, for the undo."""

    run = TenantForeignKey(ImportRun, related_name="rows", on_delete=models.CASCADE)
    object_kind = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    was_made = models.BooleanField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["organisation", "object_kind", "object_id"])]

    def __str__(self) -> str:
        return f"{self.object_kind} {self.object_id}"
