"""Addresses of needs."""

from __future__ import annotations

from django.urls import path

from hoest.domain.portfolio.web.needs import pages
from hoest.domain.portfolio.web.needs.lists import Needs

app_name = "needs"
urlpatterns = [
    path("", Needs.as_view(), name="needs"),
    path("nyt/", pages.state, name="state"),
    path("<int:need_id>/", pages.need, name="need"),
    path("<int:need_id>/ret/", pages.change, name="change"),
    path("<int:need_id>/afproev/", pages.test, name="test"),
    path("<int:need_id>/knyt/", pages.tie, name="tie"),
]
