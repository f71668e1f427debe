"""Addresses of lessons."""

from __future__ import annotations

from django.urls import path

from hoest.domain.portfolio.web.lessons import pages
from hoest.domain.portfolio.web.lessons.lists import Lessons, SharedLessons

app_name = "lessons"
urlpatterns = [
    path("", Lessons.as_view(), name="lessons"),
    path("fra-andre/", SharedLessons.as_view(), name="others"),
    path("fra-andre/laes/", pages.shared, name="shared"),
    path("ny/", pages.write, name="write"),
    path("<int:lesson_id>/", pages.lesson, name="lesson"),
    path("<int:lesson_id>/ret/", pages.change, name="change"),
    path("<int:lesson_id>/del/", pages.share, name="share"),
]
