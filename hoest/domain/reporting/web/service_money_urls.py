"""The address of the two axes, service and money, beside the portfolio."""

from __future__ import annotations

from django.urls import path

from hoest.domain.reporting.web import service_money

app_name = "service_money"

urlpatterns = [path("", service_money.page, name="page")]
