"""Django app of exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The portfolio workbook, in and out."""

    name = "hoest.domain.exchange"
    label = "exchange"
