"""Django app of trust."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Systems, suppliers, data sets, ethics and what citizens are told."""

    name = "hoest.domain.trust"
    label = "trust"
