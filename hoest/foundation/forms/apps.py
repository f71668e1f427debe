"""Django app of the form foundation."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """Drafts of forms."""

    name = "hoest.foundation.forms"
    label = "forms"
