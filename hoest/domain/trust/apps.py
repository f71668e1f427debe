"""Django app of trust."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Systems, suppliers, data sets, ethics and what citizens are told."""

    name = "hoest.domain.trust"
    label = "trust"

    def ready(self) -> None:
        """Tell the house what trust has to say."""
        from hoest.domain.trust.web import systems_registers

        systems_registers.register()
