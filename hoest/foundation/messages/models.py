"""Tables of messages: the message, the digest of a day, the link of a mail, a person's choice."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.foundation.messages.rules import Rhythm
from hoest.foundation.tenancy.fields import Moment, TenantForeignKey, TenantModel

PERSON = "organisations.Person"


class Digest(TenantModel):
    """The one mail of a day to a person. `letter_id` is its Message-ID, the same at every try."""

    person = TenantForeignKey(PERSON, related_name="+")
    on = models.DateField()
    letter_id = models.CharField(max_length=200)
    made_at = Moment(auto_now_add=True)
    tries = models.PositiveSmallIntegerField(default=0)
    handed_over_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_to = models.EmailField(blank=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "on"], name="one_digest_a_day"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="sent_digest_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__sent_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.on}"


class Message(TenantModel):
    """One thing to tell one person. `key` makes the same thing told twice one message."""

    person = TenantForeignKey(PERSON, related_name="+")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    sentence = models.CharField(max_length=400, blank=True)
    path = models.CharField(max_length=300)
    key = models.CharField(max_length=200, blank=True)
    queued_at = Moment(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    digest = TenantForeignKey(Digest, null=True, related_name="messages")

    class Meta:
        verbose_name = _("besked")
        ordering = ["queued_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "key"],
                condition=~models.Q(key=""),
                name="message_told_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "person"],
                condition=models.Q(digest__isnull=True, withdrawn_at__isnull=True),
                name="messages_that_wait",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class SignInLink(TenantModel):
    """A link of a mail: whom it signs in and to which page. Only the hash of its secret is kept."""

    person = TenantForeignKey(PERSON, related_name="+")
    message = TenantForeignKey(Message, related_name="+")
    secret_sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=300)
    made_at = Moment(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "secret_sha256"], name="link_secret_once"
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="link_is_final", exclude=["used_at"]),
            pgtrigger.Protect(
                name="link_is_used_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__used_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.path


class MailChoice(TenantModel):
    """How often a person wants mail, and until when she is away."""

    person = TenantForeignKey(PERSON, related_name="+")
    rhythm = models.CharField(
        max_length=10, default=Rhythm.DAILY, choices=[(r.value, r.value) for r in Rhythm]
    )
    weekday = models.PositiveSmallIntegerField(default=0)
    since = models.DateField(null=True)
    away_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="one_choice_a_person"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="weekday_of_a_week"),
        ]

    def __str__(self) -> str:
        return self.rhythm
