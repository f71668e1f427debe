"""Django app of reporting."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The harvest account."""

    name = "hoest.domain.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Show the track record at new cases, facts beside the status, a committee's facts."""
        from hoest.domain.reporting.web import (
            committee_panel,
            evidence_shown,
            service_money,
            track_record_panel,
        )

        track_record_panel.register()
        evidence_shown.register()
        committee_panel.register()
        service_money.register()
