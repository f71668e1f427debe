"""Addresses of small purchases."""

from __future__ import annotations

from django.urls import path

from hoest.domain.portfolio.web.purchases import pages
from hoest.domain.portfolio.web.purchases.lists import Purchases

app_name = "purchases"
urlpatterns = [
    path("", Purchases.as_view(), name="purchases"),
    path("ny/", pages.ask, name="ask"),
    path("<int:purchase_id>/", pages.purchase, name="purchase"),
    path("<int:purchase_id>/ret/", pages.change, name="change"),
    path("<int:purchase_id>/svar/", pages.answer, name="answer"),
]
