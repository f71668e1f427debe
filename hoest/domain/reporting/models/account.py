"""Tables of reporting: totals that a source states itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.foundation.provenance.models import SourcedModel


class StatedTotal(SourcedModel):
    """What a source says its rows add up to in a year; shown beside the sum of the rows."""

    price_level = models.PositiveSmallIntegerField(_("pris- og lønniveau"))
    year = models.PositiveSmallIntegerField(_("år"))
    amount_dkk = models.DecimalField(_("oplyst i alt"), max_digits=16, decimal_places=2)
    rounding_unit_dkk = models.DecimalField(max_digits=12, decimal_places=2, default=1)

    class Meta:
        verbose_name = _("oplyst total")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source", "price_level", "year"],
                name="stated_once_per_source_and_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.amount_dkk}"
