"""The need statement, what it is tied to, and the tests of what was only assumed."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.idea import FINAL, Idea
from hoest.domain.portfolio.models.initiative import Initiative
from hoest.domain.portfolio.rules.needs import Evidence, TestOutcome
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel


@pghistory.track()
class Need(VersionedModel):
    """Who needs what, and what we know it from."""

    statement = models.CharField(_("behov"), max_length=400)
    evidence = models.CharField(
        _("det ved vi fra"), max_length=12, choices=[(one.value, one.value) for one in Evidence]
    )
    evidence_told = models.CharField(_("grundlag"), max_length=400, blank=True)
    unit = TenantForeignKey("organisations.Unit", related_name="+", verbose_name=_("enhed"))
    written_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    written_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("behov")
        constraints = [
            models.CheckConstraint(condition=~models.Q(statement=""), name="need_is_stated"),
            models.CheckConstraint(
                condition=models.Q(evidence="assumption") | ~models.Q(evidence_told=""),
                name="need_tells_its_evidence",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "evidence"]),
            models.Index(fields=["organisation", "unit"]),
        ]

    def __str__(self) -> str:
        return self.statement


class NeedTie(TenantModel):
    """A need belongs to an idea or to an initiative."""

    need = TenantForeignKey(Need, related_name="ties")
    idea = TenantForeignKey(Idea, null=True, related_name="need_ties")
    initiative = TenantForeignKey(Initiative, null=True, related_name="need_ties")

    class Meta:
        verbose_name = _("tilknytning")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(idea__isnull=True, initiative__isnull=False)
                | models.Q(idea__isnull=False, initiative__isnull=True),
                name="need_is_tied_to_one_thing",
            ),
            models.UniqueConstraint(
                fields=["organisation", "need", "idea", "initiative"],
                nulls_distinct=False,
                name="need_is_tied_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id}"


class NeedTest(TenantModel):
    """What was tried to test a need, what it showed, when and by whom. It stays."""

    __test__ = False

    need = TenantForeignKey(Need, related_name="tests")
    tried = models.CharField(_("det prøvede vi"), max_length=400)
    outcome = models.CharField(
        _("det viste sig"), max_length=8, choices=[(one.value, one.value) for one in TestOutcome]
    )
    result = models.CharField(_("det så vi"), max_length=400)
    on = models.DateField(_("dato"))
    by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("afprøvning")
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(tried="") & ~models.Q(result=""), name="test_tells_what_it_saw"
            )
        ]
        indexes = [models.Index(fields=["organisation", "need", "on"])]
        triggers = [pgtrigger.Protect(name="need_test_is_final", operation=FINAL)]

    def __str__(self) -> str:
        return f"{self.outcome} {self.on}"
