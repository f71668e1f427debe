"""Django app of the list foundation."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Lists and saved views."""

    name = "hoest.foundation.lists"
    label = "lists"
