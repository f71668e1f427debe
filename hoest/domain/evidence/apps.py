"""Django app of evidence."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Series, studies and estimates of effect."""

    name = "hoest.domain.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Let Min uge ask, and tell of the rooms."""
        from hoest.domain.evidence.web.pulse import pages as pulse

        pulse.register()
