"""The stages of a roll-out, what was learnt of each, and every count of its users.

Source: requirement F-04, step by step works best.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.initiative import Initiative
from hoest.domain.portfolio.models.rollout import Rollout
from hoest.domain.portfolio.rules.stages import StageDecision
from hoest.foundation.tenancy.fields import Moment, TenantForeignKey, TenantModel, VersionedModel

_LEARNT = ~models.Q(learnt="") | ~models.Q(skipped_because="")
# A stage opens when everything before it is learnt from, also for one who writes past the house.
_OPENS_AFTER_LEARNING = """
  if new.opened_on is not null and exists (
    select 1 from portfolio_stage earlier
     where earlier.organisation_id = new.organisation_id
       and earlier.initiative_id = new.initiative_id
       and earlier.place < new.place
       and earlier.learnt = '' and earlier.skipped_because = '')
  then
    raise exception 'a stage opens when the stages before it are learnt from';
  end if;
  return new;
"""


@pghistory.track()
class Stage(VersionedModel):
    """One step of a roll-out: when, what it shall teach, what it taught, and what was decided.

    `opened_told_on` is the day somebody wrote that it was opened, which may be later than it was.
    """

    initiative = TenantForeignKey(Initiative, related_name="stages")
    place = models.PositiveSmallIntegerField(_("nummer"))
    name = models.CharField(_("etape"), max_length=120)
    starts_on = models.DateField(_("begynder"), null=True, blank=True)
    ends_on = models.DateField(_("slutter"), null=True, blank=True)
    to_learn = models.CharField(_("det vil vi lære"), max_length=400, blank=True)
    opened_on = models.DateField(_("åbnet"), null=True, blank=True)
    opened_told_by_name = models.CharField(max_length=160, blank=True)
    opened_told_on = models.DateField(null=True, blank=True)
    learnt = models.CharField(_("det lærte vi"), max_length=600, blank=True)
    skipped_because = models.CharField(_("sprunget over, fordi"), max_length=400, blank=True)
    learnt_on = models.DateField(null=True, blank=True)
    decision = models.CharField(
        _("beslutning"),
        max_length=12,
        blank=True,
        choices=[(c.value, c.value) for c in StageDecision],
    )
    decision_note = models.CharField(_("det betyder"), max_length=400, blank=True)
    decided_by_name = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("etape")
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative", "place"],
                name="one_stage_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="stage_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="stage_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="") | _LEARNT, name="stage_is_learnt_before_decided"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stage_opens_after_learning",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_OPENS_AFTER_LEARNING,
            )
        ]

    def __str__(self) -> str:
        return self.name


class UseCount(TenantModel):
    """How many used it on a day, as somebody counted. Counts stay; the newest of a day counts."""

    rollout = TenantForeignKey(Rollout, related_name="counts", on_delete=models.CASCADE)
    counted_on = models.DateField(_("opgjort"))
    users_in_use = models.PositiveIntegerField(_("bruger det"))
    planned_users = models.PositiveIntegerField(_("skal bruge det"))
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = Moment(auto_now_add=True)

    class Meta:
        verbose_name = _("optælling")
        ordering = ["counted_on", "id"]
        indexes = [models.Index(fields=["organisation", "rollout", "counted_on"])]
        triggers = [pgtrigger.Protect(name="use_count_is_final", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.users_in_use} {self.counted_on}"
