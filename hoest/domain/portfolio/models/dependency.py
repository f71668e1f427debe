"""What an initiative waits for, inside and outside the municipality, and what is done about it.

Source: requirements D-05 (who can act outside the municipality) and ST-11 (waiting is a risk).
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.initiative import Initiative
from hoest.domain.portfolio.rules.dependencies import DependencyKind, Response, Scope
from hoest.foundation.tenancy.fields import Moment, TenantForeignKey, TenantModel, VersionedModel


@pghistory.track()
class Dependency(VersionedModel):
    """One thing an initiative waits for: another initiative of ours, or somebody else's doing."""

    initiative = TenantForeignKey(Initiative, related_name="dependencies")
    kind = models.CharField(
        _("slags"), max_length=16, choices=[(c.value, c.value) for c in DependencyKind]
    )
    scope = models.CharField(_("hvor"), max_length=10, choices=[(c.value, c.value) for c in Scope])
    waits_for = TenantForeignKey(
        Initiative, null=True, blank=True, related_name="waited_for_by", verbose_name=_("initiativ")
    )
    what = models.CharField(_("det venter vi på"), max_length=200, blank=True)
    actor_name = models.CharField(_("den, der kan handle"), max_length=160, blank=True)
    since = models.DateField(_("siden"))
    needed_by = models.DateField(_("skal bruges"), null=True, blank=True)
    ready_on = models.DateField(_("ventes klar"), null=True, blank=True)
    consequence = models.CharField(_("hvis det ikke kommer"), max_length=400)
    response = models.CharField(
        _("vi gør"), max_length=10, choices=[(c.value, c.value) for c in Response]
    )
    resolved_on = models.DateField(_("løst"), null=True, blank=True)
    resolved_note = models.CharField(_("sådan blev det løst"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("afhængighed")
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative", "waits_for"],
                condition=models.Q(waits_for__isnull=False, resolved_on__isnull=True),
                name="one_open_wait_for_an_initiative",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="initiative", scope="internal", waits_for__isnull=False)
                | (~models.Q(kind="initiative") & models.Q(waits_for__isnull=True)),
                name="waiting_for_an_initiative_names_it",
            ),
            models.CheckConstraint(
                condition=models.Q(waits_for__isnull=True)
                | ~models.Q(waits_for=models.F("initiative")),
                name="nothing_waits_for_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="initiative")
                | (~models.Q(what="") & ~models.Q(actor_name="")),
                name="dependency_says_what_and_who",
            ),
            models.CheckConstraint(
                condition=~models.Q(consequence=""), name="dependency_says_its_consequence"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "resolved_on", "since"]),
            models.Index(fields=["organisation", "initiative"]),
        ]

    def __str__(self) -> str:
        return self.what or str(self.waits_for)


@pghistory.track()
class Influence(VersionedModel):
    """Influence work: what we do so that somebody else acts, with whom, and the next step."""

    dependency = TenantForeignKey(Dependency, related_name="influences")
    aim = models.CharField(_("det vil vi opnå"), max_length=300)
    with_whom = models.CharField(_("sammen med"), max_length=200)
    next_step = models.CharField(_("næste skridt"), max_length=200)
    next_on = models.DateField(_("senest"))
    owner = TenantForeignKey("organisations.Person", related_name="+", verbose_name=_("ansvarlig"))
    ended_on = models.DateField(_("afsluttet"), null=True, blank=True)
    outcome = models.CharField(_("det kom der ud af det"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("påvirkning")
        ordering = ["next_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(aim="") & ~models.Q(with_whom="") & ~models.Q(next_step=""),
                name="influence_says_what_with_whom_and_next",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | ~models.Q(outcome=""),
                name="ended_influence_says_its_outcome",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "ended_on", "next_on"])]

    def __str__(self) -> str:
        return self.aim


class InfluenceStep(TenantModel):
    """A step that was taken, as it was told then. It stays."""

    influence = TenantForeignKey(Influence, related_name="steps")
    on = models.DateField(_("dag"))
    told = models.CharField(_("det skete"), max_length=300)
    told_by_name = models.CharField(max_length=160)
    recorded_at = Moment(auto_now_add=True)

    class Meta:
        verbose_name = _("skridt")
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["organisation", "influence", "on"])]
        constraints = [models.CheckConstraint(condition=~models.Q(told=""), name="step_is_told")]
        triggers = [
            pgtrigger.Protect(
                name="influence_step_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.told}"
