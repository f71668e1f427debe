"""Django app of benefits."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    """Benefits and the ladder."""

    name = "hoest.domain.benefits"
    label = "benefits"
