"""Django app of the provenance foundation."""

from django.apps import AppConfig


class ProvenanceConfig(AppConfig):
    """Sources of figures."""

    name = "hoest.foundation.provenance"
    label = "provenance"
