"""Candidates for automation, and the files they were read from.

Source: requirement G-11; the fields are those OS2autoproces has, and no more than are used.
"""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.idea import Idea
from hoest.domain.portfolio.models.initiative import Initiative
from hoest.domain.portfolio.rules.candidates import CandidateSource, CandidateState
from hoest.foundation.tenancy.fields import Moment, TenantForeignKey, TenantModel, VersionedModel


@pghistory.track()
class Candidate(VersionedModel):
    """A task that might do itself: how often, how long, how much of it; hours are computed."""

    title = models.CharField(_("opgave"), max_length=200)
    description = models.CharField(_("beskrivelse"), max_length=2000, blank=True)
    unit = TenantForeignKey(
        "organisations.Unit", null=True, blank=True, related_name="+", verbose_name=_("enhed")
    )
    source = models.CharField(
        _("kilde"), max_length=16, choices=[(s.value, s.value) for s in CandidateSource]
    )
    source_note = models.CharField(_("hvor det står"), max_length=200, blank=True)
    kle = models.CharField(_("KLE-nummer"), max_length=12, blank=True)
    times_per_year = models.DecimalField(
        _("gange om året"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    minutes_each = models.DecimalField(
        _("minutter hver gang"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    automation_share = models.DecimalField(
        _("andel, der kan ske af sig selv"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    measured_how = models.CharField(_("sådan er det talt"), max_length=300, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    outside_id = models.BigIntegerField(null=True, blank=True, editable=False)
    outside_phase = models.CharField(max_length=40, blank=True, editable=False)
    outside_status = models.CharField(max_length=40, blank=True, editable=False)
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in CandidateState],
        default=CandidateState.OPEN,
    )
    state_reason = models.CharField(_("begrundelse"), max_length=300, blank=True)
    initiative = TenantForeignKey(Initiative, null=True, blank=True, related_name="+")
    idea = TenantForeignKey(Idea, null=True, blank=True, related_name="+", verbose_name=_("idé"))

    class Meta:
        verbose_name = _("automatiseringskandidat")
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "outside_id"],
                condition=models.Q(outside_id__isnull=False),
                name="candidate_is_read_once",
            ),
            models.CheckConstraint(
                condition=models.Q(automation_share__isnull=True)
                | models.Q(automation_share__range=(0, 1)),
                name="candidate_share_is_a_share",
            ),
            models.CheckConstraint(
                condition=(models.Q(times_per_year__isnull=True) | models.Q(times_per_year__gte=0))
                & (models.Q(minutes_each__isnull=True) | models.Q(minutes_each__gte=0)),
                name="candidate_counts_nothing_negative",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=CandidateState.CHOSEN.value)
                | models.Q(initiative__isnull=False),
                name="chosen_candidate_has_its_initiative",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=CandidateState.DECLINED.value)
                | ~models.Q(state_reason=""),
                name="declined_candidate_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"]),
            models.Index(
                fields=["organisation", "idea"],
                condition=models.Q(idea__isnull=False),
                name="candidate_of_an_idea",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CandidateFile(TenantModel):
    """A workbook of candidates: its rows as read, or its faults, and what became of it."""

    file_name = models.CharField(_("fil"), max_length=200)
    rows = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    read_at = Moment(auto_now_add=True)
    read_by_name = models.CharField(max_length=160)
    taken_at = models.DateTimeField(null=True)
    taken_by_name = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("fil med kandidater")
        ordering = ["-read_at", "-id"]

    def __str__(self) -> str:
        return self.file_name
