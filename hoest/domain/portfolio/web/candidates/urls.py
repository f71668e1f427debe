"""Addresses of candidates for automation."""

from __future__ import annotations

from django.urls import path

from hoest.domain.portfolio.web.candidates import files, pages
from hoest.domain.portfolio.web.candidates.lists import Candidates

app_name = "candidates"
urlpatterns = [
    path("", Candidates.as_view(), name="candidates"),
    path("ny/", pages.create, name="create"),
    path("os2autoproces/", files.files, name="files"),
    path("os2autoproces/<int:file_id>/", files.file, name="file"),
    path("os2autoproces/<int:file_id>/hent/", files.take, name="take"),
    path("<int:candidate_id>/", pages.candidate, name="candidate"),
    path("<int:candidate_id>/ret/", pages.change, name="change"),
    path("<int:candidate_id>/laeg-vaek/", pages.put_away, name="put_away"),
    path("<int:candidate_id>/tag-frem/", pages.take_up, name="take_up"),
    path("<int:candidate_id>/ide/", pages.as_idea, name="as_idea"),
    path("<int:candidate_id>/initiativ/", pages.choose, name="choose"),
]
