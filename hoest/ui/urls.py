"""The addresses of the gallery."""

from __future__ import annotations

from django.urls import path

from hoest.ui import gallery

app_name = "ui"
urlpatterns = [
    path("", gallery.components, name="gallery"),
    path("billeder/", gallery.pictures, name="gallery_pictures"),
    path("ark/", gallery.sheet, name="gallery_sheet"),
    path("besked/", gallery.message, name="gallery_message"),
    path("fejl/<int:code>/", gallery.error_page, name="gallery_error"),
]
