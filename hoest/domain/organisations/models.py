"""Tables of organisations: the tenant, its units, committees, people, roles and memberships."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.rules import BodyKind, UnitKind
from hoest.foundation.access.roles import ROLES
from hoest.foundation.tenancy.fields import (
    Moment,
    TenantForeignKey,
    TenantModel,
    VersionedModel,
)


class Organisation(models.Model):
    """A municipality on this installation: the tenant. Holds public facts only."""

    code = models.CharField(_("kommunekode"), max_length=4, unique=True)
    name = models.CharField(_("navn"), max_length=120)
    municipality_name = models.CharField(max_length=80)
    region = models.CharField(_("region"), max_length=60, blank=True)
    group_name = models.CharField(_("kommunegruppe"), max_length=60, blank=True)
    is_fictional = models.BooleanField(default=False)
    # Set when the row is made and never after: only a demo's rows may be removed for good.
    is_demo = models.BooleanField(default=False)
    created_at = Moment(auto_now_add=True)

    class Meta:
        verbose_name = _("kommune")
        # Taken away or renumbered, a real municipality could come back as a demo.
        triggers = [
            pgtrigger.ReadOnly(name="demo_mark_is_final", fields=["is_demo"]),
            pgtrigger.ReadOnly(name="municipality_keeps_its_numbers", fields=["id", "code"]),
            pgtrigger.Protect(name="municipality_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Unit(VersionedModel):
    """A department, section or team."""

    name = models.CharField(_("navn"), max_length=160)
    kind = models.CharField(
        _("niveau"), max_length=12, choices=[(k.value, k.value) for k in UnitKind]
    )
    parent = TenantForeignKey("self", null=True, blank=True, related_name="children")
    closed_on = models.DateField(_("nedlagt"), null=True, blank=True)

    class Meta:
        verbose_name = _("enhed")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "parent", "name"],
                nulls_distinct=False,
                name="unit_name_once_under_parent",
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="unit_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Body(VersionedModel):
    """A committee or board."""

    name = models.CharField(_("navn"), max_length=160)
    kind = models.CharField(
        _("slags"), max_length=20, choices=[(k.value, k.value) for k in BodyKind]
    )
    closed_on = models.DateField(_("nedlagt"), null=True, blank=True)

    class Meta:
        verbose_name = _("udvalg")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="body_name_once")
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Person(VersionedModel):
    """A person in this municipality. The account is how she signs in, if she does."""

    name = models.CharField(_("navn"), max_length=160)
    email = models.EmailField(_("e-mail"), blank=True)
    title = models.CharField(_("stilling"), max_length=160, blank=True)
    unit = TenantForeignKey(Unit, null=True, blank=True, related_name="people")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    left_on = models.DateField(_("fratrådt"), null=True, blank=True)

    class Meta:
        verbose_name = _("person")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=~models.Q(email=""),
                name="person_email_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "account"],
                condition=models.Q(account__isnull=False),
                name="person_account_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class RoleAssignment(TenantModel):
    """A role of a person, for the municipality or for one unit and all below it."""

    person = TenantForeignKey(Person, related_name="assignments", on_delete=models.CASCADE)
    role = models.CharField(
        _("rolle"), max_length=30, choices=[(code, code) for code in sorted(ROLES)]
    )
    unit = TenantForeignKey(Unit, null=True, blank=True, related_name="+")
    given_at = Moment(auto_now_add=True)

    class Meta:
        verbose_name = _("rolletildeling")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "role", "unit"],
                nulls_distinct=False,
                name="role_once_per_person_and_unit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"


class Membership(TenantModel):
    """Which municipalities an account reaches; readable by the account before one is chosen."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    person = TenantForeignKey(Person, related_name="+", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "account"], name="membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} i {self.organisation_id}"


class Invitation(TenantModel):
    """An invitation by e-mail to sign in as a person; only the hash of its secret is kept."""

    person = TenantForeignKey(Person, related_name="+", on_delete=models.CASCADE)
    email = models.EmailField(_("e-mail"))
    secret_sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        indexes = [models.Index(fields=["organisation", "secret_sha256"])]

    def __str__(self) -> str:
        return self.email
