"""Addresses of the benefit map, below `/gevinster/`."""

from __future__ import annotations

from django.urls import path

from hoest.domain.benefits.web.benefit_map import acts, files, pages

ON = "diagram/<int:initiative_id>/"
urlpatterns = [
    path(ON, pages.benefit_map, name="map"),
    path(f"{ON}begynd/", acts.begin, name="map_begin"),
    path(f"{ON}tilfoej/", pages.add, name="map_add"),
    path(f"{ON}forbind/", acts.connect, name="map_connect"),
    path(f"{ON}afbryd/", acts.disconnect, name="map_disconnect"),
    path(f"{ON}fortryd/", acts.undo, name="map_undo"),
    path(f"{ON}hent/<str:form>/", files.download, name="map_file"),
    path(f"{ON}led/<int:node_id>/", pages.node, name="map_node"),
    path(f"{ON}led/<int:node_id>/flyt/", acts.move, name="map_move"),
    path(f"{ON}led/<int:node_id>/fjern/", acts.remove, name="map_remove"),
]
