"""Django app of business cases."""

from django.apps import AppConfig


class BusinessCasesConfig(AppConfig):
    """Business cases and their versions."""

    name = "hoest.domain.business_cases"
    label = "business_cases"

    def ready(self) -> None:
        """Show the case on the page of its initiative, and put its steps in the guide."""
        from hoest.domain.business_cases.web import gate_evidence, milestones, panels, places
        from hoest.domain.business_cases.web.guide import own
        from hoest.domain.business_cases.web.sum import in_guide

        gate_evidence.register()
        milestones.register()
        panels.register()
        places.register()
        own.register()
        in_guide.register()
