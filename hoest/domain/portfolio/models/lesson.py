"""Lessons: what was promised, what came, why, and what we would do again; shared by decision.

A lesson that is shared is copied as it stands, so that nothing written later leaves the
municipality by itself. Other municipalities read the copies and never the lessons.
Source: requirement F-05; docs/decisions/0015-shared-lessons.md.
"""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.initiative import Initiative
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel


class LessonText(TenantModel):
    """The five texts a lesson and its shared copy have."""

    title = models.CharField(_("sidst vi gjorde …"), max_length=160)
    promised = models.CharField(_("det lovede vi"), max_length=800, blank=True)
    came = models.CharField(_("det kom der"), max_length=800)
    why = models.CharField(_("derfor blev det sådan"), max_length=800)
    again = models.CharField(_("det ville vi gøre igen"), max_length=800, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Lesson(LessonText, VersionedModel):
    """What an initiative or other work taught this municipality."""

    initiative = TenantForeignKey(
        Initiative, null=True, blank=True, related_name="+", verbose_name=_("initiativ")
    )
    learnt_on = models.DateField(_("dato"))
    written_by_name = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("erfaring")
        ordering = ["-learnt_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(title="") & ~models.Q(came="") & ~models.Q(why=""),
                name="lesson_says_what_came_and_why",
            )
        ]


class SharedLesson(LessonText):
    """The copy of a lesson that all municipalities of the installation may read."""

    lesson = TenantForeignKey(Lesson, related_name="+")
    municipality_name = models.CharField(max_length=160)
    learnt_on = models.DateField()
    shared_on = models.DateField()
    shared_by_name = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("delt erfaring")
        ordering = ["-shared_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "lesson"], name="lesson_is_shared_once")
        ]
