"""Outcome pools: what there is to take from, and what each benefit has claimed of it.

The database keeps the sum of the claims in `claimed` by a trigger, and a check holds it within the
total. Two transactions that claim at once wait for each other on the pool's row, so the sum holds
under any order; no form and no action is needed for that.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.models.facts import NOT_UNDOING
from hoest.domain.benefits.models.profile import Benefit
from hoest.domain.benefits.rules.pools import PoolMeasure
from hoest.foundation.tenancy.fields import TenantForeignKey, VersionedModel

_COUNT = """
  if tg_op <> 'INSERT' then
    if old.released_on is null then
      update benefits_outcomepool set claimed = claimed - old.amount where id = old.pool_id;
    end if;
  end if;
  if tg_op <> 'DELETE' then
    if new.released_on is null then
      update benefits_outcomepool set claimed = claimed + new.amount where id = new.pool_id;
    end if;
  end if;
  return null;
"""


@pghistory.track()
class OutcomePool(VersionedModel):
    """Hours or kroner a year that benefits are taken from, such as evening hours of home care."""

    name = models.CharField(_("navn"), max_length=160)
    unit = TenantForeignKey(
        "organisations.Unit", null=True, blank=True, related_name="+", verbose_name=_("enhed")
    )
    measure = models.CharField(
        _("måles i"), max_length=6, choices=[(m.value, m.value) for m in PoolMeasure]
    )
    total = models.DecimalField(_("i alt om året"), max_digits=16, decimal_places=2)
    price_level = models.PositiveSmallIntegerField(_("pris- og lønniveau"), null=True, blank=True)
    source_text = models.CharField(_("kilde"), max_length=300)
    source_on = models.DateField(_("opgjort den"))
    claimed = models.DecimalField(max_digits=16, decimal_places=2, default=0, editable=False)

    class Meta:
        verbose_name = _("pulje")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "measure"], name="pool_name_once"
            ),
            models.CheckConstraint(condition=models.Q(total__gt=0), name="pool_is_not_empty"),
            models.CheckConstraint(
                condition=models.Q(claimed__gte=0) & models.Q(claimed__lte=models.F("total")),
                name="claims_stay_within_the_pool",
            ),
            models.CheckConstraint(
                condition=(models.Q(measure="hours") & models.Q(price_level__isnull=True))
                | (models.Q(measure="dkk") & models.Q(price_level__isnull=False)),
                name="pool_of_kroner_has_a_price_level",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="claimed_is_counted",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "pg_catalog.pg_trigger_depth() = 0 and OLD.claimed is distinct from NEW.claimed"
                ),
            ),
            pgtrigger.Protect(
                name="a_pool_begins_unclaimed",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.claimed <> 0"),
            ),
            pgtrigger.Protect(
                name="a_claimed_pool_keeps_its_measure",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.measure <> NEW.measure and (NEW.claimed <> 0 or OLD.claimed <> 0)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class PoolClaim(VersionedModel):
    """What one benefit takes of a pool each year. Let go with a reason, never deleted."""

    pool = TenantForeignKey(OutcomePool, related_name="claims")
    benefit = TenantForeignKey(Benefit, related_name="claims")
    amount = models.DecimalField(_("om året"), max_digits=16, decimal_places=2)
    claimed_on = models.DateField()
    claimed_by_name = models.CharField(max_length=160)
    released_on = models.DateField(null=True, blank=True)
    released_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("andel af en pulje")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="a_claim_takes_something"
            ),
            models.UniqueConstraint(
                fields=["organisation", "pool", "benefit"],
                condition=models.Q(released_on__isnull=True),
                name="one_claim_of_a_pool",
            ),
            models.CheckConstraint(
                condition=models.Q(released_on__isnull=True) | ~models.Q(released_reason=""),
                name="a_release_has_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="claims_are_counted",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_COUNT,
            ),
            pgtrigger.Protect(
                name="claim_is_not_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition(NOT_UNDOING),
            ),
            pgtrigger.Protect(
                name="a_release_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.released_on is not null"),
            ),
            pgtrigger.ReadOnly(name="a_claim_stays_where_it_is", fields=["pool", "benefit"]),
        ]

    def __str__(self) -> str:
        return f"{self.benefit_id}: {self.amount}"
