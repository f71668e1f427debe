"""What crosses the departments: the shared owner of an initiative, and citizens' journeys.

Source: requirements O-08 (not depending on where the citizen enters) and B-09 (one owner).
"""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.initiative import Initiative
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel


@pghistory.track()
class SharedOwner(VersionedModel):
    """The one person who answers for an initiative that several departments are part of."""

    initiative = TenantForeignKey(Initiative, related_name="+")
    person = TenantForeignKey(
        "organisations.Person", related_name="+", verbose_name=_("fælles ejer")
    )
    mandate = models.CharField(_("hun afgør"), max_length=300, blank=True)
    named_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("fælles ejer")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative"], name="one_shared_owner_an_initiative"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


@pghistory.track()
class Journey(VersionedModel):
    """A citizen's way through the municipality, across units, with one owner."""

    name = models.CharField(_("borgerforløb"), max_length=120)
    citizen = models.CharField(_("borgeren"), max_length=200)
    promise = models.CharField(_("det skal borgeren mærke"), max_length=300)
    owner = TenantForeignKey("organisations.Person", related_name="+", verbose_name=_("ejer"))
    retired_on = models.DateField(_("taget ud af brug"), null=True, blank=True)

    class Meta:
        verbose_name = _("borgerforløb")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="journey_name_once"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(citizen="") & ~models.Q(promise=""),
                name="journey_says_who_and_what",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class JourneyStep(VersionedModel):
    """One step of a journey: in a unit of ours or at somebody else's, and what is noticed."""

    journey = TenantForeignKey(Journey, related_name="steps", on_delete=models.CASCADE)
    place = models.PositiveSmallIntegerField(_("nummer"))
    name = models.CharField(_("skridt"), max_length=120)
    unit = TenantForeignKey(
        "organisations.Unit", null=True, blank=True, related_name="+", verbose_name=_("enhed")
    )
    elsewhere = models.CharField(_("uden for kommunen"), max_length=120, blank=True)
    notices = models.CharField(_("det mærker borgeren"), max_length=300)

    class Meta:
        verbose_name = _("skridt i borgerforløb")
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "journey", "place"],
                name="one_step_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, elsewhere="")
                | (models.Q(unit__isnull=True) & ~models.Q(elsewhere="")),
                name="step_is_in_one_place",
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(notices=""),
                name="step_says_what_is_noticed",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "unit"])]

    def __str__(self) -> str:
        return self.name


class StepInitiative(TenantModel):
    """An initiative that changes a step of a journey."""

    step = TenantForeignKey(JourneyStep, related_name="ties", on_delete=models.CASCADE)
    initiative = TenantForeignKey(Initiative, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "step", "initiative"], name="one_tie_a_step"
            )
        ]
        indexes = [models.Index(fields=["organisation", "initiative"])]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.initiative_id}"
