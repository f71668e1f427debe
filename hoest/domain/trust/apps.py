"""Django app of trust."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Systems, suppliers, data sets, ethics and what citizens are told."""

    name = "hoest.domain.trust"
    label = "trust"

    def ready(self) -> None:
        """Follow initiatives, show trust on their pages, and tell what it asks of people."""
        from hoest.domain.trust.actions import note_sheet
        from hoest.domain.trust.web import (
            systems_registers,
            trust_asks,
            trust_panel,
            trust_rooms,
            unit_panel,
        )
        from hoest.foundation import followers

        followers.follow("initiative", note_sheet)
        systems_registers.register()
        trust_asks.register()
        trust_panel.register()
        trust_rooms.register()
        unit_panel.register()
