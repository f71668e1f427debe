"""The plan of a municipality that begins at zero, and its milestones.

The words of a milestone are those of the template when it was loaded, so a plan stays what it was.
A milestone with a `fact` ticks by what Høst knows; nothing is written then.
"""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.foundation.tenancy.fields import Moment, TenantForeignKey, VersionedModel


@pghistory.track()
class StartPlan(VersionedModel):
    """The plan with its first day; a municipality has one."""

    starts_on = models.DateField(_("begynder"))
    loaded_by_name = models.CharField(max_length=160)
    loaded_at = Moment(auto_now_add=True)

    class Meta:
        verbose_name = _("plan for at komme i gang")
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="start_plan_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}"


@pghistory.track()
class Milestone(VersionedModel):
    """Something that shall be there by a day, with an owner, done with a link or by a fact."""

    plan = TenantForeignKey(StartPlan, related_name="+", on_delete=models.CASCADE)
    code = models.CharField(max_length=40, blank=True)
    stage = models.CharField(_("trin"), max_length=40)
    place = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("milepæl"), max_length=160)
    about = models.CharField(_("sådan ses det"), max_length=400, blank=True)
    fact = models.CharField(max_length=40, blank=True)
    due_on = models.DateField(_("senest"))
    owner = TenantForeignKey(
        "organisations.Person", null=True, blank=True, related_name="+", verbose_name=_("ejer")
    )
    done_on = models.DateField(_("nået"), null=True, blank=True)
    done_by_name = models.CharField(max_length=160, blank=True)
    evidence = models.CharField(_("det viser det"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("milepæl")
        ordering = ["due_on", "place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "plan", "code"],
                condition=~models.Q(code=""),
                name="milestone_once",
            ),
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True) | ~models.Q(evidence=""),
                name="milestone_is_done_with_evidence",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "owner"])]

    def __str__(self) -> str:
        return self.title
