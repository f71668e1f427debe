"""Ethics screenings, and the stances of committees that later screenings are held against."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.trust.rules.ethics import EthicsDecision, ScreeningState
from hoest.foundation.tenancy.fields import TenantForeignKey, VersionedModel


@pghistory.track()
class CommitteeStance(VersionedModel):
    """A principle a committee has decided, in one sentence; retired, never rewritten."""

    body = TenantForeignKey("organisations.Body", related_name="+", verbose_name=_("udvalg"))
    principle = models.CharField(_("holdningen i én sætning"), max_length=300)
    explanation = models.CharField(_("hvorfor"), max_length=400, blank=True)
    decided_on = models.DateField(_("besluttet den"))
    reference = models.CharField(_("hvor beslutningen står"), max_length=200)
    retired_on = models.DateField(_("gælder ikke længere fra"), null=True, blank=True)

    class Meta:
        verbose_name = _("holdning")
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(principle="") & ~models.Q(reference=""),
                name="stance_says_what_and_where",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="stance_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="stance_is_not_rewritten",
                fields=["body", "principle", "explanation", "decided_on", "reference"],
            ),
        ]

    def __str__(self) -> str:
        return self.principle


_IS_DECIDED = models.Q(state=ScreeningState.DECIDED)


@pghistory.track()
class EthicsScreening(VersionedModel):
    """One screening of an initiative by one version of the instrument.

    `answers`: question -> {colour, note}; `consequences`: question -> {answer, note};
    `stances`: the stances that stood, each with its words and the answer to it.
    """

    initiative = TenantForeignKey("portfolio.Initiative", related_name="+")
    number = models.PositiveSmallIntegerField(_("nummer"))
    instrument = models.CharField(_("skemaets udgave"), max_length=40)
    state = models.CharField(
        _("status"),
        max_length=12,
        choices=[(s.value, s.value) for s in ScreeningState],
        default=ScreeningState.DRAFT,
    )
    answers = models.JSONField(default=dict)
    consequences = models.JSONField(default=dict)
    affected = models.JSONField(default=list)
    affected_note = models.CharField(_("hvordan de bliver berørt"), max_length=400, blank=True)
    dilemma = models.CharField(_("dilemmaet"), max_length=600, blank=True)
    stances = models.JSONField(default=list)
    begun_by_name = models.CharField(_("begyndt af"), max_length=160)
    begun_at = models.DateTimeField(_("begyndt"))
    decision = models.CharField(
        _("beslutning"),
        max_length=16,
        blank=True,
        choices=[(d.value, d.value) for d in EthicsDecision],
    )
    decision_text = models.CharField(_("beslutningen med ord"), max_length=600, blank=True)
    body = TenantForeignKey("organisations.Body", null=True, blank=True, related_name="+")
    decided_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    decided_by_name = models.CharField(_("besluttet af"), max_length=160, blank=True)
    decided_on = models.DateField(_("besluttet den"), null=True, blank=True)
    outcome = models.CharField(max_length=16, blank=True)
    published_where = models.CharField(_("offentliggjort"), max_length=200, blank=True)
    unpublished_because = models.CharField(_("ikke offentliggjort"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("dataetisk vurdering")
        ordering = ["initiative_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative", "number"], name="screening_number_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "initiative"],
                condition=models.Q(state=ScreeningState.DRAFT),
                name="one_screening_at_a_time",
            ),
            models.CheckConstraint(
                condition=~_IS_DECIDED
                | (
                    models.Q(decided_on__isnull=False)
                    & ~models.Q(decided_by_name="")
                    & ~models.Q(decision="")
                    & ~models.Q(decision_text="")
                    & (~models.Q(published_where="") | ~models.Q(unpublished_because=""))
                ),
                name="decided_screening_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="screening_state")]
        triggers = [
            pgtrigger.Protect(name="screening_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="decided_screening_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=ScreeningState.DECIDED.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} {self.number}"
