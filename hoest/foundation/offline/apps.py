"""Django app of what works without cover."""

from django.apps import AppConfig


class OfflineConfig(AppConfig):
    """Manifest, service worker, the page without a connection."""

    name = "hoest.foundation.offline"
    label = "offline"
