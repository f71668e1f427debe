"""The idea, its steps, its photo and its assessment; the deadline of a unit; anonymous flags."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.initiative import Initiative
from hoest.domain.portfolio.rules.ideas import Frequency, IdeaState, StepKind
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel

FINAL = pgtrigger.Update | pgtrigger.Delete


@pghistory.track()
class Idea(VersionedModel):
    """What somebody at work has seen: a problem, for whom and how often.

    `asked` is who is to answer now, by `due_on`. `moved_on` is the day of the last step.
    """

    title = models.CharField(_("idé"), max_length=120)
    problem = models.CharField(_("problem"), max_length=1000)
    for_whom = models.CharField(_("for hvem"), max_length=200)
    how_often = models.CharField(
        _("hvor tit"), max_length=16, choices=[(one.value, one.value) for one in Frequency]
    )
    suggestion = models.CharField(_("forslag"), max_length=1000, blank=True)
    unit = TenantForeignKey("organisations.Unit", related_name="+", verbose_name=_("enhed"))
    giver = TenantForeignKey(
        "organisations.Person", null=True, related_name="+", verbose_name=_("givet af")
    )
    giver_name = models.CharField(_("givet af"), max_length=160)
    given_on = models.DateField(_("givet"))
    state = models.CharField(
        _("stand"),
        max_length=12,
        choices=[(one.value, one.value) for one in IdeaState],
        default=IdeaState.WAITING,
    )
    asked = TenantForeignKey(
        "organisations.Person", null=True, related_name="+", verbose_name=_("skal svare")
    )
    asked_before = models.JSONField(default=list, blank=True)
    due_on = models.DateField(_("svar senest"), null=True)
    moved_on = models.DateField(_("sidste skridt"))
    sponsor = TenantForeignKey(
        "organisations.Person", null=True, related_name="+", verbose_name=_("sponsor")
    )
    is_shared = models.BooleanField(_("delt i kommunen"), default=False)
    initiative = TenantForeignKey(
        Initiative, null=True, related_name="+", verbose_name=_("initiativ")
    )

    class Meta:
        verbose_name = _("idé")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(problem="") & ~models.Q(for_whom="") & ~models.Q(title=""),
                name="idea_says_problem_and_for_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("waiting", "declined"))
                | models.Q(sponsor__isnull=False),
                name="idea_beyond_the_answer_has_a_sponsor",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="adopted") | models.Q(initiative__isnull=False),
                name="adopted_idea_has_an_initiative",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "due_on"]),
            models.Index(fields=["organisation", "-given_on", "-id"]),
            models.Index(fields=["organisation", "unit"]),
            models.Index(fields=["organisation", "giver"]),
            models.Index(fields=["organisation", "initiative"]),
        ]

    def __str__(self) -> str:
        return self.title


class IdeaStep(TenantModel):
    """One step of an idea, in words its giver reads. What was said stays."""

    idea = TenantForeignKey(Idea, related_name="steps")
    kind = models.CharField(max_length=16, choices=[(one.value, one.value) for one in StepKind])
    told = models.CharField(max_length=600, blank=True)
    by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("skridt")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=("sponsored", "declined")) | ~models.Q(told=""),
                name="answer_has_a_reason",
            )
        ]
        indexes = [models.Index(fields=["organisation", "idea", "at"])]
        triggers = [pgtrigger.Protect(name="idea_step_is_final", operation=FINAL)]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class IdeaPhoto(TenantModel):
    """The photo of an idea, drawn anew by us: without place and without anything hidden."""

    idea = TenantForeignKey(Idea, related_name="+")
    content = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_in_at = models.DateTimeField()

    class Meta:
        verbose_name = _("billede")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "idea"], name="one_photo_an_idea")
        ]

    def __str__(self) -> str:
        return f"{self.width} × {self.height}"


class IdeaScore(TenantModel):
    """A value on one scale with the written reason, and the anchor as it read that day.

    A new assessment stands beside the old one; values of different scales are never added.
    """

    idea = TenantForeignKey(Idea, related_name="scores")
    scale = models.CharField(_("skala"), max_length=40)
    value = models.PositiveSmallIntegerField(_("trin"))
    anchor = models.CharField(_("trinnets ord"), max_length=300)
    reason = models.CharField(_("begrundelse"), max_length=400)
    by = TenantForeignKey("organisations.Person", null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("vurdering")
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="score_has_a_reason")
        ]
        indexes = [models.Index(fields=["organisation", "scale", "idea", "-id"])]
        triggers = [pgtrigger.Protect(name="idea_score_is_final", operation=FINAL)]

    def __str__(self) -> str:
        return f"{self.scale} {self.value}"


@pghistory.track()
class AnswerDays(VersionedModel):
    """How many days a unit, and those below it, has to answer an idea."""

    unit = TenantForeignKey("organisations.Unit", related_name="+", verbose_name=_("enhed"))
    days = models.PositiveSmallIntegerField(_("dage til et svar"))

    class Meta:
        verbose_name = _("svarfrist")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "unit"], name="one_deadline_a_unit"),
            models.CheckConstraint(
                condition=models.Q(days__range=(1, 90)), name="deadline_is_within_a_quarter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.days}"


class StuckDay(TenantModel):
    """How many said on a day that an idea stands still. Nobody can be found from it.

    No person, no moment, no address and no history is kept; see docs/explanation/ideer.md.
    """

    idea = TenantForeignKey(Idea, related_name="+")
    on = models.DateField()
    flags = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("står i stampe")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "idea", "on"], name="one_count_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.flags}"
