"""Tables of taking home: agreements, their amounts and steps. What is decided is final here."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.models.facts import NOT_UNDOING
from hoest.domain.benefits.models.profile import Benefit
from hoest.domain.benefits.rules.takeout import Basis, TakeoutKind, TakeoutStatus
from hoest.foundation.provenance.models import SourcedModel
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel

_MAY_CHANGE = "array['status', 'version', 'changed_at', 'withdrawn_on', 'withdrawn_reason']"
_IS_DECIDED = models.Q(status__in=[TakeoutStatus.DECIDED, TakeoutStatus.BOOKED])


@pghistory.track()
class TakeoutAgreement(VersionedModel, SourcedModel):
    """An agreement to take a benefit home: how, how much a year, from where, and who decided.

    A change of what is decided is an agreement of its own upon the first one (`base`), a layer; its
    amounts are the difference. The terms of the model are kept as they were when it was made.
    """

    benefit = TenantForeignKey(Benefit, related_name="agreements")
    number = models.PositiveSmallIntegerField(_("nummer"))
    base = TenantForeignKey("self", null=True, blank=True, related_name="layers")
    kind = models.CharField(
        _("sådan tages den hjem"), max_length=20, choices=[(k.value, k.value) for k in TakeoutKind]
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=[(s.value, s.value) for s in TakeoutStatus],
        default=TakeoutStatus.UNDECIDED,
    )
    unit = TenantForeignKey("organisations.Unit", related_name="+", verbose_name=_("enhed"))
    budget_place = models.CharField(_("budgetsted"), max_length=120, blank=True)
    account = models.CharField(_("kontostreng"), max_length=60, blank=True)
    named_use = models.CharField(_("anvendelse"), max_length=300, blank=True)
    price_level = models.PositiveSmallIntegerField(_("pris- og lønniveau"), null=True, blank=True)
    is_lasting = models.BooleanField(_("varig"), default=True)
    model = models.CharField(_("model"), max_length=60)
    model_label = models.CharField(max_length=160)
    basis = models.CharField(max_length=12, choices=[(b.value, b.value) for b in Basis])
    take_share = models.DecimalField(max_digits=9, decimal_places=6)
    unit_carries_share = models.DecimalField(max_digits=7, decimal_places=6)
    bank_share = models.DecimalField(max_digits=7, decimal_places=6)
    expenditure_dkk = models.DecimalField(
        _("serviceudgift"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    decided_by_name = models.CharField(_("besluttet af"), max_length=160, blank=True)
    body = TenantForeignKey("organisations.Body", null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("besluttet den"), null=True, blank=True)
    legal_basis = models.CharField(_("hjemmel"), max_length=200, blank=True)
    reference = models.CharField(_("hvor beslutningen står"), max_length=200, blank=True)
    reason = models.CharField(_("begrundelse"), max_length=300, blank=True)
    recorded_by_name = models.CharField(max_length=160, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_on = models.DateField(_("trukket tilbage"), null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("hjemtagningsaftale")
        verbose_name_plural = _("hjemtagningsaftaler")
        ordering = ["benefit_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "benefit", "number"], name="takeout_number_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "base"],
                condition=models.Q(status__in=["undecided", "discussed"], withdrawn_on=None),
                name="one_open_layer_at_a_time",
            ),
            models.CheckConstraint(
                condition=~_IS_DECIDED
                | (
                    models.Q(decided_on__isnull=False)
                    & ~models.Q(decided_by_name="")
                    & ~models.Q(reference="")
                ),
                name="decided_takeout_names_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["named_hours", "quality_kept"])
                | models.Q(price_level__isnull=False),
                name="takeout_kroner_have_a_price_level",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=True) | ~models.Q(withdrawn_reason=""),
                name="takeout_withdrawal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    take_share__range=(0, 1),
                    unit_carries_share__range=(0, 1),
                    bank_share__range=(0, 1),
                ),
                name="takeout_shares_are_shares",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "unit"])]
        triggers = [
            pgtrigger.Protect(
                name="takeout_is_not_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition(NOT_UNDOING),
            ),
            pgtrigger.Trigger(
                name="decided_takeout_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.status in ('decided', 'booked') or OLD.withdrawn_on is not null"
                ),
                func=f"""
                  if old.withdrawn_on is not null
                     or (to_jsonb(new) - {_MAY_CHANGE}) <> (to_jsonb(old) - {_MAY_CHANGE})
                     or not (new.status = old.status
                             or (old.status = 'decided' and new.status = 'booked'))
                  then
                    raise exception 'a decided or withdrawn take-out agreement is final';
                  end if;
                  return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model_label} {self.number}"


_AMOUNT_IS_FINAL = """
  perform 1 from benefits_takeoutagreement a
   where a.id in (new.agreement_id, old.agreement_id)
     and (a.status in ('decided', 'booked') or a.withdrawn_on is not null) for share;
  if found then
    raise exception 'the amounts of a decided or withdrawn take-out agreement are final';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
"""


class TakeoutAmount(TenantModel):
    """What an agreement takes in one year: kroner or hours, never both."""

    agreement = TenantForeignKey(TakeoutAgreement, related_name="amounts")
    year = models.PositiveSmallIntegerField(_("år"))
    amount_dkk = models.DecimalField(
        _("beløb"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    hours = models.DecimalField(_("timer"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "agreement", "year"], name="takeout_year_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_dkk__isnull=False, hours__isnull=True)
                | models.Q(amount_dkk__isnull=True, hours__isnull=False),
                name="takeout_is_kroner_or_hours",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="decided_amount_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                  if coalesce(nullif(current_setting('hoest.undoing_import', true), ''), '0') <> '0'
                  then
                    if tg_op = 'DELETE' then return old; end if;
                    return new;
                  end if;
                  {_AMOUNT_IS_FINAL}
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.hours if self.amount_dkk is None else self.amount_dkk}"

    @property
    def amount(self) -> object:
        """The amount in the measure of the agreement."""
        return self.hours if self.amount_dkk is None else self.amount_dkk


class TakeoutStep(TenantModel):
    """A status an agreement got on a day, by whom, and what was lacking then (G-07)."""

    agreement = TenantForeignKey(TakeoutAgreement, related_name="steps")
    status = models.CharField(max_length=12, choices=[(s.value, s.value) for s in TakeoutStatus])
    on = models.DateField(_("dato"))
    by_name = models.CharField(max_length=160, blank=True)
    note = models.CharField(_("bemærkning"), max_length=300, blank=True)
    lacked = models.JSONField(default=list, blank=True)
    recorded_by_name = models.CharField(max_length=160, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "id"]
        triggers = [
            pgtrigger.Protect(
                name="takeout_step_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition(NOT_UNDOING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.on}"
