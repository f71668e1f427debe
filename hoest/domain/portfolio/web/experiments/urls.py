"""Addresses of experiments."""

from __future__ import annotations

from django.urls import path

from hoest.domain.portfolio.web.experiments import pages
from hoest.domain.portfolio.web.experiments.lists import Experiments

app_name = "experiments"
urlpatterns = [
    path("", Experiments.as_view(), name="experiments"),
    path("nyt/", pages.begin, name="begin"),
    path("<int:experiment_id>/", pages.experiment, name="experiment"),
    path("<int:experiment_id>/forbrug/", pages.spending, name="spending"),
    path("<int:experiment_id>/forlaeng/", pages.extend, name="extend"),
    path("<int:experiment_id>/stop/", pages.stop, name="stop"),
    path("<int:experiment_id>/skaler/", pages.scale, name="scale"),
]
