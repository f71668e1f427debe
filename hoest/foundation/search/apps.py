"""Django app of the search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The search over all subjects."""

    name = "hoest.foundation.search"
    label = "search"
