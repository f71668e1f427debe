"""The source of figures and the base of every row that carries one."""

from __future__ import annotations

from django.db import models

from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel


class SourceKind(models.TextChoices):
    """What kind of source it is (codes; labels are shown by the pages)."""

    FILE = "file"
    ENTRY = "entry"


class Source(TenantModel):
    """A file that was read or a person who entered something."""

    kind = models.CharField(max_length=10, choices=SourceKind.choices)
    title = models.CharField(max_length=300)
    dated = models.CharField(max_length=40, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    entered_by_name = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "sha256"])]

    def __str__(self) -> str:
        return self.title


class SourcedModel(TenantModel):
    """A row of figures that tells where it comes from."""

    source = TenantForeignKey(Source, null=True, related_name="+")
    source_place = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True
