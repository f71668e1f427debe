"""Addresses of business cases."""

from __future__ import annotations

from django.urls import path

from hoest.domain.business_cases.web import editing, views

app_name = "business_cases"
urlpatterns = [
    path("<int:initiative_id>/", views.case, name="case"),
    path("<int:initiative_id>/udkast/", editing.start, name="start"),
    path("udkast/<int:version_id>/", editing.draft, name="draft"),
    path("udkast/<int:version_id>/post/", editing.line, name="new_line"),
    path("udkast/<int:version_id>/post/<int:line_id>/", editing.line, name="line"),
    path(
        "udkast/<int:version_id>/post/<int:line_id>/fjern/",
        editing.remove_line,
        name="remove_line",
    ),
    path("udkast/<int:version_id>/prisniveau/", editing.price_level, name="price_level"),
    path("udkast/<int:version_id>/godkend/", editing.approve, name="approve"),
    path("udkast/<int:version_id>/smid-vaek/", editing.discard, name="discard"),
]
