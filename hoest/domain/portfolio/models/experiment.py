"""The experiment with its ceilings, its one extension and its one decision."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.idea import FINAL, Idea
from hoest.domain.portfolio.models.initiative import Initiative
from hoest.domain.portfolio.rules.experiments import ExperimentState
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel

PROMISED = ("hypothesis", "measure", "money_ceiling_dkk", "weeks_ceiling", "starts_on", "ends_on")
"""What was promised when the experiment began; it never changes, only the extension adds to it."""


@pghistory.track()
class Experiment(VersionedModel):
    """A small ship: what we believe, how we see it, and the most it may cost and last."""

    title = models.CharField(_("forsøg"), max_length=120)
    hypothesis = models.CharField(_("vi tror, at"), max_length=400)
    measure = models.CharField(_("det ser vi på"), max_length=300)
    money_ceiling_dkk = models.DecimalField(
        _("højst i kr."), max_digits=12, decimal_places=2, help_text=_("i det år, det begynder")
    )
    weeks_ceiling = models.PositiveSmallIntegerField(_("højst i uger"))
    starts_on = models.DateField(_("begynder"))
    ends_on = models.DateField(_("slutter senest"))
    limit_on = models.DateField(_("frist nu"))
    limit_dkk = models.DecimalField(_("ramme nu i kr."), max_digits=12, decimal_places=2)
    owner = TenantForeignKey(
        "organisations.Person", related_name="+", verbose_name=_("har ansvaret")
    )
    unit = TenantForeignKey("organisations.Unit", related_name="+", verbose_name=_("enhed"))
    idea = TenantForeignKey(Idea, null=True, related_name="experiments", verbose_name=_("idé"))
    initiative = TenantForeignKey(
        Initiative, null=True, related_name="+", verbose_name=_("initiativ")
    )
    spent_dkk = models.DecimalField(
        _("brugt i kr."), max_digits=12, decimal_places=2, null=True, blank=True
    )
    spent_on = models.DateField(_("opgjort"), null=True, blank=True)
    state = models.CharField(
        _("stand"),
        max_length=8,
        choices=[(one.value, one.value) for one in ExperimentState],
        default=ExperimentState.RUNNING,
    )

    class Meta:
        verbose_name = _("forsøg")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(hypothesis="") & ~models.Q(measure=""),
                name="experiment_says_what_it_believes",
            ),
            models.CheckConstraint(
                condition=models.Q(money_ceiling_dkk__gte=0, weeks_ceiling__gt=0),
                name="experiment_has_ceilings",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="experiment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(spent_dkk__isnull=True)
                | models.Q(spent_dkk__gte=0, spent_on__isnull=False),
                name="spending_has_a_day",
            ),
            models.UniqueConstraint(
                fields=["organisation", "idea"],
                condition=models.Q(state="running", idea__isnull=False),
                name="one_running_experiment_an_idea",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "limit_on"]),
            models.Index(fields=["organisation", "owner", "state"]),
            models.Index(fields=["organisation", "initiative"]),
        ]
        triggers = [
            pgtrigger.Protect(
                name="experiment_promise_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*PROMISED),
            )
        ]

    def __str__(self) -> str:
        return self.title


class ExperimentExtension(TenantModel):
    """The one extension an experiment can have, with its reason. The database allows no second."""

    experiment = TenantForeignKey(Experiment, related_name="extensions")
    ends_on = models.DateField(_("slutter senest"))
    limit_dkk = models.DecimalField(_("ramme i kr."), max_digits=12, decimal_places=2)
    reason = models.CharField(_("begrundelse"), max_length=400)
    by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("forlængelse")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "experiment"], name="one_extension_an_experiment"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="extension_has_a_reason"),
        ]
        triggers = [pgtrigger.Protect(name="extension_is_final", operation=FINAL)]

    def __str__(self) -> str:
        return f"{self.ends_on}: {self.reason}"


class ExperimentDecision(TenantModel):
    """The decision that ends an experiment: stop or scale, why, and what was learnt."""

    experiment = TenantForeignKey(Experiment, related_name="decisions")
    outcome = models.CharField(
        _("beslutning"), max_length=8, choices=[("stopped", "stopped"), ("scaled", "scaled")]
    )
    reason = models.CharField(_("begrundelse"), max_length=400)
    learnt = models.CharField(_("det lærte vi"), max_length=600)
    initiative = TenantForeignKey(Initiative, null=True, related_name="+")
    by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("beslutning om et forsøg")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "experiment"], name="one_decision_an_experiment"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(learnt=""),
                name="decision_has_reason_and_lesson",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="stopped") | models.Q(initiative__isnull=False),
                name="scaled_goes_to_an_initiative",
            ),
        ]
        triggers = [pgtrigger.Protect(name="experiment_decision_is_final", operation=FINAL)]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.learnt}"
