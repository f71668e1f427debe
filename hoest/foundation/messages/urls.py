"""Addresses of messages: one's own page, and the links of mails."""

from __future__ import annotations

from django.urls import path

from hoest.foundation.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("fortsaet/", views.go_on, name="go_on"),
    path("link/<str:secret>/", views.link, name="link"),
]
