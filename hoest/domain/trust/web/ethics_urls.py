"""Addresses of ethics screenings and stances."""

from __future__ import annotations

from django.urls import path

from hoest.domain.trust.web.ethics import views
from hoest.domain.trust.web.ethics.lists import Screenings

app_name = "ethics"
urlpatterns = [
    path("dataetik/", Screenings.as_view(), name="screenings"),
    path("dataetik/holdninger/", views.stances, name="stances"),
    path("dataetik/holdninger/ny/", views.write_stance, name="write_stance"),
    path("dataetik/holdninger/<int:stance_id>/", views.retire_stance, name="retire_stance"),
    path("<int:initiative_id>/dataetik/", views.screening, name="screening"),
    path("<int:initiative_id>/dataetik/farver/", views.colours, name="colours"),
    path("<int:initiative_id>/dataetik/mennesker/", views.people, name="people"),
    path("<int:initiative_id>/dataetik/konsekvenser/", views.consequences, name="consequences"),
    path("<int:initiative_id>/dataetik/beslut/", views.decide, name="decide"),
]
