"""The capacity ledger: hours asked for and offered, the limit of a unit, and who helps.

A role is a code of `content/capacity.yaml`; a person is never named. A quarter is its first day.
"""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.initiative import Initiative
from hoest.foundation.tenancy.fields import TenantForeignKey, VersionedModel

FIRST_MONTHS = (1, 4, 7, 10)


def _is_a_quarter(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(quarter__day=1, quarter__month__in=FIRST_MONTHS), name=name
    )


@pghistory.track()
class RoleDemand(VersionedModel):
    """The hours an initiative asks of a role in a quarter."""

    initiative = TenantForeignKey(Initiative, related_name="+", verbose_name=_("initiativ"))
    role = models.CharField(_("rolle"), max_length=40)
    quarter = models.DateField(_("kvartal"))
    hours = models.PositiveIntegerField(_("timer"))

    class Meta:
        verbose_name = _("behov for timer")
        ordering = ["quarter", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative", "role", "quarter"], name="role_demand_once"
            ),
            models.CheckConstraint(
                condition=models.Q(hours__gt=0) & ~models.Q(role=""), name="role_demand_is_hours"
            ),
            _is_a_quarter("role_demand_is_of_a_quarter"),
        ]
        indexes = [models.Index(fields=["organisation", "quarter", "role"])]

    def __str__(self) -> str:
        return f"{self.role} {self.quarter}: {self.hours}"


@pghistory.track()
class RoleSupply(VersionedModel):
    """The hours a unit, or the whole municipality together, offers of a role in a quarter."""

    role = models.CharField(_("rolle"), max_length=40)
    unit = TenantForeignKey(
        "organisations.Unit", null=True, blank=True, related_name="+", verbose_name=_("enhed")
    )
    quarter = models.DateField(_("kvartal"))
    hours = models.PositiveIntegerField(_("timer"))

    class Meta:
        verbose_name = _("timer til rådighed")
        ordering = ["quarter", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "role", "unit", "quarter"],
                nulls_distinct=False,
                name="role_supply_once",
            ),
            models.CheckConstraint(condition=~models.Q(role=""), name="role_supply_is_of_a_role"),
            _is_a_quarter("role_supply_is_of_a_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.quarter}: {self.hours}"


@pghistory.track()
class WorkLimit(VersionedModel):
    """How many initiatives a unit means to work on at once, in its own number."""

    unit = TenantForeignKey("organisations.Unit", related_name="+", verbose_name=_("enhed"))
    most = models.PositiveSmallIntegerField(_("højst i arbejde"))
    reason = models.CharField(_("begrundelse"), max_length=300)

    class Meta:
        verbose_name = _("grænse for samtidigt arbejde")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "unit"], name="work_limit_once"),
            models.CheckConstraint(
                condition=models.Q(most__gt=0) & ~models.Q(reason=""), name="work_limit_is_reasoned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.most}"


@pghistory.track()
class Cooperation(VersionedModel):
    """The answer "samarbejd" to a shortage: with whom, about what, and by when."""

    role = models.CharField(_("rolle"), max_length=40)
    quarter = models.DateField(_("kvartal"))
    partner = models.CharField(_("sammen med"), max_length=160)
    about = models.CharField(_("det deler vi"), max_length=300)
    ready_on = models.DateField(_("klar senest"))
    hours = models.PositiveIntegerField(_("timer, vi venter"), null=True, blank=True)
    owner = TenantForeignKey(
        "organisations.Person", null=True, blank=True, related_name="+", verbose_name=_("ansvarlig")
    )
    kept_on = models.DateField(_("på plads"), null=True, blank=True)
    dropped_on = models.DateField(_("opgivet"), null=True, blank=True)
    outcome = models.CharField(_("sådan gik det"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("samarbejde om en mangel")
        ordering = ["ready_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(role="") & ~models.Q(partner="") & ~models.Q(about=""),
                name="cooperation_says_with_whom_and_what",
            ),
            models.CheckConstraint(
                condition=models.Q(kept_on__isnull=True) | models.Q(dropped_on__isnull=True),
                name="cooperation_ends_in_one_way",
            ),
            _is_a_quarter("cooperation_is_of_a_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.about}"
