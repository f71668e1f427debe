"""Django app of business cases."""

from django.apps import AppConfig


class BusinessCasesConfig(AppConfig):
    """Business cases and their versions."""

    name = "hoest.domain.business_cases"
    label = "business_cases"
