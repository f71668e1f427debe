"""Series: what was measured in several places over time, and how each value came there."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.evidence.rules import BreakHandling, FileState, Origin, Step, Wanted
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel


@pghistory.track()
class Series(VersionedModel):
    """One indicator in several places over time, by one definition at a time."""

    name = models.CharField(_("serie"), max_length=160)
    measure_unit = models.CharField(_("måleenhed"), max_length=60)
    step = models.CharField(
        _("periode"),
        max_length=10,
        choices=[(one.value, one.value) for one in Step],
        default=Step.MONTH.value,
    )
    wanted = models.CharField(
        _("bedre er"), max_length=10, choices=[(one.value, one.value) for one in Wanted]
    )
    definition = models.CharField(_("sådan opgøres det"), max_length=1000)
    definition_number = models.PositiveSmallIntegerField(default=1, editable=False)
    indicator_type = models.CharField(_("indikator"), max_length=60, blank=True)
    unit = TenantForeignKey(
        "organisations.Unit", null=True, blank=True, related_name="+", verbose_name=_("enhed")
    )
    kept_by_name = models.CharField(max_length=160, editable=False)

    class Meta:
        verbose_name = _("serie")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="series_name_once")
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Place(VersionedModel):
    """Where something is measured: a unit of ours, or another municipality by its name.

    `size` weighs nothing by itself; `stratum` names those among whom the order of starts could as
    well have been another.
    """

    unit = TenantForeignKey(
        "organisations.Unit", null=True, blank=True, related_name="+", verbose_name=_("enhed")
    )
    name = models.CharField(_("sted"), max_length=160)
    is_elsewhere = models.BooleanField(_("uden for kommunen"), default=False)
    size = models.DecimalField(
        _("størrelse"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    stratum = models.CharField(_("ligner"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("sted")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="place_name_once"),
            models.UniqueConstraint(
                fields=["organisation", "unit"],
                condition=models.Q(unit__isnull=False),
                name="place_of_a_unit_once",
            ),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True) | models.Q(is_elsewhere=False),
                name="a_unit_is_ours",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SeriesLoad(TenantModel):
    """Values that came together: from where, by whom, and what they did."""

    series = TenantForeignKey(Series, related_name="loads")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=160)
    origin = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Origin])
    source = models.CharField(_("kilde"), max_length=300)
    source_on = models.DateField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    definition_number = models.PositiveSmallIntegerField(default=1)
    new = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-at", "-id"]
        triggers = [
            pgtrigger.Protect(
                name="series_load_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.at:%Y-%m-%d})"


class SeriesFile(TenantModel):
    """A file with many indicators on its way in: as it came, what it would do, what it did.

    `content` is emptied when the values are saved; each load keeps the file's fingerprint. Counts
    stand in `preview`, with codes for the words; `answers` says what unknown places mean. `put_by`
    is who put it up, `by` who last said something of it: in her name it is read and saved.
    """

    file_name = models.CharField(_("fil"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    source = models.CharField(_("kilde"), max_length=300)
    source_on = models.DateField(null=True)
    state = models.CharField(
        max_length=10,
        choices=[(one.value, one.value) for one in FileState],
        default=FileState.WAITING.value,
    )
    percent = models.PositiveSmallIntegerField(default=0)
    answers = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    fault_count = models.PositiveIntegerField(default=0)
    preview = models.JSONField(default=dict)
    at = models.DateTimeField()
    put_by_id = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=160)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("fil med serier")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.file_name


class Point(TenantModel):
    """One value: a series, a place and a period (its first day)."""

    series = TenantForeignKey(Series, related_name="points")
    place = TenantForeignKey(Place, related_name="+")
    period = models.DateField(_("periode"))
    value = models.DecimalField(_("værdi"), max_digits=18, decimal_places=4)
    load = TenantForeignKey(SeriesLoad, related_name="+")

    class Meta:
        ordering = ["period", "place_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "series", "place", "period"], name="one_value_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.value}"


class PointCorrection(TenantModel):
    """What stood before a correction; never lost."""

    series = TenantForeignKey(Series, related_name="corrections")
    place = TenantForeignKey(Place, related_name="+")
    period = models.DateField()
    old_value = models.DecimalField(max_digits=18, decimal_places=4)
    new_value = models.DecimalField(max_digits=18, decimal_places=4)
    load = TenantForeignKey(SeriesLoad, related_name="+")

    class Meta:
        ordering = ["-id"]
        triggers = [
            pgtrigger.Protect(
                name="correction_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.old_value} -> {self.new_value}"


@pghistory.track()
class SeriesBreak(VersionedModel):
    """A day from which the series is counted in another way, and which side is used."""

    series = TenantForeignKey(Series, related_name="breaks")
    on = models.DateField(_("fra"))
    what = models.CharField(_("hvad blev anderledes"), max_length=300)
    definition_number = models.PositiveSmallIntegerField(null=True, editable=False)
    handling = models.CharField(
        _("brug"),
        max_length=10,
        blank=True,
        default=BreakHandling.NOT_DECIDED.value,
        choices=[(one.value, one.value) for one in BreakHandling],
    )
    handled_by_name = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("brud")
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "series", "on"], name="one_break_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.what}"


@pghistory.track(exclude=["content"])
class StatbankTable(VersionedModel):
    """A table of Statistics Denmark that a series is read from, and what was last read."""

    series = TenantForeignKey(Series, related_name="statbank")
    table = models.CharField(_("tabel"), max_length=20)
    selection = models.JSONField(default=dict)
    place_variable = models.CharField(_("variabel med steder"), max_length=40)
    time_variable = models.CharField(_("variabel med tid"), max_length=40, default="Tid")
    is_on = models.BooleanField(_("hentes hver måned"), default=False)
    read_at = models.DateTimeField(null=True, editable=False)
    updated_there_on = models.DateField(null=True, editable=False)
    content = models.TextField(blank=True, editable=False)
    fault = models.CharField(max_length=400, blank=True, editable=False)

    class Meta:
        ordering = ["table", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "series"], name="one_table_a_series")
        ]

    def __str__(self) -> str:
        return self.table
