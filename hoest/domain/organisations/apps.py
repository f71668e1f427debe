"""Django app of organisations."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Municipalities, units, people."""

    name = "hoest.domain.organisations"
    label = "organisations"
