"""Django app of reporting."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The harvest account."""

    name = "hoest.domain.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Show the track record at new cases, and the facts beside the status."""
        from hoest.domain.reporting.web import evidence_shown, track_record_panel

        track_record_panel.register()
        evidence_shown.register()
