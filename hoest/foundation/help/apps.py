"""Django app of the help pages."""

from django.apps import AppConfig


class HelpConfig(AppConfig):
    """Pages that explain Høst."""

    name = "hoest.foundation.help"
    label = "help"
