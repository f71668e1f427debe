"""Django app of the access foundation."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Accounts, invitations and the pages to sign in."""

    name = "hoest.foundation.access"
    label = "access"
