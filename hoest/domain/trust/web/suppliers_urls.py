"""Addresses of suppliers and contracts."""

from __future__ import annotations

from django.urls import path

from hoest.domain.trust.web.suppliers import pages
from hoest.domain.trust.web.suppliers.lists import Decisions, Suppliers

app_name = "suppliers"
urlpatterns = [
    path("", Suppliers.as_view(), name="suppliers"),
    path("beslutninger/", Decisions.as_view(), name="decisions"),
    path("kontrakt/<int:contract_id>/", pages.contract, name="contract"),
    path("kontrakt/<int:contract_id>/beslut/", pages.decide, name="decide"),
    path("<int:supplier_id>/", pages.supplier, name="supplier"),
]
