"""Gates: the phase model an initiative follows, what is shown, what deviates, what is decided.

A decision, an answered deviation and a phase model in use are final in the database.
Source: requirements ST-08, ST-09, ST-11, S-01, S-02, O-02.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.initiative import Initiative
from hoest.domain.portfolio.rules.gates import (
    WRITTEN_STATES,
    DeviationState,
    Outcome,
    Recommendation,
    Stance,
    WaitingKind,
)
from hoest.foundation.tenancy.fields import Moment, TenantForeignKey, TenantModel, VersionedModel


class PhaseModelVersion(VersionedModel):
    """A version of a phase model as its text; from the day it is taken into use it is final.

    The current version of a code is the last one in use. `is_default`: new initiatives follow it.
    """

    code = models.CharField(_("navn i teksten"), max_length=40)
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("modellen som tekst"))
    is_shipped = models.BooleanField(default=False)
    is_default = models.BooleanField(_("for alle nye initiativer"), default=False)
    written_by_name = models.CharField(max_length=160)
    in_use_since = models.DateTimeField(_("i brug siden"), null=True, blank=True)
    taken_by_name = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("fasemodel")
        ordering = ["code", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code", "number"], name="phase_model_number_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "code"],
                condition=models.Q(in_use_since__isnull=True),
                name="one_draft_a_phase_model",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="phase_model_in_use_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__in_use_since__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


class Course(TenantModel):
    """The version of a phase model an initiative follows, and the phase of it.

    An initiative without one follows the municipality's current model; it gets one the day the
    municipality changes its model, so that it keeps what it started with.
    """

    initiative = TenantForeignKey(Initiative, related_name="+")
    model_version = TenantForeignKey(PhaseModelVersion, related_name="+")
    phase_code = models.CharField(_("fase i modellen"), max_length=40, blank=True)
    since = Moment(auto_now_add=True)

    class Meta:
        verbose_name = _("forløb")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative"], name="one_course_an_initiative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.model_version} {self.phase_code}"


@pghistory.track()
class RequirementAnswer(VersionedModel):
    """What somebody wrote of one requirement of an initiative; former answers stay as history."""

    initiative = TenantForeignKey(Initiative, related_name="+")
    code = models.CharField(_("krav"), max_length=40)
    state = models.CharField(
        _("hvor langt"), max_length=14, choices=[(s.value, s.value) for s in WRITTEN_STATES]
    )
    stance = models.CharField(
        _("stilling"), max_length=14, blank=True, choices=[(s.value, s.value) for s in Stance]
    )
    choice = models.CharField(_("valg"), max_length=40, blank=True)
    link = models.CharField(_("hvor ligger det"), max_length=400, blank=True)
    dated_on = models.DateField(_("dato"), null=True, blank=True)
    made_by = models.CharField(_("hvem har lavet det"), max_length=160, blank=True)
    reason = models.CharField(_("begrundelse"), max_length=400, blank=True)
    answers = models.JSONField(default=list, blank=True)
    written_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    written_by_name = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("krav ved porten")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative", "code"], name="one_answer_a_requirement"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="not_relevant") | ~models.Q(reason=""),
                name="not_relevant_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(stance="deviates") | ~models.Q(reason=""),
                name="deviating_from_principle_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.state}"


class Deviation(VersionedModel):
    """Somebody asks that a requirement may wait until a day; an answer is final.

    The one who asks never answers her own: the database holds it for statutory ones.
    """

    initiative = TenantForeignKey(Initiative, related_name="+")
    code = models.CharField(_("krav"), max_length=40)
    is_statutory = models.BooleanField(_("lovkrav"))
    reason = models.CharField(_("begrundelse"), max_length=400)
    measures = models.CharField(_("det gør vi imens"), max_length=400, blank=True)
    ends_on = models.DateField(_("til og med"))
    asked_by = TenantForeignKey("organisations.Person", related_name="+")
    asked_by_name = models.CharField(max_length=160)
    asked_at = Moment(auto_now_add=True)
    state = models.CharField(
        _("svar"),
        max_length=10,
        choices=[(s.value, s.value) for s in DeviationState],
        default=DeviationState.ASKED,
    )
    answered_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    answered_by_name = models.CharField(max_length=160, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.CharField(_("begrundelse for svaret"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("fravigelse")
        ordering = ["ends_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative", "code"],
                condition=models.Q(state="asked"),
                name="one_asked_deviation_a_requirement",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="deviation_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(state="asked")
                | models.Q(answered_by__isnull=False, answered_at__isnull=False),
                name="answered_deviation_names_who",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved")
                | models.Q(is_statutory=False)
                | ~models.Q(answered_by=models.F("asked_by")),
                name="nobody_approves_her_own_statutory_deviation",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "initiative", "code"])]
        triggers = [
            pgtrigger.Protect(
                name="answered_deviation_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="asked"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.state}"


class GateRequest(VersionedModel):
    """Somebody asks for a decision at the gate of an initiative; at most one is open.

    A sponsor who may not decide because of the amount recommends, with her reason.
    """

    initiative = TenantForeignKey(Initiative, related_name="+")
    to_phase = models.CharField(_("til fasen"), max_length=40)
    note = models.CharField(_("til den, der afgør"), max_length=400, blank=True)
    asked_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    asked_by_name = models.CharField(max_length=160)
    asked_at = Moment(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    recommendation = models.CharField(
        _("sponsorens anbefaling"),
        max_length=8,
        blank=True,
        choices=[(one.value, one.value) for one in Recommendation],
    )
    recommended_because = models.CharField(_("begrundelse"), max_length=400, blank=True)
    recommended_by_name = models.CharField(max_length=160, blank=True)
    recommended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("ønske om afgørelse")
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recommendation="")
                | (
                    ~models.Q(recommended_because="")
                    & ~models.Q(recommended_by_name="")
                    & models.Q(recommended_at__isnull=False)
                ),
                name="recommendation_has_reason_name_and_time",
            ),
            models.UniqueConstraint(
                fields=["organisation", "initiative"],
                condition=models.Q(closed_at__isnull=True),
                name="one_open_request_an_initiative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_phase}"


class GateDecision(TenantModel):
    """What was decided at a gate, with everything it was decided on; never changed.

    `basis` is the whole gate as it stood (facts, requirements with states and sources, deviations,
    model and its version); `basis_hash` is SHA-256 of its canonical JSON.
    """

    initiative = TenantForeignKey(Initiative, related_name="+")
    outcome = models.CharField(
        _("afgørelse"), max_length=20, choices=[(o.value, o.value) for o in Outcome]
    )
    from_phase = models.CharField(max_length=40)
    to_phase = models.CharField(max_length=40)
    reason = models.CharField(_("begrundelse"), max_length=400, blank=True)
    conditions = models.CharField(_("vilkår"), max_length=400, blank=True)
    basis = models.JSONField()
    basis_hash = models.CharField(max_length=64)
    decided_by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    decided_by_name = models.CharField(max_length=160)
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("afgørelse ved en port")
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="go") | ~models.Q(reason=""),
                name="gate_decision_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="go_with_conditions") | ~models.Q(conditions=""),
                name="conditions_are_written",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "initiative", "-decided_at"])]
        triggers = [
            pgtrigger.Protect(
                name="gate_decision_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.decided_at:%Y-%m-%d}"


@pghistory.track()
class Waiting(VersionedModel):
    """An initiative that waits for something, by decision: it comes back on the review day."""

    initiative = TenantForeignKey(Initiative, related_name="+")
    decision = TenantForeignKey(GateDecision, null=True, related_name="+")
    kind = models.CharField(
        _("slags"), max_length=20, choices=[(k.value, k.value) for k in WaitingKind]
    )
    waits_for = models.CharField(_("venter på"), max_length=200)
    trigger = models.CharField(_("det sætter det i gang igen"), max_length=300)
    consequence = models.CharField(_("det koster at vente"), max_length=300)
    alternatives = models.CharField(_("fælles løsninger og andre veje"), max_length=400)
    since = models.DateField(_("venter siden"))
    review_on = models.DateField(_("ses på igen"))
    reviews = models.PositiveIntegerField(default=0, editable=False)
    ended_on = models.DateField(_("venter ikke mere fra"), null=True, blank=True)
    ended_because = models.CharField(_("fordi"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("det, der venter")
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative"],
                condition=models.Q(ended_on__isnull=True),
                name="one_open_waiting_an_initiative",
            ),
            models.CheckConstraint(
                condition=~models.Q(waits_for="")
                & ~models.Q(trigger="")
                & ~models.Q(consequence="")
                & ~models.Q(alternatives=""),
                name="waiting_says_for_what_and_at_what_cost",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "review_on"],
                condition=models.Q(ended_on__isnull=True),
                name="waiting_due",
            )
        ]

    def __str__(self) -> str:
        return self.waits_for
