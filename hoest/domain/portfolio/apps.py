"""Django app of the portfolio."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """Initiatives."""

    name = "hoest.domain.portfolio"
    label = "portfolio"
