"""The implementation profile of a professional group, and the plan of an initiative for a group.

A group is a code of `content/capacity.yaml`. A profile is about a group; no person stands in it.
"""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.initiative import Initiative
from hoest.foundation.tenancy.fields import TenantForeignKey, VersionedModel


@pghistory.track()
class ProfessionProfile(VersionedModel):
    """What the municipality knows of a professional group before something new reaches it.

    `windows` is a list of {"name": text, "months": [1 to 12]}.
    """

    group = models.CharField(_("faggruppe"), max_length=40)
    concerns = models.TextField(_("bekymringer"), max_length=600)
    arguments = models.TextField(_("gode argumenter"), max_length=600)
    told = models.TextField(_("sådan vil de have det at vide"), max_length=400)
    super_users = models.PositiveIntegerField(_("antal superbrugere"), null=True, blank=True)
    windows = models.JSONField(_("travle perioder"), default=list, blank=True)

    class Meta:
        verbose_name = _("implementeringsprofil")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "group"], name="profession_profile_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(group="") & ~models.Q(concerns="") & ~models.Q(arguments=""),
                name="profession_profile_says_something",
            ),
        ]

    def __str__(self) -> str:
        return self.group


@pghistory.track()
class GroupPlan(VersionedModel):
    """How one initiative comes to one professional group: when, how it is learned, what is said."""

    initiative = TenantForeignKey(Initiative, related_name="+", verbose_name=_("initiativ"))
    group = models.CharField(_("faggruppe"), max_length=40)
    people = models.PositiveIntegerField(_("så mange berøres"), null=True, blank=True)
    starts_on = models.DateField(_("begynder"), null=True, blank=True)
    training = models.TextField(_("sådan lærer de det"), max_length=600, blank=True)
    message = models.TextField(_("det siger vi"), max_length=600)

    class Meta:
        verbose_name = _("plan for en faggruppe")
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative", "group"], name="group_plan_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(group="") & ~models.Q(message=""),
                name="group_plan_says_something",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "starts_on"])]

    def __str__(self) -> str:
        return self.group
