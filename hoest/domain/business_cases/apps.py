"""Django app of business cases."""

from django.apps import AppConfig


class BusinessCasesConfig(AppConfig):
    """Business cases and their versions."""

    name = "hoest.domain.business_cases"
    label = "business_cases"

    def ready(self) -> None:
        """Show the business case on the page of its initiative."""
        from hoest.domain.business_cases.web import panels, places

        panels.register()
        places.register()
