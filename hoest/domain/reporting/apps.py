"""Django app of reporting."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The harvest account."""

    name = "hoest.domain.reporting"
    label = "reporting"
