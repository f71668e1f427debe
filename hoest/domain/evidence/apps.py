"""Django app of evidence."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Series, studies and estimates of effect."""

    name = "hoest.domain.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Let Min uge ask, tell of the rooms, and show series, plans and effects where met."""
        from hoest.domain.evidence.web.effect import asks, lists, panels, rung
        from hoest.domain.evidence.web.planning import others
        from hoest.domain.evidence.web.planning import panels as planning
        from hoest.domain.evidence.web.pulse import pages as pulse
        from hoest.domain.evidence.web.series import places as series_places

        pulse.register()
        rung.register()
        series_places.register()
        planning.register()
        others.register()
        asks.register()
        lists.register()
        panels.register()
