"""Django app of reporting."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The harvest account."""

    name = "hoest.domain.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Show the track record where a business case is written."""
        from hoest.domain.reporting.web.track_record_panel import register

        register()
