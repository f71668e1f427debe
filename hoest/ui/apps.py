"""The Django application that owns templates, static files and template tags."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Register ``hoest.ui`` under the label ``ui``."""

    name = "hoest.ui"
    label = "ui"
    verbose_name = "Udseende"
