"""Studies: of which benefit and series an effect is asked, and what was written before."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.evidence.models.series import Place, Series
from hoest.domain.evidence.rules import Control, Method
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel


@pghistory.track()
class Study(VersionedModel):
    """An effect that is asked for: one benefit, one series. One of a benefit's is the primary.

    The primary is chosen before the answer is known; `registered_on` is the day it was. One that
    was chosen after its answer is judged as one of many (`answer_was_known`).
    """

    benefit = TenantForeignKey("benefits.Benefit", related_name="+", verbose_name=_("gevinst"))
    series = TenantForeignKey(Series, related_name="studies")
    is_primary = models.BooleanField(_("den vigtigste"), default=False)
    registered_on = models.DateField(editable=False)
    registered_by_name = models.CharField(max_length=160, editable=False)
    answer_was_known = models.BooleanField(default=False, editable=False)
    method = models.CharField(
        max_length=6,
        choices=[(one.value, one.value) for one in Method],
        default=Method.AUTO.value,
    )
    control = models.CharField(
        max_length=6,
        choices=[(one.value, one.value) for one in Control],
        default=Control.NOT_YET.value,
    )
    from_period = models.DateField(_("brug målinger fra"), null=True, blank=True)
    seed = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("effektmåling")
        ordering = ["-is_primary", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "benefit", "series"], name="a_series_once_a_benefit"
            ),
            models.UniqueConstraint(
                fields=["organisation", "benefit"],
                condition=models.Q(is_primary=True),
                name="one_primary_a_benefit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benefit} / {self.series}"


class StudyPlace(TenantModel):
    """What is said of a place in one study: when it started, or why it is left out.

    Without a row, a unit of ours starts when the initiative is rolled out there.
    """

    study = TenantForeignKey(Study, related_name="places")
    place = TenantForeignKey(Place, related_name="+")
    started_on = models.DateField(_("begyndte"), null=True, blank=True)
    left_out_because = models.CharField(_("holdes ude, fordi"), max_length=200, blank=True)
    said_by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["place__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "study", "place"], name="a_place_once_a_study"
            ),
            models.CheckConstraint(
                condition=models.Q(left_out_because="") | models.Q(started_on__isnull=True),
                name="left_out_or_started",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id}: {self.started_on or self.left_out_because}"


class Happening(TenantModel):
    """Something else that happened at the same time and may be the reason."""

    study = TenantForeignKey(Study, related_name="happenings")
    on = models.DateField(_("hvornår"))
    place = TenantForeignKey(Place, null=True, blank=True, related_name="+")
    what = models.CharField(_("hvad skete der"), max_length=300)
    noted_by_name = models.CharField(max_length=160)
    noted_on = models.DateField()

    class Meta:
        ordering = ["on", "id"]
        triggers = [pgtrigger.Protect(name="happening_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.on}: {self.what}"


class DrawnOrder(TenantModel):
    """An order of starts that was drawn by lot; with its seed it can be drawn again."""

    study = TenantForeignKey(Study, related_name="orders")
    number = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    waves = models.JSONField()
    first_on = models.DateField()
    every_periods = models.PositiveSmallIntegerField()
    is_wish = models.BooleanField(default=False)
    why = models.CharField(max_length=300, blank=True)
    drawn_at = models.DateTimeField()
    drawn_by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "study", "number"], name="drawn_order_number_once"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="drawn_order_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.study_id}: {self.number}"
