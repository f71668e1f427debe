"""The benefit and its profile."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.rules import BenefitType, Frequency, Verdict
from hoest.domain.benefits.rules.proof import LOWEST_PROOF, MethodGrade
from hoest.foundation.provenance.models import Source
from hoest.foundation.tenancy.fields import TenantForeignKey, VersionedModel


@pghistory.track()
class Benefit(VersionedModel):
    """A benefit that somebody promised. Its kroner stand on a line of the business case."""

    initiative = TenantForeignKey("portfolio.Initiative", related_name="+")
    key = models.CharField(_("nøgle"), max_length=60)
    title = models.CharField(_("titel"), max_length=200)
    benefit_type = models.CharField(
        _("gevinsttype"), max_length=20, choices=[(t.value, t.value) for t in BenefitType]
    )
    # An accepted negative effect (ulempe): followed as a benefit, counted apart, never harvested.
    is_disbenefit = models.BooleanField(_("ulempe"), default=False)
    unit = TenantForeignKey(
        "organisations.Unit", null=True, blank=True, related_name="+", verbose_name=_("enhed")
    )
    owner = TenantForeignKey(
        "organisations.Person",
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gevinstejer"),
    )
    owner_accepted_on = models.DateField(_("ejeren har sagt ja"), null=True, blank=True)
    owner_accepted_source = models.CharField(max_length=200, blank=True)
    indicator = models.CharField(_("indikator"), max_length=200, blank=True)
    measure_unit = models.CharField(_("måleenhed"), max_length=60, blank=True)
    baseline_value = models.DecimalField(
        _("baseline"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    baseline_on = models.DateField(_("baselinedato"), null=True, blank=True)
    target_value = models.DecimalField(
        _("mål"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    target_on = models.DateField(_("måldato"), null=True, blank=True)
    method = models.CharField(_("målemetode"), max_length=300, blank=True)
    frequency = models.CharField(
        _("frekvens"), max_length=10, blank=True, choices=[(f.value, f.value) for f in Frequency]
    )
    line_key = models.CharField(_("post"), max_length=200, blank=True)
    lapsed_on = models.DateField(_("bortfaldet"), null=True, blank=True)
    lapse_reason = models.CharField(_("begrundelse"), max_length=400, blank=True)
    # What the last effect estimate said; NULL until there is one. Noted by `note_effect` alone,
    # without a new version: nobody's open form is about it.
    effect_grade = models.PositiveSmallIntegerField(null=True, editable=False)
    effect_verdict = models.CharField(
        max_length=16, blank=True, editable=False, choices=[(v.value, v.value) for v in Verdict]
    )
    effect_on = models.DateField(null=True, editable=False)
    effect_shown_on = models.DateField(null=True, editable=False)
    extra = models.JSONField(default=dict, blank=True)
    source = TenantForeignKey(Source, null=True, related_name="+", editable=False)
    source_place = models.CharField(max_length=120, blank=True, editable=False)

    class Meta:
        verbose_name = _("gevinst")
        verbose_name_plural = _("gevinster")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="benefit_key_once"),
            models.CheckConstraint(
                condition=models.Q(lapsed_on__isnull=True) | ~models.Q(lapse_reason=""),
                name="lapse_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(owner_accepted_on__isnull=True) | models.Q(owner__isnull=False),
                name="only_an_owner_can_accept",
            ),
            # A line of the business case is a gain: a dis-benefit on it would be netted unseen.
            models.CheckConstraint(
                condition=models.Q(is_disbenefit=False) | models.Q(line_key=""),
                name="a_disbenefit_counts_no_line",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    effect_grade__isnull=True, effect_verdict="", effect_on__isnull=True
                )
                | models.Q(
                    effect_grade__range=(int(min(MethodGrade)), int(max(MethodGrade))),
                    effect_verdict__in=[v.value for v in Verdict],
                    effect_on__isnull=False,
                ),
                name="an_effect_is_noted_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(effect_verdict=Verdict.SHOWN.value)
                | models.Q(effect_grade__gte=int(LOWEST_PROOF)),
                name="nothing_is_shown_uncompared",
            ),
            models.CheckConstraint(
                condition=models.Q(effect_shown_on__isnull=True)
                | models.Q(
                    effect_verdict=Verdict.SHOWN.value,
                    effect_grade__gte=int(LOWEST_PROOF),
                    effect_shown_on__lte=models.F("effect_on"),
                ),
                name="a_shown_effect_was_shown",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "initiative"]),
            models.Index(fields=["organisation", "owner"]),
        ]

    def __str__(self) -> str:
        return self.title
