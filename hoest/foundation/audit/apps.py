"""Django app of the audit foundation."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The log of acts."""

    name = "hoest.foundation.audit"
    label = "audit"
