"""Addresses of the benefit map, below `gevinster/diagram/<initiative_id>/`."""

from __future__ import annotations

from django.urls import path

from hoest.domain.benefits.web.benefit_map import acts, files, pages

urlpatterns = [
    path("", pages.benefit_map, name="map"),
    path("begynd/", acts.begin, name="map_begin"),
    path("tilfoej/", pages.add, name="map_add"),
    path("forbind/", acts.connect, name="map_connect"),
    path("afbryd/", acts.disconnect, name="map_disconnect"),
    path("fortryd/", acts.undo, name="map_undo"),
    path("hent/<str:form>/", files.download, name="map_file"),
    path("led/<int:node_id>/", pages.node, name="map_node"),
    path("led/<int:node_id>/flyt/", acts.move, name="map_move"),
    path("led/<int:node_id>/fjern/", acts.remove, name="map_remove"),
]
