"""The consolidated profile of a benefit, and who is asked for which portion of it.

What the ladder needs stands on the benefit itself; here stands what explains, values and converts
it. One row for each benefit, made when the first portion is saved. Source: method notes §2.2.
"""

from __future__ import annotations

from typing import Any

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.models.profile import Benefit
from hoest.domain.benefits.rules.portions import Conversion, Portion, TimeBasis
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel


def _text(label: Any, length: int) -> models.CharField[str, str]:
    return models.CharField(label, max_length=length, blank=True)


def _amount(label: Any, digits: int = 16, places: int = 2) -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(
        label, max_digits=digits, decimal_places=places, null=True, blank=True
    )


@pghistory.track()
class Profile(VersionedModel):
    """What is known of a benefit beyond the ladder: for whom, how valued, how it becomes real."""

    benefit = TenantForeignKey(Benefit, related_name="profiles", on_delete=models.CASCADE)
    # What and for whom.
    beneficiaries = models.JSONField(_("hvem den er til gavn for"), default=list, blank=True)
    citizen_effect = _text(_("hvad den betyder for borgerne"), 600)
    # How it is measured.
    data_source = _text(_("datakilde"), 300)
    measurer = TenantForeignKey(
        "organisations.Person", null=True, blank=True, related_name="+", verbose_name=_("måles af")
    )
    measuring_effort = _text(_("ressourcer til måling"), 200)
    # What it is worth: a price for each unit, time for each case, and what it is taken from.
    unit_word = _text(_("enhed, der prissættes"), 60)
    units_a_year = _amount(_("antal om året"))
    unit_price_dkk = _amount(_("pris pr. enhed"))
    price_level = models.PositiveSmallIntegerField(_("pris- og lønniveau"), null=True, blank=True)
    price_source = _text(_("prisens kilde"), 300)
    price_on = models.DateField(_("prisen er fra"), null=True, blank=True)
    time_basis = models.CharField(
        _("hvordan tiden er regnet ud"),
        max_length=16,
        blank=True,
        choices=[(b.value, b.value) for b in TimeBasis],
    )
    cases_a_year = _amount(_("sager om året"))
    minutes_before = _amount(_("minutter før"), 10)
    minutes_after = _amount(_("minutter efter"), 10)
    adoption_share = _amount(_("andel, der bruger det nye"), 5, 4)
    time_source = _text(_("tidsmålingens kilde"), 300)
    time_on = models.DateField(_("tiden er målt"), null=True, blank=True)
    hour_price_dkk = _amount(_("pris pr. time"), 10)
    cost_base_dkk = _amount(_("udgiften i dag"))
    cost_base_source = _text(_("udgiftens kilde"), 300)
    # How it becomes real.
    responsible = TenantForeignKey(
        "organisations.Person",
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gevinstansvarlig"),
    )
    receiving_unit = TenantForeignKey(
        "organisations.Unit",
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("modtagende enhed"),
    )
    changes_required = _text(_("hvad der skal gøres anderledes"), 600)
    prerequisites = _text(_("forudsætninger"), 600)
    conversion = models.CharField(
        _("hvordan den tages"),
        max_length=16,
        blank=True,
        choices=[(c.value, c.value) for c in Conversion],
    )
    conversion_note = _text(_("hvad der tages"), 300)
    priority = models.PositiveSmallIntegerField(_("prioritet"), null=True, blank=True)

    class Meta:
        verbose_name = _("gevinstprofil")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "benefit"], name="one_profile"),
            models.CheckConstraint(
                condition=models.Q(priority__isnull=True) | models.Q(priority__range=(1, 5)),
                name="priority_is_one_to_five",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes_before__isnull=True) | models.Q(minutes_before__gte=0),
                name="minutes_before_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes_after__isnull=True) | models.Q(minutes_after__gte=0),
                name="minutes_after_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(adoption_share__isnull=True)
                | models.Q(adoption_share__range=(0, 1)),
                name="adoption_is_a_share",
            ),
            models.CheckConstraint(
                condition=models.Q(unit_price_dkk__isnull=True)
                | (models.Q(price_level__isnull=False) & ~models.Q(price_source="")),
                name="a_price_has_level_and_source",
            ),
        ]

    def __str__(self) -> str:
        return f"Profil {self.benefit_id}"


class ProfilePortion(TenantModel):
    """One portion of a profile: who was asked for it, and who saved it last."""

    benefit = TenantForeignKey(Benefit, related_name="portions", on_delete=models.CASCADE)
    portion = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Portion])
    asked = TenantForeignKey("organisations.Person", null=True, blank=True, related_name="+")
    asked_by_name = models.CharField(max_length=160, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by_name = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("del af gevinstprofil")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "benefit", "portion"], name="portion_once"
            ),
            models.CheckConstraint(
                condition=models.Q(asked__isnull=True) | models.Q(asked_at__isnull=False),
                name="asked_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "asked"],
                condition=models.Q(asked__isnull=False),
                name="portions_asked",
            )
        ]

    def __str__(self) -> str:
        return f"{self.portion} {self.benefit_id}"
