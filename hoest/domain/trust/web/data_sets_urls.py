"""Addresses of data sets."""

from __future__ import annotations

from django.urls import path

from hoest.domain.trust.web.data_sets import pages
from hoest.domain.trust.web.data_sets.lists import DataSets

app_name = "data_sets"
urlpatterns = [
    path("", DataSets.as_view(), name="data_sets"),
    path("nyt/", pages.create, name="create"),
    path("brug/<int:use_id>/fjern/", pages.end_use, name="end_use"),
    path("<int:data_set_id>/", pages.data_set, name="data_set"),
    path("<int:data_set_id>/ret/", pages.change, name="change"),
    path("<int:data_set_id>/brug/", pages.use, name="use"),
    path("<int:data_set_id>/ud-af-brug/", pages.retire, name="retire"),
]
