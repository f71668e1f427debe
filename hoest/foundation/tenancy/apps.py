"""Django app of the tenancy foundation."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """Tenancy has no tables of its own; it secures those of the others."""

    name = "hoest.foundation.tenancy"
    label = "tenancy"
