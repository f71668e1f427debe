"""Tables of the guided case: answers, alternatives, assumptions, and how a line derives from them.

Everything hangs on a version and is held final with it by the database, as its lines are.
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.business_cases.models.versions import CaseLine, CaseVersion, follows_version
from hoest.domain.business_cases.rules.guide import LONGEST_NAME, LONGEST_SOURCE, LONGEST_UNIT
from hoest.foundation.provenance.models import SourcedModel
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel

KRONER: dict[str, Any] = {"max_digits": 16, "decimal_places": 2}


class Answer(TenantModel):
    """What somebody answered to one question of the guide, and when."""

    case_version = TenantForeignKey(CaseVersion, related_name="answers", on_delete=models.CASCADE)
    question = models.CharField(_("spørgsmål"), max_length=60)
    text = models.TextField(_("svar"), blank=True)
    person = TenantForeignKey("organisations.Person", null=True, related_name="+")
    answered_by_name = models.CharField(_("svaret af"), max_length=160)
    answered_at = models.DateTimeField(_("svaret"))
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("svar")
        ordering = ["question"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "case_version", "question"], name="question_answered_once"
            )
        ]
        triggers = [follows_version("answer_of_approved_is_final")]

    def __str__(self) -> str:
        return self.question


class Alternative(SourcedModel):
    """Another way to meet the need, or to do nothing; kroner in the price level of the version."""

    case_version = TenantForeignKey(
        CaseVersion, related_name="alternatives", on_delete=models.CASCADE
    )
    name = models.CharField(_("alternativ"), max_length=LONGEST_NAME)
    is_do_nothing = models.BooleanField(default=False)
    what = models.TextField(_("hvad det går ud på"), blank=True)
    one_off_dkk = models.DecimalField(_("engangsudgift"), null=True, blank=True, **KRONER)
    yearly_cost_dkk = models.DecimalField(_("udgift om året"), null=True, blank=True, **KRONER)
    yearly_benefit_dkk = models.DecimalField(_("gevinst om året"), null=True, blank=True, **KRONER)
    why = models.TextField(_("hvorfor det ikke er valgt"), blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("alternativ")
        ordering = ["-is_do_nothing", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "case_version", "name"], name="alternative_name_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "case_version"],
                condition=models.Q(is_do_nothing=True),
                name="do_nothing_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(one_off_dkk__lt=0)
                & ~models.Q(yearly_cost_dkk__lt=0)
                & ~models.Q(yearly_benefit_dkk__lt=0),
                name="alternative_is_not_negative",
            ),
        ]
        triggers = [follows_version("alternative_of_approved_is_final")]

    def __str__(self) -> str:
        return self.name


class Assumption(TenantModel):
    """A number a case rests on, with unit, source and date; or, without a value, a product."""

    case_version = TenantForeignKey(
        CaseVersion, related_name="assumptions", on_delete=models.CASCADE
    )
    name = models.CharField(_("forudsætning"), max_length=LONGEST_NAME)
    unit = models.CharField(_("enhed"), max_length=LONGEST_UNIT, blank=True)
    value = models.DecimalField(_("værdi"), max_digits=20, decimal_places=6, null=True, blank=True)
    source_text = models.CharField(_("kilde"), max_length=LONGEST_SOURCE, blank=True)
    dated_on = models.DateField(_("kildens dato"), null=True, blank=True)
    written_by_name = models.CharField(_("skrevet af"), max_length=160)
    written_at = models.DateTimeField(_("skrevet"))
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("forudsætning")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "case_version", "name"], name="assumption_name_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(value__lt=0), name="assumption_is_not_negative"
            ),
        ]
        triggers = [follows_version("assumption_of_approved_is_final")]

    def __str__(self) -> str:
        return self.name


_OF_ONE_VERSION = """
  if not exists (select 1 from business_cases_assumption a where a.id = new.factor_id
                   and a.case_version_id = new.case_version_id)
     or (new.line_id is not null and not exists (select 1 from business_cases_caseline l
           where l.id = new.line_id and l.case_version_id = new.case_version_id))
     or (new.product_id is not null and not exists (select 1 from business_cases_assumption a
           where a.id = new.product_id and a.case_version_id = new.case_version_id)) then
    raise exception 'a product and its factors are of one version';
  end if;
  return new;
"""


class Factor(TenantModel):
    """An assumption that a line or a product is made of: multiplied by it, or divided by it."""

    case_version = TenantForeignKey(CaseVersion, related_name="factors", on_delete=models.CASCADE)
    line = TenantForeignKey(CaseLine, null=True, related_name="factors", on_delete=models.CASCADE)
    product = TenantForeignKey(
        Assumption, null=True, related_name="factors", on_delete=models.CASCADE
    )
    factor = TenantForeignKey(Assumption, related_name="used_in", on_delete=models.CASCADE)
    divides = models.BooleanField(_("divideres"), default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(line__isnull=True, product__isnull=False)
                | models.Q(line__isnull=False, product__isnull=True),
                name="factor_of_a_line_or_of_a_product",
            ),
        ]
        triggers = [
            follows_version("factor_of_approved_is_final"),
            pgtrigger.Trigger(
                name="of_one_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_OF_ONE_VERSION,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}"


class RampYear(TenantModel):
    """The share of its full amount that a derived line has in one year."""

    case_version = TenantForeignKey(CaseVersion, related_name="+", on_delete=models.CASCADE)
    line = TenantForeignKey(CaseLine, related_name="ramp", on_delete=models.CASCADE)
    year = models.PositiveSmallIntegerField(_("år"))
    share = models.DecimalField(_("andel"), max_digits=7, decimal_places=4)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "line", "year"], name="ramp_share_once_per_year"
            ),
            models.CheckConstraint(
                condition=models.Q(share__gte=0) & models.Q(share__lte=10),
                name="ramp_share_in_range",
            ),
        ]
        triggers = [
            follows_version(
                "ramp_of_approved_is_final",
                "line_id",
                "(select l.case_version_id from business_cases_caseline l where l.id = {})",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.share}"
