"""Tables of reporting: what a person does with her week."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel


class SetAside(TenantModel):
    """Something a person put aside in her week until a day; nobody else sees it."""

    person = TenantForeignKey("organisations.Person", related_name="+")
    need = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    until = models.DateField(_("til"))
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("udsat ting")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "need", "subject_id"], name="set_aside_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.need} {self.subject_id} til {self.until}"


class PassedOn(TenantModel):
    """Something a person asked another one to take care of; it stands in that one's week.

    Over when it is taken back or answered, or when what was needed then is met: `occurrence` says
    which time it was, so that next month's measurement is not passed on with this month's.
    """

    need = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    from_person = TenantForeignKey("organisations.Person", related_name="+")
    from_name = models.CharField(max_length=160)
    to_person = TenantForeignKey("organisations.Person", related_name="+")
    to_name = models.CharField(max_length=160)
    note = models.CharField(_("besked"), max_length=300, blank=True)
    occurrence = models.CharField(max_length=40, blank=True)
    passed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(_("svar"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("sendt videre")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "from_person", "need", "subject_id"],
                condition=models.Q(ended_at__isnull=True),
                name="passed_on_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(from_person=models.F("to_person")),
                name="passed_on_to_another",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "to_person"])]

    def __str__(self) -> str:
        return f"{self.need} {self.subject_id}: {self.from_name} til {self.to_name}"
