"""Addresses of business cases."""

from __future__ import annotations

from django.urls import path

from hoest.domain.business_cases.web import comparing, editing, handing_over, indexing, views

app_name = "business_cases"
urlpatterns = [
    path("prisindeks/", indexing.index, name="index"),
    path("prisindeks/skriv/", indexing.write_year, name="new_index_year"),
    path("prisindeks/<int:year>/", indexing.write_year, name="index_year"),
    path("prisindeks/<int:year>/fjern/", indexing.remove_year, name="remove_index_year"),
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
    path("udkast/<int:version_id>/indsend/", handing_over.submit, name="submit"),
    path("udkast/<int:version_id>/tag-tilbage/", handing_over.take_back, name="take_back"),
    path("udkast/<int:version_id>/send-retur/", handing_over.send_back, name="send_back"),
    path("<int:initiative_id>/sammenlign/", comparing.compare, name="compare"),
    path("udkast/<int:version_id>/godkend/", editing.approve, name="approve"),
    path("udkast/<int:version_id>/smid-vaek/", editing.discard, name="discard"),
]
