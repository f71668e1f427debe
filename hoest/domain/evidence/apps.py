"""Django app of evidence."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Series, studies and estimates of effect."""

    name = "hoest.domain.evidence"
    label = "evidence"
