"""The roll-out to one unit or one other municipality, and the decision to close without it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.initiative import Initiative
from hoest.domain.portfolio.rules.stages import LateCause
from hoest.foundation.tenancy.fields import Moment, TenantForeignKey, TenantModel, VersionedModel

# A place in a stage goes live when the stage is open; what went live before says why. The reason
# is about one stage: a place that comes into another one tells it anew.
_GOES_LIVE_IN_AN_OPEN_STAGE = """
  if tg_op = 'UPDATE'
    and (new.live_on, new.stage_id, new.early_because)
      is not distinct from (old.live_on, old.stage_id, old.early_because)
  then
    return new;
  end if;
  if new.live_on is not null
    and (new.early_because = ''
      or (tg_op = 'UPDATE' and new.stage_id is distinct from old.stage_id
        and (new.early_because, new.early_told_by_name, new.early_told_on)
          is not distinct from (old.early_because, old.early_told_by_name, old.early_told_on)))
    and exists (
    select 1 from portfolio_stage its
     where its.organisation_id = new.organisation_id
       and its.id = new.stage_id
       and (new.live_on < its.opened_on
            or (its.opened_on is null and its.skipped_because = '')))
  then
    raise exception 'a place goes live when its stage is open, or says why it was earlier';
  end if;
  return new;
"""


@pghistory.track()
class Rollout(VersionedModel):
    """An initiative in one place: a unit of ours, or another municipality as it is named.

    Another municipality is a name and figures that it told; nothing of its own is read.
    """

    initiative = TenantForeignKey(Initiative, related_name="rollouts")
    unit = TenantForeignKey(
        "organisations.Unit", null=True, blank=True, related_name="+", verbose_name=_("enhed")
    )
    place_name = models.CharField(_("anden kommune"), max_length=120, blank=True)
    stage = TenantForeignKey(
        "portfolio.Stage", null=True, blank=True, related_name="rollouts", verbose_name=_("etape")
    )
    planned_on = models.DateField(_("planlagt i drift"), null=True, blank=True)
    expected_on = models.DateField(_("ny dato"), null=True, blank=True)
    late_cause = models.CharField(
        _("årsag til forsinkelsen"),
        max_length=12,
        blank=True,
        choices=[(c.value, c.value) for c in LateCause],
    )
    late_note = models.CharField(_("forklaring"), max_length=300, blank=True)
    live_on = models.DateField(_("i drift"), null=True, blank=True)
    early_because = models.CharField(
        _("i drift før etapen blev åbnet, fordi"), max_length=300, blank=True
    )
    early_told_by_name = models.CharField(max_length=160, blank=True)
    early_told_on = models.DateField(null=True, blank=True)
    planned_users = models.PositiveIntegerField(_("skal bruge det"))
    users_in_use = models.PositiveIntegerField(_("bruger det"), null=True, blank=True)
    counted_on = models.DateField(_("opgjort"), null=True, blank=True)
    old_way_closes_on = models.DateField(_("den gamle arbejdsgang lukker"), null=True, blank=True)
    old_way_closed_on = models.DateField(
        _("den gamle arbejdsgang er lukket"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("udrulning")
        ordering = ["planned_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative", "unit"],
                condition=models.Q(unit__isnull=False),
                name="one_rollout_a_unit",
            ),
            models.UniqueConstraint(
                fields=["organisation", "initiative", "place_name"],
                condition=~models.Q(place_name=""),
                name="one_rollout_a_municipality",
            ),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, place_name="")
                | (models.Q(unit__isnull=True) & ~models.Q(place_name="")),
                name="rollout_is_in_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(planned_users__gt=0), name="rollout_has_users"
            ),
            models.CheckConstraint(
                condition=models.Q(users_in_use__isnull=True) | models.Q(counted_on__isnull=False),
                name="rollout_count_has_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(late_cause="") | ~models.Q(late_note=""),
                name="late_rollout_says_why_in_words",
            ),
            models.CheckConstraint(
                condition=models.Q(early_because="")
                | (models.Q(live_on__isnull=False) & ~models.Q(early_told_by_name="")),
                name="early_rollout_is_live_and_told_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "live_on", "planned_on"]),
            models.Index(fields=["organisation", "stage"]),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="place_goes_live_in_an_open_stage",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_GOES_LIVE_IN_AN_OPEN_STAGE,
            )
        ]

    def __str__(self) -> str:
        return self.place_name or str(self.unit)


class ClosingDecision(TenantModel):
    """The named decision to close an initiative although it is not worked in yet."""

    initiative = TenantForeignKey(Initiative, related_name="closing_decisions")
    decided_by = TenantForeignKey("organisations.Person", related_name="+")
    decided_by_name = models.CharField(_("besluttet af"), max_length=160)
    reason = models.CharField(_("begrundelse"), max_length=400)
    hindrances = models.JSONField(default=list)
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = Moment(auto_now_add=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(decided_by_name="") & ~models.Q(reason=""),
                name="closing_is_decided_and_reasoned",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="closing_decision_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.decided_by_name}: {self.reason}"
