"""Addresses of systems and of reading them."""

from __future__ import annotations

from django.urls import path

from hoest.domain.trust.web.reading import pages as reading
from hoest.domain.trust.web.systems import pages
from hoest.domain.trust.web.systems.lists import Systems

app_name = "systems"
urlpatterns = [
    path("", Systems.as_view(), name="systems"),
    path("hentning/", reading.readings, name="readings"),
    path("hentning/nu/", reading.read_now, name="read_now"),
    path("hentning/forbindelse/", reading.connect, name="connect"),
    path("hentning/fil/", reading.bring, name="bring"),
    path("hentning/skabelon/", reading.blank, name="blank"),
    path("hentning/<int:run_id>/", reading.reading, name="reading"),
    path("hentning/<int:run_id>/stop/", reading.stop, name="stop"),
    path("hentning/<int:run_id>/bekraeft/", reading.confirm, name="confirm"),
    path("initiativ/<int:tie_id>/fjern/", pages.untie, name="untie"),
    path("<int:system_id>/", pages.system, name="system"),
    path("<int:system_id>/exitplan/", pages.plan, name="plan"),
    path("<int:system_id>/initiativ/", pages.tie, name="tie"),
]
