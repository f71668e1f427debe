"""The account: what signs in. Names and roles live with the person in each municipality."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountQuerySet(BaseUserManager["Account"]):
    """Creates accounts; the address is stored in lower case."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> Account:
        """Create an account that can sign in with its e-mail address."""
        account = self.model(email=email.strip().lower(), **extra)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A sign-in: an e-mail address with its means of proof."""

    email = models.EmailField(_("e-mail"), unique=True)
    is_active = models.BooleanField(_("aktiv"), default=True)
    is_operator = models.BooleanField(_("driver installationen"), default=False)
    language = models.CharField(_("sprog"), max_length=5, default="da")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountQuerySet()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("konto")
        verbose_name_plural = _("konti")

    def __str__(self) -> str:
        return self.email

    @property
    def is_staff(self) -> bool:
        """Høst has no admin site; nobody is staff."""
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Answer no: permissions come from roles in a municipality."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Answer no, as `has_perm`."""
        return False
